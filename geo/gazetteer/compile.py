"""Compiling tables of places into columns, strings and an index of their names, one by one.

A table is laid over what is compiled so far: its rows take the places that they are, or new ones.
So a user's table costs what it holds, whatever lies under it.
"""

from __future__ import annotations

import gc
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer.cells import DETAILS
from geo.gazetteer.identity import Identities, identity_keys, known_places, other_ids
from geo.gazetteer.naming import NAMELESS, Spelled, relinked
from geo.gazetteer.sounding import SoundIndex
from geo.gazetteer.strings import Strings
from geo.gazetteer.tables import Table, read_shapes, tables_of
from geo.model import KINDS
from geo.text.folding import FoldTable
from geo.text.tokens import Tokeniser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[np.generic]]

__all__ = ["compile_tables", "lay_over"]

_NUMBERS: dict[str, tuple[str, float]] = {
    "kind": ("u1", KINDS.index("settlement")),
    "lat": ("<f8", 0.0),
    "lon": ("<f8", 0.0),
    "radius_km": ("<f4", 1.0),
    "population": ("<i8", 0),
    "verified": ("u1", 1),
}
"""The columns of numbers: how they are kept, and what a place has that no table gives one."""

_TEXTS = ("name", "name_ar", DETAILS)
_CODES = ("country", "admin1", "source")
"""The columns of text, and those of few distinct texts, which are kept as numbers."""

_KIND_WEIGHT = {"country": 10**8, "governorate": 10**6, "region": 10**6, "sea": 10**6}
"""Kinds that outrank settlements of fewer people, where they share a name."""

_CAPITAL = "capital: "
"""How the note of a country begins that names its capital."""

_UNLISTED = frozenset({KINDS.index("country"), KINDS.index("governorate")})
"""Kinds of which every list of the world is complete, so that no row of theirs stands out."""


def compile_tables(folder: Path, paths: Sequence[Path]) -> Arrays:
    """Return the arrays of the gazetteer of the tables ``paths``, later ones winning.

    The outlines of ``folder`` go with them.

    Raises
    ------
    GazetteerError
        Naming file, row, column and remedy.
    """
    arrays = _empty()
    for path in paths:
        arrays = lay_over(arrays, path)
    arrays["capital"] = _capitals(arrays)
    return arrays | _shapes(read_shapes(folder), arrays)


def lay_over(arrays: Arrays, path: Path) -> Arrays:
    """Return ``arrays`` with the places of a table over them.

    A row that is a known place (see `geo.gazetteer.identity`) wins in what it gives, and what it
    leaves empty stays as it was. A row of a list under which lies a place made by hand fills in
    what that one leaves empty, no more. The names of both are kept.

    Raises
    ------
    GazetteerError
        Naming file, row, column and remedy.
    """
    known = len(arrays["kind"])
    with _nothing_collected():
        for table in tables_of(path):
            arrays = _laid(arrays, table, known)
    return arrays


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Leave garbage alone for a while.

    A table is a million small values of which none is in a cycle; looking for cycles among them
    takes a fifth of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _empty() -> Arrays:
    """Return the arrays of a gazetteer without a place."""
    arrays: Arrays = {name: np.zeros(0, kind) for name, (kind, _) in _NUMBERS.items()}
    arrays |= {
        "listed": np.zeros(0, bool),
        "capital": np.zeros(0, "<i4"),
        **Identities.none(),
        **SoundIndex.none(),
        **NAMELESS,
    }
    for name in (*_TEXTS, "id", "also"):
        arrays |= Strings.of([]).named(name)
    for name in _CODES:
        arrays |= {f"{name}.code": np.zeros(0, "<u4"), **Strings.of([]).named(f"{name}.values")}
    return arrays | FoldTable.build().arrays()


@dataclass(frozen=True, slots=True)
class _Layer:
    """A table over what is known: the place of each row, and whether the row's values win there.

    ``count`` is the number of places there are then.
    """

    table: Table
    place: NDArray[np.int64]
    wins: NDArray[np.bool_]
    known: int
    count: int

    def pick(
        self, given: NDArray[np.bool_], has: Callable[[], NDArray[np.bool_]]
    ) -> NDArray[np.int64]:
        """Return for each place the item that it takes of a column with the table's rows below it.

        ``given`` says of each row, ``has`` of each known place whether it has a value.
        """
        new = self.place >= self.known
        old = ~new & given
        old[old] = self.wins[old] | ~has()[self.place[old]]
        chosen = np.flatnonzero(new | old)
        pick = np.arange(self.count)
        pick[self.place[chosen]] = self.known + chosen
        return pick


def _laid(arrays: Arrays, table: Table, known: int) -> Arrays:
    """Return ``arrays`` with a table over them; the first ``known`` places are known by name."""
    if not len(table):
        return arrays
    spelled = Spelled.of(table, Tokeniser(FoldTable.from_arrays(arrays)))
    own = identity_keys(table.identities)
    layer = _layer(arrays, table, known_places(table, own, spelled.main, arrays, known))
    laid = dict(arrays)
    for name, (kind, default) in _NUMBERS.items():
        laid[name] = _numbers(arrays[name], layer, name, kind, default)
    for name in _TEXTS:
        values = [value or "" for value in table.columns[name]]
        laid |= _texts(Strings.within(arrays, name), layer, values).named(name)
    for name in _CODES:
        laid |= _coded(arrays, layer, name)
    listed = np.append(arrays["listed"].astype(bool), np.ones(layer.count - layer.known, bool))
    listed[layer.place] &= table.listed
    laid["listed"] = listed
    # A point that no second source confirms is no evidence that the name is a place's.
    by_hand = ~listed & (laid["verified"] == 1)
    laid["curated"] = by_hand & ~np.isin(laid["kind"], list(_UNLISTED))
    laid |= SoundIndex.within(arrays).with_rows(laid, layer.place).arrays()
    laid |= _called(arrays, layer)
    laid |= Identities.within(arrays).and_also(table, own, layer.place).arrays()
    laid["admin1"] = _rows_of(Strings.within(laid, "admin1.values"), laid)[laid["admin1.code"]]
    return laid | relinked(
        arrays, spelled, place=layer.place, wins=layer.wins, weight=_weight(laid)
    )


def _weight(arrays: Arrays) -> NDArray[np.int64]:
    """Return what ranks places that share a name: people, or what the kind stands for."""
    of_kind = np.array([_KIND_WEIGHT.get(kind, 0) for kind in KINDS], np.int64)
    return np.maximum(arrays["population"], of_kind[arrays["kind"]])  # type: ignore[no-any-return]


def _layer(arrays: Arrays, table: Table, place: NDArray[np.int64]) -> _Layer:
    """Return the layer with a new place for each row that is none so far; one id is one place."""
    known = len(arrays["kind"])
    fresh: dict[str, int] = {}
    for row in np.flatnonzero(place < 0).tolist():
        place[row] = fresh.setdefault(table.identities[row], known + len(fresh))
    wins = np.ones(len(table), bool)
    if table.listed:
        old = place < known
        wins[old] = arrays["listed"][place[old]]
    return _Layer(table, place, wins, known, known + len(fresh))


def _numbers(
    column: NDArray[np.generic], layer: _Layer, name: str, kind: str, default: float
) -> NDArray[np.generic]:
    """Return a column of numbers with the table over it."""
    values = layer.table.columns[name]
    if name == "kind":
        numbers = {each: number for number, each in enumerate(KINDS)}
        values = [None if each is None else numbers[each] for each in values]
    given = np.array([value is not None for value in values], bool)
    filled = np.array([default if value is None else value for value in values]).astype(kind)
    # Nought people means that nobody counted them; every other number is a value.
    empty = column == default if name == "population" else np.zeros(len(column), bool)
    pick = layer.pick(given, lambda: ~empty)
    return np.concatenate([column, filled])[pick]


def _texts(column: Strings, layer: _Layer, values: list[str]) -> Strings:
    """Return a column of text with the table over it."""
    added = Strings.of(values)
    return column.followed_by(added).take(layer.pick(added.given(), column.given))


def _coded(arrays: Arrays, layer: _Layer, name: str) -> Arrays:
    """Return a column of few distinct texts with the table over it."""
    texts = Strings.within(arrays, f"{name}.values").texts()
    number = {text: at for at, text in enumerate(texts)}
    values = [value or "" for value in layer.table.columns[name]]
    codes = np.array([number.setdefault(value, len(number)) for value in values], "<u4")
    nothing = number.get("", -1)
    column = arrays[f"{name}.code"]
    pick = layer.pick(codes != nothing, lambda: column != nothing)
    return {
        f"{name}.code": np.concatenate([column, codes])[pick],
        **Strings.of(number).named(f"{name}.values"),
    }


def _called(arrays: Arrays, layer: _Layer) -> Arrays:
    """Return the ids of the places with the table over them.

    A place keeps its id under a list, and takes the one that a table made by hand gives it; the
    others it goes by too.
    """
    table = layer.table
    own, also = Strings.within(arrays, "id"), Strings.within(arrays, "also")
    given = np.array([identity is not None for identity in table.columns["id"]], bool)
    takes = given & ~np.bool_(table.listed)
    names = Strings.of(table.identities)
    new_own = own.followed_by(names).take(layer.pick(takes, lambda: np.ones(len(own), bool)))
    told: list[str] = [""] * len(table)
    for row, each in other_ids(table):
        told[row] = f"{told[row]}\n{each}".lstrip("\n")
    for row in np.flatnonzero(given & (layer.place < layer.known)).tolist():
        at = int(layer.place[row])
        every = dict.fromkeys(
            [own[at], table.identities[row], *f"{also[at]}\n{told[row]}".split("\n")]
        )
        told[row] = "\n".join(each for each in every if each and each != new_own[at])
    joined = Strings.of(told)
    pick = layer.pick(joined.given(), lambda: np.zeros(len(own), bool))
    return {**new_own.named("id"), **also.followed_by(joined).take(pick).named("also")}


def _rows_of(ids: Strings, arrays: Arrays) -> NDArray[np.int32]:
    """Return the places of some ids, -1 where there is none."""
    return Identities.within(arrays).find(ids.texts()).astype("<i4")


def _capitals(arrays: Arrays) -> NDArray[np.int32]:
    """Return the rows of the capitals, sorted.

    The note of a country names its capital: the largest of its towns that is called so.
    """
    details = Strings.within(arrays, DETAILS)
    capitals: dict[tuple[int, str], int] = {}
    for row in np.flatnonzero(arrays["kind"] == KINDS.index("country")).tolist():
        note = json.loads(details[row]).get("note", "") if details[row] else ""
        if note.startswith(_CAPITAL):
            name = note.removeprefix(_CAPITAL).partition(";")[0]
            capitals[int(arrays["country.code"][row]), name] = -1
    names, people = Strings.within(arrays, "name").texts(), arrays["population"]
    for row in np.flatnonzero(arrays["kind"] == KINDS.index("settlement")).tolist():
        key = int(arrays["country.code"][row]), names[row]
        if key in capitals and (capitals[key] < 0 or people[row] > people[capitals[key]]):
            capitals[key] = row
    return np.array(sorted(row for row in capitals.values() if row >= 0), "<i4")


def _shapes(shapes: dict[str, bytes], arrays: Arrays) -> Arrays:
    """Return the outlines of the places that have one, in the order of the places."""
    found = Identities.within(arrays).find(list(shapes)).tolist()
    outlines = {row: shape for row, shape in zip(found, shapes.values(), strict=True) if row >= 0}
    rows = sorted(outlines)
    starts = np.cumsum([0, *(len(outlines[row]) for row in rows)])
    return {
        "shape.place": np.array(rows, "<i4"),
        "shape.start": starts.astype("<u8"),
        "shape.bytes": np.frombuffer(b"".join(outlines[row] for row in rows), "u1"),
    }
