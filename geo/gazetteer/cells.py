"""The cells of a table of places, checked and typed, a column at a time."""

from __future__ import annotations

from json.encoder import encode_basestring as quoted
from math import nan
from typing import TYPE_CHECKING, Any

from geo.gazetteer.index import MAX_SPAN
from geo.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["DETAILS", "FIELDS", "checked"]

DETAILS = "details"
"""The field that keeps what the columns that are not ours say, as a JSON object."""

_TEXTS = (
    "id",
    "name",
    "name_ar",
    "country",
    "admin1",
    "source",
    "geonames_id",
    "wikidata_id",
    "pcode",
)
_LISTS = ("aliases", "demonyms")
_RANGES = {
    "lat": (-90.0, 90.0, "degrees north, as 35.13"),
    "lon": (-180.0, 180.0, "degrees east, as 40.25"),
    "radius_km": (0.0, 20_100.0, "kilometres, as 2.5, or leave it empty"),
    "population": (0.0, 1e10, "people, as 12000, or leave it empty"),
}
FIELDS = (*_TEXTS, *_LISTS, *_RANGES, "kind", "verified", DETAILS)
"""The columns of a table of places; a list for ``aliases`` and ``demonyms``."""

_BOOLEANS = {
    **dict.fromkeys(("false", "0", "no", "f", "n"), False),
    **dict.fromkeys(("true", "1", "yes", "t", "y"), True),
}
_SHOWN = 40
"""Characters of an impossible value that an error repeats."""


def checked(
    cells: Mapping[str, Sequence[Any]], count: int
) -> tuple[dict[str, list[Any]], dict[int, str]]:
    """Return the columns of `FIELDS`, ``None`` where nothing is given, and what is wrong.

    Parameters
    ----------
    cells
        Columns by name, as text or, from a typed file, as values; those that are not among
        `FIELDS` go into `DETAILS`.
    count
        The number of rows.

    Returns
    -------
    tuple
        The columns, and by row the first thing that is impossible in it, with the remedy.
    """
    wrong: dict[int, str] = {}
    empty = [None] * count

    def column(name: str, read: Callable[[Any], Any]) -> list[Any]:
        return list(map(read, cells[name])) if name in cells else list(empty)

    found = {name: column(name, _text) for name in _TEXTS}
    found |= {name: column(name, _list) for name in _LISTS}
    found |= {name: column(name, _number) for name in _RANGES}
    found["kind"] = column("kind", _text)
    found["verified"] = column("verified", _boolean)
    found[DETAILS] = _details(cells, count)
    # A place called only in Arabic is called so in either language.
    found["name"] = [
        name or arabic for name, arabic in zip(found["name"], found["name_ar"], strict=True)
    ]
    for row, trouble in _troubles(found, cells):
        wrong.setdefault(row, trouble)
    return found, wrong


def _troubles(
    found: Mapping[str, list[Any]], cells: Mapping[str, Sequence[Any]]
) -> Iterator[tuple[int, str]]:
    """Yield the rows that hold something impossible, with the column, the value and the remedy."""
    for row, name in enumerate(found["name"]):
        if name is None:
            yield row, "column name: empty; every place needs a name"
    for column in ("name", "name_ar", *_LISTS):
        yield from _too_long(column, found[column])
    for row, kind in enumerate(found["kind"]):
        if kind is not None and kind not in KINDS:
            yield row, f"column kind: {_short(kind)!r} is unknown; use one of {', '.join(KINDS)}"
    for column in _RANGES:
        yield from _out_of_range(column, found[column], cells)
    for row, value in enumerate(found["verified"]):
        if isinstance(value, str):
            yield row, f"column verified: {_short(value)!r}; write true or false"


def _too_long(column: str, values: list[Any]) -> Iterator[tuple[int, str]]:
    for row, value in enumerate(values):
        if (
            value
            and (length := len(value) if isinstance(value, str) else _longest(value)) > MAX_SPAN
        ):
            told = f"a name of {length:,} characters; write one of at most {MAX_SPAN}"
            yield row, f"column {column}: {told}"


def _out_of_range(
    column: str, numbers: list[float | None], cells: Mapping[str, Sequence[Any]]
) -> Iterator[tuple[int, str]]:
    low, high, remedy = _RANGES[column]
    needed = column in {"lat", "lon"}
    for row, number in enumerate(numbers):
        if needed if number is None else not low <= number <= high:
            told = "empty" if number is None else _short(cells[column][row])
            yield (
                row,
                f"column {column}: {told} is not between {low:g} and {high:g}; write {remedy}",
            )


def _longest(names: list[str]) -> int:
    return max(map(len, names))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _text(value: Any) -> str | None:
    return str(value) if value else None


def _list(value: Any) -> list[str] | None:
    if not value:
        return None
    parts = value.split("|") if isinstance(value, str) else value
    return [part.strip() for part in parts if part and part.strip()]


def _number(value: Any) -> float | None:
    """Return the number that a value spells, NaN if it spells none."""
    if value is None or value == "":
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return nan


def _boolean(value: Any) -> bool | str | None:
    """Return the truth that a value spells, or the value if it spells none."""
    if value is None or value == "" or isinstance(value, bool):
        return value if isinstance(value, bool) else None
    return _BOOLEANS.get(str(value).lower(), str(value))


def _details(cells: Mapping[str, Sequence[Any]], count: int) -> list[str | None]:
    """Return what the columns that are not ours say of each row."""
    names = [name for name in cells if name and (name == DETAILS or name not in FIELDS)]
    if not names:
        return [None] * count
    keys = list(map(quoted, names))
    rows = zip(*(cells[name] for name in names), strict=True)
    return [_detail(keys, row) if any(row) else None for row in rows]


def _detail(keys: Sequence[str], row: Sequence[Any]) -> str:
    # A JSON encoder is made anew for each row, which would take as long as all else here.
    told = zip(keys, row, strict=True)
    return f"{{{', '.join(f'{key}: {quoted(str(value))}' for key, value in told if value)}}}"
