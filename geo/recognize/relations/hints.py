"""A quick look at the words beside places, which tells nearly all text without a relation.

Every relation joins its telling word (a distance, a direction, "near", "road") to a place by
nothing but words of its own vocabulary. So from each place the words are followed to either side
only as far as they are known, which for most places is no word at all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.recognize.relations.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geo.lang.spatial import SpatialWords
    from geo.model import Mention

__all__ = ["Hints"]

_REMEMBERED: Final = 1 << 16
"""Distinct written words whose part in a phrase is remembered."""

BEFORE: Final = 90
"""Characters read before an anchor; the longest phrase of the cases has under 60."""

AFTER: Final = 60
"""Characters read behind an anchor, and the widest gap between two anchors of one stretch."""

MOST_ANCHORS: Final = 64
"""Anchors of one stretch of text, so that an endless list of names stays cheap."""

_BESIDE: Final = 12
"""Characters on either side of a place in which the language of a phrase shows."""

_STRANGERS: Final = 2
"""Unknown words inside the head of a place: "the old border town of"."""

_WORD: Final = re.compile(r"[^\W\d_]+")


class _Part(NamedTuple):
    """What a written word may be in a phrase.

    ``tells`` is how many places at least a relation with this word has, 0 if the word tells of
    none; ``heads`` allows for unknown words beside it.
    """

    known: bool
    tells: int
    heads: bool


class Hints:
    """The vocabulary of one language's relations.

    ``telling`` gives, for the plain words of which every relation needs one, how many places such
    a relation has at least; ``bearings`` find the words for directions, which have one.
    """

    def __init__(
        self,
        words: SpatialWords,
        *,
        telling: Mapping[str, int],
        bearings: Sequence[re.Pattern[str]],
    ) -> None:
        self._telling = telling
        self._bearings = tuple(bearings)
        self._clitics = ("", *map(plain, words.clitics))
        self._known = frozenset(
            word for phrase in _phrases(words) for word in _WORD.findall(plain(phrase))
        )
        self._heads = frozenset(
            max(_WORD.findall(plain(head)), key=len) for head in words.heads if "*" in head
        )
        self._rural = frozenset(
            plain(word)
            for cue in ("countryside", "rural", "countrysides")
            if cue in words.cues
            for word in words.cues[cue]
        )
        letters = sorted({letter for word in words.directions for letter in word + word.upper()})
        self._letter = re.compile(f"[{''.join(map(re.escape, letters))}]")
        self.part = lru_cache(maxsize=_REMEMBERED)(self._part)

    def stretches(
        self, text: str, anchors: Sequence[Mention]
    ) -> Iterator[tuple[int, int, Sequence[Mention]]]:
        """Yield the stretches of ``text`` that may hold a relation: start, end, anchors in it.

        ``anchors`` are sorted. Those of one stretch are joined by words of the vocabulary.
        """
        first, floor = 0, 0
        tells = 0
        if not self._speaks(text, anchors):
            return
        for number, anchor in enumerate(anchors):
            last = anchors[number - 1].end if number else 0
            following = anchors[number + 1].start if number + 1 < len(anchors) else len(text)
            if number == first:
                tells = self._follow(
                    text, max(last, anchor.start - BEFORE), anchor.start, back=True
                )[0]
            telling, whole = self._follow(
                text, anchor.end, min(following, anchor.end + AFTER), back=False
            )
            tells = _fewest(tells, telling)
            joined = number + 1 < len(anchors) and following - anchor.end <= AFTER and whole
            if joined:
                tells = _fewest(tells, 2 * self._is_rural(anchor))
                if number + 1 - first < MOST_ANCHORS:
                    continue
            if 0 < tells <= number + 1 - first:
                start = max(floor, anchors[first].start - BEFORE)
                end = min(following, anchor.end + AFTER)
                yield start, end, anchors[first : number + 1]
            first, floor = number + 1, anchor.end

    def _is_rural(self, mention: Mention) -> bool:
        """Say whether a name holds its own word for a countryside, as "rural Hama" does."""
        first, *others = mention.text.split()
        return bool(others) and not self._rural.isdisjoint((plain(first), plain(others[-1])))

    def _speaks(self, text: str, anchors: Sequence[Mention]) -> bool:
        """Say whether any letter of the language stands in or beside a place."""
        return any(
            self._letter.search(text, max(0, anchor.start - _BESIDE), anchor.end + _BESIDE)
            for anchor in anchors
        )

    def _follow(self, text: str, start: int, end: int, *, back: bool) -> tuple[int, bool]:
        """Return what ``text[start:end]`` tells, and whether all of it may belong to a phrase.

        Its words are followed from one end to the first that no phrase holds; a few such may
        stand beside the head of a place.
        """
        strangers, tells, headed = 0, 0, False
        while start < end:
            space = text.rfind(" ", start, end) if back else text.find(" ", start, end)
            if back:
                written = text[space + 1 if space >= 0 else start : end]
                end = max(space, start)
            else:
                written = text[start : space if space >= 0 else end]
                start = space + 1 if space >= 0 else end
            if not written:
                continue
            known, telling, heads = self.part(written)
            headed = headed or heads
            if telling and (headed or not strangers):
                tells = _fewest(tells, telling)
            if strangers and not headed:
                return tells, False
            strangers += not known
            if strangers > _STRANGERS:
                return tells, False
        return tells, not strangers or headed

    def _part(self, written: str) -> _Part:
        text = plain(written)
        words = _WORD.findall(text)
        bare = [
            {word[len(clitic) :] for clitic in self._clitics if word.startswith(clitic)}
            for word in words
        ]
        direction = any(bearing.search(text) for bearing in self._bearings)
        return _Part(
            known=direction or not any(map(self._known.isdisjoint, bare)),
            tells=1 if direction else min(filter(None, map(self._telling.get, words)), default=0),
            heads=not all(map(self._heads.isdisjoint, bare)),
        )


def _fewest(one: int, other: int) -> int:
    """Return the smaller of two counts where 0 stands for none."""
    return min(one, other) if one and other else one or other


def _phrases(words: SpatialWords) -> Iterable[str]:
    """Yield every phrase of a language's relations."""
    for table in (words.cues, words.links):
        for phrases in table.values():
            yield from phrases
    yield from (*words.heads, *words.tails)
    for values in (words.units, words.counted, words.numbers, words.fractions, words.vague):
        yield from values
    for values in (words.directions, words.compass):
        yield from values
    for pattern in words.patterns:  # words that stand in a template themselves
        yield from (token for token in pattern.template.split() if not token.startswith("<"))
