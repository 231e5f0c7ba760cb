"""Parses → records (one a article, for files and maps) and rows (one a site, for tables).

The record is the interchange format of the whole program: plain dicts, lists, strings and numbers
that JSON can hold. The frame is the same sites as a table, and can be turned back into records.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Self

from geo.resolve.same import Same
from geo.text.excerpts import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    from geo.model import Article, Candidate, Parse, Place, Rejection, Site, Unplaced

__all__ = ["COLUMNS", "records", "to_geodataframe", "to_json", "to_record", "to_rows"]

Record = dict[str, Any]

COLUMNS: Final = {
    "article_id": "string",
    "article_title": "string",
    "article_date": "string",
    "article_source": "string",
    "article_url": "string",
    "start": "int64",
    "end": "int64",
    "text": "string",
    "excerpt": "string",
    "place_id": "string",
    "name": "string",
    "name_ar": "string",
    "kind": "string",
    "country": "string",
    "admin1": "string",
    "lat": "float64",
    "lon": "float64",
    "radius_km": "float64",
    "confidence": "float64",
    "use": "string",
    "source": "string",
    "why": "string",
}
"""The columns of a row and their pandas types, in order; a frame adds ``geometry`` at the end."""

_DECIMALS: Final = 5
"""Decimals of a coordinate: about a metre, finer than any gazetteer."""

_KEPT: Final = 256
"""Outlines that are kept once written down."""

_BLANK: Final = b'"geometry": null'
"""Stands once in the JSON of a site without geometry: inside a string a quote has a backslash."""

_LINES: Final = frozenset({"LineString", "MultiLineString"})
_WHY: Final = "; "
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_record(parse: Parse) -> Record:
    """Return a parse as a record: the article with its ``sites``, ``unplaced`` and ``rejected``.

    Offsets count the characters of ``text``; ``geometry`` is GeoJSON in degrees to 5 decimals,
    ``lat`` and ``lon`` a point on it, ``radius_km`` kilometres, ``confidence`` a probability. Keys
    that the article has no value for are left out. JSON gives back an equal record.
    """
    return {
        **_article(parse.article),
        "sites": [_site(site, _geojson(site.footprint)) for site in parse.sites],
        "unplaced": [_reasoned(unplaced) for unplaced in parse.unplaced],
        "rejected": [_reasoned(rejection) for rejection in parse.rejected],
    }


def to_json(parse: Parse) -> bytes:
    """Return the record of a parse as one line of JSON in UTF-8, without a line end.

    It reads back as what `to_record` gives. An outline that comes up again and again is written
    down once: those of countries are most of what there is to write.
    """
    head = {**_article(parse.article), "sites": []}
    tail = {
        "unplaced": [_reasoned(unplaced) for unplaced in parse.unplaced],
        "rejected": [_reasoned(rejection) for rejection in parse.rejected],
    }
    sites = (
        _bytes(_site(site, None)).replace(_BLANK, _BLANK[: -len("null")] + _json(site.footprint))
        for site in parse.sites
    )
    return b"%b%b], %b" % (_bytes(head)[:-2], b", ".join(sites), _bytes(tail)[1:])


def _bytes(record: Record) -> bytes:
    # A lone surrogate, which UTF-8 cannot hold, is written as its escape and read back as it was.
    return json.dumps(record, ensure_ascii=False).encode("utf-8", errors="backslashreplace")


def to_rows(record: Mapping[str, Any]) -> Iterator[Record]:
    """Yield one row for each site of a record: the keys of `COLUMNS`, and ``geometry`` (GeoJSON).

    A row can be written anywhere: what XML or UTF-8 cannot hold becomes U+FFFD, one for one.
    """
    for site in record["sites"]:
        shown = excerpt(record["text"], site["start"], site["end"])
        row = {
            **{
                f"article_{key}": record.get(key)
                for key in ("id", "title", "date", "source", "url")
            },
            **{key: site[key] for key in COLUMNS.keys() & site.keys()},
            "excerpt": record["text"][shown.start : shown.end],
            "why": _WHY.join(site["why"]),
        }
        yield {key: _printable(row[key]) for key in COLUMNS} | {"geometry": site["geometry"]}


def to_geodataframe(parses: Iterable[Parse]) -> GeoDataFrame:
    """Return the sites of all parses as a frame: one row a site, EPSG:4326, `COLUMNS` + geometry.

    Columns keep their types when there is no site. The whole articles, with what was unplaced and
    rejected, travel in ``frame.attrs["articles"]`` by article id, so that `records` can give back
    those behind the rows that are left after filtering.
    """
    import geopandas  # heavy, and only frames need it
    import pandas as pd
    from shapely.geometry import shape

    articles = _Articles()
    rows: list[Record] = []
    for parse in parses:
        record = to_record(parse)
        articles[record["id"]] = record
        rows.extend(to_rows(record))
    data = {key: pd.Series([row[key] for row in rows], dtype=kind) for key, kind in COLUMNS.items()}
    footprints = geopandas.GeoSeries([shape(row["geometry"]) for row in rows], crs="EPSG:4326")
    frame = geopandas.GeoDataFrame(data, geometry=footprints, crs="EPSG:4326")
    frame.attrs["articles"] = articles
    return frame


def records(frame: GeoDataFrame) -> list[Record]:
    """Return the records behind a frame of sites, holding only the sites still in it.

    What a row says wins over what was parsed, so a frame may be corrected before it is drawn. An
    article whose rows were all taken out is left out; one that never had a site stays. A frame
    that lost its articles (one read from a file) gives records whose text is its excerpts.
    """
    if frame.crs is not None and frame.crs.to_epsg() != 4326:
        frame = frame.to_crs(4326)
    rows: dict[str, list[Record]] = {}
    for row in _plain_rows(frame):
        rows.setdefault(str(row["article_id"]), []).append(row)
    articles: Mapping[str, Record] = frame.attrs.get("articles", {})
    kept = [
        {**record, "sites": _resited(record, rows.get(key, []))}
        for key, record in articles.items()
        if key in rows or not record["sites"]
    ]
    return kept + [_excerpted(group) for key, group in rows.items() if key not in articles]


class _Articles(dict[str, Record]):
    """Records by article id, shared by every frame made from a frame.

    pandas deep-copies ``attrs`` at each step, which for a corpus of articles would take seconds;
    the records are never changed, so the copies may be one.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


def _article(article: Article) -> Record:
    fields = ("id", "text", "title", "date", "source", "url", "language")
    values = {key: getattr(article, key) for key in fields}
    return {key: value for key, value in values.items() if value is not None}


def _site(site: Site, geometry: Record | None) -> Record:
    place, mention = site.place, site.mention
    lat, lon = _point_on(site.footprint, lat=place.lat, lon=place.lon)
    record = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "place_id": place.id,
        "name": place.name,
        "name_ar": place.name_ar,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "lat": lat,
        "lon": lon,
        "radius_km": round(place.radius_km, 3),
        "geometry": geometry,
        "confidence": round(site.confidence, 4),
        "use": site.use,
        "source": site.source,
        "why": list(site.why),
        "alternatives": [_alternative(candidate) for candidate in site.alternatives],
        "place_source": place.source,
        "verified": place.verified,
    }
    if place.details:
        record["details"] = dict(place.details)
    if site.anchors:
        record["anchors"] = [_anchor(anchor) for anchor in site.anchors]
    return record


def _anchor(place: Place) -> Record:
    lat, lon = round(place.lat, _DECIMALS), round(place.lon, _DECIMALS)
    return {"name": place.name, "lat": lat, "lon": lon}


def _alternative(candidate: Candidate) -> Record:
    place = candidate.place
    return {
        "place_id": place.id,
        "name": place.name,
        "country": place.country,
        "lat": round(place.lat, _DECIMALS),
        "lon": round(place.lon, _DECIMALS),
        "confidence": round(candidate.confidence, 4),
    }


def _reasoned(found: Unplaced | Rejection) -> Record:
    mention = found.mention
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "reason": found.reason,
    }


def _point_on(footprint: BaseGeometry, *, lat: float, lon: float) -> tuple[float, float]:
    """Return the place's own point where the footprint holds it, else one that it does hold."""
    if footprint.geom_type != "Point":
        lat, lon = _point_inside(Same(footprint), lat, lon)
    return round(lat, _DECIMALS), round(lon, _DECIMALS)


@lru_cache(maxsize=_KEPT)
def _point_inside(shape: Same, lat: float, lon: float) -> tuple[float, float]:
    import shapely  # a footprint exists, so it is loaded

    footprint = shape.geometry
    if footprint.area:
        if shapely.intersects_xy(footprint, lon, lat):
            return lat, lon
        point = footprint.representative_point()
    elif footprint.geom_type in _LINES:
        point = footprint.interpolate(footprint.project(shapely.Point(lon, lat)))
    else:
        return lat, lon
    return point.y, point.x


def _geojson(geometry: BaseGeometry) -> Record:
    """Return a geometry as GeoJSON with lists and rounded numbers, equal to its own JSON."""
    if geometry.geom_type == "Point":
        point = [round(geometry.x, _DECIMALS), round(geometry.y, _DECIMALS)]
        return {"type": "Point", "coordinates": point}
    return _area_geojson(Same(geometry))


def _json(geometry: BaseGeometry) -> bytes:
    """Return a geometry as the bytes of `_geojson`."""
    if geometry.geom_type == "Point":
        return _bytes(_geojson(geometry))
    return _area_json(Same(geometry))


# The same few countries and governorates come up in article after article, and a country takes
# longer to write down than an article to parse. The records share them; none is ever changed.
@lru_cache(maxsize=_KEPT)
def _area_geojson(shape: Same) -> Record:
    record: Record = json.loads(_area_json(shape))
    return record


@lru_cache(maxsize=_KEPT)
def _area_json(shape: Same) -> bytes:
    import numpy as np
    import shapely

    area = shape.geometry
    rounded = shapely.transform(area, lambda corners: np.round(corners, _DECIMALS))
    return bytes(shapely.to_geojson(rounded).encode())


def _printable(value: object) -> object:
    return _UNPRINTABLE.sub("\ufffd", value) if isinstance(value, str) else value


def _plain_rows(frame: GeoDataFrame) -> Iterator[Record]:
    """Yield the rows of a frame as dicts: None for what is missing, GeoJSON for the geometry."""
    table = frame[[key for key in COLUMNS if key in frame.columns]].astype(object)
    rows = table.where(table.notna(), None).to_dict("records")
    for row, footprint in zip(rows, frame.geometry, strict=True):
        yield {**row, "geometry": _geojson(footprint)}


def _key(site: Mapping[str, Any]) -> tuple[int, int, str | None]:
    return int(site["start"]), int(site["end"]), site["place_id"]


def _resited(record: Record, rows: Sequence[Record]) -> list[Record]:
    """Return the sites of a record that rows are left of, corrected by what the rows say."""
    parsed = {_key(site): site for site in record["sites"]}
    return [_from_row(row, parsed=parsed.get(_key(row), {})) for row in rows]


def _from_row(row: Record, *, parsed: Record) -> Record:
    """Return a site from its row; what a row has no column for comes from the parsed site."""
    blank: Record = {"alternatives": [], "place_source": "", "verified": True}
    columns = (COLUMNS.keys() | {"geometry"}) & row.keys()
    said = {key: row[key] for key in columns if not key.startswith("article_") and key != "excerpt"}
    why = said.get("why") or ""
    as_parsed = why == _WHY.join(parsed.get("why", ()))
    said["why"] = parsed.get("why", []) if as_parsed else why.split(_WHY) if why else []
    return {**blank, **parsed, **said}


def _excerpted(rows: Sequence[Record]) -> Record:
    """Return a record whose text is the excerpts of its rows, with the offsets moved into it."""
    starts: dict[str, int] = {}
    text = ""
    sites = []
    for row in rows:
        shown = row.get("excerpt") or row["text"]
        if row["text"] not in shown:
            shown = row["text"]
        if shown not in starts:
            text += "\n\n" if text else ""
            starts[shown] = len(text)
            text += shown
        start = starts[shown] + shown.index(row["text"])
        span = {"start": start, "end": start + len(row["text"])}
        sites.append({**_from_row(row, parsed={}), **span})
    first = rows[0]
    fields = {key: first.get(f"article_{key}") for key in ("id", "title", "date", "source", "url")}
    known = {key: value for key, value in fields.items() if value is not None}
    return {**known, "text": text, "sites": sites, "unplaced": [], "rejected": []}
