"""Find coordinates inside links and data: map URLs, geo: URIs, GeoJSON, WKT, KML.

A link is read by its shape (a path like ``@35.1,40.2,17z``, a query like ``q=35.1,40.2``), so that
maps nobody listed work too; ``LON_FIRST`` names the hosts that write a pair the other way round.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

from geo.model import Mention
from geo.recognize.coordinates.angles import read_angles
from geo.recognize.coordinates.grids import find_plus_codes
from geo.recognize.coordinates.model import (
    Coordinate,
    in_range,
    radius_of_steps,
    read_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["find_geo_uris", "find_links", "find_structured", "url_spans"]

LON_FIRST = ("yandex.", "2gis.", "mapy.cz", "mapy.com")

_URL_STARTS = (
    "http://",
    "https://",
    "www.",
    "maps.google.com/",
    "google.com/maps",
    "osm.org/",
    "openstreetmap.org/",
    "bing.com/maps",
    "maps.apple.com/",
    "plus.codes/",
)
_URL = re.compile(r"[^\s<>\"“”«»]{1,2000}+")
_URL_TAIL = ".,;:!?'’…*_\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{ARABIC QUESTION MARK}"
_BRACKETS = ((")", "("), ("]", "["), ("}", "{"))
_MAP_HOSTS = re.compile(
    r"map|google\.|goo\.gl|bing\.|osm\.|waze\.|yandex\.|2gis\.|here\.com|geohack|mapy\.|earth|"
    r"sentinel|planet|apple\.|suncalc|satellites\.pro|what3words|plus\.codes|flightradar|toolforge",
    re.IGNORECASE,
)

_NUMBER = r"[+-]?\d{1,3}(?:\.\d{1,20}+)?"
_DECIMAL = r"[+-]?\d{1,3}\.\d{1,20}+"
_PAIR = rf"(?P<lat>{_NUMBER})\s{{0,2}}[,;~ /]\s{{0,2}}(?P<lon>{_NUMBER})(?![\d.])"
_LAT = rf"(?:m|marker_?)?lat(?:itude)?=(?P<lat>{_NUMBER})"
_LON = rf"(?:m|marker_?)?(?:lon|lng|long|longitude)=(?P<lon>{_NUMBER})"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"!3d(?P<lat>{_NUMBER})!4d(?P<lon>{_NUMBER})",
        rf"!2d(?P<lon>{_DECIMAL})!3d(?P<lat>{_DECIMAL})",
        rf"[?&#]{_LAT}(?:&[^#]{{0,80}}?)?[&#]{_LON}",
        rf"[?&#]{_LON}(?:&[^#]{{0,80}}?)?[&#]{_LAT}",
    )
)
_VIEWS = tuple(
    re.compile(shape)
    for shape in (
        rf"/@(?P<lat>{_DECIMAL}),(?P<lon>{_DECIMAL})(?:[,/?]|$)",
        rf"[#&?]map=\d{{1,2}}(?:\.\d{{1,4}})?/(?P<lat>{_NUMBER})/(?P<lon>{_NUMBER})",
        rf"#\d{{1,2}}(?:\.\d{{1,4}})?/(?P<lat>{_DECIMAL})/(?P<lon>{_DECIMAL})",
    )
)
_VALUE = re.compile(rf"(?:loc:|geo:|point\.)?\s?{_PAIR}".replace("[,;~ /]", "[,;~ _]"))
_POSSIBLE = re.compile(r"[0-9]\.[0-9]|\+|°|%2B|%C2%B0|_[NS]_", re.IGNORECASE)
_GEOHACK = re.compile(r"[NSEW](?:_|$)")
_POINT_KEY = re.compile(
    r"q|query|s?ll|c|cp|sp|pp|pt|rtp|cbll|cent(?:er|re)|loc|location|destination|daddr|saddr|origin"
    r"|viewpoint|coordinates?|point|where1|markers?|whatshere\[point\]|params|latlng|latlon"
    r"|position|from|to|at",
    re.IGNORECASE,
)
_MOST_FIELDS = 100
_CHOSEN_KEYS = ("q", "query", "destination", "daddr", "whatshere[point]", "pt", "coordinate")

_GEO_URI = re.compile(
    r"(?<![\w:])geo:(?P<lat>[+-]?\d{1,2}(?:\.\d{1,20}+)?),(?P<lon>[+-]?\d{1,3}(?:\.\d{1,20}+)?)"
    r"(?:,-?\d{1,6}(?:\.\d{1,6}+)?)?(?P<rest>(?:;[\w-]{1,20}=[\w.+-]{1,30}){0,5}"
    r"(?:\?[^\s<>\"')\]}\N{ARABIC COMMA}\N{ARABIC SEMICOLON}]{1,200}+)?)",
    re.IGNORECASE,
)
_UNCERTAINTY = re.compile(r";u=(\d{1,7}(?:\.\d{1,6})?)")

_LON_LAT = rf"(?P<lon>{_NUMBER})\s{{0,3}}[,\s]\s{{0,3}}(?P<lat>{_NUMBER})"
_STRUCTURED = (
    (
        "GeoJSON",
        "coordinates",
        re.compile(
            rf"(?:\{{\s{{0,9}}\"type\"\s{{0,3}}:\s{{0,3}}\"Point\"\s{{0,3}},\s{{0,9}})?"
            rf"\"coordinates\"\s{{0,3}}:\s{{0,3}}\[\s{{0,9}}{_LON_LAT}"
            rf"(?:\s{{0,3}},\s{{0,3}}{_NUMBER})?\s{{0,9}}\]"
            rf"(?:\s{{0,3}},\s{{0,9}}\"type\"\s{{0,3}}:\s{{0,3}}\"Point\")?(?:\s{{0,9}}\}})?"
        ),
    ),
    (
        "WKT",
        "POINT",
        re.compile(rf"(?:SRID=4326;)?POINT(?:\s?Z)?\s{{0,2}}\(\s{{0,2}}{_LON_LAT}[^()]{{0,20}}\)"),
    ),
    (
        "KML",
        "<coordinates>",
        re.compile(rf"<coordinates>\s{{0,9}}{_LON_LAT}(?:,{_NUMBER})?\s{{0,9}}</coordinates>"),
    ),
)


def url_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the links, without the punctuation that follows them."""
    if "/" not in text:
        return
    reached = 0
    for start in sorted(_places_of(text, _URL_STARTS)):
        match = _URL.match(text, start) if start >= reached else None
        if not match:
            continue
        reached = match.end()
        url = match[0]
        length = 0
        while length != len(url):
            length = len(url)
            url = url.rstrip(_URL_TAIL)
            for closing, opening in _BRACKETS:
                if url.endswith(closing) and opening not in url:
                    url = url[:-1]
        yield match.start(), match.start() + len(url)


def _places_of(text: str, parts: Iterable[str]) -> Iterator[int]:
    for part in parts:
        position = text.find(part)
        while position != -1:
            yield position
            position = text.find(part, position + 1)


def find_links(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Coordinate]:
    """Yield the coordinates of the links at ``spans``: the pin where there is one, or the view."""
    for start, end in spans:
        read = _read_url(text[start:end])
        if read:
            yield _coordinate(text, (start, end), read, notation="map link")


def _read_url(url: str) -> Coordinate | None:
    """Read a link as if its coordinate were a text of its own."""
    if not _POSSIBLE.search(url):
        return None
    plain = unquote(url)
    for shape in _SHAPES:
        if match := shape.search(plain):
            return _pair(match)
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        pairs = parse_qsl(parts.query, max_num_fields=_MOST_FIELDS)
        if "=" in parts.fragment:
            pairs += parse_qsl(parts.fragment.lstrip("!?"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    if _MAP_HOSTS.search(parts.netloc):
        found = _read_query(pairs, lon_first=any(host in parts.netloc for host in LON_FIRST))
        found = found or _read_path(parts.path)
        if found:
            return found
    for view in _VIEWS:
        if match := view.search(plain):
            return _pair(match)
    return None


def _read_query(query: list[tuple[str, str]], *, lon_first: bool) -> Coordinate | None:
    """Read the first value that is a coordinate; the keys of a pin come before those of a view."""
    chosen = [pair for key in _CHOSEN_KEYS for pair in query if pair[0].lower() == key]
    for key, value in [*chosen, *query]:
        if _POINT_KEY.fullmatch(key) and (found := _read_value(value, lon_first=lon_first)):
            return found
    return None


def _read_path(path: str) -> Coordinate | None:
    """Read the last path segment that is a coordinate: ``/place/35.1,40.2`` or a plus code."""
    for segment in reversed(path.split("/")):
        plain = unquote_plus(segment)
        if plain and not plain.startswith("@") and (found := _read_value(plain)):
            return found
    return None


def _read_value(value: str, *, lon_first: bool = False) -> Coordinate | None:
    if match := _VALUE.match(value):
        found = _pair(match, lon_first=lon_first)
        if found:
            return found
    plus = next(find_plus_codes(value.replace(" ", "+")), None)
    if plus:
        return plus
    return read_angles(value.replace("_", " ") if _GEOHACK.search(value) else value)


def _pair(match: re.Match[str], *, lon_first: bool = False) -> Coordinate | None:
    """Return the coordinate of a match with the groups ``lat`` and ``lon``."""
    lat, lat_decimals = read_number(match["lat"])
    lon, lon_decimals = read_number(match["lon"])
    if not (lat_decimals and lon_decimals):
        return None
    if lon_first:
        lat, lon = lon, lat
    if not in_range(lat, lon):
        return None
    radius = radius_of_steps(lat, lat_step=10.0**-lat_decimals, lon_step=10.0**-lon_decimals)
    return _point(match[0], lat, lon, radius)


def _point(text: str, lat: float, lon: float, radius: float) -> Coordinate:
    return Coordinate(
        mention=Mention(start=0, end=len(text), text=text),
        lat=lat,
        lon=lon,
        radius_km=radius,
        notation="",
    )


def _coordinate(text: str, span: tuple[int, int], read: Coordinate, *, notation: str) -> Coordinate:
    """Return ``read`` as the coordinate of a span of the text."""
    return Coordinate(
        mention=Mention(start=span[0], end=span[1], text=text[slice(*span)]),
        lat=read.lat,
        lon=read.lon,
        radius_km=read.radius_km,
        notation=notation,
        why=(f"written as {notation}", "order said by the notation"),
    )


def find_geo_uris(text: str) -> Iterator[Coordinate]:
    """Yield the ``geo:`` URIs; their own uncertainty ``u`` (metres) widens the radius."""
    if "geo:" not in text and "GEO:" not in text:
        return
    for match in _GEO_URI.finditer(text):
        end = match.start() + len(match[0].rstrip(_URL_TAIL))
        lat, lat_decimals = read_number(match["lat"])
        lon, lon_decimals = read_number(match["lon"])
        if not in_range(lat, lon):
            continue
        radius = radius_of_steps(lat, lat_step=10.0**-lat_decimals, lon_step=10.0**-lon_decimals)
        if uncertainty := _UNCERTAINTY.search(match["rest"]):
            radius = max(radius, float(uncertainty[1]) / 1000)
        read = _point(match[0], lat, lon, radius)
        yield _coordinate(text, (match.start(), end), read, notation="geo URI")


def find_structured(text: str) -> Iterator[Coordinate]:
    """Yield the points of GeoJSON, WKT and KML, all of which write the longitude first."""
    for notation, hint, form in _STRUCTURED:
        if hint not in text:
            continue
        for match in form.finditer(text):
            read = _pair(match)
            if read:
                yield _coordinate(text, match.span(), read, notation=notation)
