"""One cheap pass over the text: where a coordinate may be written.

Every notation but a link holds a digit with something telling beside it. The pass looks for just
that, so that text without coordinates costs no more than a search for its digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.recognize.coordinates.forms import Form
from geo.recognize.coordinates.tokens import COMMAS, DEGREE_SIGNS, DIGIT, POINTS, SEMICOLONS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Signals", "read_signals"]

REACH = 80
"""Characters looked at on either side of a telling digit."""

EDGE = 24
"""A window grows by at most so many characters rather than cut a number."""

_LETTER = r"[^\W\d_]"
STEM = 3
"""Letters by which a word is known here: enough to look closer."""


def _either_case(stems: Iterable[str]) -> tuple[str, ...]:
    """Return ``stems`` in the cases that print uses."""
    return tuple(sorted({form for stem in stems for form in (stem, stem.title(), stem.upper())}))


_HEMISPHERES = WORDS.north | WORDS.south | WORDS.east | WORDS.west
INITIALS = "".join(sorted(word.upper() for word in _HEMISPHERES if len(word) == 1))
"""One letter for a hemisphere."""

_DIRECTIONS = _either_case(word[: STEM + 1] for word in _HEMISPHERES if len(word) >= STEM)
_BESIDE = _either_case(
    word[:STEM] for word in WORDS.degree | WORDS.latitude | WORDS.longitude if len(word) >= STEM
)
STEMS = frozenset(form[:STEM] for form in (*_DIRECTIONS, *_BESIDE))
"""What a word behind a number begins with that tells."""

QUOTES = "'’′\"”″"
_HEMISPHERE = rf"{'|'.join(_DIRECTIONS)}|[{INITIALS}](?!{_LETTER})"
_BETWEEN = rf"(?:\s?[{COMMAS}{SEMICOLONS}/|\s]|\s(?:{'|'.join(sorted(WORDS.joiners))}))"

# What may stand between a label and its number: "latitude is 35". Looking back demands one width.
LABEL_ENDS = frozenset(
    _either_case(word[-STEM:] for word in WORDS.latitude | WORDS.longitude if len(word) >= STEM)
)
LABEL_GAPS = 5
_LABELS = "|".join(sorted(LABEL_ENDS))
_AFTER_LABEL = "|".join(rf"(?<=(?:{_LABELS})[^\w].{{{gap}}}{DIGIT})" for gap in range(LABEL_GAPS))
_SIGNAL = Form(
    rf"""
    {DIGIT}(?:
        (?P<grid>(?=
            [ \xa0]?[C-HJ-NP-X][ \xa0]?[A-HJ-NP-Z][A-HJ-NP-V][ \xa0]?{DIGIT}{{2}}
          | {DIGIT}{{3,6}}(?:\.{DIGIT}{{1,4}})?[NSEW]
          | \.{DIGIT}{{1,8}}[+-]{DIGIT}{{3}}\.
          | {DIGIT}{{4,7}}(?:[{POINTS}]{DIGIT}{{1,4}})?[^0-9]{{1,24}}{DIGIT}{{5}}
        ))
      | (?:
          (?=
              [{POINTS}]{DIGIT}{{3}}
            | [{COMMAS}]{DIGIT}{{4}}
            | \s?[{DEGREE_SIGNS}]
            | [od*]\s?{DIGIT}
            | [{QUOTES}]{{0,2}}\s?(?:{_HEMISPHERE})
            | [{POINTS}]{DIGIT}{{1,2}}{_BETWEEN}\s{{0,2}}[-−+]?{DIGIT}{{1,3}}[{POINTS}]
            | \s?(?:{"|".join(_BESIDE)})
          )
        | (?<=(?<!{_LETTER})[{INITIALS}]{DIGIT}) | (?<=(?<!{_LETTER})[{INITIALS}]\s{DIGIT})
        | {_AFTER_LABEL}
        )
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """The spans to read closely, and whether one may hold a grid's or a packed notation."""

    windows: tuple[tuple[int, int], ...]
    has_grid: bool


def read_signals(text: str, links: Sequence[tuple[int, int]]) -> Signals:
    """Return where ``text`` may write a coordinate: nowhere, for most texts.

    The digits inside ``links`` (spans in the order of the text) tell nothing: links are read apart.
    """
    found = list(_outside(links, _SIGNAL.regex.finditer(text)))
    return Signals(
        windows=_windows(text, (match.start() for match in found)),
        has_grid=any(match["grid"] is not None for match in found),
    )


def _outside(
    spans: Sequence[tuple[int, int]], matches: Iterable[re.Match[str]]
) -> Iterator[re.Match[str]]:
    """Yield the matches that start in none of the spans; both are in the order of the text."""
    index = 0
    for match in matches:
        while index < len(spans) and spans[index][1] <= match.start():
            index += 1
        if index == len(spans) or match.start() < spans[index][0]:
            yield match


def _windows(text: str, positions: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return the merged surroundings of the positions, none of which ends inside a number."""
    windows: list[tuple[int, int]] = []
    reached = -1
    for position in positions:
        if position < reached - EDGE:
            continue
        start, end = max(0, position - REACH), min(len(text), position + 2 * REACH)
        while end < len(text) and end < position + 2 * REACH + EDGE and not text[end].isspace():
            end += 1
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
        reached = end - REACH
    return tuple(windows)
