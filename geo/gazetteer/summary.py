"""What tables a gazetteer is made of: rows, size, and the licence that a built file carries."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import GazetteerError
from geo.gazetteer.features import SUFFIXES, feature_rows
from geo.gazetteer.tables import table_paths
from geo.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow.parquet as pq

__all__ = ["TableSummary", "credit", "summaries"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSummary:
    """One table: its file name, rows, bytes on disk, and ``credit`` (see `credit`)."""

    name: str
    rows: int
    size: int
    credit: dict[str, str]


def summaries(extra: Sequence[Path] = ()) -> list[TableSummary]:
    """Return a summary of each shipped table and of the ``extra`` ones, in their order.

    Raises
    ------
    GazetteerError
        If a table is missing or damaged.
    """
    return [
        TableSummary(
            name=path.name, rows=_rows(path), size=path.stat().st_size, credit=credit(path)
        )
        for path in table_paths(data_folder("gazetteer"), list(extra))
    ]


def credit(path: Path) -> dict[str, str]:
    """Return what a built file says of its source: ``source licence attribution built``.

    Empty for a table that says nothing; the README beside the shipped ones does.

    Raises
    ------
    GazetteerError
        If the file is damaged.
    """
    if path.suffix != ".parquet":
        return {}
    metadata = _parquet(path).schema_arrow.metadata or {}
    told = {key.decode(): value.decode() for key, value in metadata.items()}
    return {key: told[key] for key in ("source", "licence", "attribution", "built") if key in told}


def _rows(path: Path) -> int:
    if path.suffix == ".parquet":
        return int(_parquet(path).metadata.num_rows)
    if path.suffix in SUFFIXES:
        return sum(1 for _ in feature_rows(path))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return max(0, sum(1 for row in csv.reader(file) if any(row)) - 1)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GazetteerError(f"{path}: cannot be read as CSV UTF-8 ({error})") from error


def _parquet(path: Path) -> pq.ParquetFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        raise GazetteerError(f"{path}: damaged table; build or install it again") from error
