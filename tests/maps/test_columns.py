from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from geo.maps.columns import to_columns, to_rows

TEXT = st.none() | st.text(max_size=5)
ROW = st.fixed_dictionaries(
    {
        "text": TEXT,
        "number": st.integers() | st.floats(allow_nan=False),
        "flag": st.booleans(),
        "texts": st.lists(st.text(max_size=3), max_size=2).map(tuple),
        "numbers": st.lists(st.integers(0, 3), max_size=2).map(tuple),
    }
)


@given(st.lists(ROW))
def test_columns_give_back_the_rows(rows: list[dict[str, Any]]) -> None:
    assert to_rows(to_columns(rows)) == rows


@given(st.lists(ROW, min_size=1))
def test_columns_are_json_that_gives_back_the_rows(rows: list[dict[str, Any]]) -> None:
    assert to_rows(json.loads(json.dumps(to_columns(rows)))) == json.loads(json.dumps(rows))


def test_values_that_many_rows_share_are_written_once() -> None:
    columns = to_columns([{"kind": "camp"}, {"kind": "dam"}] * 10)
    assert columns == {"kind": {"values": ["camp", "dam"], "rows": [0, 1] * 10}}


def test_values_that_differ_and_numbers_stand_as_they_are() -> None:
    rows = [{"id": str(row), "confidence": 1.0} for row in range(9)]
    assert to_columns(rows) == {"id": list("012345678"), "confidence": [1.0] * 9}
