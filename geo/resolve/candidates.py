"""The places that the toponyms of a block may mean, gathered as columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.gazetteer.roles import Role
from geo.lang import languages
from geo.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.gazetteer.store import Gazetteer

    Ints = NDArray[np.int64]

__all__ = ["CandidateTable", "distinct", "gather", "importance", "runs", "spread"]

_KIND_IMPORTANCE = {
    "country": 7.0,
    "region": 5.0,
    "governorate": 3.9,
    "district": 3.6,
    "subdistrict": 3.0,
    "countryside": 4.5,
    "sea": 6.0,
    "desert": 5.0,
    "river": 5.5,
    "mountain": 4.0,
}
_IN_THE_NEWS = 4.2
"""Log10 of the people that a facility counts for, and a town that was put in by hand and never
counted: they have a row since they are in the news."""

_PROVINCE_MOST = 6.2
"""The most that a governorate counts for, however many live in it."""

_SHARE = 0.05
"""How many of a governorate's people live in a town that is meant by its name."""

_ARABIC = 0
"""The script of the names in Arabic letters."""

_EARTH_KM = 6371.0
_SETTLED = [KINDS.index(kind) for kind in ("settlement", "neighbourhood")]
_GROUPS = (
    ("country",),
    ("governorate",),
    ("district", "subdistrict"),
    ("region", "countryside", "sea", "desert", "river", "mountain"),
)
_MOST = 60
"""Candidates of one name that are compared; the least important of more are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateTable:
    """Candidates of a block, sorted by toponym; toponyms are sorted by article.

    Every array has one entry a candidate, but ``article`` and ``sense``, which have one a toponym
    (``sense`` numbers the distinct names of each article), and ``neighbours``: one row (toponym,
    toponym named beside it, how: `COMMA` or `SAID` of `geo.resolve.context`, or 0) a pair.
    ``country`` is -1 for a sea or a region of several; ``admin1`` is the row of the governorate, a
    governorate's own for itself; ``country_itself`` the country of a country and -1 for any other
    place. ``alone`` holds the columns of `geo.resolve.ranker.ALONE`.
    """

    toponym: Ints
    article: Ints
    sense: Ints
    row: Ints
    country: Ints
    country_itself: Ints
    admin1: Ints
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    alone: NDArray[np.float64]
    neighbours: Ints

    def __len__(self) -> int:
        return len(self.row)


def spread(start: Ints, count: Ints) -> Ints:
    """Return the numbers of all runs, one after the other, each from its start."""
    total = int(count.sum())
    return np.arange(total) + np.repeat(start - np.cumsum(count) + count, count)


def runs(group: Ints) -> tuple[Ints, Ints]:
    """Return where each run of equal numbers starts, and how long it is."""
    edges = np.flatnonzero(np.r_[True, group[1:] != group[:-1], True]) if len(group) else group
    return edges[:-1], np.diff(edges)


def distinct(*columns: Ints) -> tuple[Ints, Ints]:
    """Return the distinct rows of some columns, sorted, a column a row, and of each row its own.

    What `numpy.unique` finds along an axis in several times the time.
    """
    order = np.lexsort(columns[::-1])
    rows = np.stack(columns).take(order, axis=1)
    new = np.ones(len(order), dtype=bool)
    new[1:] = (rows[:, 1:] != rows[:, :-1]).any(axis=0)
    which = np.empty_like(order)
    which[order] = np.cumsum(new) - 1
    return rows[:, new], which


def gather(
    gazetteer: Gazetteer,
    *,
    article: Ints,
    name: Ints,
    governed: Ints,
    script: Ints,
    neighbours: Ints,
    focus: Sequence[str] = (),
) -> CandidateTable:
    """Return the candidates of some toponyms.

    Parameters
    ----------
    article, name, governed, script
        Of each toponym: the number of its article, the id of its name, the kinds (a bit set) that a
        head noun announces, 0 without one, and the script it is written in.
    neighbours
        Pairs of toponyms named beside each other, shape (pairs, 3).
    focus
        ISO 3166-1 codes of the countries that win close calls.
    """
    row, role, toponym = _possible(gazetteer, name, governed)
    kind, country = gazetteer.kind[row], gazetteer.country[row].astype(np.int64)
    admin1 = gazetteer.admin1[row].astype(np.int64)
    told = _alone(gazetteer, row, role, toponym, governed=governed, script=script, focus=focus)
    return CandidateTable(
        toponym=toponym,
        article=article,
        sense=np.unique(article << 32 | name, return_inverse=True)[1],
        row=row,
        country=np.where(country == gazetteer.country_number(""), -1, country),
        country_itself=np.where(kind == KINDS.index("country"), country, -1),
        admin1=np.where(kind == KINDS.index("governorate"), row, admin1),
        lat=gazetteer.lat[row].astype(np.float64),
        lon=gazetteer.lon[row].astype(np.float64),
        alone=np.column_stack(told).astype(np.float64),
        neighbours=neighbours,
    )


def _alone(
    gazetteer: Gazetteer,
    row: Ints,
    role: Ints,
    toponym: Ints,
    *,
    governed: Ints,
    script: Ints,
    focus: Sequence[str],
) -> list[NDArray[Any]]:
    """Return the columns of `geo.resolve.ranker.ALONE`, one entry a candidate each."""
    count, country = len(governed), gazetteer.country[row].astype(np.int64)
    governed, script = governed[toponym], script[toponym]
    named, home = _fits(gazetteer, row, governed), _at_home(gazetteer)[script, country]
    # Which of the Arabic spellings of Boston is its name, and which another, is chance.
    own = (role <= Role.ARABIC_NAME) | ((role == Role.ALIAS) & (script == _ARABIC) & ~home)
    capital = _capitals(gazetteer, toponym, row) & (named | (governed == 0))
    weight = importance(gazetteer, row)
    town = _towns_within(gazetteer, toponym, row, weight, own)
    # Who means the governorate rather than its town of that name says so.
    weight = np.where(town > 0, np.minimum(weight, town), weight)
    return [
        weight,
        weight >= _best(toponym, weight, count),
        np.bincount(toponym, minlength=count)[toponym] == 1,
        named,
        (governed != 0) & ~named,
        own,
        (role == Role.CORE) & ~named,
        gazetteer.curated[row],
        np.isin(country, [gazetteer.country_number(code) for code in focus]),
        home,
        capital,
        capital & ~home,
        *_groups(gazetteer.kind[row], named, town > 0),
    ]


def _possible(gazetteer: Gazetteer, name: Ints, governed: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the row, the role of the name, and the toponym of each candidate.

    A core is a name only under a head noun of its kind, but for towns and quarters: those that are
    listed with their noun (قرية الصفا) may be meant without. Of many namesakes the first are taken.
    """
    low = gazetteer.link_start[name].astype(np.int64)
    count = gazetteer.link_start[name + 1].astype(np.int64) - low
    link, toponym = spread(low, count), np.repeat(np.arange(len(name)), count)
    row, role = gazetteer.link_place[link].astype(np.int64), gazetteer.link_role[link]
    named = _fits(gazetteer, row, governed[toponym])
    loose = np.isin(gazetteer.kind[row], _SETTLED) & (governed[toponym] == 0)
    possible = np.flatnonzero((role != Role.CORE) | named | loose)
    number = np.arange(len(possible)) - np.searchsorted(toponym[possible], toponym[possible])
    kept = possible[number < _MOST]
    return row[kept], role[kept].astype(np.int64), toponym[kept]


def _fits(gazetteer: Gazetteer, row: Ints, governed: Ints) -> NDArray[np.bool_]:
    """Return which places are of a kind that the head noun announces."""
    return np.asarray(((1 << gazetteer.kind[row].astype(np.int64)) & governed) != 0)


def _capitals(gazetteer: Gazetteer, toponym: Ints, row: Ints) -> NDArray[np.bool_]:
    """Return which candidates are capitals that their own country does not share the name of."""
    kind, country = gazetteer.kind[row], gazetteer.country[row].astype(np.int64)
    key = toponym * len(gazetteer.countries) + country
    shared = np.isin(key, key[kind == KINDS.index("country")])
    return np.isin(row, gazetteer.capital) & ~shared


@lru_cache(maxsize=4)
def _at_home(gazetteer: Gazetteer) -> NDArray[np.bool_]:
    """Return which countries have names in the language of each script, shape (2, countries)."""
    spoken = [language.countries for language in languages()]
    return np.array([[code in countries for code in gazetteer.countries] for countries in spoken])


def _towns_within(
    gazetteer: Gazetteer,
    toponym: Ints,
    row: Ints,
    weight: NDArray[np.float64],
    own: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Return the importance of the settlement of its name that each governorate is round, or 0.

    A village somewhere in it that is also called so is none: Riverside is no Illinois.
    """
    kind = gazetteer.kind[row]
    outer = np.flatnonzero(kind == KINDS.index("governorate"))
    low = np.searchsorted(toponym, toponym[outer])
    count = np.searchsorted(toponym, toponym[outer], side="right") - low
    inner, pair = spread(low, count), np.repeat(outer, count)
    lat, lon = np.radians(gazetteer.lat[row]), np.radians(gazetteer.lon[row])
    # By distance too: some towns are a division of their own. Flat is near enough for that.
    width = (lon[inner] - lon[pair]) * np.cos(lat[pair])
    km = _EARTH_KM * np.hypot(lat[inner] - lat[pair], width)
    near = (km <= gazetteer.radius_km[row[pair]]) | (gazetteer.admin1[row[inner]] == row[pair])
    near &= kind[inner] == KINDS.index("settlement")
    people = gazetteer.population[row]
    near &= own[inner] | (people[inner] >= _SHARE * people[pair])
    town = np.zeros(len(row))
    np.maximum.at(town, pair[near], weight[inner[near]])
    return town


def _best(toponym: Ints, weight: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return for each candidate the most of any candidate of its toponym."""
    most = np.zeros(count)
    np.maximum.at(most, toponym, weight)
    return most[toponym]


def _groups(
    kind: NDArray[np.uint8], named: NDArray[np.bool_], round_town: NDArray[np.bool_]
) -> list[NDArray[np.bool_]]:
    """Return which candidates are of each group of kinds, then the rest, none of them settled.

    Of the rest those whose noun is said are told once more; governorates round a town of their name
    are a group of their own, the last.
    """
    groups = [np.isin(kind, [KINDS.index(name) for name in names]) for names in _GROUPS]
    settled = np.isin(kind, _SETTLED)
    rest = ~np.logical_or.reduce([*groups, settled])
    return [*(group & ~round_town for group in groups), rest, rest & named, round_town]


def importance(gazetteer: Gazetteer, row: Ints) -> NDArray[np.float64]:
    """Return the log10 of the people each place counts for, shape (rows,)."""
    by_kind = np.array([_KIND_IMPORTANCE.get(kind, _IN_THE_NEWS) for kind in KINDS])
    kind, population = gazetteer.kind[row], gazetteer.population[row]
    settled = np.isin(kind, _SETTLED)
    people = np.log10(population + 300.0)
    uncounted = settled & gazetteer.curated[row] & (population == 0)
    people = np.where(uncounted, _IN_THE_NEWS, people)
    divided = kind == KINDS.index("governorate")
    # A capital is in the news more than a province of many times its people.
    least = np.where(divided, np.minimum(people, _PROVINCE_MOST), 0.0)
    # Mexico is named more than its capital of the same name.
    least = np.where(kind == KINDS.index("country"), people, least)
    least = np.maximum(by_kind[kind], least)
    return np.asarray(np.where(settled, people, least))
