"""Read one axis of a coordinate: an angle with its label, hemisphere and units, in any order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geo.recognize.coordinates.model import MAX_LON, read_number
from geo.recognize.coordinates.tokens import COMMAS, END, WORDS, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Axis", "Kind", "at", "may_start", "read_axis", "read_label"]

Kind = Literal["lat", "lon"]

MINUTES = 60
WHOLE_DIGITS = 3
LABEL_REACH = 6
REFERENCE_REACH = 4

_HEMISPHERES: tuple[tuple[frozenset[str], Kind, int], ...] = (
    (WORDS.north, "lat", 1),
    (WORDS.south, "lat", -1),
    (WORDS.east, "lon", 1),
    (WORDS.west, "lon", -1),
)
_STARTS = frozenset({"-", "+", "°"}).union(
    WORDS.latitude, WORDS.longitude, WORDS.label_heads, *(words for words, _, _ in _HEMISPHERES)
)
_UNITS = ((WORDS.minute, "'"), (WORDS.second, '"'))
_BESIDE_LABEL = frozenset(":=\"'")
_COMMAS = frozenset(COMMAS)
_TIGHT_LINKS = frozenset("-:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One angle as it stands in the text, and all that speaks for its being one.

    ``step`` is the size of its last digit in degrees, ``decimals`` the decimals of degrees (0 when
    it has minutes), ``parts`` how many of degrees, minutes and seconds it has, ``marked`` whether a
    sign or word says so, ``sure`` whether the label means nothing else, ``next`` the token after.
    """

    start: int
    end: int
    next: int
    value: float
    step: float
    kind: Kind | None
    parts: int
    decimals: int
    comma: bool
    marked: bool
    sure: bool
    compact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Angle:
    """Degrees, minutes and seconds without a sign; ``loose`` where nothing marks the minutes.

    ``decimals`` are those of the last part, ``comma`` says that it has a decimal comma.
    """

    value: float
    step: float
    parts: int
    decimals: int
    comma: bool
    marked: bool
    loose: bool
    next: int


def at(tokens: Sequence[Token], index: int) -> Token:
    """Return the token at ``index``, or END beyond either end."""
    return tokens[index] if 0 <= index < len(tokens) else END


def may_start(token: Token) -> bool:
    """Say whether an axis, or its label, may start with a token, as most words cannot."""
    return token.kind not in {"word", "mark"} or token.text in _STARTS


def _has_word(token: Token, words: frozenset[str]) -> bool:
    return token.kind == "word" and token.text in words


def read_label(tokens: Sequence[Token], index: int) -> tuple[Kind, bool, int] | None:
    """Read "latitude" or "خط العرض": its axis, whether it is sure, and the token after it."""
    headed = _has_word(at(tokens, index), WORDS.label_heads)
    token = at(tokens, index + headed)
    if token.kind != "word":
        return None
    sure = headed or token.text not in WORDS.loose_labels
    if token.text in WORDS.latitude:
        return "lat", sure, index + headed + 1
    if token.text in WORDS.longitude:
        return "lon", sure, index + headed + 1
    return None


def _skip_fillers(tokens: Sequence[Token], index: int) -> int:
    """Return the index of the number (or its sign) that a label speaks of."""
    for ahead in range(index, index + LABEL_REACH):
        token = at(tokens, ahead)
        is_filler = token.text in _BESIDE_LABEL or token.text == "."
        if not (is_filler or _has_word(token, WORDS.fillers)):
            return ahead
    return index


def _hemisphere(token: Token) -> tuple[Kind, int] | None:
    if token.kind == "word":
        for words, kind, sign in _HEMISPHERES:
            if token.text in words:
                return kind, sign
    return None


def _sign(tokens: Sequence[Token], index: int, text: str) -> int:
    """Return -1 or 1 for a sign written tightly before the number at ``index`` + 1, else 0."""
    token, number = at(tokens, index), at(tokens, index + 1)
    if token.text not in {"-", "+"} or number.start != token.end:
        return 0
    if token.start and (text[token.start - 1].isalnum() or text[token.start - 1] in "°'\""):
        return 0
    return -1 if token.text == "-" else 1


def _unit(tokens: Sequence[Token], index: int, words: frozenset[str], sign: str) -> int:
    """Return how many tokens at ``index`` write the unit: 0, 1, or 2 for '' as a second sign."""
    token = at(tokens, index)
    tight = token.start == at(tokens, index - 1).end
    if sign == '"' and token.text == "'" == at(tokens, index + 1).text:
        return 2
    if token.text == sign and token.kind == "mark":
        return 1
    if _hemisphere(token) and not _hemisphere(at(tokens, index + 1)):
        return 0  # the S of "37.842S" is a hemisphere, that of "12s N" the seconds
    # One letter is a unit only where it is glued to its number: "5 m" is a distance.
    return int(_has_word(token, words) and (tight or len(token.text) > 1))


def _dotted(token: Token, index: int) -> _Angle | None:
    """Read "35.43.12" as degrees, minutes and seconds."""
    degrees, minutes, *rest = token.text.split(".")
    seconds = ".".join(rest)
    if len(rest) > 2 or len(degrees) > WHOLE_DIGITS or max(len(minutes), len(rest[0])) > 2:
        return None
    value, decimals = read_number(seconds)
    if int(minutes) >= MINUTES or value >= MINUTES:
        return None
    return _Angle(
        value=int(degrees) + int(minutes) / MINUTES + value / MINUTES**2,
        step=10.0**-decimals / MINUTES**2,
        parts=3,
        decimals=decimals,
        comma=False,
        marked=False,
        loose=True,
        next=index + 1,
    )


def _link(tokens: Sequence[Token], index: int, *, explicit: bool) -> int:
    """Return the index of the number that may hold the next unit, over "and", "-" or ":"."""
    token = at(tokens, index)
    following = at(tokens, index + 1)
    is_joiner = _has_word(token, WORDS.joiners) or token.text == ","
    if explicit and is_joiner and following.kind == "number":
        return index + 1
    tight = token.start == at(tokens, index - 1).end and token.end == following.start
    if token.text in _TIGHT_LINKS and tight:
        return index + 1
    return index


def _angles(tokens: Sequence[Token], index: int) -> Iterator[_Angle]:
    """Yield the readings of the angle at ``index``, the shortest first."""
    token = at(tokens, index)
    if token.kind == "dotted":
        dotted = _dotted(token, index)
        if dotted:
            yield dotted
        return
    if token.kind != "number":
        return
    value, decimals = read_number(token.text)
    if value > MAX_LON:
        return
    width = _unit(tokens, index + 1, WORDS.degree, "°")
    angle = _Angle(
        value=value,
        step=10.0**-decimals,
        parts=1,
        decimals=decimals,
        comma=not _COMMAS.isdisjoint(token.text),
        marked=bool(width),
        loose=False,
        next=index + 1 + width,
    )
    yield angle
    for part, (words, sign) in enumerate(_UNITS, start=2):
        longer = _longer(tokens, angle, words, sign, part=part)
        if longer is None:
            return
        angle = longer
        yield angle


def _longer(
    tokens: Sequence[Token], angle: _Angle, words: frozenset[str], sign: str, *, part: int
) -> _Angle | None:
    """Return ``angle`` with its minutes or seconds, or None where no such number follows."""
    if angle.decimals:
        return None
    index = _link(tokens, angle.next, explicit=angle.marked)
    token = at(tokens, index)
    if token.kind != "number" or (index != angle.next and not _COMMAS.isdisjoint(token.text)):
        return None
    value, decimals = read_number(token.text)
    width = _unit(tokens, index + 1, words, sign)
    if value >= MINUTES or (not width and _other_unit(tokens, index + 1, sign)):
        return None
    if index != angle.next and at(tokens, angle.next).text not in _TIGHT_LINKS and not width:
        return None
    scale: int = MINUTES ** (part - 1)
    return _Angle(
        value=angle.value + value / scale,
        step=10.0**-decimals / scale,
        parts=part,
        decimals=decimals,
        comma=False,
        marked=angle.marked or bool(width),
        loose=angle.loose or not (width and angle.marked),
        next=index + 1 + width,
    )


def _other_unit(tokens: Sequence[Token], index: int, sign: str) -> bool:
    """Return whether the number before ``index`` carries a unit, though not ``sign``'s."""
    units = ((WORDS.degree, "°"), *_UNITS)
    return any(_unit(tokens, index, words, glyph) for words, glyph in units if glyph != sign)


def _trailing(tokens: Sequence[Token], index: int) -> int:
    """Return the index after "of the equator" or its like, else ``index``."""
    for ahead in range(index, index + REFERENCE_REACH):
        token = at(tokens, ahead)
        if _has_word(token, WORDS.origins):
            return ahead + 1
        if not _has_word(token, WORDS.references):
            break
    return index


def read_axis(tokens: Sequence[Token], index: int, text: str) -> Axis | None:
    """Read the axis that starts at token ``index``, or return None."""
    if not may_start(at(tokens, index)):
        return None
    kind, sure, position = None, False, index
    label = read_label(tokens, index)
    if label:
        kind, sure, position = label
        position = _skip_fillers(tokens, position)
    before = _hemisphere(at(tokens, position))
    position += before is not None
    sign = _sign(tokens, position, text)
    position += bool(sign)
    position += at(tokens, position).text == "°"  # where the direction of the text moved it
    best: Axis | None = None
    for angle in _angles(tokens, position):
        hemisphere, end = before, angle.next
        if hemisphere is None:
            hemisphere = _hemisphere(at(tokens, end))
            end = _trailing(tokens, end + 1) if hemisphere else end
        if angle.loose and hemisphere is None:
            continue
        axis = _join(tokens, angle, (kind, sure), hemisphere, sign, index=index, end=end)
        best = axis or best
    return best


def _join(
    tokens: Sequence[Token],
    angle: _Angle,
    label: tuple[Kind | None, bool],
    hemisphere: tuple[Kind, int] | None,
    sign: int,
    *,
    index: int,
    end: int,
) -> Axis | None:
    """Return the axis of these parts, or None where they contradict each other."""
    kind, sure = label
    if kind is None and (after := read_label(tokens, end)):
        kind, sure, end = after
    factor = sign or 1
    compact = False
    if hemisphere:
        if (kind and kind != hemisphere[0]) or (sign == -1 and hemisphere[1] == 1):
            return None
        kind, factor = hemisphere
        sure = True
        written = tokens[index:end]
        compact = len(written) == 2 and written[0].end == written[1].start
    return Axis(
        start=tokens[index].start,
        end=tokens[end - 1].end,
        next=end,
        value=factor * angle.value,
        step=angle.step,
        kind=kind,
        parts=angle.parts,
        decimals=angle.decimals if angle.parts == 1 else 0,
        comma=angle.comma,
        marked=angle.marked,
        sure=sure,
        compact=compact,
    )
