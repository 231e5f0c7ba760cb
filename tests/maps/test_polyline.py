from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo.maps.polyline import decode, encode

SCALE = 10_000

DEGREES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(DEGREES, max_size=40))
def test_decoding_gives_the_rounded_points_without_repeats(
    points: list[tuple[float, float]],
) -> None:
    rounded = [(round(x * SCALE) / SCALE, round(y * SCALE) / SCALE) for x, y in points]
    expected = [p for i, p in enumerate(rounded) if i == 0 or p != rounded[i - 1]]
    assert decode(encode(points, scale=SCALE), scale=SCALE) == expected


@given(st.lists(DEGREES, max_size=40))
def test_a_line_is_printable_and_safe_inside_html(points: list[tuple[float, float]]) -> None:
    line = encode(points, scale=SCALE)
    assert line.isascii()
    assert not set(line) & set("<>&\"' ") - {">"}
