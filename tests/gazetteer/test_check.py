"""A table is looked over: every mistake is named with its row and its remedy, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer
from geo.gazetteer.check import findings
from geo.gazetteer.summary import summaries

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "id,name,name_ar,aliases,kind,country,lat,lon\n"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,Old Mill,,,camp,SY,95,40", "column lat: 95"),
        ("a,Old Mill,,,castle,SY,35,40", "column kind: 'castle'"),
        ("a,Old Mill,,,camp,SY,40.15,35.33", "are swapped"),
        ("a,Old Mill,,,camp,SY,48.8,2.3", "lies outside SY"),
        ("a,Old Mill,,,camp,SY,0,0", "lies in the Atlantic"),
        ("a,Old Mill,,,camp,XX,35,40", "country 'XX' is unknown"),
        ("a,Old Mill,Ø­Ù„Ø¨,,camp,SY,35.33,40.15", "is misread text"),
        ("a,Old Mill,,the,camp,SY,35.33,40.15", "'the' is an everyday word"),
        ("a,Old Mill,،,,camp,SY,35.33,40.15", "has no letter"),
        ("a,Old Mill,,,camp,SY,35.33,40.15\nb,old mill,,,camp,SY,35.331,40.15", "the same place"),
        ("a,Old Mill,,,camp,SY,35.33,40.15\na,New Mill,,,camp,SY,35.5,40.15", "is there twice"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, gazetteer: Gazetteer, row: str, told: str) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(f"{HEAD}{row}\n", encoding="utf-8")
    (found,) = findings(table, gazetteer)
    assert told in found
    assert found.startswith(str(table))
    assert "\n" not in found


def test_every_mistake_of_a_table_is_named(tmp_path: Path, gazetteer: Gazetteer) -> None:
    table = tmp_path / "mine.csv"
    rows = ["a,Alpha,,,camp,SY,95,40", "b,Beta,,,camp,SY,35,", "c,Gamma,,,camp,SY,48.8,2.3"]
    table.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    assert len(findings(table, gazetteer)) == 3


def test_a_good_table_has_no_findings(tmp_path: Path, gazetteer: Gazetteer) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(f"{HEAD}a,Old Mill,مطحنة,,camp,SY,35.33,40.15\n", encoding="utf-8")
    assert findings(table, gazetteer) == []
    table.write_text("nothing\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="no column 'name'"):
        findings(table, gazetteer)


def test_the_shipped_sites_are_in_order(gazetteer: Gazetteer) -> None:
    from geo.resources import data_folder

    for name in ("sites", "areas", "countries"):
        assert findings(data_folder("gazetteer") / f"{name}.csv", gazetteer) == []


def test_a_summary_counts_the_rows_of_every_table(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(f"{HEAD}a,A,,,camp,SY,35,40\n\nb,B,,,camp,SY,35,40\n", encoding="utf-8")
    told = {table.name: table for table in summaries([mine])}
    assert told["settlements.parquet"].rows == 234_908
    assert told["mine.csv"].rows == 2
    assert told["mine.csv"].credit == {}
