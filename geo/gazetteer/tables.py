"""Reading tables of places, shipped, built or made by a user, into columns of one schema."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.errors import GazetteerError
from geo.gazetteer.cells import FIELDS, checked
from geo.gazetteer.features import SUFFIXES, feature_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

__all__ = ["SHAPES", "Table", "read_shapes", "read_table", "table_paths", "tables_of"]

SHAPES = "shapes.parquet"
"""The table of outlines, ``id, wkb``; every other table in the folder is one of places."""

_BATCH = 500_000
"""Rows of a Parquet table held as Python values at a time: half a gigabyte."""


@dataclass(frozen=True, slots=True)
class Table:
    """Places as columns, ``columns[name][row]``; a value that is not given is ``None``.

    ``identities`` are the ids by which the rows are called: their own, or file and line. A
    ``listed`` table was taken from a source as a whole, the others were made by hand.
    """

    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in FIELDS})
    identities: list[str] = field(default_factory=list)
    listed: bool = False

    def __len__(self) -> int:
        return len(self.identities)


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


def tables_of(path: Path) -> Iterator[Table]:
    """Yield the places of one table, every value checked; a large one comes in several parts.

    Raises
    ------
    GazetteerError
        Naming file, row, column and remedy.
    """
    if path.suffix.lower() == ".parquet":
        yield from _parquet_tables(path)
    else:
        yield read_table(path)


def read_table(path: Path, *, on_error: Callable[[GazetteerError], None] | None = None) -> Table:
    """Return the places of one table, every value checked.

    With ``on_error``, a row that holds an impossible value is passed to it as an error and left
    out.

    Raises
    ------
    GazetteerError
        Naming file, row, column and remedy.
    """
    suffix = path.suffix.lower()
    told = on_error or _fail
    if suffix == ".parquet":
        return _joined(list(_parquet_tables(path)))
    if suffix in SUFFIXES:
        numbered = list(feature_rows(path))
        names = {name: None for _, row in numbered for name in row}
        cells = {name: [row.get(name, "") for _, row in numbered] for name in names}
        return _table(path, "feature", [number for number, _ in numbered], cells, told)
    lines, cells = _csv_cells(path, told)
    return _table(path, "line", lines, cells, told)


def _fail(error: GazetteerError) -> None:
    raise error


def _table(
    path: Path, what: str, numbers: list[int], cells: dict[str, list[str]], told: Any
) -> Table:
    """Return the rows whose cells are possible; ``told`` hears of the others."""
    columns, wrong = checked(cells, len(numbers))
    for row, trouble in sorted(wrong.items()):
        told(GazetteerError(f"{path}, {what} {numbers[row]}, {trouble}"))
    names = [
        name or f"{path.stem}:{number}" for name, number in zip(columns["id"], numbers, strict=True)
    ]
    if wrong:
        right = [row for row in range(len(numbers)) if row not in wrong]
        columns = {name: [column[row] for row in right] for name, column in columns.items()}
        names = [names[row] for row in right]
    return Table(columns, names)


def _csv_cells(path: Path, told: Any) -> tuple[list[int], dict[str, list[str]]]:
    """Return the number of each line of a CSV table that is not blank, and its columns."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = _header(path, next(reader, []))
            lines: list[int] = []
            columns: list[list[str]] = [[] for _ in header]
            for cells in reader:
                if len(cells) > len(header):
                    told(
                        GazetteerError(
                            f"{path}, line {reader.line_num}: {len(cells)} values for "
                            f"{len(header)} columns; quote a value that holds a comma"
                        )
                    )
                elif any(cells):
                    lines.append(reader.line_num)
                    cells.extend([""] * (len(header) - len(cells)))
                    for column, cell in zip(columns, cells, strict=True):
                        column.append(cell.strip())
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}: not UTF-8 text; save the table as CSV UTF-8") from error
    except csv.Error as error:
        raise GazetteerError(
            f"{path}, line {reader.line_num}: not a CSV table ({error}); save it as CSV UTF-8"
        ) from error
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror})") from error
    return lines, dict(zip(header, columns, strict=True))


def _header(path: Path, cells: list[str]) -> list[str]:
    """Return the names of the columns of a CSV table."""
    header = [name.strip().lower() for name in cells]
    missing = [name for name in ("name", "lat", "lon") if name not in header]
    if missing:
        raise GazetteerError(
            f"{path}: no column {missing[0]!r}; the first line must name the columns, separated by "
            "commas: name, lat, lon at least"
        )
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        raise GazetteerError(f"{path}: two columns are called {twice[0]!r}; rename one of them")
    return header


def _parquet_tables(path: Path) -> Iterator[Table]:
    """Yield the places of a Parquet table, which the build has checked."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
        missing = [name for name in ("id", "name", "lat", "lon") if name not in file.schema.names]
        if missing:
            raise GazetteerError(f"{path}: no column {missing[0]!r}; build the table again")
        credit = (file.schema_arrow.metadata or {}).get(b"attribution", b"").decode()
        for number, batch in enumerate(file.iter_batches(_BATCH)):
            cells = {name: _values(batch.column(name)) for name in batch.schema.names}
            # What the licence of a built file asks to be said goes wherever its places go.
            cells |= {"source": [credit] * len(batch)} if credit else {}
            yield _listed(path, cells, number * _BATCH)
    except (OSError, pa.ArrowException) as error:
        raise GazetteerError(f"{path}: damaged table; build or install it again") from error


def _values(column: Any) -> list[Any]:
    """Return the values of an Arrow column; of decimals the nearest floats."""
    import pyarrow as pa

    if not pa.types.is_decimal(column.type):
        return list(column.to_pylist())
    # The cast multiplies by a tenth to some power, which is no float: it may be a hair off.
    values, scale = column.cast(pa.float64()).to_pylist(), column.type.scale
    return [value if value is None else round(value, scale) for value in values]


def _listed(path: Path, cells: dict[str, list[Any]], before: int) -> Table:
    """Return a part of a Parquet table, ``before`` rows after its beginning."""
    count = len(cells["id"])
    columns, wrong = checked(cells, count)
    if None in columns["id"]:
        wrong.setdefault(columns["id"].index(None), "column id: empty; build the table again")
    for row, trouble in sorted(wrong.items()):
        raise GazetteerError(f"{path}, row {before + row}, {trouble}")
    return Table(columns, list(map(str, columns["id"])), listed=True)


def _joined(tables: list[Table]) -> Table:
    whole = Table(listed=True)
    for table in tables:
        whole.identities.extend(table.identities)
        for name, column in table.columns.items():
            whole.columns[name].extend(column)
    return whole


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
