"""Swapping the toponyms of a text for others, so that a model learns the sentence, not the fame.

Names come mostly from Syria and its neighbours. A proclitic stays where it was, and some names
come as a list under one head noun, as news writes them: قاعدتي "العمر" و"كونيكو".
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geo.build.training_text import Text
from geo.gazetteer.cores import Cores
from geo.lang import languages

if TYPE_CHECKING:
    import random

    from geo.gazetteer import Gazetteer

__all__ = ["NamePool"]

REGION = frozenset({"SY", "IQ", "LB", "JO", "PS", "IL", "TR", "YE", "EG", "SA", "IR"})
"""Where swapped names mostly come from."""

_REGION_SHARE = 0.35
_CURATED_SHARE = 0.15
_LIST_SHARE = 0.1
_COUNTRY_SHARE = 0.25
_WELL_KNOWN = 100_000
_ARTICLE = "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}"
_LAM = "\N{ARABIC LETTER LAM}"
_QUOTES = (("", ""), ('"', '"'), ("«", "»"), ("“", "”"), ("”", "“"))


class NamePool:
    """Names of one language to swap in, drawn by one generator: the same seed, the same names."""

    def __init__(self, gazetteer: Gazetteer, language: str, generator: random.Random) -> None:
        self._generator = generator
        self._tongue = next(tongue for tongue in languages() if tongue.code == language)
        self._region: defaultdict[str, list[str]] = defaultdict(list)
        self._world: list[str] = []
        self._curated: list[str] = []
        self._states: list[str] = []
        self._cores: defaultdict[str, list[str]] = defaultdict(list)
        cores = Cores(languages())
        for row in range(len(gazetteer)):
            place = gazetteer.place(row)
            name = place.name_ar if language == "ar" else place.name
            if not name or any(letter.isdigit() or letter in "()," for letter in name):
                continue
            if gazetteer.curated[row]:
                self._curated.append(name)
                if core := cores.of(name, place.kind):
                    self._cores[place.kind].append(core)
            elif place.kind == "country":
                self._states.append(name)
            elif place.country in REGION:
                self._region[place.country].append(name)
            elif place.population > _WELL_KNOWN or generator.random() < 0.1:
                self._world.append(name)
        self._countries = sorted(self._region, key=lambda code: (code != "SY", code))
        self._countries += ["SY"] * len(self._countries)
        self._heads = defaultdict(list)
        for head in self._tongue.heads:
            if head.many and head.in_name and len(self._cores[head.kind]) > 1:
                self._heads[head.kind].append(head.word)

    def swap(self, text: Text) -> Text:
        """Return ``text`` with every toponym replaced, the spans moved along."""
        country = self._generator.choice(self._countries)
        written: list[str] = []
        spans: list[tuple[int, int]] = []
        length = last = 0
        for start, end in text.spans:
            before, names = text.text[last:start], self._names(country)
            if before.endswith(_LAM) and names[0][0].startswith(_ARTICLE):
                names[0] = (names[0][0][len(_ARTICLE) - 1 :], names[0][1])
            for piece, is_name in [(before, False), *names]:
                if is_name:
                    spans.append((length, length + len(piece)))
                written.append(piece)
                length += len(piece)
            last = end
        return Text("".join([*written, text.text[last:]]), tuple(spans))

    def _names(self, country: str) -> list[tuple[str, bool]]:
        """Return what to write for one toponym, in pieces, and which of them are names."""
        dice = self._generator.random()
        if dice < _LIST_SHARE and self._heads:
            return self._list()
        if dice < _LIST_SHARE + _CURATED_SHARE:
            chosen = self._curated
        elif dice < _LIST_SHARE + _CURATED_SHARE + _COUNTRY_SHARE:
            chosen = self._states
        elif dice < _LIST_SHARE + _CURATED_SHARE + _COUNTRY_SHARE + _REGION_SHARE:
            chosen = self._region[country]
        else:
            chosen = self._world
        return [(self._generator.choice(chosen), True)]

    def _list(self) -> list[tuple[str, bool]]:
        kind = self._generator.choice(sorted(self._heads))
        head = self._generator.choice(self._heads[kind])
        first, second = self._generator.sample(self._cores[kind], 2)
        opening, closing = self._generator.choice(_QUOTES)
        if self._tongue.heads_first:
            link = f"{closing} \N{ARABIC LETTER WAW}{opening}"
            return [
                (f"{head} {opening}", False),
                (first, True),
                (link, False),
                (second, True),
                (closing, False),
            ]
        first, second = (name.title() for name in (first, second))
        return [(first, True), (" and ", False), (second, True), (f" {head}", False)]
