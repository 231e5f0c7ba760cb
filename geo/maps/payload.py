"""What travels into the page: articles once, places once, sites as offsets into the articles.

Everything here comes from articles and gazetteers, so none of it is trusted: the page only ever
receives it as JSON text (`island`), and builds its elements from it as plain text.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from geo.maps.polyline import encode
from geo.model import AREA_KINDS, KINDS
from geo.text.excerpts import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["island", "main_language", "payload", "without_surrogates"]

Record = dict[str, Any]

_EXCERPT = 240
"""Characters of an excerpt: a long sentence, and what a popup holds without scrolling."""

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
        ``articles`` and ``places`` are lists of objects, each place once however often it is named;
        ``sites``, ``unplaced`` and ``rejected`` are objects that point into them by index and hold
        offsets in UTF-16 units, which are what a page counts in. JSON-serialisable.
    """
    places = _Places()
    data: Record = {"title": title, "articles": [], "sites": [], "unplaced": [], "rejected": []}
    for index, record in enumerate(records):
        text = str(record.get("text") or "")
        offsets = _Offsets(text)
        data["articles"].append(_article(record, text))
        for site in record.get("sites") or ():
            where = {"article": index, "place": places.index(site)}
            data["sites"].append(_site(site, text, offsets) | where)
        for name in ("unplaced", "rejected"):
            data[name] += [
                {
                    "article": index,
                    **offsets.span(item),
                    "text": str(item.get("text") or ""),
                    "reason": str(item.get("reason") or ""),
                }
                for item in record.get(name) or ()
            ]
    data["places"] = places.all
    return data


class _Places:
    """The places of the sites, each once; two footprints of one name are two places."""

    def __init__(self) -> None:
        self.all: list[Record] = []
        self._known: dict[str, int] = {}

    def index(self, site: Mapping[str, Any]) -> int:
        """Return where the place of a site is in the list, adding it if it is new."""
        place = _place(site)
        geometry = site.get("geometry") if place["kind"] in AREA_KINDS else None
        # Encoding a country's rings costs far more than comparing their JSON.
        key = json.dumps([place, geometry])
        if key not in self._known:
            self._known[key] = len(self.all)
            if place["kind"] in AREA_KINDS:
                place["shape"] = _shape(geometry)
            self.all.append(place)
        return self._known[key]


class _Offsets:
    """Turns offsets in characters into offsets in UTF-16 units, where an emoji counts twice."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._before: list[int] | None = None
        if _BEYOND_BASIC.search(text):
            self._before = [0, *accumulate(2 if letter > "\uffff" else 1 for letter in text)]

    def units(self, offset: int) -> int:
        """Return the UTF-16 offset of a character offset, held inside the text."""
        held = min(max(offset, 0), self._length)
        return held if self._before is None else self._before[held]

    def span(self, item: Mapping[str, Any]) -> Record:
        """Return the ``start`` and ``end`` of a mention in UTF-16 units."""
        return {"start": self.units(int(item["start"])), "end": self.units(int(item["end"]))}


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
    }


def _shape(geometry: Mapping[str, Any] | None) -> Record | None:
    """Return a GeoJSON polygon or multipolygon as encoded rings, or nothing for other types.

    Rings are rounded to a hundred metres, those of areas under a degree to a metre.
    """
    kind, parts = (geometry or {}).get("type"), (geometry or {}).get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"} or not parts:
        return None
    polygons = [parts] if kind == "Polygon" else parts
    lons = [x for polygon in polygons for x, *_ in polygon[0]]
    scale = 1000 if max(lons) - min(lons) > 1 else 100_000
    rings = [
        [encode(((x, y) for x, y, *_ in ring), scale=scale) for ring in polygon]
        for polygon in polygons
    ]
    return {"scale": scale, "rings": rings}


def _site(site: Mapping[str, Any], text: str, offsets: _Offsets) -> Record:
    start, end = int(site["start"]), int(site["end"])
    cut = excerpt(text, start, end, width=_EXCERPT)
    anchors = site.get("anchors") or ()
    return {
        **offsets.span(site),
        "from": offsets.units(cut.start),
        "to": offsets.units(cut.end),
        "confidence": round(float(site.get("confidence") or 0), 3),
        "use": "associative" if site.get("use") == "associative" else "literal",
        "source": str(site.get("source") or "gazetteer"),
        "verified": bool(site.get("verified", True)),
        "why": [str(reason) for reason in site.get("why") or ()],
        "alternatives": [_alternative(other) for other in site.get("alternatives") or ()],
        **({"anchors": [_anchor(anchor) for anchor in anchors]} if anchors else {}),
    }


def _alternative(other: Mapping[str, Any]) -> Record:
    return {
        "name": str(other.get("name") or ""),
        "country": _text(other.get("country")),
        "lat": round(float(other["lat"]), 5),
        "lon": round(float(other["lon"]), 5),
        "confidence": round(float(other.get("confidence") or 0), 3),
    }


def _anchor(anchor: Mapping[str, Any]) -> Record:
    return {
        "name": str(anchor.get("name") or ""),
        "lat": round(float(anchor["lat"]), 5),
        "lon": round(float(anchor["lon"]), 5),
    }


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)
