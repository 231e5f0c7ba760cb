"""Taking from settlements the names that belong to others.

GeoNames keeps whatever a place was ever called, and some of it is another place's: Medina in Ohio
was once planned as Mecca, and the settlement of Elon Moreh is listed as the village next to it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from geo.build import shapes
from geo.build.names import consonants
from geo.text.folding import fold_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.build.schema import Row

__all__ = ["leave_to_cities", "leave_to_neighbours"]

_CITY, _METROPOLIS = 100_000, 1_000_000
"""The people of a city whose main names count, and of one all whose names do."""

_TIMES = 2
"""How many times as populous the city is, at least."""

_ALIKE = 50.0
"""The likeness of consonants (0 to 100) above which a name may well be the place's own."""

_NEAR_KM = 20.0


def leave_to_cities(rows: Sequence[Row]) -> None:
    """Take from each row the aliases unlike its names that a city abroad bears, a larger one.

    Only names whose sound can be told are taken: Latin ones and those in letters of Arabic itself.
    """
    keys = _keys(rows)
    cities: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    for row, own in zip(rows, keys, strict=True):
        if row.population >= _CITY:
            borne = own if row.population >= _METROPOLIS else own[:2]
            for key in {key for key in borne if key}:
                cities[key].append((row.population, row.country))
    for row, own in zip(rows, keys, strict=True):
        needed = max(_CITY, _TIMES * row.population)
        row.aliases = [
            alias
            for alias, key in zip(row.aliases, own[2:], strict=True)
            if not any(people >= needed and land != row.country for people, land in cities[key])
            or _is_alike(alias, row)
        ]


def _is_alike(alias: str, row: Row) -> bool:
    """Say whether an alias may come from a name of its row; of what cannot be told, it may."""
    sound = consonants(alias)
    names = [consonants(name) for name in (row.name, row.name_ar) if name]
    if not sound or not any(names):
        return True
    return max(fuzz.partial_ratio(sound, name) if name else 0.0 for name in names) > _ALIKE


def leave_to_neighbours(rows: Sequence[Row], curated: Iterable[Row]) -> None:
    """Take from each row the aliases that are the main names of a curated place beside it."""
    beside: dict[str, list[Row]] = defaultdict(list)
    numbered = {f"gn:{row.geonames_id}" for row in curated if row.geonames_id}
    for row, own in _with_keys(curated):
        for key in {key for key in own[:2] if key and row.kind == "settlement"}:
            beside[key].append(row)
    for row, own in _with_keys(rows):
        if row.id in numbered:
            continue
        row.aliases = [
            alias
            for alias, key in zip(row.aliases, own[2:], strict=True)
            if not any(_apart_km(row, other) <= _NEAR_KM for other in beside.get(key, ()))
        ]


def _with_keys(rows: Iterable[Row]) -> Iterator[tuple[Row, list[str]]]:
    every = list(rows)
    return zip(every, _keys(every), strict=True)


def _keys(rows: Sequence[Row]) -> list[list[str]]:
    """Return the folded names of each row: its name, its Arabic name or "", then its aliases."""
    names = [[row.name, row.name_ar or "", *row.aliases] for row in rows]
    folded = iter(fold_table().fold_many(name for own in names for name in own))
    return [[next(folded) for _ in own] for own in names]


def _apart_km(one: Row, other: Row) -> float:
    return shapes.distance_km((one.lat, one.lon), (other.lat, other.lon))
