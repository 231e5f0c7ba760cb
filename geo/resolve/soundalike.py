"""Places whose names sound like one that the gazetteer lacks: Dayr az-Zawr, Der Zor, دير الزور.

Arabic names reach English by many spellings, and foreign names Arabic; the consonants survive.
Places with the same consonants are compared by their long vowels too. What is found is bounded,
since a wrong place is worse than none: only names that the tagger found, only across the scripts,
and no coin is tossed between places of about one size. The countries that the article's other sites
are in are looked through first; beyond them a name has to be long and to sound exactly alike, and
one in English to stand in an article about the countries whose names English spells by ear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.lang import native_countries
from geo.lang.sounds import consonants, sounds, vowels_apart
from geo.model import KINDS, Site

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from geo.gazetteer.store import Gazetteer
    from geo.model import Unplaced

__all__ = ["respelled", "sounding_like"]

_HAMZA, _YEH = "\N{ARABIC LETTER HAMZA}", "\N{ARABIC LETTER YEH}"

_SETTLEMENT = KINDS.index("settlement")
_DIVISIONS = [KINDS.index(kind) for kind in ("governorate", "district", "subdistrict")]

_LIKE = {False: 0.9, True: 0.82}
"""Likeness of the sounds from which a place is meant, by whether the name is in Arabic letters.

Those leave out the short vowels of a foreign name, and its long ones are a matter of taste."""

_SHORT = 0.01
"""How much less alike a vowel makes two names that one of them need not write."""

_LARGER = 3
"""How many times the people of other places that are spelled as like one must have to be meant."""

_FEWEST = 3
"""Consonants that a name must have: with two of them everything sounds like something."""

_FEWEST_BEYOND, _LIKE_BEYOND = 4, 0.95
"""The same bounds for a place in a country that the article does not speak of."""

_SHARE = 0.6
"""The confidence of a place whose name sounds exactly alike: what nobody wrote is no evidence."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A name as it sounds, in Arabic letters or not, and the row of its place.

    ``arabic`` says whether Arabic has one spelling for it.
    """

    sound: str
    row: int
    arabic: bool
    written: bool


def respelled(
    articles: Sequence[tuple[Sequence[Unplaced], Sequence[Site]]], gazetteer: Gazetteer
) -> Iterator[list[Site | Unplaced]]:
    """Yield the names of each article, as sites where they sound like a place of its countries.

    Of each article the names that no place is spelled like are given, and the sites, which say what
    countries it is about. The names come back in their order.
    """
    heard = iter(sounds([one.mention.text for names, _ in articles for one in names]))
    for names, sites in articles:
        said = {site.place.country for site in sites if site.place.country} if names else ()
        countries = sorted(said)
        # The names first: of two that end apart, `zip` would take a sound too many.
        spoken = zip(names, heard, strict=False)
        yield [_site(one, sound, gazetteer, countries) or one for one, sound in spoken]


def _site(
    name: Unplaced, sound: str, gazetteer: Gazetteer, countries: Sequence[str]
) -> Site | None:
    text = name.mention.text
    every = _alike(text, sound, gazetteer)
    found = _within(every, gazetteer, countries)
    told = bool(found)
    if not told and len(consonants(sound)) >= _FEWEST_BEYOND and _may_be_far(text, countries):
        found = {row: likeness for row, likeness in every.items() if likeness >= _LIKE_BEYOND}
    order = _in_order(found, gazetteer)
    if not order or _is_tossed(order, gazetteer):
        return None
    row, likeness = order[0]
    place = gazetteer.place(row)
    return Site(
        mention=name.mention,
        place=place,
        footprint=gazetteer.footprint(row),
        confidence=round(_SHARE * likeness, 4),
        use="literal",
        why=(
            f"spelled much like {place.name}",
            *(("in a country that the article speaks of",) if told else ()),
        ),
    )


def _may_be_far(text: str, countries: Sequence[str]) -> bool:
    """Say whether a name may mean a place in none of the countries that its article speaks of."""
    return _is_arabic(text) or not countries or not native_countries().isdisjoint(countries)


def _is_arabic(text: str) -> bool:
    return any(_HAMZA <= letter <= _YEH for letter in text)


def _is_tossed(found: Sequence[tuple[int, float]], gazetteer: Gazetteer) -> bool:
    """Say whether another place is as like as the first, and not much smaller."""
    people = gazetteer.population
    (first, likeness), *others = found
    return any(
        like == likeness and _LARGER * int(people[row]) >= int(people[first])
        for row, like in others
    )


def sounding_like(
    text: str, gazetteer: Gazetteer, *, countries: Collection[str]
) -> list[tuple[int, float]]:
    """Return the rows of places whose names sound like ``text``, with the likeness (0 to 1).

    Parameters
    ----------
    text
        A name that no place of the gazetteer bears as it is spelled; without proclitics.
    countries
        ISO 3166-1 codes of the countries that are looked through.

    Returns
    -------
    list of tuple
        The likeliest first, the more populous first of two that are as like.
    """
    [sound] = sounds([text])
    found = _within(_alike(text, sound, gazetteer), gazetteer, countries)
    return _in_order(found, gazetteer)


def _in_order(found: Mapping[int, float], gazetteer: Gazetteer) -> list[tuple[int, float]]:
    """Return rows with their likeness, the likeliest first, of two as like the more populous.

    Who means a division rather than its seat, which is called like it, says so.
    """
    if len(found) < 2:  # as of most names
        return [(row, round(likeness, 4)) for row, likeness in found.items()]
    seats = {
        (int(gazetteer.admin1[row]), likeness)
        for row, likeness in found.items()
        if gazetteer.kind[row] == _SETTLEMENT
    }
    chosen = [
        row
        for row, likeness in found.items()
        if gazetteer.kind[row] not in _DIVISIONS
        or not seats & {(row, likeness), (int(gazetteer.admin1[row]), likeness)}
    ]
    order = sorted(chosen, key=lambda row: (-found[row], -int(gazetteer.population[row]), row))
    return [(row, round(found[row], 4)) for row in order]


def _within(
    found: Mapping[int, float], gazetteer: Gazetteer, countries: Collection[str]
) -> dict[int, float]:
    """Return those of some rows, with their likeness, that lie in one of the countries."""
    return {row: each for row, each in found.items() if _country(row, gazetteer) in countries}


def _alike(text: str, sound: str, gazetteer: Gazetteer) -> dict[int, float]:
    """Return the rows of places whose names sound like one of a known sound, and how much."""
    from rapidfuzz.fuzz import ratio

    key = consonants(sound)
    # A number is no sound: T3 and T4 are two bases.
    if len(key) < _FEWEST or any(map(str.isdigit, text)):
        return {}
    foreign = _is_arabic(text)
    best: dict[int, float] = {}
    for known in _known(key, gazetteer):
        # Either script spells its own names one way.
        if known.arabic != foreign:
            likeness = ratio(sound, known.sound) / 100
            if known.written and not foreign:
                lacking, more = vowels_apart(known.sound, sound)
                likeness = max(likeness, 1 - lacking / len(key) - _SHORT * more)
            if likeness >= _LIKE[foreign]:
                best[known.row] = max(likeness, best.get(known.row, 0.0))
    return best


def _known(key: str, gazetteer: Gazetteer) -> Iterator[_Known]:
    """Yield the main names with the consonants ``key`` of the places that are worth a guess."""
    rows = gazetteer.spoken(key).tolist()
    latin, arabic = gazetteer.main_names(rows)
    for written, names in enumerate((latin, arabic)):
        for row, sound, its in zip(rows, sounds(names), arabic, strict=True):
            if consonants(sound) == key:
                native = _country(row, gazetteer) in native_countries()
                yield _Known(sound, row, arabic=native and its != "", written=bool(written))


def _country(row: int, gazetteer: Gazetteer) -> str:
    return gazetteer.countries[int(gazetteer.country[row])]
