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
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from geo.lang.spatial import SpatialWords
    from geo.model import Mention
    from geo.recognize.relations.quantities import Directions

__all__ = ["Hints", "alphabet", "endings_of"]

_REMEMBERED: Final = 1 << 16
"""Distinct written words whose part in a phrase is remembered."""

BEFORE: Final = 90
"""Characters read before an anchor; the longest phrase of the cases has under 60."""

AFTER: Final = 60
"""Characters read behind an anchor, and the widest gap between two anchors of one stretch."""

MOST_ANCHORS: Final = 64
"""Anchors of one stretch of text, so that an endless list of names stays cheap."""

STRANGERS: Final = 2
"""Unknown words inside the head of a place: "the old border town of"."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_SLOT: Final = re.compile(r"\w+(?=[|>])")
_CONTEXT: Final = re.compile(r"(?<=<)\w+(?=>!)")
_MEASURES: Final = frozenset({"distance", "direction", "compass"})


class _Part(NamedTuple):
    """What a written word may be in a phrase.

    ``tells`` is how many places at least a relation with this word has, 0 if the word tells of
    none; ``heads`` allows for unknown words beside it; ``bearing`` says that it is a direction.
    """

    known: bool
    tells: int
    heads: bool
    bearing: bool


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
        bearings: Sequence[Directions],
    ) -> None:
        self._telling = telling
        self._bearings = tuple(bearings)
        self._clitics = ("", *map(plain, words.clitics))
        self._known = _every_word(_phrases(words))
        linking = _every_word(phrase for link in words.links.values() for phrase in link)
        # A context that also links is too common to look behind: "after" and "afar" are one word.
        self._heads = _longest(head for head in words.heads if "*" in head)
        self._heads |= _longest(_contexts(words)) - linking
        self.rural = frozenset(
            plain(word)
            for cue in ("countryside", "rural", "countrysides")
            if cue in words.cues
            for word in words.cues[cue]
        )
        self.endings = endings_of(words)
        self._leading = _every_word(_leading(words))
        self.part = lru_cache(maxsize=_REMEMBERED)(self._part)

    def leads(self, word: str) -> bool:
        """Say whether a plain word may stand between a direction or a distance and its place."""
        return not self._leading.isdisjoint(self._bare(word))

    def _bare(self, word: str) -> set[str]:
        """Return a word less each of the clitics that it may begin with."""
        return {word[len(clitic) :] for clitic in self._clitics if word.startswith(clitic)}

    def stretches(
        self, text: str, anchors: Sequence[Mention], *, told: Container[int] | None = None
    ) -> Iterator[tuple[int, int, Sequence[Mention]]]:
        """Yield the stretches of ``text`` that may hold a relation: start, end, anchors in it.

        ``anchors`` are sorted. Those of one stretch are joined by words of the vocabulary, and it
        goes on as long as such words do. Those that do not start in ``told``, where that is
        known, have no telling word beside them: they are only looked at where joined to others.
        """
        reached = 0  # anchors before it are in a stretch already
        for number, anchor in enumerate(anchors):
            if number < reached or (told is not None and anchor.start not in told):
                continue
            first = number
            while first > reached and self._joins(text, anchors, first - 1):
                first -= 1
            while first <= number:
                tells, start, end, reached = self._stretch(text, anchors, first)
                if 0 < tells <= reached - first:
                    yield start, end, anchors[first:reached]
                first = reached

    def _stretch(
        self, text: str, anchors: Sequence[Mention], first: int
    ) -> tuple[int, int, int, int]:
        """Return what the stretch from an anchor on tells, its span, and the anchor behind it."""
        floor = max(anchors[first - 1].end if first else 0, anchors[first].start - BEFORE)
        tells, _, start = self._follow(text, floor, anchors[first].start, back=True)
        reached, joined = first, True
        while joined and reached - first < MOST_ANCHORS:
            telling, joined, end = self._after(text, anchors, reached)
            tells = _fewest(tells, telling)
            if joined:
                tells = _fewest(tells, 2 * self._is_rural(anchors[reached]))
            reached += 1
        return tells, start, end, reached

    def _joins(self, text: str, anchors: Sequence[Mention], number: int) -> bool:
        """Say whether what stands behind an anchor joins it to the next one."""
        gap = anchors[number + 1].start - anchors[number].end
        return gap <= AFTER and self._after(text, anchors, number)[1]

    def _after(self, text: str, anchors: Sequence[Mention], number: int) -> tuple[int, bool, int]:
        """Return what stands behind an anchor, if it joins it to the next one, and its end."""
        end = anchors[number].end
        following = anchors[number + 1].start if number + 1 < len(anchors) else len(text)
        stop = min(following, end + AFTER)
        telling, whole, reach = self._follow(text, end, stop, back=False)
        joined = whole and number + 1 < len(anchors) and following == stop
        return telling, joined, reach

    def _is_rural(self, mention: Mention) -> bool:
        """Say whether a name holds its own word for a countryside, as "rural Hama" does."""
        first, *others = mention.text.split()
        return bool(others) and not self.rural.isdisjoint((plain(first), plain(others[-1])))

    def _follow(self, text: str, start: int, end: int, *, back: bool) -> tuple[int, bool, int]:
        """Return what ``text[start:end]`` tells, whether all of it may be in a phrase, and its end.

        Its words are followed from one end to the first that no phrase holds; a few such may
        stand beside the head of a place.
        """
        words = text[start:end].split(" ")
        if back:
            words.reverse()
        strangers, tells, headed, passed = 0, 0, False, -1
        whole = True
        for written in words:
            passed += len(written) + 1
            if not written:
                continue
            known, telling, heads, _ = self.part(written)
            headed = headed or heads
            if telling and (headed or not strangers):
                tells = _fewest(tells, telling)
            strangers += not known
            if strangers > STRANGERS or (strangers > (not known) and not headed):
                whole = False
                break
        reach = end - passed if back else start + passed
        return tells, whole and (headed or not strangers), reach

    def _part(self, written: str) -> _Part:
        text = plain(written)
        words = _WORD.findall(text)
        bare = list(map(self._bare, words))
        bearing = any(found.occurs(text) for found in self._bearings)
        return _Part(
            known=bearing or not any(map(self._known.isdisjoint, bare)),
            tells=1 if bearing else min(filter(None, map(self._telling.get, words)), default=0),
            heads=not all(map(self._heads.isdisjoint, bare)),
            bearing=bearing,
        )


def _fewest(one: int, other: int) -> int:
    """Return the smaller of two counts where 0 stands for none."""
    return min(one, other) if one and other else one or other


def endings_of(words: SpatialWords) -> tuple[str, ...]:
    """Return letters written onto a word behind an apostrophe, which a folded token swallows."""
    possessives = words.links.get("possessive", ())
    return tuple(ending for link in possessives for ending in _WORD.findall(link))


def alphabet(words: SpatialWords) -> frozenset[str]:
    """Return the letters of all words of a language's relations."""
    return frozenset(plain("".join(_phrases(words))))


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


def _every_word(phrases: Iterable[str]) -> frozenset[str]:
    """Return the plain words of some phrases."""
    return frozenset(word for phrase in phrases for word in _WORD.findall(plain(phrase)))


def _longest(phrases: Iterable[str]) -> frozenset[str]:
    """Return the longest plain word of each phrase."""
    return frozenset(max(_WORD.findall(plain(phrase)), key=len) for phrase in phrases)


def _contexts(words: SpatialWords) -> Iterator[str]:
    """Yield the phrases that a template wants somewhere before it."""
    for pattern in words.patterns:
        for slot in _CONTEXT.findall(pattern.template):
            yield from words.cues[slot]


def _leading(words: SpatialWords) -> Iterator[str]:
    """Yield the phrases that a template allows between a direction or a distance and its place."""
    vocabulary = {**words.links, **words.cues}
    for pattern in words.patterns:
        measured = False
        for token in pattern.template.split():
            slots = _SLOT.findall(token)
            if "place" in slots:
                measured = False
            elif measured:
                yield from (p for slot in slots for p in vocabulary.get(slot, ()))
                yield token if not slots else ""
            measured = measured or not _MEASURES.isdisjoint(slots)
    yield from words.heads
