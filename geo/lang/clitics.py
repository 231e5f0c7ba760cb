"""Clitics: short words written together with the next one, as data."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ARABIC", "NONE", "Clitics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clitics:
    """The one-letter words that a language writes joined to the front of a word.

    A word may carry one of ``conjunctions``, one of ``prepositions``, or one of each in that
    order. A preposition that is also the last letter of ``article`` swallows the article's other
    letters: li- before al- is written lil-. ``pronouns`` are written joined to the end of a word.
    """

    conjunctions: str = ""
    prepositions: str = ""
    article: str = ""
    pronouns: tuple[str, ...] = ()

    def attached(self, word: str) -> list[str]:
        """Return the folded ``word`` as it is written alone and behind each clitic."""
        bare = [word, *(letter + word for letter in self.prepositions)]
        if self.article and word.startswith(self.article):
            swallowing = self.article[-1]
            bare.append(2 * swallowing + word[len(self.article) :])
        return bare + [letter + form for letter in self.conjunctions for form in bare]

    def proclitics(self, word: str) -> list[tuple[int, bool]]:
        """Return how many first letters of a folded word may be clitics, the most first.

        With each number comes whether it is certain: the article follows, as it does in no word
        that merely begins with such letters.
        """
        found = []
        for joined in (1, 0):
            if joined and word[:1] not in set(self.conjunctions):
                continue
            rest = word[joined:]
            swallowing = self.article[-1:]
            if swallowing and rest.startswith(2 * swallowing) and len(rest) > _STEM + 1:
                found.append((joined + 2, True))
            if rest[:1] and rest[:1] in self.prepositions and len(rest) > _STEM:
                found.append((joined + 1, self._has_article(rest[1:])))
            if joined and len(rest) > _STEM:
                found.append((joined, self._has_article(rest)))
        return found

    def _has_article(self, word: str) -> bool:
        return bool(self.article) and word.startswith(self.article)


_STEM = 2
"""Letters that a word has at least without its clitic."""

NONE = Clitics()
"""For languages that write every word apart."""

ARABIC = Clitics(
    conjunctions="\N{ARABIC LETTER WAW}\N{ARABIC LETTER FEH}",
    prepositions="\N{ARABIC LETTER BEH}\N{ARABIC LETTER KAF}\N{ARABIC LETTER LAM}",
    article="\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}",
    pronouns=(
        "\N{ARABIC LETTER HEH}",
        "\N{ARABIC LETTER HEH}\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER HEH}\N{ARABIC LETTER MEEM}",
        "\N{ARABIC LETTER NOON}\N{ARABIC LETTER ALEF}",
    ),
)
"""wa-, fa-; bi-, ka-, li-; al-; -hu, -ha, -hum, -na."""
