"""Which of the places that are known each row of a new table is: by its ids, else by its name.

Two rows are one place

1. if they bear one id, be it GeoNames' (``gn:170794``), Wikidata's (``wd:Q8268``) or any other;
2. else if they bear one name, are of one kind, lie in one country, stand no further apart than the
   place is wide, and no source that counts them itself gives them two numbers.

A table holds each of its places once: of two of its rows, one alone can be a place that is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer.roles import Role
from geo.gazetteer.strings import Strings
from geo.model import AREA_KINDS, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from geo.gazetteer.tables import Table

    Arrays = Mapping[str, NDArray[np.generic]]
    Rows = NDArray[np.int64]

__all__ = ["Identities", "identity_keys", "known_places", "other_ids"]

_NEAR_KM = 2.0
"""Sources that mean one small place put it within this distance of each other."""

_FAR_KM = 15.0
"""And within this one where it is a large city or a wide field."""

_FAR_AREA_KM = 60.0
_EARTH_KM = 6371.0
_NUMBERED = (("gn", "geonames_id"), ("wd", "wikidata_id"), ("pcode", "pcode"))
"""Who counts places, and the column that has the number: GeoNames, Wikidata, OCHA."""

_AREA = np.array([kind in AREA_KINDS for kind in KINDS])
_NUMBER = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Identities:
    """The ids that places go by, as sorted hashes, and the place of each."""

    key: NDArray[np.uint64]
    place: NDArray[np.int32]

    @staticmethod
    def none() -> dict[str, NDArray[np.generic]]:
        """Return the arrays of no ids."""
        return Identities(np.zeros(0, "<u8"), np.zeros(0, "<i4")).arrays()

    @staticmethod
    def within(arrays: Arrays) -> Identities:
        """Return the ids that `arrays` made arrays of."""
        return Identities(arrays["identity.key"], arrays["identity.place"])  # type: ignore[arg-type]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to keep."""
        return {"identity.key": self.key, "identity.place": self.place}

    def find(self, ids: Sequence[str]) -> Rows:
        """Return the places of some ids, -1 where there is none."""
        return self.places(identity_keys(ids))

    def places(self, wanted: NDArray[np.uint64]) -> Rows:
        """Return the places of some `identity_keys`, -1 where there is none."""
        found = np.full(len(wanted), -1, np.int64)
        if len(wanted) and len(self.key):
            at = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
            same = self.key[at] == wanted
            found[same] = self.place[at[same]]
        return found

    def and_also(self, table: Table, own: NDArray[np.uint64], place: Rows) -> Identities:
        """Return these ids with those of a table's rows; ``own`` are the keys of their own ids.

        A row's own id leads to it; of the others, one that leads to a place already stays there.
        """
        others = other_ids(table)
        rows = np.array([row for row, _ in others], np.int64)
        keys = own, self.key, identity_keys(each for _, each in others)
        distinct, first = np.unique(np.concatenate(keys), return_index=True)
        places = np.concatenate([place, self.place, place[rows]]).astype("<i4")
        return Identities(distinct, places[first])


def identity_keys(ids: Iterable[str]) -> NDArray[np.uint64]:
    """Return the number, of 64 bits, that stands for each id."""
    digests = (blake2b(each.encode(errors="replace"), digest_size=8).digest() for each in ids)
    return np.frombuffer(b"".join(digests), "<u8")


def other_ids(table: Table) -> list[tuple[int, str]]:
    """Return the ids that rows give besides their own, with the row."""
    return [
        (row, f"{source}:{number}")
        for source, column in _NUMBERED
        for row, number in enumerate(table.columns[column])
        if number
    ]


def known_places(
    table: Table,
    own: NDArray[np.uint64],
    names: NDArray[np.uint64],
    arrays: Arrays,
    known: int,
) -> Rows:
    """Return for each row of a table the place that it is, -1 where it is a new one.

    Parameters
    ----------
    table
        The new rows.
    own
        The `identity_keys` of the ids by which the rows are called.
    names
        The hashes of their English and Arabic main names (0: none), of shape (2, rows).
    arrays
        What is compiled so far.
    known
        How many places there were before this table's file: only those are known by name.
    """
    place = _by_id(table, own, arrays)
    pairs = _Pairs.of(table, names, arrays)
    free = np.ones(len(arrays["kind"]), bool)
    free[place[place >= 0]] = False
    pairs = pairs.where((place[pairs.row] < 0) & free[pairs.place] & (pairs.place < known))
    pairs = pairs.where(_alike(pairs, table, arrays))
    pairs = pairs.where(_one_source_agrees(pairs, table, arrays))
    nearest = np.argsort(pairs.apart, kind="stable")
    first = nearest[_first(pairs.row[nearest])]
    first = first[np.argsort(pairs.apart[first], kind="stable")]
    first = first[_first(pairs.place[first])]
    place[pairs.row[first]] = pairs.place[first]
    # Rows of one id are one place, even if one of them alone is a known one.
    found: dict[str, int] = {}
    for identity, at in zip(table.identities, place.tolist(), strict=True):
        if at >= 0:
            found.setdefault(identity, at)
    return np.array([found.get(identity, -1) for identity in table.identities], np.int64)


def _first(values: NDArray[np.integer]) -> NDArray[np.intp]:
    """Return where each value comes first, in the order of the values."""
    first: NDArray[np.intp] = np.unique(values, return_index=True)[1]
    return first


def _by_id(table: Table, keys: NDArray[np.uint64], arrays: Arrays) -> Rows:
    """Return the place of each row that bears the id of one; its own id counts before others.

    A point is never an area, whatever number both carry: sources give a governorate its seat's.
    """
    identities, own = Identities.within(arrays), Strings.within(arrays, "id")
    place = identities.places(keys)
    area = _AREA[arrays["kind"]]
    for row in np.flatnonzero(place >= 0).tolist():
        kind, at = table.columns["kind"][row], place[row]
        same_sort = kind is None or (kind in AREA_KINDS) == area[at]
        if not same_sort and own[at] != table.identities[row]:
            place[row] = -1
    _settle(table, place, own)
    taken = set(place[place >= 0].tolist())
    asked = [(row, each) for row, each in other_ids(table) if place[row] < 0]
    found = identities.find([each for _, each in asked])
    for (row, _), at in zip(asked, found.tolist(), strict=True):
        kind = table.columns["kind"][row]
        if at < 0 or place[row] >= 0 or at in taken:
            continue
        if kind is None or (kind in AREA_KINDS) == area[at]:
            place[row] = at
            taken.add(at)
    return place


def _settle(table: Table, place: Rows, own: Strings) -> None:
    """Leave a place that is claimed under several ids to its own one, else to the first.

    The other rows of ``place`` become -1.
    """
    matched = np.flatnonzero(place >= 0)
    often = np.bincount(place[matched], minlength=1)[place[matched]] > 1
    claims: dict[int, list[int]] = {}
    for row in matched[often].tolist():
        claims.setdefault(int(place[row]), []).append(row)
    for at, rows in claims.items():
        ids = [table.identities[row] for row in rows]
        kept = own[at] if own[at] in ids else ids[0]
        for row, identity in zip(rows, ids, strict=True):
            place[row] = at if identity == kept else -1


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Rows and known places of one name; ``apart`` is their distance in kilometres."""

    row: Rows
    place: Rows
    apart: NDArray[np.float64]

    @staticmethod
    def of(table: Table, names: NDArray[np.uint64], arrays: Arrays) -> _Pairs:
        """Return every row with every place that bears one of its main names."""
        key, start = arrays["name.key"], arrays["link.start"].astype(np.int64)
        rows, links = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for hashes in names if len(key) else ():
            at = np.minimum(np.searchsorted(key, hashes), len(key) - 1)
            row = np.flatnonzero((key[at] == hashes) & (hashes != 0))
            low = start[at[row]]
            count = start[at[row] + 1] - low
            rows.append(np.repeat(row, count))
            shift = np.repeat(low - np.cumsum(count) + count, count)
            links.append(np.arange(len(shift)) + shift)
        row, link = np.concatenate(rows), np.concatenate(links)
        bears = arrays["link.role"][link].astype(np.uint8) <= Role.ALIAS
        row, place = row[bears], arrays["link.place"][link[bears]].astype(np.int64)
        points = np.array([table.columns["lat"], table.columns["lon"]], float)
        there = np.array([arrays["lat"][place], arrays["lon"][place]], float)
        return _Pairs(row, place, _apart_km(points[:, row], there))

    def where(self, kept: NDArray[np.bool_]) -> _Pairs:
        """Return some of the pairs."""
        return _Pairs(self.row[kept], self.place[kept], self.apart[kept])


def _apart_km(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distances on a sphere: within half a percent, and the reach is rough itself."""
    (lat, lon), (lat2, lon2) = np.radians(one), np.radians(other)
    half = np.sin((lat2 - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2) ** 2
    apart: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return apart


def _alike(pairs: _Pairs, table: Table, arrays: Arrays) -> NDArray[np.bool_]:
    """Return whether kind, country and distance of each pair allow that it is one place."""
    columns = table.columns
    kind = np.array([_NUMBER[kind or "settlement"] for kind in columns["kind"]], int)[pairs.row]
    countries = Strings.within(arrays, "country.values").texts()
    number = {code: at for at, code in enumerate(countries)}
    unknown = number.get("", -1)
    own = np.array([number.get(code or "", -2) for code in columns["country"]], int)[pairs.row]
    country = arrays["country.code"][pairs.place].astype(int)
    given = np.array([bool(code) for code in columns["country"]], bool)[pairs.row]
    radius = np.array([radius or 0.0 for radius in columns["radius_km"]], float)[pairs.row]
    reach = np.maximum(radius, arrays["radius_km"][pairs.place].astype(float))
    reach = np.clip(reach, _NEAR_KM, np.where(_AREA[kind], _FAR_AREA_KM, _FAR_KM))
    same_country = ~given | (country == unknown) | (own == country)
    alike: NDArray[np.bool_] = (
        (arrays["kind"][pairs.place] == kind) & same_country & (pairs.apart <= reach)
    )
    return alike


def _one_source_agrees(pairs: _Pairs, table: Table, arrays: Arrays) -> NDArray[np.bool_]:
    """Return for each pair whether no source gives its row and its place two different numbers."""
    names, others = Strings.within(arrays, "id"), Strings.within(arrays, "also")
    told: dict[int, list[str]] = {}
    for row, each in other_ids(table):
        told.setdefault(row, []).append(each)
    agrees = np.ones(len(pairs.row), bool)
    for at, (row, place) in enumerate(zip(pairs.row.tolist(), pairs.place.tolist(), strict=True)):
        own = [table.identities[row]] if table.columns["id"][row] else []
        ours = _numbers([*own, *told.get(row, ())])
        theirs = _numbers([names[place], *others[place].split("\n")])
        agrees[at] = all(theirs.get(source, number) == number for source, number in ours.items())
    return agrees


def _numbers(ids: Iterable[str]) -> dict[str, str]:
    """Return ids by the source that counts in them."""
    return {each.partition(":")[0]: each for each in ids if ":" in each}
