"""What the gazetteer knows of names, many at a time, before any place is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer.roles import Role
from geo.model import KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.gazetteer.store import Gazetteer

__all__ = ["NameFacts", "candidates", "name_facts"]


_COUNTRIES = 12
"""Places of one name whose countries are compared with those of the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFacts:
    """Facts about names, one entry a name.

    ``kinds`` are its places' kinds (a bit set over `KINDS`), ``core_kinds`` those of places that
    bear it only under a head noun; ``population`` is the most of any place, ``count`` how many
    places, ``own`` whether it is the main name of one, ``curated`` whether one was put in by hand,
    ``demonym`` whether it only says whose people or things are meant (Syrian), ``people`` whether
    it says so of one place, ``capital`` whether one place is the capital of its country.
    """

    kinds: NDArray[np.uint32]
    core_kinds: NDArray[np.uint32]
    population: NDArray[np.int64]
    count: NDArray[np.int64]
    own: NDArray[np.bool_]
    curated: NDArray[np.bool_]
    demonym: NDArray[np.bool_]
    people: NDArray[np.bool_]
    capital: NDArray[np.bool_]
    country_start: NDArray[np.int64]
    country: NDArray[np.int64]

    def countries_of(self, names: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the countries of some names' places as pairs: number in ``names``, country.

        The country of the most important place comes first.
        """
        low, high = self.country_start[names], self.country_start[names + 1]
        count = np.minimum(high - low, _COUNTRIES)
        owner = np.repeat(np.arange(len(names)), count)
        return owner, self.country[
            np.arange(len(owner)) + np.repeat(low - np.cumsum(count) + count, count)
        ]


def name_facts(gazetteer: Gazetteer, names: NDArray[np.integer]) -> NameFacts:
    """Return the facts about some names, given by their ids."""
    low = gazetteer.link_start[names].astype(np.int64)
    count = gazetteer.link_start[names.astype(np.int64) + 1].astype(np.int64) - low
    owner = np.repeat(np.arange(len(names)), count)
    link = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count - low, count)
    row, role = gazetteer.link_place[link], gazetteer.link_role[link]
    bit = np.uint32(1) << gazetteer.kind[row].astype(np.uint32)
    core = role == Role.CORE
    full = role < Role.CORE
    kinds, core_kinds = np.zeros((2, len(names)), dtype=np.uint32)
    np.bitwise_or.at(kinds, owner[full], bit[full])
    np.bitwise_or.at(core_kinds, owner[core], bit[core])
    population = np.zeros(len(names), dtype=np.int64)
    np.maximum.at(population, owner[full], gazetteer.population[row[full]])
    own, curated, capital = np.zeros((3, len(names)), dtype=bool)
    of_people = np.bincount(owner[role == Role.DEMONYM], minlength=len(names))
    own[owner[role <= Role.ARABIC_NAME]] = True
    curated[owner[gazetteer.curated[row] & full]] = True
    capital[owner[np.isin(row, gazetteer.capital) & full]] = True
    return NameFacts(
        kinds=kinds,
        core_kinds=core_kinds,
        population=population,
        count=count,
        own=own,
        curated=curated,
        demonym=of_people == count,
        people=of_people > 0,
        capital=capital,
        country_start=np.r_[0, np.cumsum(count)],
        country=gazetteer.country[row].astype(np.int64),
    )


def candidates(
    gazetteer: Gazetteer, name: int, governed: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the rows a name may mean, and whether it is the main name of each.

    ``governed`` holds the kinds (a bit set) that a head noun announces, 0 without one. A name that
    is also a demonym (الكويتي, a village) means the country only where nothing else bears it.
    """
    row, role = gazetteer.rows(name).astype(np.int64), gazetteer.roles(name)
    named = ((1 << gazetteer.kind[row].astype(np.int64)) & governed) != 0
    full = role < Role.CORE
    possible = full | ((role == Role.CORE) & named)
    possible |= (role == Role.DEMONYM) & (not possible.any())
    return row[possible], role[possible] <= Role.ARABIC_NAME


def holds(
    gazetteer: Gazetteer, outer: NDArray[np.int64], inner: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return for each inner row whether one of the outer rows is its governorate or country."""
    country_kind = KINDS.index("country")
    countries = gazetteer.country[outer[gazetteer.kind[outer] == country_kind]]
    within = np.isin(gazetteer.country[inner], countries)
    return (within | np.isin(gazetteer.admin1[inner], outer)) & ~np.isin(inner, outer)
