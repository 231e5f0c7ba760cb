"""Regions of GeoNames become rows where no other row has their name."""

from __future__ import annotations

import shapely

from geo.build.points import Known
from geo.build.regions import region_rows, take_points
from geo.build.schema import Row


def region(name: str, *more: str, country: str | None = "SY", people: int = 0) -> Known:
    return Known(
        name=name,
        country=country,
        point=(35.5, 38.25),
        kind="region",
        people=people,
        names=[name, *more],
    )


def rows_of(*regions: Known, taken: list[Row] | None = None, counties: tuple[Row, ...] = ()):
    return region_rows(
        {str(number): each for number, each in enumerate(regions, start=1)},
        taken=taken or [],
        counties=counties,
        outlines=dict.fromkeys(("SY", "DE", "GB"), shapely.box(38, 35, 40, 37)),
    )


def test_a_region_of_several_names_becomes_a_row_that_says_how_rough_it_is() -> None:
    (row,) = rows_of(region("Highlands", "The Highlands", "المرتفعات"))
    assert (row.id, row.kind, row.name, row.name_ar) == ("gn:1", "region", "Highlands", "المرتفعات")
    assert list(row.aliases) == ["The Highlands"]
    assert (row.lat, row.lon, row.radius_km) == (35.5, 38.25, 30.0)
    assert "doubt" in row.note


def test_what_hardly_anybody_names_stays_out() -> None:
    assert rows_of(region("Highlands", "Hochland")) == []
    assert rows_of(region("Highlands", "Hochland", "Hautes Terres", country="DE")) == []
    assert len(rows_of(region("Highlands", country="GB", people=9))) == 1
    assert rows_of(region("Highlands", country="DE", people=9)) == []


def test_a_region_outside_its_country_is_told_of_none() -> None:
    (row,) = rows_of(region("Highlands", "Hochland", "Hautes Terres"))
    assert row.country == "SY"
    far = Known(
        name="Lowlands", country="SY", point=(1.0, 1.0), kind="region", names=["A", "B", "C"]
    )
    (row,) = rows_of(far)
    assert row.country is None


def test_a_direction_alone_is_no_region() -> None:
    assert rows_of(region("South", "Sud", "Süd", "Zuid", "Jih")) == []


def test_a_region_called_like_another_row_stays_out() -> None:
    hills = region("Highlands", "Hochland", "Hautes Terres")
    known = Row(id="x", name="Uplands", aliases=["highlands"])
    assert rows_of(hills, taken=[known]) == []
    assert rows_of(hills, counties=(Row(id="c", name="Highlands", country="SY"),)) == []
    assert len(rows_of(hills, counties=(Row(id="c", name="Highlands", country="US"),))) == 1


def test_an_area_takes_the_point_of_the_region_it_is_called_like() -> None:
    inside = Row(id="a", name="Uplands", aliases=["Highlands"], lat=36.0, lon=39.0, note="drawn")
    outside = Row(id="b", name="Highlands", lat=10.0, lon=10.0)
    outlines = {"a": shapely.box(38, 35, 40, 37), "b": shapely.box(9, 9, 11, 11)}
    take_points([inside, outside], {"7": region("Highlands")}, outlines)
    assert (inside.lat, inside.lon, inside.geonames_id) == (35.5, 38.25, "7")
    assert inside.note == "drawn; point of GeoNames"
    assert (outside.lat, outside.lon, outside.geonames_id) == (10.0, 10.0, "")
