from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from geo.build.basemap import build
from geo.build.topology import Point, Region, chains, rings, trails
from geo.maps.polyline import decode
from geo.resources import data_folder

SCALE = 100


def lines(*regions: Region) -> list[tuple[tuple[str, ...], int, float]]:
    found = chains(regions, scale=SCALE, zone=lambda _: 0, tolerance=(0.0,))
    return [(tuple(sorted(line.countries)), line.regions, _length(line.points)) for line in found]


def _length(points: list[Point]) -> float:
    return sum(abs(x - a) + abs(y - b) for (x, y), (a, b) in pairwise(points))


def test_a_shared_border_is_drawn_once() -> None:
    west, east = Region("A", box(0, 0, 1, 1)), Region("B", box(1, 0, 2, 1))
    assert sorted(lines(west, east)) == [
        (("A",), 1, 300.0),
        (("A", "B"), 2, 100.0),
        (("B",), 1, 300.0),
    ]


def test_a_border_inside_one_country_is_told_from_one_between_two() -> None:
    north, south = Region("A", box(0, 1, 1, 2)), Region("A", box(0, 0, 1, 1))
    assert (("A",), 2, 100.0) in lines(north, south)


def test_coasts_close_into_rings_even_where_islands_touch_in_a_point() -> None:
    touching = MultiPolygon([box(0, 0, 1, 1), box(1, 1, 2, 2)])
    found = chains([Region("A", touching)], scale=SCALE, zone=lambda _: 0, tolerance=(0.0,))
    closed = rings(line.points for line in found)
    assert all(ring[0] == ring[-1] for ring in closed)
    assert sum(_length(ring) for ring in closed) == pytest.approx(800)


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1))
def test_the_rings_of_any_coverage_enclose_its_area(cells: set[tuple[int, int]]) -> None:
    regions = [Region("A", box(x, y, x + 1, y + 1)) for x, y in sorted(cells)]
    found = chains(regions, scale=SCALE, zone=lambda _: 0, tolerance=(0.0,))
    coasts = rings(line.points for line in found if line.regions % 2)
    filled = Polygon()
    for ring in coasts:
        filled = filled.symmetric_difference(Polygon(ring).buffer(0))
    assert filled.area == pytest.approx(len(cells) * SCALE**2)


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1))
def test_trails_draw_every_edge_of_their_lines_once(cells: set[tuple[int, int]]) -> None:
    regions = [Region("A", box(x, y, x + 1, y + 1)) for x, y in sorted(cells)]
    found = [line.points for line in chains(regions, scale=1, zone=lambda _: 0, tolerance=(0.0,))]

    def edges(drawn: list[list[Point]]) -> list[set[Point]]:
        return sorted(({one, other} for line in drawn for one, other in pairwise(line)), key=sorted)

    joined = trails(found)
    assert edges(joined) == edges(found)
    assert len(joined) <= len(found)


def test_rivers_come_by_the_zoom_that_they_are_drawn_from() -> None:
    rivers = json.loads((data_folder("gazetteer") / "basemap.json").read_text("utf-8"))["rivers"]
    assert [zoom for zoom, _ in rivers] == [4, 6, 7]
    assert all(lines for _, lines in rivers)


def test_the_shipped_basemap_is_what_the_tables_give() -> None:
    folder = data_folder("gazetteer")
    shipped = json.loads((folder / "basemap.json").read_text("utf-8"))
    assert json.loads(json.dumps(build(folder))) == shipped


def test_the_shipped_basemap_is_small_and_names_both_scripts() -> None:
    path = data_folder("gazetteer") / "basemap.json"
    assert path.stat().st_size < 300_000
    data = json.loads(path.read_text("utf-8"))
    syria = next(row for row in data["countries"] if row[0] == "SY")
    assert syria[1:3] == ["Syria", "سوريا"]
    assert ["Damascus", "دمشق"] in [city[:2] for city in data["cities"]]
    for name in ("land", "borders", "regions"):
        for line in data[name]:
            for lon, lat in decode(line, scale=data["scale"]):
                assert -180 <= lon <= 180
                assert -90 <= lat <= 90


def test_no_country_of_the_region_is_missing_from_the_land() -> None:
    data = json.loads((data_folder("gazetteer") / "basemap.json").read_text("utf-8"))
    land = [Polygon(decode(ring, scale=data["scale"])) for ring in data["land"]]
    cities = {city[0]: box(city[3], city[2], city[3], city[2]).centroid for city in data["cities"]}
    for name in ("Damascus", "Erbil", "Baghdad", "Aleppo", "Riyadh", "Sanaa", "Ankara", "Tehran"):
        point = cities.get(name)
        if point is not None:
            assert sum(shape.contains(point) for shape in land) % 2 == 1, name
