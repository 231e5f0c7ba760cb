"""Head nouns and the names they govern: حقل العمر, قاعدتي "العمر" و"كونيكو", the Omar field.

A singular head noun governs the name beside it; a dual or plural governs the whole coordinated
list, across quotes, conjunctions, commas and short adjectives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.lang.language import WordClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Bits = NDArray[np.uint32]

__all__ = ["Names", "Words", "govern"]

_HEAD = int(WordClass.HEAD)
_MANY = int(WordClass.HEAD_MANY)
_LINK = np.uint32(int(WordClass.JOINT | WordClass.FUNCTION))
_PLACED = np.uint32(int(WordClass.LOCATIVE))
_REACH = 2
"""Words (adjectives, "and") that may stand between two names of one list."""


@dataclass(frozen=True, slots=True)
class Words:
    """One entry a token: its word classes, the kinds it announces, what stands before it."""

    classes: Bits
    kinds: Bits
    gap: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Names:
    """One entry a hit: its first and last tokens, and 0 where heads stand before their names."""

    first: Ints
    last: Ints
    script: NDArray[np.int8]


def govern(words: Words, names: Names) -> tuple[Bits, Ints]:
    """Return for each hit the kinds its head noun announces (0: none) and that noun's token."""
    classes, gap = words.classes, words.gap
    first, last, script = names.first, names.last, names.script
    governed = np.zeros(len(first), dtype=np.uint32)
    head = np.full(len(first), -1, dtype=np.int64)
    if not len(first):
        return governed, head
    is_head = (classes & np.uint32(_HEAD)) != 0
    before = np.maximum(first - 1, 0)
    after = np.minimum(last + 1, len(classes) - 1)
    beyond = np.minimum(last + 2, len(classes) - 1)
    attribute = (classes[after] & np.uint32(int(WordClass.JOINT))) != 0
    # "of" joins an English head noun to the name behind it: the city of Homs.
    of = np.maximum(first - 2, 0)
    joined = (classes[before] & np.uint32(int(WordClass.GENITIVE))) != 0
    for where, possible in (
        (of, (script == 1) & (first > 1) & (gap[first] == 0) & (gap[before] == 0) & joined),
        # An attribute may part it from the name before it: the Omar oil field.
        (beyond, (script == 1) & attribute & (gap[after] == 0) & (gap[beyond] == 0)),
        (after, (script == 1) & (last + 1 < len(classes)) & (gap[after] == 0)),
        (before, (first > 0) & (gap[first] == 0)),
    ):
        found = possible & is_head[where]
        governed[found] = words.kinds[where[found]]
        head[found] = where[found]
    _pass_along(governed, head, words, names)
    return governed, head


def _pass_along(governed: Bits, head: Ints, words: Words, names: Names) -> None:
    """Hand the head noun of a dual or plural from name to name of its list, in place.

    A word of place ends the list: الخالدية والبياضة في حمص are two quarters and their town.
    """
    classes, gap, first, last = words.classes, words.gap, names.first, names.last
    many = (head >= 0) & ((classes[head] & np.uint32(_MANY)) != 0)
    if not many.any():
        return
    for number in np.flatnonzero(many).tolist():
        step = 1 if head[number] < first[number] else -1
        here = number
        while 0 <= here + step < len(first):
            following = here + step
            low, high = sorted((here, following))
            between = classes[last[low] + 1 : first[high]]
            links = ((between & _LINK) != 0) & ((between & _PLACED) == 0)
            linked = links.all() and len(between) <= _REACH
            one_sentence = (gap[last[low] + 1 : first[high] + 1] < 2).all()
            if head[following] >= 0 or not (linked and one_sentence):
                break
            governed[following], head[following] = governed[here], head[here]
            here = following
