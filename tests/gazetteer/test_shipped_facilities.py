"""The facilities that ship are those of the table, and each says how sure its point is."""

from __future__ import annotations

import csv
from functools import cache

import pytest

from geo.build.facilities import REMEMBERED, is_confirmed, read_facilities
from geo.build.shapes import distance_km
from geo.build.towns import read_towns
from geo.resources import data_folder

LINES = read_facilities()


@cache
def sites() -> dict[str, dict[str, str]]:
    with (data_folder("gazetteer") / "sites.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def names(row: dict[str, str]) -> set[str]:
    return {row["name"], row["name_ar"], *row["aliases"].split("|")} - {""}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_every_line_ships_with_its_sources(line: dict[str, str]) -> None:
    row = sites()[line["id"]]
    assert row["name_ar"]
    if not line["lat"]:
        assert (row["verified"], row["source"]) == ("false", REMEMBERED)
        assert float(row["radius_km"]) >= 10
        return
    assert row["verified"] == str(is_confirmed(line)).lower()
    assert row["source"] == f"{line['source']}; {line['source2']}"
    assert row["admin1"].startswith(line["country"]) or not line["admin1"]
    here = float(row["lat"]), float(row["lon"])
    there = float(line["lat2"]), float(line["lon2"])
    assert distance_km(here, there) <= float(row["radius_km"])


def test_what_is_remembered_has_no_verified_twin() -> None:
    sure = {
        (name, row["kind"])
        for row in sites().values()
        if row["verified"] == "true"
        for name in names(row)
    }
    twins = [
        row["id"]
        for row in sites().values()
        if row["source"] == REMEMBERED and sure & {(name, row["kind"]) for name in names(row)}
    ]
    assert twins == []


def test_only_lines_of_the_tables_are_not_verified() -> None:
    unsure = {row["id"] for row in sites().values() if row["verified"] == "false"}
    remembered = {line["id"] for line in LINES if not is_confirmed(line)}
    single = {line["id"] for line in read_towns() if line["lat"] and not is_confirmed(line)}
    assert unsure == remembered | single


def test_no_id_is_shared_between_the_tables() -> None:
    folder = data_folder("gazetteer")
    ids = [
        row["id"]
        for path in sorted(folder.glob("*.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]
    assert len(ids) == len(set(ids))
