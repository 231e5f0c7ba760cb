"""Looking a table of places over: what is impossible in it, and what is likely a mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from geo.gazetteer.tables import Table, read_table
from geo.lang import languages
from geo.lang.language import WordClass
from geo.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer.store import Gazetteer

__all__ = ["findings"]

_OFFSHORE = 0.25
"""Degrees outside its country that a place may lie: islands, and borders drawn roughly."""

_SAME = 0.02
"""Degrees within which two rows of one name and kind are one place."""

_MISREAD = re.compile("\N{REPLACEMENT CHARACTER}|[\u00c3\u00d8\u00d9][\u0080-\u00bf\u2018-\u203a]")
"""UTF-8 that was read as Windows-1252: the first byte of an Arabic letter is Ø or Ù there."""

_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes the first character of a formula for; no name begins so."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that nobody sees and that break a line or turn it round."""

_EVERYDAY = WordClass.FUNCTION | WordClass.MONTH | WordClass.DIRECTION | WordClass.AGENCY


def findings(path: Path, gazetteer: Gazetteer) -> list[str]:
    """Return what is wrong with a table, a line each that names the row and the remedy.

    ``gazetteer`` knows the outlines of the countries.

    Raises
    ------
    GazetteerError
        If the file cannot be read as a table at all.
    """
    found: list[str] = []
    table = read_table(path, on_error=lambda error: found.append(str(error)))
    if not found and not len(table):
        found.append(f"{path}: holds no place; write one a line, below the names of the columns")
    everyday = _everyday()
    for row in _rows(table):
        found += [f"{path}, {_called(row)}: {told}" for told in _of_names(row, everyday)]
        found += [f"{path}, {_called(row)}: {told}" for told in _of_points(row, gazetteer)]
    found += [f"{path}, {told}" for told in _twice(table)]
    return found


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    names = list(table.columns)
    for identity, *values in zip(table.identities, *table.columns.values(), strict=True):
        yield {**dict(zip(names, values, strict=True)), "id": identity}


def _called(row: dict[str, Any]) -> str:
    return f"row {row['id']} ({row['name']})"


def _everyday() -> set[str]:
    return {
        fold(word)
        for language in languages()
        for word, classes in language.words.items()
        if classes & _EVERYDAY
    }


def _of_names(row: dict[str, Any], everyday: set[str]) -> Iterator[str]:
    """Yield what is wrong with the names of a row."""
    for name in (row["name"], row["name_ar"], *(row["aliases"] or ())):
        if _MISREAD.search(name or ""):
            yield f"{name!r} is misread text; save the table as CSV UTF-8"
        elif name and name.startswith(_FORMULA):
            yield f"{name!r} begins like a formula; write the name alone"
        elif name and _UNSEEN.search(name):
            yield f"{name!r} holds an invisible character; type it again"
        elif name and not fold(name):
            yield f"{name!r} has no letter; take it out"
        elif name and fold(name) in everyday and not name.isupper():
            yield f"{name!r} is an everyday word, found in every article; take it out"


def _of_points(row: dict[str, Any], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield what is wrong with the point of a row."""
    lat, lon = row["lat"], row["lon"]
    if lat == 0 and lon == 0:
        yield "0, 0 lies in the Atlantic; give the place's own point"
        return
    if not row["country"]:
        return
    at = gazetteer.id_row(row["country"])
    if at < 0:
        yield f"country {row['country']!r} is unknown; write its two letters, as SY"
        return
    if row["kind"] == "sea" or _near(gazetteer.footprint(at), lat, lon):
        return
    if abs(lon) <= 90 and _near(gazetteer.footprint(at), lon, lat):
        yield f"lat {lat}, lon {lon} are swapped: the other way round lies in {row['country']}"
    else:
        yield f"{lat}, {lon} lies outside {row['country']}; correct the point or the country"


def _near(outline: BaseGeometry, lat: float, lon: float) -> bool:
    import shapely

    return bool(shapely.dwithin(outline, shapely.Point(lon, lat), _OFFSHORE))


def _twice(table: Table) -> Iterator[str]:
    """Yield the rows that repeat an id, or a name and kind at the same place."""
    ids: set[str] = set()
    places: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in _rows(table):
        if row["id"] in ids:
            yield f"{_called(row)}: the id is there twice, the later row wins; give each its own"
        ids.add(row["id"])
        alike = places.setdefault((fold(row["name"]), row["kind"]), [])
        for other in alike:
            near = max(abs(row["lat"] - other["lat"]), abs(row["lon"] - other["lon"])) < _SAME
            if near and other["id"] != row["id"]:
                yield f"{_called(row)}: the same place as {_called(other)}; keep one of them"
                break
        alike.append(row)
