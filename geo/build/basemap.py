"""Build the map under the map: ``python -m geo.build.basemap``.

It is made from the gazetteer's own tables, so borders on the map and the outlines of governorates
drawn over them are the same lines: land, country borders and inner borders from ``shapes.parquet``
(Natural Earth), names of countries, governorates, the larger cities and the great rivers in Arabic
and English. The rivers themselves are Natural Earth's ``ne_10m_rivers_lake_centerlines.shp``, named
with ``--rivers``; without it those of the basemap that is there are kept. The Middle East and North
Africa are finer than the rest. The same tables give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from geo.build.schema import read_csv
from geo.build.topology import Point, Region, chains, rings, trails
from geo.errors import GazetteerError
from geo.maps.polyline import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["build", "main"]

SCALE = 250
"""Units per degree: 0.004 degrees is finer than any line here is simplified."""

NEAR = (34.0, 27.5, 50.0, 39.0)
WIDE = (-18.0, 8.0, 64.0, 47.0)
"""Boxes (west, south, east, north) that are drawn finely, and fairly finely."""

TOLERANCE = (0.005, 0.035, 0.28)
SMALLEST = (0.0005, 0.025, 1.0)
"""By zone: degrees a line may move, and square degrees that an island must have."""

INNER = frozenset(
    "AE BH DZ EG IL IQ IR JO KW LB LY MA OM PS QA SA SD SY TN TR YE".split()  # noqa: SIM905
)
"""Countries whose inner borders and governorates are shown."""

_COVERED = 0.98
"""Share of a country that its divisions must cover to stand for it."""

FEWEST = (50, 300, 3000)
"""By zone: the thousands of people a city needs to be named."""


RIVERS = ((3, 4), (6, 6), (9, 7))
"""Natural Earth's ranks of rivers, up to which one is drawn, and the zoom that it is drawn from."""

RANKED = (9, 7, 2)
"""By zone: the last of those ranks that is drawn there."""


def build(folder: Path, *, rivers: Path | None = None) -> dict[str, Any]:
    """Return the basemap made from the tables in ``folder``, ready to be written as JSON.

    ``land``, ``borders`` and ``regions`` are encoded lines with `SCALE` units a degree, ``rivers``
    [first zoom, such lines]; ``countries`` are [code, English, Arabic, lat, lon, first zoom],
    ``admin1`` the same without the zoom, ``cities`` [English, Arabic, lat, lon, thousands of
    people], largest first, ``waters`` [English, Arabic, lat, lon].

    Raises
    ------
    GazetteerError
        If a table, or the file of the ``rivers``, is missing.
    """
    countries, divisions = _table(folder / "countries.csv"), _table(folder / "admin1.csv")
    lines = chains(
        _regions(folder / "shapes.parquet", countries, divisions),
        scale=SCALE,
        zone=_zone,
        tolerance=TOLERANCE,
    )
    coasts = rings(line.points for line in lines if line.regions % 2)
    shared = [line for line in lines if line.regions > 1]
    inner = [line for line in shared if len(line.countries) == 1 and line.countries <= INNER]
    return {
        "scale": SCALE,
        "land": _encoded(ring for ring in coasts if _is_large(ring)),
        "rivers": _rivers(rivers) if rivers else _shipped_rivers(folder),
        "borders": _encoded(trails(line.points for line in shared if len(line.countries) > 1)),
        "regions": _encoded(trails(line.points for line in inner)),
        "countries": [[*_named(row), _first_zoom(row)] for row in countries],
        "admin1": [_named(row) for row in divisions if row["country"] in INNER],
        "cities": _cities(folder),
        "waters": [_named(row)[1:] for row in _table(folder / "waters.csv")],
    }


def _shipped_rivers(folder: Path) -> list[list[Any]]:
    try:
        shipped: dict[str, Any] = json.loads((folder / "basemap.json").read_text("utf-8"))
    except FileNotFoundError as error:
        raise GazetteerError(
            f"no file {folder / 'basemap.json'} to take the rivers from: name them with --rivers"
        ) from error
    return list(shipped["rivers"])


def _rivers(path: Path) -> list[list[Any]]:
    """Return the rivers by the zoom they are drawn from: [zoom, encoded lines]."""
    if not path.is_file():
        raise GazetteerError(f"no file {path}: --rivers is ne_10m_rivers_lake_centerlines.shp")
    frame = geopandas.read_file(path)
    frame = frame[frame.geometry.notna() & frame["scalerank"].notna()]
    drawn, least = [], -1
    for most, zoom in RIVERS:
        ranks = frame["scalerank"].between(least, most, inclusive="right")
        merged = shapely.line_merge(shapely.union_all(frame.geometry[ranks].to_numpy()))
        short = (_shortened(line, rank=most) for line in shapely.get_parts(merged))
        drawn.append([zoom, sorted(_encoded(line for line in short if len(line) > 1))])
        least = most
    return drawn


def _shortened(line: BaseGeometry, *, rank: int) -> list[Point]:
    """Return a river in units, as fine as where it runs asks for; empty if too small for there."""
    points = [(round(x * SCALE), round(y * SCALE)) for x, y in shapely.get_coordinates(line)]
    zone = min(map(_zone, points))
    if rank > RANKED[zone]:
        return []
    kept = shapely.simplify(shapely.LineString(points), TOLERANCE[zone] * SCALE)
    return [(round(x), round(y)) for x, y in shapely.get_coordinates(kept).tolist()]


def _zone(point: Point) -> int:
    lon, lat = point[0] / SCALE, point[1] / SCALE
    for index, (west, south, east, north) in enumerate((NEAR, WIDE)):
        if west <= lon <= east and south <= lat <= north:
            return index
    return 2


def _table(path: Path) -> list[dict[str, str]]:
    try:
        return read_csv(path)
    except FileNotFoundError as error:
        raise GazetteerError(f"no file {path}: build the tables first") from error


def _regions(
    path: Path, countries: Iterable[dict[str, str]], divisions: Iterable[dict[str, str]]
) -> list[Region]:
    """Return the divisions of every country, or the country where they do not cover it."""
    table = pq.read_table(path)
    blobs = zip(table["id"].to_pylist(), table["wkb"].to_pylist(), strict=True)
    shapes = {key: shapely.from_wkb(blob) for key, blob in blobs}
    parts: dict[str, list[BaseGeometry]] = {}
    for row in divisions:
        if row["id"] in shapes:
            parts.setdefault(row["country"], []).append(shapes[row["id"]])
    regions = []
    for code in sorted(row["id"] for row in countries if row["id"] in shapes):
        kept = _apart(parts.get(code, []))
        covered = sum(part.area for part in kept) >= _COVERED * shapes[code].area
        regions += [Region(code, part) for part in (kept if covered else [shapes[code]])]
    return regions


def _apart(divisions: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Leave out a division that holds other divisions, such as an autonomous region of several."""
    points = shapely.point_on_surface(list(divisions))
    return [one for one in divisions if shapely.contains(one, points).sum() <= 1]


def _is_large(ring: Sequence[Point]) -> bool:
    return bool(shapely.Polygon(ring).area >= SMALLEST[_zone(ring[0])] * SCALE**2)


def _encoded(lines: Iterable[Sequence[Point]]) -> list[str]:
    return [encode([(x / SCALE, y / SCALE) for x, y in line], scale=SCALE) for line in lines]


def _named(row: dict[str, str]) -> list[Any]:
    lat, lon = round(float(row["lat"]), 2), round(float(row["lon"]), 2)
    return [row["id"], row["name"], row["name_ar"], lat, lon]


def _first_zoom(row: dict[str, str]) -> int:
    """Return the zoom from which a country is wide enough to hold its name."""
    radius = float(row["radius_km"] or 0)
    return next(
        (
            zoom
            for zoom, least in ((2, 1300), (3, 700), (4, 330), (5, 140), (6, 50))
            if radius >= least
        ),
        7,
    )


def _cities(folder: Path) -> list[list[Any]]:
    """Return the larger cities; a curated site that is the same place gives its names."""
    curated = {
        row["geonames_id"]: row for row in _table(folder / "sites.csv") if row["geonames_id"]
    }
    table = pq.read_table(folder / "settlements.parquet")
    table = table.filter(pc.field("population") >= FEWEST[0] * 1000)
    found = []
    for row in table.select(
        ["id", "name", "name_ar", "country", "lat", "lon", "population"]
    ).to_pylist():
        lat, lon, people = (
            round(float(row["lat"]), 2),
            round(float(row["lon"]), 2),
            round(row["population"] / 1000),
        )
        zone = _zone((round(lon * SCALE), round(lat * SCALE)))
        if people < FEWEST[max(zone, 0 if row["country"] in INNER else 1)]:
            continue
        names = curated.get(row["id"].removeprefix("gn:"), row)
        found.append([names["name"], names["name_ar"] or row["name_ar"] or "", lat, lon, people])
    return sorted(found, key=lambda city: (-city[4], city[0]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the basemap as the command line says; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m geo.build.basemap", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("data/gazetteer"))
    parser.add_argument("--rivers", type=Path, help="ne_10m_rivers_lake_centerlines.shp")
    chosen = parser.parse_args(arguments)
    folder = chosen.folder
    try:
        data = build(folder, rivers=chosen.rivers)
    except GazetteerError as error:
        parser.exit(2, f"{error}\n")
    path = folder / "basemap.json"
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", "utf-8", newline="\n")
    for name, part in data.items():
        size = len(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode())
        print(f"{name:12}{size / 1000:8.1f} kB")
    print(f"{path}: {path.stat().st_size / 1000:.1f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
