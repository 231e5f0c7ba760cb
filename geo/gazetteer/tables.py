"""Reading tables of places, shipped or made by a user, into columns of one schema."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

from geo.errors import GazetteerError
from geo.gazetteer.geojson import SUFFIXES, feature_rows
from geo.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

__all__ = ["SHAPES", "Table", "read_shapes", "read_table", "table_paths"]

SHAPES = "shapes.parquet"
"""The table of outlines, ``id, wkb``; every other table in the folder is one of places."""

_DEFAULTS: dict[str, Any] = {
    "id": "",
    "name": "",
    "name_ar": "",
    "aliases": (),
    "kind": "settlement",
    "country": "",
    "admin1": "",
    "lat": None,
    "lon": None,
    "radius_km": 1.0,
    "population": 0,
    "source": "",
    "verified": True,
    "geonames_id": "",
    "demonyms": (),
}
_LISTS = ("aliases", "demonyms")
_RANGES = {
    "lat": (-90.0, 90.0, "degrees north, as 35.13"),
    "lon": (-180.0, 180.0, "degrees east, as 40.25"),
    "radius_km": (0.0, 20_100.0, "kilometres, as 2.5, or leave it empty"),
    "population": (0.0, 1e10, "people, as 12000, or leave it empty"),
}
_FALSE = frozenset({"false", "0", "no", "f", "n"})
_TRUE = frozenset({"true", "1", "yes", "t", "y"})


@dataclass(frozen=True, slots=True)
class Table:
    """Places as columns, ``columns[name][row]``; unknown text is ``""``, never ``None``."""

    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in _DEFAULTS})

    def __len__(self) -> int:
        return len(self.columns["id"])


def table_paths(folder: Path, extra: Sequence[Path] = ()) -> list[Path]:
    """Return the tables of places of ``folder``, then ``extra``, in the order that later ones win.

    Parquet tables, the large ones, come before the curated CSV tables.

    Raises
    ------
    GazetteerError
        If the folder holds no table or an extra table is not there.
    """
    shipped = [*sorted(folder.glob("*.parquet")), *sorted(folder.glob("*.csv"))]
    places = [path for path in shipped if path.name != SHAPES]
    if not places:
        raise GazetteerError(f"no gazetteer tables in {folder}: install mawaqi again")
    for path in extra:
        if not path.is_file():
            raise GazetteerError(f"{path}: no such gazetteer table; check the path")
    return [*places, *extra]


def read_table(path: Path, *, on_error: Callable[[GazetteerError], None] | None = None) -> Table:
    """Return the places of one table, every value checked.

    With ``on_error``, a row of a CSV table that holds an impossible value is passed to it as an
    error and left out.

    Raises
    ------
    GazetteerError
        Naming file, row, column and remedy.
    """
    if path.suffix == ".parquet":
        return _read_parquet(path)
    table = Table()
    told = on_error or _fail
    try:
        for row in _geojson_rows(path, told) if path.suffix in SUFFIXES else _csv_rows(path, told):
            for name, column in table.columns.items():
                column.append(row[name])
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}: not UTF-8 text; save the table as CSV UTF-8") from error
    except csv.Error as error:
        raise GazetteerError(f"{path}: not a CSV table ({error}); save it as CSV UTF-8") from error
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror})") from error
    return table


def _fail(error: GazetteerError) -> None:
    raise error


def _geojson_rows(
    path: Path, on_error: Callable[[GazetteerError], None]
) -> Iterator[dict[str, Any]]:
    """Yield the features of a GeoJSON file as checked values."""
    for number, row in feature_rows(path):
        try:
            checked = _checked(row, f"{path}, feature {number}", f"{path.stem}:{number}")
        except GazetteerError as error:
            on_error(error)
        else:
            yield checked


def _csv_rows(path: Path, on_error: Callable[[GazetteerError], None]) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from _rows(path, file, on_error)


def _rows(
    path: Path, file: Any, on_error: Callable[[GazetteerError], None]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a CSV file as checked values."""
    reader = csv.reader(file, strict=True)
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in ("name", "lat", "lon") if name not in header]
    if missing:
        raise GazetteerError(
            f"{path}: no column {missing[0]!r}; the first line must name the columns, separated by "
            "commas: name, lat, lon at least"
        )
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{path}, line {reader.line_num}"
        try:
            row = _named(cells, header, where)
            checked = _checked(row, where, f"{path.stem}:{reader.line_num}")
        except GazetteerError as error:
            on_error(error)
        else:
            yield checked


def _named(cells: list[str], header: list[str], where: str) -> dict[str, str]:
    """Return the cells of a line by the name of their column."""
    if len(cells) > len(header):
        raise GazetteerError(
            f"{where}: {len(cells)} values for {len(header)} columns; quote a value that holds a "
            "comma"
        )
    return dict(zip(header, map(str.strip, cells), strict=False))


def _checked(row: dict[str, str], where: str, identity: str) -> dict[str, Any]:
    """Return the row with defaults and typed values."""
    values = {name: row.get(name) or default for name, default in _DEFAULTS.items()}
    values["id"] = values["id"] or identity
    values["name"] = values["name"] or values["name_ar"]
    if not values["name"]:
        raise GazetteerError(f"{where}, column name: empty; every place needs a name")
    if values["kind"] not in KINDS:
        raise GazetteerError(
            f"{where}, column kind: {values['kind']!r} is unknown; use one of {', '.join(KINDS)}"
        )
    for name, (low, high, remedy) in _RANGES.items():
        number = _number(values[name])
        if number is None or not low <= number <= high:
            raise GazetteerError(
                f"{where}, column {name}: {values[name] or 'empty'} is not between "
                f"{low:g} and {high:g}; write {remedy}"
            )
        values[name] = number
    for name in _LISTS:
        values[name] = [part.strip() for part in row.get(name, "").split("|") if part.strip()]
    values["verified"] = _boolean(row.get("verified", ""), where)
    return values


def _number(value: Any) -> float | None:
    """Return the finite number that ``value`` spells, ``None`` if it spells none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if isfinite(number) else None


def _boolean(value: str, where: str) -> bool:
    if value.lower() in _FALSE:
        return False
    if not value or value.lower() in _TRUE:
        return True
    raise GazetteerError(f"{where}, column verified: {value!r}; write true or false")


def _read_parquet(path: Path) -> Table:
    """Return the places of a shipped Parquet table, which the build has checked."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        arrow = pq.ParquetFile(path).read()
    except (OSError, pa.ArrowException) as error:
        raise GazetteerError(f"{path}: damaged table; install mawaqi again") from error
    table = Table()
    for name, default in _DEFAULTS.items():
        if name not in arrow.column_names:
            table.columns[name].extend([default] * len(arrow))
            continue
        values = arrow[name].to_pylist()
        table.columns[name].extend(default if value is None else value for value in values)
    for name, (low, high, _) in _RANGES.items():
        column = table.columns[name]
        bad = next((row for row, x in enumerate(column) if x is None or not low <= x <= high), None)
        if bad is not None:
            raise GazetteerError(
                f"{path}, row {bad}, column {name}: {column[bad]} is not between {low:g} and "
                f"{high:g}; install mawaqi again"
            )
    return table


def read_shapes(folder: Path) -> dict[str, bytes]:
    """Return the outlines of places by id, as WKB; none where the folder has no such table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / SHAPES
    if not path.is_file():
        return {}
    try:
        arrow = pq.ParquetFile(path).read(columns=["id", "wkb"])
    except (OSError, pa.ArrowException) as error:
        raise GazetteerError(f"{path}: damaged table; install mawaqi again") from error
    return dict(zip(arrow["id"].to_pylist(), arrow["wkb"].to_pylist(), strict=True))
