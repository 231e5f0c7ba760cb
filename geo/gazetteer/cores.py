"""The core of a name: what names a place where its head noun is said once for several.

قاعدتي "العمر" و"كونيكو" names two bases that the gazetteer knows as قاعدة العمر and قاعدة كونيكو,
حيي السكري والمشهد two quarters that it knows as حي السكري and حي المشهد. So does قرى الصفا والحرية.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.lang.language import WordClass
from geo.text.folding import fold, fold_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.lang import Language

__all__ = ["Cores"]

_SHORTEST = 3
"""Letters below which a core is too common to be a name."""


class Cores:
    """Takes the head noun and the attributes off names, by the head nouns of the languages."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self._heads: set[tuple[str, str]] = set()
        self._joints: set[str] = set()
        self._function: set[str] = set()
        self._common: set[str] = set()
        for language in languages:
            for head in language.heads:
                if head.in_name or head.word in language.loose_heads:
                    self._heads.add((fold(head.word), head.kind))
            for word, classes in language.words.items():
                if classes & WordClass.JOINT:
                    self._joints.add(fold(word))
                if classes & WordClass.FUNCTION:
                    self._function.add(fold(word))
                if classes & (WordClass.FUNCTION | WordClass.DIRECTION | WordClass.MONTH):
                    self._common.add(fold(word))
            self._common.update(fold(head.word) for head in language.heads)
        self._kinds = {kind for _, kind in self._heads}

    @property
    def ends(self) -> list[str]:
        """The folded words that a name has first or last if there is something to take off."""
        return sorted({word for word, _ in self._heads} | self._joints)

    def of(self, name: str, kind: str) -> str | None:
        """Return the core of a name of a kind, ``None`` where there is no head noun to take off."""
        return self.of_all([name], [kind])[0]

    def of_all(self, names: Sequence[str], kinds: Sequence[str]) -> list[str | None]:
        """Return the core of each name, of the kind beside it, as `of` does for one."""
        found: list[str | None] = [None] * len(names)
        headed = [at for at, kind in enumerate(kinds) if kind in self._kinds]
        folded = fold_table().fold_many(names[at] for at in headed) if headed else []
        for at, name in zip(headed, folded, strict=True):
            found[at] = self._core(name.split(), kinds[at])
        return found

    def _core(self, words: list[str], kind: str) -> str | None:
        """Return the core of a folded name."""
        rest = list(words)
        while rest and (rest[0], kind) in self._heads:
            del rest[0]
        # "State of Georgia" is Georgia, not "of Georgia".
        while rest and rest != words and rest[0] in self._function:
            del rest[0]
        while rest and ((rest[-1], kind) in self._heads or rest[-1] in self._joints):
            del rest[-1]
        core = " ".join(rest)
        if not rest or rest == words or len(core) < _SHORTEST or core in self._common:
            return None
        return core
