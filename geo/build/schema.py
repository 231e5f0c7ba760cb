"""The one schema of every table of places, and how a table is written: same rows, same bytes."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = [
    "COLUMNS",
    "SCHEMA",
    "Row",
    "arrow_table",
    "read_csv",
    "write_csv",
    "write_parquet",
    "write_shapes",
]


@dataclass(slots=True, kw_only=True)
class Row:
    """One row of a table of places; see ``data/gazetteer/README.md`` for the columns."""

    id: str
    name: str
    name_ar: str | None = None
    aliases: Sequence[str] = ()
    kind: str = "settlement"
    country: str | None = None
    admin1: str | None = None
    lat: float = 0.0
    lon: float = 0.0
    radius_km: float = 1.0
    population: int = 0
    source: str = ""
    verified: bool = True
    note: str = ""
    geonames_id: str = ""
    wikidata_id: str = ""
    pcode: str = ""
    demonyms: Sequence[str] = ()


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Row))
_SPARSE = frozenset({"pcode", "demonyms"})
"""Columns that a table in CSV has only where some row fills them."""

_DEGREES = pa.decimal128(8, 5)

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("name_ar", pa.string()),
        ("aliases", pa.list_(pa.string())),
        ("kind", pa.string()),
        ("country", pa.string()),
        ("admin1", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("radius_km", pa.float64()),
        ("population", pa.int64()),
        ("source", pa.string()),
        ("verified", pa.bool_()),
        ("note", pa.string()),
    ]
)
"""The columns of a table in Parquet: the id of a settlement holds its GeoNames number."""


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table in CSV by column, as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(rows: Sequence[Row], path: Path) -> int:
    """Write ``rows`` as CSV in their order and return their number.

    The columns of P-codes and demonyms are left out of a table that has none.
    """
    columns = [
        column
        for column in COLUMNS
        if column not in _SPARSE or any(getattr(row, column) for row in rows)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(getattr(row, column)) for column in columns] for row in rows)
    return len(rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.5f}".rstrip("0").rstrip(".")
    if isinstance(value, tuple | list):
        return "|".join(value)
    return str(value)


def write_parquet(rows: Sequence[Row], path: Path) -> int:
    """Write ``rows`` as Parquet in their order and return their number.

    ``geonames_id`` and ``wikidata_id`` are left out: the id of a settlement holds its number.
    Degrees have five decimals, a metre, and are stored as whole numbers, in a third of the room.
    """
    coded = ["name_ar", "kind", "country", "admin1", "source", "note", "population", "radius_km"]
    table = arrow_table(rows)
    for name in ("lat", "lon"):
        index = table.schema.get_field_index(name)
        table = table.set_column(index, name, table.column(name).cast(_DEGREES))
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=22,
        store_decimal_as_integer=True,
        use_dictionary=coded,
        column_encoding={
            "id": "DELTA_BYTE_ARRAY",
            "name": "DELTA_BYTE_ARRAY",
            "lat": "BYTE_STREAM_SPLIT",
            "lon": "BYTE_STREAM_SPLIT",
        },
        write_statistics=False,
        row_group_size=len(rows) or 1,
        data_page_size=1 << 24,
    )
    return len(rows)


def arrow_table(rows: Sequence[Row], *, schema: pa.Schema = SCHEMA) -> pa.Table:
    """Return ``rows`` as an Arrow table of a schema, in their order."""
    columns = {
        field.name: pa.array([_arrow(getattr(row, field.name)) for row in rows], field.type)
        for field in schema
    }
    return pa.table(columns, schema)


def _arrow(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def write_shapes(shapes: Iterable[tuple[str, bytes]], path: Path) -> int:
    """Write ``(id, WKB)`` pairs as Parquet, sorted by id, and return their number."""
    ordered = sorted(shapes)
    table = pa.table(
        {
            "id": pa.array([key for key, _ in ordered], pa.string()),
            "wkb": pa.array([wkb for _, wkb in ordered], pa.binary()),
        }
    )
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=22,
        use_dictionary=False,
        write_statistics=False,
        row_group_size=len(ordered) or 1,
    )
    return len(ordered)
