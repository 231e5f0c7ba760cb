"""Find pairs of angles: decimal degrees, degrees and minutes, with seconds, labelled or bare.

Any two axes side by side are read; whether they are a coordinate is decided by what is written with
them and before them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.model import Mention
from geo.recognize.coordinates.axis import Axis, Kind, at, may_start, read_axis, read_label
from geo.recognize.coordinates.judgement import Pair, is_coordinate, read_context
from geo.recognize.coordinates.model import MAX_LAT, Coordinate, in_range, radius_of_steps
from geo.recognize.coordinates.tokens import WORDS, Token, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["find_angles", "read_angles"]

SEPARATOR_REACH = 4
HEADER_REACH = 4

_NOTATIONS = {
    1: "decimal degrees",
    2: "degrees and minutes",
    3: "degrees, minutes and seconds",
}
_PUNCTUATION = frozenset(",;|/&\n()[]{}\"'")
_GLUED_BEFORE = re.compile(r"[A-Za-z0-9_$€£¥#@%/.\\]")


def find_angles(text: str, windows: Iterable[tuple[int, int]]) -> Iterator[Coordinate]:
    """Yield the coordinates written as angles in the windows, in the order of the text."""
    for start, end in windows:
        yield from _pairs(tokenise(text, start, end), text, cued=False)


def read_angles(text: str) -> Coordinate | None:
    """Read ``text`` as one coordinate that starts it, as the value of a link's query does."""
    found = next(_pairs(tokenise(text, 0, len(text)), text, cued=True), None)
    return found if found and not text[: found.mention.start].strip("( ") else None


def _pairs(tokens: Sequence[Token], text: str, *, cued: bool) -> Iterator[Coordinate]:
    index = 0
    while index < len(tokens):
        if not may_start(tokens[index]):
            index += 1
            continue
        header = _read_header(tokens, index)
        order, start = header or (None, index)
        first = read_axis(tokens, start, text)
        if first is None:
            index += 1
            continue
        if order:
            first = replace(first, kind=order, sure=True)
        pair = _read_pair(tokens, start, first, text, ordered=order is not None, cued=cued)
        if pair:
            coordinate, index = pair
            yield coordinate
        else:
            index = max(first.next, index + 1)


def _read_header(tokens: Sequence[Token], index: int) -> tuple[Kind, int] | None:
    """Read "(lat, lon):" or "خط العرض والطول": the first axis named and where the numbers start."""
    first = read_label(tokens, index)
    if first is None:
        return None
    position = first[2]
    while position < first[2] + HEADER_REACH:
        second = read_label(tokens, position)
        if second:
            break
        token = at(tokens, position)
        if not (token.text in _PUNCTUATION or token.text in WORDS.joiners):
            return None
        position += 1
    else:
        return None
    position = second[2]
    while at(tokens, position).text in {":", "=", *_PUNCTUATION, *WORDS.fillers}:
        position += 1
    return (first[0], position) if second[0] != first[0] else None


def _read_pair(
    tokens: Sequence[Token], index: int, first: Axis, text: str, *, ordered: bool, cued: bool
) -> tuple[Coordinate, int] | None:
    """Read the second axis and weigh the two; return the coordinate and the token after it."""
    if first.start and _GLUED_BEFORE.match(text[first.start - 1]):
        return None
    separator, position = _separator(tokens, first.next, decided=first.kind is not None)
    if separator is None:
        return None
    second = read_axis(tokens, position, text)
    if second is None or (first.kind and first.kind == second.kind):
        return None
    if ordered:
        second = replace(second, kind="lat" if first.kind == "lon" else "lon", sure=True)
    pair = Pair(
        tokens=tokens,
        index=index,
        first=first,
        second=second,
        separator=separator,
        context=read_context(tokens, index, announced=cued),
    )
    if not is_coordinate(pair):
        return None
    coordinate = _coordinate(text, first, second)
    return (coordinate, second.next) if coordinate else None


def _separator(tokens: Sequence[Token], index: int, *, decided: bool) -> tuple[str | None, int]:
    """Return what stands between two axes and the token after it; None where they are apart."""
    parts: list[str] = []
    for position in range(index, index + SEPARATOR_REACH + 1):
        token = at(tokens, position)
        dash = token.text == "-" and at(tokens, position + 1).start != token.end
        dot = token.text == "." and decided
        if token.kind == "mark" and (token.text in _PUNCTUATION or dash or dot):
            parts.append(token.text)
        elif token.text in WORDS.joiners or (decided and token.text in WORDS.fillers):
            parts.append(" ")
        else:
            return "".join(parts), position
    return None, index


def _coordinate(text: str, first: Axis, second: Axis) -> Coordinate | None:
    """Order two axes and return their coordinate, or None where no order is on Earth."""
    lat, lon, order, swappable = _order(first, second)
    if not in_range(lat.value, lon.value):
        return None
    start, end = _outer_span(text, first.start, second.end)
    radius = radius_of_steps(lat.value, lat_step=lat.step, lon_step=lon.step)
    if swappable:
        swapped = radius_of_steps(lon.value, lat_step=lon.step, lon_step=lat.step)
        radius = max(radius, swapped)
    notation = _NOTATIONS[max(first.parts, second.parts)]
    return Coordinate(
        mention=Mention(start=start, end=end, text=text[start:end]),
        lat=lat.value,
        lon=lon.value,
        radius_km=radius,
        notation=notation,
        why=(f"written as {notation}", order),
        other=(lon.value, lat.value) if swappable else None,
    )


def _order(first: Axis, second: Axis) -> tuple[Axis, Axis, str, bool]:
    """Return latitude, longitude, what decided the order, and whether the other is possible."""
    if first.kind == "lon" or second.kind == "lat":
        return second, first, "longitude first, by its label or hemisphere", False
    if first.kind or second.kind:
        return first, second, "latitude first, by its label or hemisphere", False
    if abs(first.value) > MAX_LAT:
        return second, first, "longitude first, as the first number is above 90", False
    if abs(second.value) > MAX_LAT:
        return first, second, "latitude first, as the second number is above 90", False
    return first, second, "latitude first, as is usual: nothing in the text says it", True


def _outer_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to the quotes and braces that belong to it, as in ``{"lat": 1.5, "lon": 2}``."""
    inside = text[start:end]
    if '":' in inside or '="' in inside:
        odd = inside.count('"') % 2
        before, after = text[start - 1 : start] == '"', text[end : end + 1] == '"'
        end += after and (bool(odd) or before)
        start -= before and not (odd and after)
    if start and text[start - 1] == "{" and text[end : end + 1] == "}":
        start, end = start - 1, end + 1
    return start, end
