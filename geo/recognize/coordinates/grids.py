"""Find coordinates that a grid names: UTM, MGRS, plus codes, and packed aviation strings."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from geo.model import Mention
from geo.recognize.coordinates.forms import Form
from geo.recognize.coordinates.model import (
    FINEST_KM,
    Coordinate,
    in_range,
    radius_of_steps,
    read_number,
)
from geo.recognize.coordinates.tokens import COMMAS, DIGIT, POINTS, SEMICOLONS, WORDS, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Windows = Iterable[tuple[int, int]]
    """The spans of the text that hold signs of a coordinate."""

__all__ = ["find_mgrs", "find_packed", "find_plus_codes", "find_utm", "read_plus_code"]

_HALF_DIAGONAL = math.sqrt(2) / 2
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_PLUS = "23456789CFGHJMPQRVWX"
_ZONES = 60
_METRES_PER_KM = 1000
_BAND_DEGREES = 8
_FALSE_NORTHING = 10_000_000
_BAND_SLACK = 0.5
_ZONE_SLACK = 3.6
_WIDE_BANDS = "VX"


def _words(words: frozenset[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MGRS = Form(
    rf"(?<!\w)(?P<zone>{DIGIT}{{1,2}}+)(?P<gap>[ \xa0]?)(?P<band>[C-HJ-NP-X])[ \xa0]?"
    rf"(?P<square>[A-HJ-NP-Z][A-HJ-NP-V])[ \xa0]?"
    rf"(?P<east>{DIGIT}{{2,10}}+)(?:[ \xa0](?P<north>{DIGIT}{{2,5}}+)|(?![ \xa0]{DIGIT}{{2}}))"
    r"(?![\w+])"
)
_GRID_WORDS = Form(r"(?<!\w)(?:mgrs|grid|map ref)", re.IGNORECASE)
_CUE_REACH = 40
_PLATE_DIGITS = 4

_GAP = rf"[\s{COMMAS}{SEMICOLONS}:=.()/|]{{0,3}}"
_METRES = rf"{DIGIT}{{5,8}}+(?:[{POINTS}]{DIGIT}{{1,4}}+|(?![{POINTS}]{DIGIT}))"
_UNIT = r"(?:\s?(?:m\s?[EN]|[mEN\N{ARABIC LETTER MEEM}])(?!\w))?"
_EAST = rf"(?:(?:{_words(WORDS.easting)}|X|E){_GAP})"
_NORTH = rf"(?:(?:{_words(WORDS.northing)}|Y|N){_GAP})"
_AND = rf"(?:(?:{_words(WORDS.joiners)})\s?)?"
_HEMISPHERE = rf"(?:{_words(WORDS.north | WORDS.south)})[\u064b-\u0652]{{0,2}}"
_ZONE = (
    rf"(?P<zone>{DIGIT}{{1,2}}+)[ \xa0]?"
    rf"(?P<band>[C-HJ-NP-X](?![^\W\d_])|{_HEMISPHERE})"
)
_BARE_EAST_NORTH = rf"(?P<east>{_METRES}){_UNIT}{_GAP}{_AND}{_NORTH}?(?P<north>{_METRES}){_UNIT}"
_EAST_NORTH = rf"{_EAST}?{_BARE_EAST_NORTH}"
_NORTH_EAST = rf"{_NORTH}(?P<north>{_METRES}){_UNIT}{_GAP}{_AND}{_EAST}(?P<east>{_METRES}){_UNIT}"
_BEFORE_ZONE = rf"(?:UTM{_GAP})?(?:(?:{_words(WORDS.zone)}){_GAP})?"
_UTM_FORMS = tuple(
    Form(form, re.IGNORECASE)
    for form in (
        rf"(?<![\w.]){_ZONE}(?:{_GAP}UTM)?{_GAP}{_EAST_NORTH}(?!\w)",
        rf"(?<![\w.]){_ZONE}(?:{_GAP}UTM)?{_GAP}{_NORTH_EAST}(?!\w)",
        rf"(?<![\w.]){_BARE_EAST_NORTH}{_GAP}{_BEFORE_ZONE}{_ZONE}(?!\w)",
    )
)
_BEFORE_UTM = Form(rf"(?<!\w)(?:{_BEFORE_ZONE}|{_EAST})\Z", re.IGNORECASE)
_EASTINGS = (100_000.0, 900_000.0)

_PLUS_DIGITS = 8
_PLUS_CODE = Form(
    rf"(?<![\w+])(?:[{_PLUS}]{{8}}|[{_PLUS}]{{6}}00|[{_PLUS}]{{4}}0000|[{_PLUS}]{{2}}000000)"
    rf"\+(?:[{_PLUS}]{{2,7}}+)?(?![\w+])",
    re.IGNORECASE,
)

_PACKED_SIGNED = Form(
    r"(?<![\w.+-])(?P<lat>[+-]\d{2}\.\d{1,8}+)(?P<lon>[+-]\d{3}\.\d{1,8}+)"
    r"(?:[+-]\d{1,5}(?:\.\d{1,3})?)?/?(?![\w.])"
)
_PACKED = Form(
    r"(?<![\w.])(?P<ns>[NS])?(?P<lat>\d{4}(?:\d{2})?(?:\.\d{1,4})?)(?(ns)|(?P<ns_after>[NS]))"
    r"[ /,-]?(?P<ew>[EW])?(?P<lon>\d{5}(?:\d{2})?(?:\.\d{1,4})?)(?(ew)|(?P<ew_after>[EW]))(?![\w])"
)


def _matches(forms: Iterable[Form], text: str, windows: Windows) -> Iterator[re.Match[str]]:
    for start, end in windows:
        for form in forms:
            yield from form.regex.finditer(text, start, end)


def find_mgrs(text: str, windows: Windows) -> Iterator[Coordinate]:
    """Yield the MGRS squares, at their centres."""
    for match in _matches((_MGRS,), text, windows):
        east, north = match["east"], match["north"] or ""
        if not north:
            half, odd = divmod(len(east), 2)
            if odd:
                continue
            east, north = east[:half], east[half:]
        before = text[max(0, match.start() - _CUE_REACH) : match.start()]
        cued = _GRID_WORDS.regex.search(before) is not None
        # "34 TKA 1923" is a number plate before it is a square kilometre.
        short = len(east) + len(north) <= _PLATE_DIGITS
        if len(east) != len(north) or (not cued and (match["gap"] or short)):
            continue
        place = _from_mgrs(int(match["zone"]), match["band"], match["square"], east, north)
        if place:
            side_km = 10.0 ** (2 - len(east))
            yield _named(
                text, match.span(), place, max(FINEST_KM, side_km * _HALF_DIAGONAL), notation="MGRS"
            )


def _from_mgrs(
    zone: int, band: str, square: str, east: str, north: str
) -> tuple[float, float] | None:
    """Return the centre of an MGRS square, or None where there is no such square."""
    from mgrs import MGRS
    from mgrs.core import MGRSError

    if len(east) < len("12345"):  # one more digit, 5, is the middle of the square
        east, north = east + "5", north + "5"
    name = f"{zone:02d}{band}{square}{int(east):0{len(east)}d}{int(north):0{len(north)}d}"
    try:
        lat, lon = MGRS().toLatLon(name)
    except (MGRSError, RuntimeWarning):
        return None
    return (lat, lon) if _in_zone(lat, lon, zone, band) else None


def _in_zone(lat: float, lon: float, zone: int, band: str) -> bool:
    """Return whether a point lies where its zone number and band letter say."""
    if not (1 <= zone <= _ZONES and in_range(lat, lon)):
        return False
    south = -80 + _BAND_DEGREES * _BANDS.index(band)
    height = _BAND_DEGREES + (4 if band == "X" else 0)
    in_band = south - _BAND_SLACK <= lat <= south + height + _BAND_SLACK
    # Bands V and X have zones of other widths, round Norway and Svalbard.
    slack = _ZONE_SLACK * (2 if band in _WIDE_BANDS else 1)
    return in_band and abs(lon - (6 * zone - 183)) <= slack


def find_utm(text: str, windows: Windows) -> Iterator[Coordinate]:
    """Yield the UTM coordinates that name their zone."""
    for match in _matches(_UTM_FORMS, text, windows):
        east, decimals = read_number(match["east"])
        north, _ = read_number(match["north"])
        zone, band = int(match["zone"]), match["band"].upper()
        if not (1 <= zone <= _ZONES and _EASTINGS[0] <= east <= _EASTINGS[1]):
            continue
        place = _from_utm(zone, band, east, north)
        if place:
            start = match.start()
            if before := _BEFORE_UTM.regex.search(text, max(0, start - _CUE_REACH), start):
                start = before.start()
            radius = max(FINEST_KM, 10.0**-decimals / _METRES_PER_KM * _HALF_DIAGONAL)
            yield _named(text, (start, match.end()), place, radius, notation="UTM")


def _from_utm(zone: int, band: str, east: float, north: float) -> tuple[float, float] | None:
    """Return latitude and longitude; N and S are read as hemispheres unless the band S fits."""
    if north > _FALSE_NORTHING:
        return None
    if fold(band) in WORDS.north | WORDS.south and band not in _BANDS:
        return _project(zone, east, north, south=fold(band) in WORDS.south)
    if band == "S":
        place = _project(zone, east, north, south=False)
        if place and _in_zone(*place, zone, "S"):
            return place
        return _project(zone, east, north, south=True)
    place = _project(zone, east, north, south=band < "N")
    return place if place and (band == "N" or _in_zone(*place, zone, band)) else None


def _project(zone: int, east: float, north: float, *, south: bool) -> tuple[float, float] | None:
    from pyproj import Proj

    lon, lat = Proj(proj="utm", zone=zone, south=south, ellps="WGS84")(east, north, inverse=True)
    if not (math.isfinite(lat) and math.isfinite(lon) and in_range(lat, lon)):
        return None
    return float(lat), float(lon)


def find_plus_codes(text: str) -> Iterator[Coordinate]:
    """Yield the full plus codes, at the centres of their cells."""
    plus = text.find("+")
    while plus != -1:
        match = _PLUS_CODE.regex.match(text, max(0, plus - _PLUS_DIGITS))
        read = read_plus_code(match[0]) if match else None
        if match and read:
            lat, lon, radius = read
            yield _named(text, match.span(), (lat, lon), radius, notation="plus code")
        plus = text.find("+", plus + 1)


def read_plus_code(code: str) -> tuple[float, float, float] | None:
    """Return latitude, longitude and radius in km of a full plus code, or None."""
    from openlocationcode import openlocationcode

    # A code without a letter is likelier a telephone number with an extension.
    if not any(sign.isalpha() for sign in code) or not openlocationcode.isFull(code):
        return None
    area = openlocationcode.decode(code)
    radius = radius_of_steps(
        area.latitudeCenter,
        lat_step=area.latitudeHi - area.latitudeLo,
        lon_step=area.longitudeHi - area.longitudeLo,
    )
    return area.latitudeCenter, area.longitudeCenter, radius


def find_packed(text: str, windows: Windows) -> Iterator[Coordinate]:
    """Yield the packed forms: aviation ``363201N0442024E`` and ISO 6709 ``+35.12+038.50/``."""
    for match in _matches((_PACKED,), text, windows):
        lat = _unpack(match["lat"], width=2)
        lon = _unpack(match["lon"], width=3)
        if lat and lon:
            north = -1 if (match["ns"] or match["ns_after"]) == "S" else 1
            east = -1 if (match["ew"] or match["ew_after"]) == "W" else 1
            place = (north * lat[0], east * lon[0])
            radius = radius_of_steps(lat[0], lat_step=lat[1], lon_step=lon[1])
            if in_range(*place):
                yield _named(text, match.span(), place, radius, notation="packed degrees")
    for match in _matches((_PACKED_SIGNED,), text, windows):
        lat_value, lat_decimals = read_number(match["lat"])
        lon_value, lon_decimals = read_number(match["lon"])
        if in_range(lat_value, lon_value):
            radius = radius_of_steps(
                lat_value, lat_step=10.0**-lat_decimals, lon_step=10.0**-lon_decimals
            )
            yield _named(text, match.span(), (lat_value, lon_value), radius, notation="ISO 6709")


def _unpack(digits: str, *, width: int) -> tuple[float, float] | None:
    """Return degrees and step of ``ddmm``, ``ddmmss`` or their like with decimals."""
    whole, _, fraction = digits.partition(".")
    parts = [int(whole[:width]), *(int(whole[i : i + 2]) for i in range(width, len(whole), 2))]
    step = 10.0 ** -len(fraction)
    parts_last = parts[-1] + (float(f"0.{fraction}") if fraction else 0.0)
    scale = 60 ** (len(parts) - 1)
    if any(part >= 60 for part in parts[1:]):
        return None
    value = sum(part / 60**power for power, part in enumerate(parts[:-1])) + parts_last / scale
    return value, step / scale


def _named(
    text: str,
    span: tuple[int, int],
    place: tuple[float, float],
    radius: float,
    *,
    notation: str,
) -> Coordinate:
    return Coordinate(
        mention=Mention(start=span[0], end=span[1], text=text[slice(*span)]),
        lat=place[0],
        lon=place[1],
        radius_km=radius,
        notation=notation,
        why=(f"written as {notation}", "order said by the notation"),
    )
