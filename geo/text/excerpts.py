"""Excerpts: the stretch of an article to show round a mention."""

from __future__ import annotations

import re
from typing import NamedTuple

from geo.text.sentences import sentences

__all__ = ["Excerpt", "excerpt"]

_WORD = 40
"""Characters at which a word is taken to be no word and may be cut."""

_LEADING = re.compile(r"\S*\Z")
_TRAILING = re.compile(r"\S*")


class Excerpt(NamedTuple):
    """A span of the article's text that holds the mention."""

    start: int
    end: int


def excerpt(text: str, start: int, end: int, *, width: int = 160) -> Excerpt:
    """Return the sentence that holds ``text[start:end]``, or as much of it as fits.

    Cut at the ends of words; at most ``width`` characters long, unless the mention with the rest
    of its words is longer.
    """
    core_start = start - len(_LEADING.search(text[max(0, start - _WORD) : start])[0])  # type: ignore[index]
    core_end = end + len(_TRAILING.match(text[end : end + _WORD])[0])  # type: ignore[index]
    low, high = max(0, core_start - width), min(len(text), core_end + width)
    spans = sentences(text[low:high])
    left = max((low + a for a, _ in spans if low + a <= core_start), default=core_start)
    right = min((low + b for _, b in spans if low + b >= core_end), default=core_end)
    room = max(0, width - (core_end - core_start))
    before = max(min(room // 2, core_start - left), room - (right - core_end))
    left_cut = max(left, core_start - before)
    right_cut = min(right, core_end + room - (core_start - left_cut))
    return Excerpt(_word_start(text, left_cut, core_start), _word_end(text, core_end, right_cut))


def _word_start(text: str, cut: int, limit: int) -> int:
    """Return the first start of a word from ``cut`` on, ``limit`` if there is none before it."""
    if cut > 0 and not text[cut - 1].isspace():
        while cut < limit and not text[cut].isspace():
            cut += 1
    while cut < limit and text[cut].isspace():
        cut += 1
    return cut


def _word_end(text: str, limit: int, cut: int) -> int:
    """Return the last end of a word up to ``cut``, ``limit`` if there is none behind it."""
    if cut < len(text) and not text[cut].isspace():
        while cut > limit and not text[cut - 1].isspace():
            cut -= 1
    while cut > limit and text[cut - 1].isspace():
        cut -= 1
    return cut
