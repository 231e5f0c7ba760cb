"""Rows of equal keys as columns: each name travels once, and so does a value that many rows share.

A column is the list of its values, row by row. One whose values repeat is an object: the distinct
``values``, and for every row in ``rows`` which of them it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

__all__ = ["Column", "to_columns", "to_rows"]

Column = list[Any] | dict[str, list[Any]]

_REPEATS = 2
"""Rows to a value from which on a table of values is the shorter way to write them."""


def to_columns(rows: Sequence[Mapping[str, Hashable]]) -> dict[str, Column]:
    """Return rows that all have the keys of the first as one column a key."""
    return {name: _column([row[name] for row in rows]) for name in (rows[0] if rows else ())}


def to_rows(columns: Mapping[str, Column]) -> list[dict[str, Any]]:
    """Return the rows of columns; the inverse of `to_columns`, and what the page does."""
    lists = [
        [column["values"][row] for row in column["rows"]] if isinstance(column, dict) else column
        for column in columns.values()
    ]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


def _column(values: list[Any]) -> Column:
    # A number is as short as its place in a table, and 1, 1.0 and True would be one value there.
    if isinstance(values[0], int | float) and not isinstance(values[0], bool):
        return values
    places: dict[Any, int] = {}
    rows = [places.setdefault(value, len(places)) for value in values]
    if len(places) * _REPEATS > len(values):
        return values
    return {"values": list(places), "rows": rows}
