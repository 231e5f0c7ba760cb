"""Two runs compared: which sites are new, gone, moved or unchanged, and a map of them.

The k-th article of an id in one run is compared with the k-th of that id in the other. Where its
text is the same, a site is paired with the one of the same span, or else of an overlapping one.
Where the text was rewritten, it is paired with the one that is named by the same words, in their
order, or else means the same place. A pair has moved where its points are more than `MOVED_KM`
apart; a site without a partner is new or gone.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.errors import ArticleError
from geo.resolve.footprints.earth import distance
from geo.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from geo.maps.folium_map import SiteMap

__all__ = ["CHANGES", "MOVED_KM", "Change", "Diff", "compare", "read_records"]

Record = dict[str, Any]
Kind = Literal["new", "gone", "moved", "same"]
Pairs = list[tuple[Record | None, Record | None]]

CHANGES: Final[tuple[Kind, ...]] = ("new", "gone", "moved", "same")
"""What can have become of a site, in the order it is told."""

MOVED_KM: Final = 0.1
"""Kilometres: finer than that, points differ by how sources round them."""

_DEPTH: Final = {
    "Point": 1,
    "MultiPoint": 2,
    "LineString": 2,
    "MultiLineString": 3,
    "Polygon": 3,
    "MultiPolygon": 4,
}
"""How deep the coordinates of a geometry that can be drawn are nested."""

_LARGEST: Final = 1e9
"""No number of a record is as large, not to speak of infinity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one site: ``site`` as it is now, or as it was if it is gone.

    ``was`` is what a moved one was, ``km`` how far it moved; ``article`` the record it is in.
    """

    kind: Kind
    site: Record
    article: Record
    was: Record | None = None
    km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """The changes from one run to another, and records that hold the sites of both.

    ``changes`` has one item a site, in the order of the sites of ``records``.
    """

    changes: list[Change] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    def of(self, kind: Kind) -> list[Change]:
        """Return the changes of one kind."""
        return [change for change in self.changes if change.kind == kind]

    def map(self, *, language: str | None = None, title: str | None = None) -> SiteMap:
        """Return a map with a layer for each kind of change, and a table of them."""
        from geo.maps.folium_map import SiteMap

        moved = {
            str(number): {
                "name": str(change.was.get("name") or change.was["text"]),
                "lat": round(float(change.was["lat"]), 5),
                "lon": round(float(change.was["lon"]), 5),
                "km": change.km,
            }
            for number, change in enumerate(self.changes)
            if change.was is not None
        }
        of = [CHANGES.index(change.kind) for change in self.changes]
        changes = {"kinds": list(CHANGES), "of": of, "was": moved}
        return SiteMap(self.records, language=language, title=title, changes=changes)


def compare(old: Iterable[Record], new: Iterable[Record]) -> Diff:
    """Return what changed from the records of one run to those of another."""
    before, after = _by_id(old), _by_id(new)
    diff = Diff()
    for key in dict.fromkeys([*after, *before]):
        for was, now in zip_longest(before.get(key, []), after.get(key, [])):
            if was is None or now is None or was["text"] == now["text"]:
                _merge(diff, now or was, _paired(was, now))
                continue
            pairs = _paired(was, now)
            _merge(diff, now, [pair for pair in pairs if pair[1] is not None])
            gone = [pair for pair in pairs if pair[1] is None]
            if gone:  # they stand in a text that is no more
                _merge(diff, was | {"unplaced": [], "rejected": []}, gone)
    return diff


def _by_id(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[str(record["id"])].append(record)
    return found


def _merge(diff: Diff, article: Record, pairs: Pairs) -> None:
    """Add an article with the sites of both runs that stand in its text."""
    changes = [_change(article, was, now) for was, now in pairs]
    changes.sort(key=lambda change: (change.site["start"], change.site["end"]))
    diff.changes.extend(changes)
    diff.records.append(article | {"sites": [change.site for change in changes]})


def _change(article: Record, was: Record | None, now: Record | None) -> Change:
    if was is None or now is None:
        kind: Kind = "new" if was is None else "gone"
        return Change(kind=kind, site=now or was or {}, article=article)
    km = distance((was["lat"], was["lon"]), (now["lat"], now["lon"]))
    if km <= MOVED_KM:
        return Change(kind="same", site=now, article=article)
    return Change(kind="moved", site=now, article=article, was=was, km=round(km, 1))


def _paired(was: Record | None, now: Record | None) -> Pairs:
    """Return the sites of two records in pairs; one without a partner has none."""
    old, new = (list((record or {}).get("sites", ())) for record in (was, now))
    pairs: Pairs = []
    if was and now and was["text"] == now["text"]:
        old, new = _pair(old, new, pairs, lambda site: (site["start"], site["end"]))
        old, new = _pair_overlapping(old, new, pairs)
    else:
        old, new = _pair(old, new, pairs, lambda site: fold(str(site["text"])))
        old, new = _pair(old, new, pairs, lambda site: site.get("place_id") or id(site))
    return [*pairs, *((site, None) for site in old), *((None, site) for site in new)]


def _pair(
    old: list[Record], new: list[Record], pairs: Pairs, key: Callable[[Record], Hashable]
) -> tuple[list[Record], list[Record]]:
    """Pair the sites that share a key, the first with the first; return those left over."""
    waiting: defaultdict[Hashable, deque[Record]] = defaultdict(deque)
    for site in old:
        waiting[key(site)].append(site)
    left = []
    for site in new:
        same = waiting[key(site)]
        if same:
            pairs.append((same.popleft(), site))
        else:
            left.append(site)
    return [site for group in waiting.values() for site in group], left


def _pair_overlapping(
    old: list[Record], new: list[Record], pairs: Pairs
) -> tuple[list[Record], list[Record]]:
    """Pair each site with the first one left whose span touches its own; return the rest."""
    waiting = deque(sorted(old, key=lambda site: int(site["start"])))
    alone, left = [], []
    for site in sorted(new, key=lambda site: int(site["start"])):
        while waiting and waiting[0]["end"] <= site["start"]:
            alone.append(waiting.popleft())
        if waiting and waiting[0]["start"] < site["end"]:
            pairs.append((waiting.popleft(), site))
        else:
            left.append(site)
    return [*alone, *waiting], left


def read_records(path: str | Path) -> list[Record]:
    """Return the records of a JSONL file that `geo.export.write` wrote.

    Raises
    ------
    ArticleError
        If the file cannot be read or a line is no record with its sites; names file and line.
    """
    path = Path(path)
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path}: not UTF-8; {_REMEDY}") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ArticleError(f"{path}: cannot be read ({reason}); check the path") from error
    return [
        _record(line, f"{path}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


_REMEDY: Final = "write it with `mawaqi parse INPUT -o FILE.jsonl`"


def _record(line: str, where: str) -> Record:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{where}: no JSON; {_REMEDY}") from error
    if not isinstance(record, dict) or not isinstance(record.get("sites"), list):
        raise ArticleError(f"{where}: no article with its sites; {_REMEDY}")
    lists = [record.get(name, []) for name in ("unplaced", "rejected")]
    mentions = [
        *record["sites"],
        *(one for each in lists if isinstance(each, list) for one in each),
    ]
    if not (
        isinstance(record.get("text"), str)
        and isinstance(record.get("id"), str | int)
        and all(isinstance(each, list) for each in lists)
        and all(_is_mention(mention, len(record["text"])) for mention in mentions)
    ):
        raise ArticleError(f"{where}: no id, text, or mentions within it; {_REMEDY}")
    for site in record["sites"]:
        if not _is_site(site):
            raise ArticleError(f"{where}: a site without a point or geometry; {_REMEDY}")
    return record


def _is_mention(mention: object, length: int) -> bool:
    if not isinstance(mention, dict) or not isinstance(mention.get("text"), str):
        return False
    start, end = mention.get("start"), mention.get("end")
    return isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= length


def _is_site(site: Mapping[str, Any]) -> bool:
    """Say whether a site has all that is drawn of it, in the shape it is drawn from."""
    others = [site.get(name) or [] for name in ("alternatives", "anchors")]
    geometry = site.get("geometry") or {"type": "Point", "coordinates": [0, 0]}
    return (
        _is_point(site)
        and _is_number(site.get("radius_km") or 0)
        and _is_number(site.get("confidence") or 0)
        and isinstance(site.get("why") or [], list)
        and all(isinstance(each, list) and all(map(_is_point, each)) for each in others)
        and isinstance(geometry, dict)
        and geometry.get("type") in _DEPTH
        and _is_nested(geometry.get("coordinates"), _DEPTH[geometry["type"]])
    )


def _is_point(point: object) -> bool:
    return (
        isinstance(point, dict)
        and all(_is_number(point.get(name)) for name in ("lat", "lon"))
        and abs(point["lat"]) <= 90
        and _is_number(point.get("confidence") or 0)
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < _LARGEST


def _is_nested(value: object, depth: int) -> bool:
    """Say whether coordinates are lists in lists, and the innermost at least two numbers."""
    if not isinstance(value, list) or not value:
        return False
    if depth == 1:
        return len(value) >= 2 and all(map(_is_number, value))
    return all(_is_nested(part, depth - 1) for part in value)
