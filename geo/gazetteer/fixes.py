"""Fixes: what a reader says about names, as a CSV table or GeoJSON that later runs take.

A fix adds a place, gives a known place another name, suppresses a name that is none, forces a
mention to mean one place, or confirms what was found. `geo.resolve.fixing` applies them.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field, fields
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from geo.errors import ExportError, GazetteerError
from geo.gazetteer.features import SUFFIXES, feature_rows
from geo.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["COLUMNS", "Action", "Fix", "read_fixes", "write_fixes"]

Action = Literal["add", "alias", "force", "confirm", "suppress"]

# A spreadsheet runs a cell that begins so; an apostrophe before it says that it is text. Text that
# itself begins with apostrophes and then so gets one more, so that reading gives back what was.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED: Final = re.compile(r"'+[=+\-@\t\r]")
_NUMBERS: Final = {
    "start": (
        0,
        1e12,
        "the whole number that is the offset of a mention, as 120, or leave it empty",
    ),
    "lat": (-90, 90, "degrees north, as 35.13"),
    "lon": (-180, 180, "degrees east, as 40.25"),
    "radius_km": (0, 20_100, "kilometres, as 2.5, or leave it empty"),
}
_PLACED: Final = ("add", "alias", "force")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One correction: a name as it is written, and what it is.

    Attributes
    ----------
    action
        ``add`` a place of its own, ``alias`` another name of a known one, ``force`` what a mention
        means, ``confirm`` what was found, ``suppress`` what is no place.
    text
        The name; found however it is spelled and with any clitic.
    article, start
        The id of the one article it is about, and the offset of the one mention; else everywhere.
    place_id
        The place, by its id in the gazetteer.
    lat, lon
        Degrees; the point of a place that the gazetteer lacks. Its ``name``, ``name_ar``, ``kind``,
        ``country`` and ``radius_km`` (kilometres) describe it.
    note
        Why, for whoever reads the result.
    where
        The file and line it was read from.
    """

    action: Action
    text: str
    article: str | None = None
    start: int | None = None
    place_id: str | None = None
    name: str | None = None
    name_ar: str | None = None
    kind: str = "settlement"
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float = 1.0
    note: str | None = None
    where: str = field(default="", compare=False)

    @property
    def places(self) -> bool:
        """Whether the fix says which place a name means."""
        return self.action in _PLACED


COLUMNS: Final = tuple(each.name for each in fields(Fix) if each.name != "where")
"""The columns of a fixes file, in the order they are written; a file may hold some in any order."""


def read_fixes(path: str | Path) -> list[Fix]:
    """Return the fixes of a file in their order: CSV in UTF-8, else GeoJSON or a GeoPackage.

    Only the columns ``action`` and ``text`` are required; those not in `COLUMNS` are ignored. The
    properties of a feature are its columns, and its geometry, if it has one, is the point. In CSV
    values lose the space round them and the apostrophe that keeps a spreadsheet from running them.

    Raises
    ------
    GazetteerError
        If the file cannot be read or a row says something impossible; names file, line, remedy.
    """
    path = Path(path)
    if path.suffix.lower() in SUFFIXES:
        rows = feature_rows(path)
        return [_fix(row, f"{path.name}, feature {number}") for number, row in rows]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_read(path, file))
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}: not UTF-8 text; save the fixes as CSV UTF-8") from error
    except csv.Error as error:
        raise GazetteerError(f"{path}: not a CSV table ({error}); save it as CSV UTF-8") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise GazetteerError(f"{path}: fixes cannot be read ({reason}); check the path") from error


def write_fixes(fixes: Iterable[Fix], path: str | Path) -> None:
    """Write fixes to a CSV file that `read_fixes` and any spreadsheet read, as UTF-8 with its mark.

    No cell is a formula; what UTF-8 cannot hold becomes U+FFFD.

    Raises
    ------
    ExportError
        If the file cannot be written.
    """
    try:
        with Path(path).open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file, lineterminator="\r\n")
            rows.writerow(COLUMNS)
            rows.writerows([_cell(getattr(fix, name)) for name in COLUMNS] for fix in fixes)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ExportError(f"{path}: cannot be written ({reason}); choose another place") from error


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    return f"'{text}" if _FORMULA.match(text) else text


def _read(path: Path, file: Iterable[str]) -> Iterator[Fix]:
    reader = csv.reader(file, strict=True)
    header = [name.strip().lower() for name in next(reader, [])]
    for name in ("action", "text"):
        if name not in header:
            raise GazetteerError(
                f"{path}: no column {name!r}; the first line must name the columns: "
                f"{', '.join(COLUMNS)}"
            )
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{path.name}, line {reader.line_num}"
        if len(cells) > len(header):
            raise GazetteerError(
                f"{where}: {len(cells)} values for {len(header)} columns; quote a value that holds "
                "a comma"
            )
        yield _fix(dict(zip(header, map(_plain, cells), strict=False)), where)


def _plain(cell: str) -> str:
    text = cell.strip()
    return text[1:] if _ESCAPED.match(text) else text


def _fix(row: Mapping[str, str], where: str) -> Fix:
    """Return the fix that a row says, every value checked."""
    said = {name: row[name] for name in COLUMNS if row.get(name)}
    action = said.get("action", "").lower()
    if action not in get_args(Action):
        known = ", ".join(get_args(Action))
        raise GazetteerError(f"{where}, column action: {action!r} is unknown; use one of {known}")
    if "text" not in said:
        raise GazetteerError(f"{where}, column text: empty; write the name as the articles do")
    kind = said.get("kind", KINDS[0])
    if kind not in KINDS:
        raise GazetteerError(
            f"{where}, column kind: {kind!r} is unknown; use one of {', '.join(KINDS)}"
        )
    if "country" in said and not _COUNTRY.fullmatch(said["country"]):
        raise GazetteerError(
            f"{where}, column country: {said['country']!r} is no country code; write it as SY"
        )
    numbers = {name: _number(name, said[name], where) for name in _NUMBERS if name in said}
    _complete(action, said, where)
    values = {**said, **numbers, "action": action, "where": where}
    return Fix(**values)  # type: ignore[arg-type]


def _number(name: str, text: str, where: str) -> float:
    """Return the number of a column; an offset as a whole one."""
    low, high, remedy = _NUMBERS[name]
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    whole = name == "start"
    if not (isfinite(number) and low <= number <= high) or (whole and not number.is_integer()):
        raise GazetteerError(
            f"{where}, column {name}: {text!r} is not between {low:g} and {high:g}; write {remedy}"
        )
    return int(number) if whole else number


def _complete(action: str, said: Mapping[str, str], where: str) -> None:
    """Check that a row says all that its action needs."""
    if "start" in said and "article" not in said:
        raise GazetteerError(f"{where}, column article: empty; a start needs the article's id")
    if ("lat" in said) != ("lon" in said):
        missing = "lon" if "lat" in said else "lat"
        raise GazetteerError(f"{where}, column {missing}: empty; give both lat and lon, or neither")
    if action == "add" and "lat" not in said:
        raise GazetteerError(f"{where}, column lat: empty; a place that is added needs a point")
    if action in {"alias", "confirm"} and "place_id" not in said:
        raise GazetteerError(
            f"{where}, column place_id: empty; `mawaqi gazetteer search NAME` gives the ids"
        )
    if action == "force" and not {"place_id", "lat"} & said.keys():
        raise GazetteerError(f"{where}, column place_id: empty; give a place_id, or lat and lon")
