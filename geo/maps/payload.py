"""What travels into the page: articles once, places once, sites as offsets into the articles.

Everything here comes from articles and gazetteers, so none of it is trusted: the page only ever
receives it as JSON text (`island`), and builds its elements from it as plain text.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from geo.maps.columns import to_columns
from geo.maps.polyline import encode
from geo.model import AREA_KINDS, KINDS
from geo.text.excerpts import excerpt
from geo.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["island", "main_language", "payload", "without_surrogates"]

Record = dict[str, Any]
_Shape = tuple[int, tuple[tuple[str, ...], ...]]
_Line = tuple[int, tuple[str, ...]]

_EXCERPT = 240
"""Characters of an excerpt: a long sentence, and what a popup holds without scrolling."""

_LINES = frozenset({"LineString", "MultiLineString"})
_SCALES = ((1, 100_000), (8, 1000))
_COARSEST = 250

_LINK = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BEYOND_BASIC = re.compile("[\U00010000-\U0010ffff]")
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_NEEDS_ESCAPE = re.compile("[<>&\u2028\u2029]")


def island(data: object) -> str:
    """Return ``data`` as JSON that cannot end the script element it stands in.

    Lone surrogates, which UTF-8 cannot hold, become U+FFFD, one for one.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _NEEDS_ESCAPE.sub(lambda found: _ESCAPES[found[0]], without_surrogates(text))


def without_surrogates(text: str) -> str:
    """Return ``text`` with U+FFFD for each lone surrogate, so that it can be written as UTF-8."""
    return _SURROGATE.sub("\ufffd", text)


def main_language(records: Iterable[Mapping[str, Any]]) -> str:
    """Return ``"ar"`` when at least half of the articles are Arabic, ``"en"`` otherwise.

    An article that does not say its language counts as Arabic if most of its letters are.
    """
    votes = Counter(_is_arabic(record) for record in records)
    return "ar" if votes[True] and votes[True] >= votes[False] else "en"


def payload(records: Sequence[Mapping[str, Any]], *, title: str | None = None) -> Record:
    """Return the page's data for the records of a corpus.

    Parameters
    ----------
    records
        One record an article, as `geo.frame.to_record` writes them.
    title
        The heading of the page; the page chooses one if there is none.

    Returns
    -------
    dict
        The tables ``articles``, ``places``, ``others``, ``sites``, ``unplaced`` and ``rejected``,
        as `geo.maps.columns` writes them. A place stands in its table once, however often it is
        named; so do the ``others``: what a site could also be, and what it was described from.
        Rows point into other tables by number and hold offsets in UTF-16 units, which are what a
        page counts in. JSON-serialisable.
    """
    places, others = _Places(), _Others()
    tables: dict[str, list[Record]] = {"articles": [], "sites": [], "unplaced": [], "rejected": []}
    for index, record in enumerate(records):
        text = _Text(str(record.get("text") or ""))
        tables["articles"].append(_article(record, text.text))
        for site in record.get("sites") or ():
            where = {"article": index, "place": places.index(site)}
            tables["sites"].append(where | _site(site, text, others))
        for name in ("unplaced", "rejected"):
            tables[name] += [
                {
                    "article": index,
                    **text.span(item),
                    "text": str(item.get("text") or ""),
                    "reason": str(item.get("reason") or ""),
                }
                for item in record.get(name) or ()
            ]
    tables |= {"places": places.all, "others": others.all}
    return {"title": title} | {name: to_columns(rows) for name, rows in tables.items()}


class _Places:
    """The places of the sites, each once; two footprints of one name are two places."""

    def __init__(self) -> None:
        self.all: list[Record] = []
        self._known: dict[object, int] = {}

    def index(self, site: Mapping[str, Any]) -> int:
        """Return where the place of a site is in the list, adding it if it is new."""
        place = _place(site)
        geometry = site.get("geometry")
        is_line = (geometry or {}).get("type") in _LINES
        is_area = place["kind"] in AREA_KINDS and not is_line
        # Encoding a country's rings costs far more than comparing their JSON.
        key = (*place.values(), json.dumps(geometry) if is_area or is_line else None)
        if key not in self._known:
            self._known[key] = len(self.all)
            shape = _shape(geometry) if is_area else None
            self.all.append(place | {"shape": shape, "lines": _lines(geometry)})
        return self._known[key]


class _Others:
    """Other points that sites name: each once, however many sites could have meant it."""

    def __init__(self) -> None:
        self.all: list[Record] = []
        self._known: dict[object, int] = {}

    def indexes(self, points: Iterable[Mapping[str, Any]] | None) -> tuple[int, ...]:
        """Return where the points are in the list, adding those that are new."""
        return tuple(self._index(_other(point)) for point in points or ())

    def _index(self, other: Record) -> int:
        place = self._known.setdefault(tuple(other.values()), len(self.all))
        if place == len(self.all):
            self.all.append(other)
        return place


class _Text:
    """An article's text, its sentences found once, its offsets those of a page.

    Offsets in characters become offsets in UTF-16 units, where an emoji counts twice.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._before: list[int] | None = None
        if _BEYOND_BASIC.search(text):
            self._before = [0, *accumulate(2 if letter > "\uffff" else 1 for letter in text)]
        self._starts, self._ends = zip(*sentences(text) or [(0, 0)], strict=True)

    def units(self, offset: int) -> int:
        """Return the UTF-16 offset of a character offset, held inside the text."""
        held = min(max(offset, 0), len(self.text))
        return held if self._before is None else self._before[held]

    def span(self, item: Mapping[str, Any]) -> Record:
        """Return the ``start`` and ``end`` of a mention in UTF-16 units."""
        return {"start": self.units(int(item["start"])), "end": self.units(int(item["end"]))}

    def excerpt(self, start: int, end: int) -> Record:
        """Return the ends ``from`` and ``to`` of the excerpt round a mention, in UTF-16 units."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = min(bisect_left(self._ends, end), len(self._ends) - 1)
        low, high = min(self._starts[first], start), max(self._ends[last], end)
        cut = excerpt(self.text[low:high], start - low, end - low, width=_EXCERPT)
        return {"from": self.units(low + cut.start), "to": self.units(low + cut.end)}


def _is_arabic(record: Mapping[str, Any]) -> bool:
    language = record.get("language")
    if language:
        return str(language).lower().split("-")[0] == "ar"
    sample = str(record.get("text") or "")[:2000]
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in sample)
    return arabic * 2 > sum(letter.isalpha() for letter in sample)


def _article(record: Mapping[str, Any], text: str) -> Record:
    url = str(record.get("url") or "")
    return {
        "id": str(record.get("id") or ""),
        "title": _text(record.get("title")),
        "date": _text(record.get("date")),
        "source": _text(record.get("source")),
        "url": url if _LINK.fullmatch(url) else None,
        "language": "ar" if _is_arabic(record) else "en",
        "text": text,
    }


def _place(site: Mapping[str, Any]) -> Record:
    kind = str(site.get("kind") or "")
    return {
        "id": _text(site.get("place_id")),
        "name": str(site.get("name") or site.get("text") or ""),
        "name_ar": _text(site.get("name_ar")),
        "kind": kind if kind in KINDS else "landmark",
        "country": _text(site.get("country")),
        "admin1": _text(site.get("admin1")),
        "lat": round(float(site["lat"]), 5),
        "lon": round(float(site["lon"]), 5),
        "radius": round(float(site.get("radius_km") or 0), 2),
        "origin": _text(site.get("place_source")),
        "details": tuple((str(name), str(value)) for name, value in _details(site)),
    }


def _details(site: Mapping[str, Any]) -> Iterable[tuple[object, object]]:
    details = site.get("details")
    return details.items() if isinstance(details, dict) else ()


def _shape(geometry: Mapping[str, Any] | None) -> _Shape:
    """Return the scale and encoded rings of a GeoJSON polygon or multipolygon, none for others."""
    kind, parts = (geometry or {}).get("type"), (geometry or {}).get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"} or not parts:
        return (1, ())
    polygons = [parts] if kind == "Polygon" else parts
    scale = _scale(point for polygon in polygons for point in polygon[0])
    rings = tuple(
        tuple(encode(((x, y) for x, y, *_ in ring), scale=scale) for ring in polygon)
        for polygon in polygons
    )
    return (scale, rings)


def _lines(geometry: Mapping[str, Any] | None) -> _Line | None:
    """Return the scale and encoded parts of a GeoJSON line or several, None for others."""
    kind, parts = (geometry or {}).get("type"), (geometry or {}).get("coordinates")
    if kind not in _LINES or not parts:
        return None
    lines = [parts] if kind == "LineString" else parts
    scale = _scale(point for line in lines for point in line)
    return (scale, tuple(encode(((x, y) for x, y, *_ in line), scale=scale) for line in lines))


def _scale(points: Iterable[Sequence[float]]) -> int:
    """Return the units per degree for an outline: the wider, the coarser, about as it is looked at.

    A metre below one degree, a hundred metres below eight, and beyond them half a kilometre.
    """
    lons = [lon for lon, *_ in points]
    width = max(lons) - min(lons)
    return next((scale for most, scale in _SCALES if width <= most), _COARSEST)


def _site(site: Mapping[str, Any], text: _Text, others: _Others) -> Record:
    return {
        **text.span(site),
        **text.excerpt(int(site["start"]), int(site["end"])),
        "confidence": round(float(site.get("confidence") or 0), 3),
        "use": "associative" if site.get("use") == "associative" else "literal",
        "source": str(site.get("source") or "gazetteer"),
        "verified": bool(site.get("verified", True)),
        "why": tuple(str(reason) for reason in site.get("why") or ()),
        "alternatives": others.indexes(site.get("alternatives")),
        "anchors": others.indexes(site.get("anchors")),
    }


def _other(other: Mapping[str, Any]) -> Record:
    return {
        "id": _text(other.get("place_id")),
        "name": str(other.get("name") or ""),
        "country": _text(other.get("country")),
        "lat": round(float(other["lat"]), 5),
        "lon": round(float(other["lon"]), 5),
        "confidence": round(float(other.get("confidence") or 0), 3),
    }


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)
