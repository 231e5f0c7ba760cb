"""The tables of ``explain`` and ``gazetteer``, drawn with rich."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from geo.cli.lines import shown
from geo.maps.diff import CHANGES
from geo.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geo.gazetteer import Gazetteer
    from geo.maps.diff import Change, Diff
    from geo.model import Place

__all__ = ["changes", "contents", "explanation", "place_table"]

_WIDTH_IN_A_FILE: Final = 160
"""Columns where nobody's window is known: wide enough that names and reasons stay whole."""

_NUMBERS: Final = frozenset({"sure", "lat", "lon", "population", "sites", "places", "articles"})

_LICENCES: Final = (
    "Settlements: GeoNames (geonames.org), CC BY 4.0.",
    "Borders and governorates: Natural Earth, public domain. Names of countries: Unicode CLDR.",
    "Sites and localities: gathered for Mawaqi, each with its sources in the table.",
)
"""What the licences of the shipped tables ask to be said wherever they are used."""


def explanation(record: Mapping[str, Any]) -> None:
    """Print one article's mentions: accepted with reasons and runners-up, unplaced, rejected."""
    console = _console()
    title = record.get("title")
    heading = shown(record["id"]) + (f" - {shown(title)}" if title else "")
    console.print(Text(heading, style="bold"), soft_wrap=True)
    _print(
        console,
        "sites",
        ("mention", "place", "kind", "country", "sure", "why", "or else"),
        [
            (
                site["text"],
                _named(site),
                site["kind"].replace("_", " "),
                site["country"] or "",
                f"{site['confidence']:.0%}",
                "; ".join(_reasons(site)),
                "; ".join(_runner_up(other) for other in site["alternatives"]),
            )
            for site in record["sites"]
        ],
    )
    for name in ("unplaced", "rejected"):
        rows = [(item["text"], item["reason"]) for item in record[name]]
        _print(console, name, ("mention", "reason"), rows)


def _reasons(site: Mapping[str, Any]) -> Iterator[str]:
    """Yield why a site is what it is, then what else its row of the gazetteer tells."""
    if site["use"] != "literal":
        yield "stands for others"
    yield from site["why"]
    yield from (f"{name}: {value}" for name, value in site.get("details", {}).items())


def place_table(places: Sequence[Place]) -> None:
    """Print places, one a row, in the order given."""
    _print(
        _console(),
        "places",
        ("id", "name", "arabic", "kind", "country", "admin1", "lat", "lon", "population"),
        [
            (
                place.id,
                place.name,
                place.name_ar or "",
                place.kind.replace("_", " "),
                place.country or "",
                place.admin1 or "",
                f"{place.lat:.4f}",
                f"{place.lon:.4f}",
                f"{place.population:,}" if place.population else "",
            )
            for place in places
        ],
    )


def changes(diff: Diff, *, most: int) -> None:
    """Print how many sites are new, gone, moved and unchanged, then ``most`` of each but those."""
    console = _console()
    counts = []
    for kind in CHANGES:
        found = diff.of(kind)
        places = {change.site.get("place_id") or id(change.site) for change in found}
        articles = {change.article["id"] for change in found}
        counts.append((_SAID[kind], *(f"{len(each):,}" for each in (found, places, articles))))
    _print(
        console, "changes", ("change", "sites", "places", "articles"), counts, total=_changed(diff)
    )
    for kind in ("new", "gone", "moved"):
        found = diff.of(kind)
        if not found:
            continue
        rows = [
            (str(change.article["id"]), change.site["text"], _named(change.site), *_moved(change))
            for change in found[:most]
        ]
        columns = ("article", "mention", "place", *(["from"] if kind == "moved" else []))
        _print(console, kind, columns, rows, total=len(found))
        if len(found) > most:
            console.print(Text(f"and {len(found) - most:,} more; the map lists them all"))


_SAID: Final = {"new": "new", "gone": "gone", "moved": "moved", "same": "unchanged"}


def _changed(diff: Diff) -> int:
    return sum(change.kind != "same" for change in diff.changes)


def _moved(change: Change) -> Iterator[str]:
    """Yield where a site that moved was, and how far away that is."""
    if change.was is not None:
        yield f"{_named(change.was)}, {change.km:,.1f} km away"


def contents(gazetteer: Gazetteer) -> None:
    """Print how many places of each kind a gazetteer holds, and the licences of its tables."""
    counts = Counter(KINDS[code] for code in gazetteer.kind.tolist())
    console = _console()
    rows = [(kind.replace("_", " "), f"{counts[kind]:,}") for kind in KINDS if counts[kind]]
    _print(console, "places", ("kind", "places"), rows, total=len(gazetteer))
    for line in _LICENCES:
        console.print(Text(line))


def _console() -> Console:
    console = Console(highlight=False, markup=False, emoji=False)
    return (
        console
        if console.is_terminal
        else Console(highlight=False, markup=False, emoji=False, width=_WIDTH_IN_A_FILE)
    )


def _print(
    console: Console,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Iterable[str]],
    *,
    total: int | None = None,
) -> None:
    """Print a table under its name and count; one without rows is its first line alone."""
    console.print(Text(f"{name}: {len(rows) if total is None else total:,}"))
    if not rows:
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        right = column in _NUMBERS
        table.add_column(
            column, justify="right" if right else "left", overflow="fold", no_wrap=right
        )
    for row in rows:
        # Text, not a string: rich would read [brackets] in an article as its own markup.
        table.add_row(*(Text(shown(cell)) for cell in row))
    console.print(table)


def _named(site: Mapping[str, Any]) -> str:
    name, other = site.get("name") or site["text"], site.get("name_ar")
    return f"{name} ({other})" if other and other != name else str(name)


def _runner_up(other: Mapping[str, Any]) -> str:
    country = f", {other['country']}" if other["country"] else ""
    return f"{other['name']}{country} {other['confidence']:.0%}"
