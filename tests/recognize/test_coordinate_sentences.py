"""Coordinates and other numbers as news writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geo.recognize.coordinates import find_coordinates

SENTENCES = Path(__file__).parents[1] / "data" / "coordinate_sentences.jsonl"
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_coordinate_is_read_and_no_other_number(case: dict[str, Any]) -> None:
    found = find_coordinates(case["text"])
    if case["span"] is None:
        assert found == []
        return
    (coordinate,) = found
    assert coordinate.mention.text == case["span"]
    assert coordinate.lat == pytest.approx(case["lat"], abs=2e-5)
    assert coordinate.lon == pytest.approx(case["lon"], abs=2e-5)
    assert 0 < coordinate.radius_km <= case["km"]
    assert coordinate.why
