"""The core of a facility's name: what names it where its head noun is said once for several.

قاعدتي "العمر" و"كونيكو" names two bases that the gazetteer knows as قاعدة العمر and قاعدة كونيكو.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.lang.language import WordClass
from geo.text.folding import fold

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
        self._common: set[str] = set()
        for language in languages:
            for head in language.heads:
                if head.in_name:
                    self._heads.add((fold(head.word), head.kind))
            for word, classes in language.words.items():
                if classes & WordClass.JOINT:
                    self._joints.add(fold(word))
                if classes & (WordClass.FUNCTION | WordClass.DIRECTION | WordClass.MONTH):
                    self._common.add(fold(word))
            self._common.update(fold(head.word) for head in language.heads)
        self._kinds = {kind for _, kind in self._heads}

    def of(self, name: str, kind: str) -> str | None:
        """Return the core of a name of a kind, ``None`` where there is no head noun to take off."""
        if kind not in self._kinds:
            return None
        words = fold(name).split()
        rest = list(words)
        while rest and (rest[0], kind) in self._heads:
            del rest[0]
        while rest and ((rest[-1], kind) in self._heads or rest[-1] in self._joints):
            del rest[-1]
        core = " ".join(rest)
        if not rest or rest == words or len(core) < _SHORTEST or core in self._common:
            return None
        return core
