"""The spellings of places, hashed, and which places each name leads to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.gazetteer.cores import Cores
from geo.gazetteer.index import NameIndex, name_keys
from geo.gazetteer.roles import Role
from geo.lang import languages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geo.gazetteer.tables import Table
    from geo.text.tokens import Hashes, Tokeniser

    Arrays = dict[str, NDArray[np.generic]]

__all__ = ["NAMELESS", "Spelled", "relinked"]

NAMELESS: Mapping[str, NDArray[np.generic]] = {
    **NameIndex.build(np.zeros(0, np.uint64), np.zeros(0, np.uint64)),
    "name.beginning": np.zeros(0, "<u8"),
    "name.script": np.zeros(0, "u1"),
    "link.start": np.zeros(1, "<u4"),
    "link.place": np.zeros(0, "<i4"),
    "link.role": np.zeros(0, "u1"),
}
"""The arrays of an index without a name."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """The names of a table's rows, one item a spelling that can be indexed.

    ``main`` holds the hashes of the English and the Arabic main names (0: none), of shape
    (2, rows); ``beginning`` those of all beginnings of names, sorted.
    """

    key: Hashes
    script: NDArray[np.uint8]
    row: NDArray[np.int64]
    role: NDArray[np.uint8]
    main: Hashes
    beginning: Hashes
    arabic: NDArray[np.bool_]

    @staticmethod
    def of(table: Table, tokeniser: Tokeniser) -> Spelled:
        """Return the spellings of a table's rows."""
        columns, count = table.columns, len(table)
        names = [name or "" for key in ("name", "name_ar") for name in columns[key]]
        rows, aliases = _each(columns["aliases"])
        rows, names = [*range(count), *range(count), *rows], [*names, *aliases]
        roles = [Role.NAME] * count + [Role.ARABIC_NAME] * count + [Role.ALIAS] * len(aliases)
        # Whose name it is in haste (تلعفر for تل عفر) it is in full.
        hasty = [
            (at, form)
            for language in languages()
            if language.openers or language.silent
            for at, name in enumerate(names[count:], count)
            if name
            for form in language.hasty(name)
        ]
        forms = [*hasty, *_respelled(names[:count], columns["country"], tokeniser)]
        rows += [rows[at] for at, _ in forms]
        roles += [roles[at] for at, _ in forms]
        names += [form for _, form in forms]
        keys = name_keys(names, tokeniser)
        ends = np.isin(keys.outer, name_keys(_shipped_cores().ends, tokeniser).outer)
        headed = np.flatnonzero(ends.any(axis=0)).tolist()
        kinds = [columns["kind"][rows[at]] or "" for at in headed]
        told = _shipped_cores().of_all([names[at] for at in headed], kinds)
        cores = {at: core for at, core in zip(headed, told, strict=True) if core}
        of_people, demonyms = _each(columns["demonyms"])
        rows += [*(rows[at] for at in cores), *of_people]
        roles += [Role.CORE] * len(cores) + [Role.DEMONYM] * len(demonyms)
        more = name_keys([*cores.values(), *demonyms], tokeniser)
        key = np.concatenate([keys.key, more.key])
        some = np.flatnonzero(key)
        return Spelled(
            key=key[some],
            script=np.concatenate([keys.script, more.script])[some],
            row=np.array(rows, np.int64)[some],
            role=np.array(roles, np.uint8)[some],
            main=keys.key[: 2 * count].reshape(2, count),
            beginning=_with(keys.beginning, more.beginning)[0],
            arabic=np.array([bool(name) for name in columns["name_ar"]]),
        )


def _respelled(
    names: list[str], countries: list[str | None], tokeniser: Tokeniser
) -> list[tuple[int, str]]:
    """Return how the main names of rows are also spelled in another language than their own.

    Only where that is spoken: El Paso is not Al Paso.
    """
    forms = []
    for language in languages():
        others = (other for other in languages() if other is not language)
        theirs = {code for other in others for code in other.countries}
        rows = [row for row, country in enumerate(countries) if country in theirs]
        if not rows or not (language.articles or language.endings):
            continue
        folded = tokeniser.table.fold_many(names[row] for row in rows)
        forms += [
            (row, form)
            for row, name in zip(rows, folded, strict=True)
            for form in language.respelled(name)
        ]
    return forms


def _each(column: list[list[str] | None]) -> tuple[list[int], list[str]]:
    """Return the items of a column of lists, with the row of each."""
    rows = [row for row, told in enumerate(column) for _ in told or ()]
    return rows, [each for told in column for each in told or ()]


@lru_cache(maxsize=1)
def _shipped_cores() -> Cores:
    return Cores(languages())


@dataclass(frozen=True, slots=True)
class _Links:
    """Names and the places that bear them, one item a pair; ``name`` counts in sorted hashes."""

    name: NDArray[np.int64]
    place: NDArray[np.int64]
    role: NDArray[np.uint8]

    def where(self, chosen: NDArray[np.generic]) -> _Links:
        """Return some of the links, in the order of ``chosen``."""
        return _Links(self.name[chosen], self.place[chosen], self.role[chosen])

    def and_(self, other: _Links) -> _Links:
        """Return these links, then others."""
        return _Links(
            np.concatenate([self.name, other.name]),
            np.concatenate([self.place, other.place]),
            np.concatenate([self.role, other.role]),
        )

    def ranked(self, weight: NDArray[np.int64]) -> _Links:
        """Return the links by name, the weightiest places first, each once in its best role."""
        order = np.lexsort((self.place, self.role, -weight[self.place], self.name))
        sorted_ = self.where(order)
        pair = sorted_.name * (len(weight) + 1) + sorted_.place
        return sorted_.where(np.sort(np.unique(pair, return_index=True)[1]))


def relinked(
    arrays: Arrays,
    spelled: Spelled,
    *,
    place: NDArray[np.int64],
    wins: NDArray[np.bool_],
    weight: NDArray[np.int64],
) -> Arrays:
    """Return the index of names with those of a table's rows in it.

    Parameters
    ----------
    arrays
        What is compiled so far.
    spelled
        The names of the rows.
    place, wins
        The place of each row, and whether its main names become the place's: those of the other,
        the place or the row, are aliases then.
    weight
        What ranks the places that share a name.
    """
    key, old_name = _with(arrays["name.key"], spelled.key)
    beginning, _ = _with(arrays["name.beginning"], spelled.beginning)
    # Looked up in their order: hashes at random would each miss the processor's cache.
    order = np.argsort(spelled.key)
    new_name = np.empty(len(order), np.int64)
    new_name[order] = np.searchsorted(key, spelled.key[order])
    script = np.zeros(len(key), np.uint8)
    script[new_name] = spelled.script
    script[old_name] = arrays["name.script"]
    known = _known_links(arrays, old_name, place[wins], place[wins & spelled.arabic])
    role = np.where(wins[spelled.row], spelled.role, np.maximum(spelled.role, Role.ALIAS))
    added = _Links(new_name, place[spelled.row], role.astype(np.uint8))
    # Only names that gain a place, or whose places change their weight, are sorted anew.
    stirred = np.zeros(len(key), bool)
    stirred[added.name] = True
    changed = np.zeros(len(weight), bool)
    changed[place] = True
    stirred[known.name[changed[known.place]]] = True
    again = stirred[known.name]
    links = known.where(~again).and_(known.where(again).and_(added).ranked(weight))
    links = links.where(np.argsort(links.name, kind="stable"))
    counts = np.bincount(links.name, minlength=len(key))
    return {
        **NameIndex.build(key, beginning),
        "name.beginning": beginning,
        "name.script": script,
        "link.start": np.concatenate([[0], np.cumsum(counts)]).astype("<u4"),
        "link.place": links.place.astype("<i4"),
        "link.role": links.role,
    }


def _with(known: Any, hashes: Hashes) -> tuple[Hashes, NDArray[np.int64]]:
    """Return sorted hashes with others among them, and where the sorted ones are then."""
    others = np.sort(hashes)
    others = others[np.append(True, others[1:] != others[:-1])] if len(others) else others
    at = np.searchsorted(known, others)
    new = np.append(known, np.uint64(0))[at] != others
    at, others = at[new], others[new]
    before = np.cumsum(np.bincount(at, minlength=len(known) + 1))[: len(known)]
    return np.insert(known, at, others), np.arange(len(known)) + before


def _known_links(
    arrays: Arrays,
    name: NDArray[np.int64],
    renamed: NDArray[np.int64],
    renamed_ar: NDArray[np.int64],
) -> _Links:
    """Return the links there are, with the main names of renamed places as their aliases."""
    place, role = arrays["link.place"].astype(np.int64), arrays["link.role"].astype(np.uint8)
    for was, places in ((Role.NAME, renamed), (Role.ARABIC_NAME, renamed_ar)):
        told = np.zeros(max(len(arrays["kind"]), int(places.max(initial=0)) + 1), bool)
        told[places] = True
        role[told[place] & (role == was)] = Role.ALIAS
    start = arrays["link.start"].astype(np.int64)
    return _Links(np.repeat(name, start[1:] - start[:-1]), place, role)
