from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from geo.maps.shades import shades

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.none() | st.text(max_size=3)))
def test_equal_values_have_equal_colours_and_none_has_none(values: list[str | None]) -> None:
    found = shades(values)
    assert len(found.of) == len(values)
    assert len(found.colours) == len(found.texts) == len(set(found.colours))
    for value, at in zip(values, found.of, strict=True):
        assert (at is None) == (value is None)
        if at is not None and found.texts[at] != "…":
            assert found.texts[at] == value
    by_value = dict(zip(values, found.of, strict=True))
    assert all(by_value[value] == at for value, at in zip(values, found.of, strict=True))


@given(st.lists(st.none() | NUMBERS))
@example([1.7976931348623157e308, -9.9792015476736e291])
def test_larger_numbers_never_have_a_lighter_colour(values: list[float | None]) -> None:
    found = shades(values)
    pairs = sorted(
        (value, at) for value, at in zip(values, found.of, strict=True) if value is not None
    )
    assert all(0 <= at < len(found.colours) for _, at in pairs)
    assert [at for _, at in pairs] == sorted(at for _, at in pairs)


def test_the_rarest_values_share_the_last_colour() -> None:
    found = shades([*"aaabbbcccdddeeefffggghhh", "i", "j"])
    assert found.of[-1] == found.of[-2] == 8
    assert found.texts[8] == "…"


def test_one_number_is_one_step() -> None:
    assert shades([2.5, 2.5]).texts == ("2.5",)
