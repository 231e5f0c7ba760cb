"""Compiling tables of places into columns, strings and an index of their names."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.gazetteer.cores import Cores
from geo.gazetteer.index import NameIndex, name_keys
from geo.gazetteer.roles import Role
from geo.gazetteer.tables import Table, read_shapes, read_table
from geo.lang import languages
from geo.model import KINDS
from geo.text.folding import FoldTable
from geo.text.tokens import Tokeniser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[np.generic]]

__all__ = ["compile_tables"]

_GEONAMES = "gn:"
_KIND_WEIGHT = {"country": 10**8, "governorate": 10**6, "region": 10**6, "sea": 10**6}
"""Kinds that outrank settlements of fewer people, where they share a name."""


@dataclass(frozen=True, slots=True)
class _Merged:
    """Rows of all tables; ``target[row]`` is the row of the final place each belongs to."""

    columns: dict[str, list[Any]]
    target: list[int]

    def final(self) -> list[int]:
        """Return the rows that are places."""
        return [row for row, target in enumerate(self.target) if row == target]


def compile_tables(folder: Path, paths: Sequence[Path]) -> Arrays:
    """Return the arrays of the gazetteer of the tables ``paths``, later ones winning.

    A row replaces the row of the same id, and a row with a ``geonames_id`` the row ``gn:`` and that
    number: its values win, the names of both are kept, and what it leaves empty is filled in. A row
    ``gn:`` that comes after such a row (a country of GeoNames, built later) only adds its names.

    Raises
    ------
    GazetteerError
        Naming file, row, column and remedy.
    """
    merged = _merge([read_table(path) for path in paths])
    rows = merged.final()
    place = {row: number for number, row in enumerate(rows)}
    columns = {name: [column[row] for row in rows] for name, column in merged.columns.items()}
    arrays = _columns(columns)
    table = FoldTable.build()
    arrays |= table.arrays()
    links = _links(merged, place)
    arrays |= _names(links, _importance(columns), Tokeniser(table))
    arrays |= _shapes(read_shapes(folder), columns["id"])
    return arrays


def _merge(tables: Sequence[Table]) -> _Merged:
    """Return the rows of all tables with those that are one place joined."""
    columns: dict[str, list[Any]] = {name: [] for name in Table().columns}
    for table in tables:
        for name, column in table.columns.items():
            columns[name].extend(column)
    target = list(range(len(columns["id"])))
    listed = [identity.startswith(_GEONAMES) for identity in columns["id"]]
    owner: dict[str, int] = {}
    for row, (identity, geonames) in enumerate(
        zip(columns["id"], columns["geonames_id"], strict=True)
    ):
        number = f"{_GEONAMES}{geonames}" if geonames else identity
        same = _last(target, owner.get(identity, row))
        known = _last(target, owner.get(number, row))
        if listed[row] and not listed[known]:
            # A world-wide list that comes after the curated row adds names to it, no more.
            _join(columns, into=known, row=row)
            target[row] = known
            continue
        for older in sorted({same, known if listed[known] else same} - {row}):
            target[older] = row
            _join(columns, into=row, row=older)
        owner[identity] = row
        if known == row or listed[known]:
            owner[number] = row
    return _Merged(columns, [_last(target, row) for row in range(len(target))])


def _join(columns: dict[str, list[Any]], *, into: int, row: int) -> None:
    """Fill what a row leaves empty with what another row of the same place says."""
    for name in ("name_ar", "country", "admin1", "population", "geonames_id"):
        columns[name][into] = columns[name][into] or columns[name][row]


def _last(target: list[int], row: int) -> int:
    """Return the row that a place ends up in, however often it was replaced."""
    while target[row] != row:
        row = target[row]
    return row


def _columns(columns: dict[str, list[Any]]) -> Arrays:
    """Return the columns of the places as arrays."""
    ids = columns["id"]
    row_of = {identity: row for row, identity in enumerate(ids)}
    kinds = {kind: number for number, kind in enumerate(KINDS)}
    geonames = [int(value) if str(value).isdecimal() else 0 for value in columns["geonames_id"]]
    arrays: Arrays = {
        "kind": np.array([kinds[kind] for kind in columns["kind"]], "u1"),
        "admin1": np.array([row_of.get(value, -1) for value in columns["admin1"]], "<i4"),
        "lat": np.array(columns["lat"], "<f8"),
        "lon": np.array(columns["lon"], "<f8"),
        "radius_km": np.array(columns["radius_km"], "<f4"),
        "population": np.array(columns["population"], "<i8"),
        "verified": np.array(columns["verified"], "u1"),
        "geonames": np.array(geonames, "<i8"),
        "curated": np.array([_curated(*pair) for pair in zip(ids, columns["kind"], strict=True)]),
        # Sorted as bytes, for a binary search.
        "id_order": np.array(sorted(range(len(ids)), key=lambda row: ids[row].encode()), "<u4"),
    }
    for name in ("id", "name", "name_ar"):
        arrays |= _strings(name, columns[name])
    for name in ("country", "source"):
        distinct = sorted(set(columns[name]))
        number = {value: index for index, value in enumerate(distinct)}
        arrays[name] = np.array([number[value] for value in columns[name]], "<u4")
        arrays |= _strings(f"{name}.values", distinct)
    return arrays


def _curated(identity: str, kind: str) -> bool:
    """Return whether a place was put in by hand rather than taken from a world-wide list."""
    return not identity.startswith(_GEONAMES) and kind not in {"country", "governorate"}


def _strings(name: str, values: Iterable[str]) -> Arrays:
    """Return strings as one row of bytes and the offsets at which each starts."""
    encoded = [value.encode(errors="replace") for value in values]
    starts = np.fromiter(accumulate(map(len, encoded), initial=0), "<u8", len(encoded) + 1)
    return {f"{name}.bytes": np.frombuffer(b"".join(encoded), "u1"), f"{name}.start": starts}


def _importance(columns: dict[str, list[Any]]) -> NDArray[np.int64]:
    """Return what ranks places that share a name: people, or what the kind stands for."""
    weight = np.array([_KIND_WEIGHT.get(kind, 0) for kind in columns["kind"]], np.int64)
    return np.maximum(np.array(columns["population"], np.int64), weight)


@dataclass(frozen=True, slots=True)
class _Links:
    """Spellings and the places that bear them, one item a pair."""

    spelling: list[str]
    place: NDArray[np.int32]
    role: NDArray[np.uint8]


def _links(merged: _Merged, place: dict[int, int]) -> _Links:
    """Return every spelling of every place; what a replaced row called it is an alias."""
    cores = Cores(languages())
    spelling: list[str] = []
    places: list[int] = []
    roles: list[int] = []
    columns = merged.columns
    for row, target in enumerate(merged.target):
        aliases = [alias for alias in columns["aliases"][row] if alias]
        names = [columns["name"][row], columns["name_ar"][row] or columns["name"][row], *aliases]
        spelling.extend(names)
        places.extend([place[target]] * len(names))
        own = [Role.NAME, Role.ARABIC_NAME if columns["name_ar"][row] else Role.NAME]
        roles.extend(own if row == target else [Role.ALIAS] * 2)
        roles.extend([Role.ALIAS] * len(aliases))
        bare = [core for name in names if (core := cores.of(name, columns["kind"][row]))]
        demonyms = columns["demonyms"][row]
        spelling.extend([*bare, *demonyms])
        places.extend([place[target]] * (len(bare) + len(demonyms)))
        roles.extend([Role.CORE] * len(bare) + [Role.DEMONYM] * len(demonyms))
    return _Links(spelling, np.array(places, np.int32), np.array(roles, np.uint8))


def _names(links: _Links, importance: NDArray[np.int64], tokeniser: Tokeniser) -> Arrays:
    """Return the index of the names and, for each, its places, the most important first."""
    keys = name_keys(links.spelling, tokeniser)
    indexed = np.flatnonzero(keys.key)
    distinct, first, name = np.unique(keys.key[indexed], return_index=True, return_inverse=True)
    place, role = links.place[indexed], links.role[indexed]
    order = np.lexsort((place, role, -importance[place], name))
    name, place, role = name[order], place[order], role[order]
    # One place may bear one name in several roles and spellings: the first is its best.
    pair = name.astype(np.int64) * (len(importance) + 1) + place
    best = np.sort(np.unique(pair, return_index=True)[1])
    counts = np.bincount(name[best], minlength=len(distinct))
    return {
        **NameIndex.build(distinct, keys.beginning),
        "name.script": keys.script[indexed][first],
        "link.start": np.concatenate([[0], np.cumsum(counts)]).astype("<u4"),
        "link.place": place[best].astype("<i4"),
        "link.role": role[best],
    }


def _shapes(shapes: dict[str, bytes], ids: list[str]) -> Arrays:
    """Return the outlines of the places that have one, in the order of the places."""
    rows = [row for row, identity in enumerate(ids) if identity in shapes]
    outlines = [shapes[ids[row]] for row in rows]
    starts = np.fromiter(accumulate(map(len, outlines), initial=0), "<u8", len(outlines) + 1)
    return {
        "shape.place": np.array(rows, "<i4"),
        "shape.start": starts,
        "shape.bytes": np.frombuffer(b"".join(outlines), "u1"),
    }
