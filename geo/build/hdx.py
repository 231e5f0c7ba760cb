"""Rows from OCHA's workbooks: administrative units (COD-AB) and populated places, with P-codes.

A sheet is a level: ``ADM2_EN ADM2_AR ADM2_PCODE ADM1_PCODE ADM0_PCODE``, in later editions
``adm2_name adm2_name1 lang lang1 adm2_pcode``, in others ``admin2Name_en admin2Pcode``. Needs the
package ``openpyxl``.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.build.extents import Extent, area_extent, points_extent
from geo.build.geonames import usual_radius_km
from geo.build.names import clean, distinct, is_alias, script, strip_head
from geo.build.schema import Row
from geo.errors import GazetteerError
from geo.gazetteer.features import features

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["CREDIT", "workbook_rows"]

CREDIT = {
    "source": "OCHA Common Operational Datasets",
    "licence": "CC BY-IGO",
    "attribution": "© OCHA Common Operational Datasets (data.humdata.org), CC BY-IGO",
}
"""What the licence asks to be said; the page of a dataset may name another one."""

_KINDS = ("country", "governorate", "district", "subdistrict", "settlement", "neighbourhood")
"""The kind of each level, from 0; what OCHA counts on level 4 are populated places."""

_POPULATED = 4
_PCODE = re.compile(r"[A-Z]{1,2}[A-Z0-9-]{0,18}")
_COUNTRY = re.compile(r"[A-Z]{2}(?![A-Z])")
_CODE = re.compile(r"adm(?:in)?(\d)_?pcode")
_NAME = re.compile(
    r"adm(?:in)?(\d)_?(?:(?:name_?)?(?:alt_?(?:name)?_?\d?_?)?([a-z]{2})|(name|ref|alt)[a-z_]*(\d?))"
)
_LATITUDES = frozenset({"lat", "latitude", "latitude_y", "y", "point_y", "y_coord", "center_lat"})
_LONGITUDES = frozenset({"lon", "long", "longitude", "longitude_x", "x", "point_x", "x_coord"})
_LONGITUDES |= {"center_lon", "lng"}


@dataclass(slots=True)
class _Unit:
    """A unit of a workbook: its P-code, those of the units it lies in, by level, and its names."""

    level: int
    pcode: str
    within: Mapping[int, str]
    names: list[str]
    extent: Extent | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column of a sheet holds what, by its number."""

    level: int
    codes: dict[int, int] = field(default_factory=dict)
    names: list[int] = field(default_factory=list)
    point: tuple[int, int] | None = None


def workbook_rows(
    path: Path, *, boundaries: Sequence[Path] = (), skipped: Callable[[str], None]
) -> Iterator[Row]:
    """Yield a row for each unit of a workbook, the P-code as its id.

    The point is that of the unit's columns, else one inside its outline in ``boundaries`` (GeoJSON
    or GeoPackage files with the same P-codes), else the middle of its populated places, as the note
    says. ``skipped`` is told of every unit that has none of these, or no name.

    Raises
    ------
    GazetteerError
        If a file cannot be read, or no sheet has a column of P-codes and one of names.
    """
    units: dict[str, _Unit] = {}
    for header, rows in _sheets(path):
        columns = _columns(header)
        if columns is not None:
            for unit in _units(columns, rows, skipped):
                units.setdefault(unit.pcode, unit)
    if not units:
        raise GazetteerError(
            f"{path}: no sheet names units by P-code (ADM1_PCODE, ADM1_EN …); take the workbook of "
            "a COD-AB dataset"
        )
    outlines = _outlines(boundaries)
    towns = _towns(units.values())
    for unit in units.values():
        if unit.extent is None and unit.pcode in outlines:
            unit.extent = area_extent(outlines[unit.pcode], _KINDS[unit.level])
        elif unit.extent is None and unit.pcode in towns:
            unit.extent = points_extent(towns[unit.pcode])
            unit.note = f"point: middle of its {len(towns[unit.pcode])} populated places"
        if unit.extent is None:
            skipped(f"{unit.pcode}: neither a point, nor an outline, nor populated places")
        else:
            yield _row(unit, unit.extent)


def _sheets(path: Path) -> Iterator[tuple[list[str], Iterable[Sequence[Any]]]]:
    """Yield the header and the rows of each sheet."""
    try:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        raise GazetteerError(
            f"{path}: reading workbooks needs openpyxl; pip install 'mawaqi[build]'"
        ) from error
    try:
        with warnings.catch_warnings():
            # It warns of styles and extensions of the sheets, of which nothing is read.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            for sheet in book.worksheets:
                rows = sheet.iter_rows(values_only=True)
                header = ["" if cell is None else str(cell) for cell in next(rows, ())]
                yield header, rows
            book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError) as error:
        reason = " ".join(str(error).split())
        raise GazetteerError(
            f"{path}: cannot be read as a workbook ({reason}); save it as .xlsx"
        ) from error
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror})") from error


def _columns(header: Sequence[str]) -> _Columns | None:
    """Return what a sheet's columns hold, None for one that lists no units.

    The level is the deepest that has both a P-code and a name.
    """
    names = [re.sub(r"[\s_]+", "_", name.strip().lower()) for name in header]
    codes = {int(found[1]): at for at, name in enumerate(names) if (found := _CODE.fullmatch(name))}
    named: dict[int, list[int]] = {}
    for at, name in enumerate(names):
        if (found := _NAME.fullmatch(name)) and not _CODE.fullmatch(name):
            named.setdefault(int(found[1]), []).append(at)
    levels = [level for level in codes if level in named and level < len(_KINDS)]
    if not levels:
        return None
    lat = next((at for at, name in enumerate(names) if name in _LATITUDES), None)
    lon = next((at for at, name in enumerate(names) if name in _LONGITUDES), None)
    point = None if lat is None or lon is None else (lat, lon)
    return _Columns(max(levels), codes, named[max(levels)], point)


def _units(
    columns: _Columns, rows: Iterable[Sequence[Any]], skipped: Callable[[str], None]
) -> Iterator[_Unit]:
    """Yield the units of a sheet."""
    for cells in rows:
        told = ["" if cell is None else str(cell).strip() for cell in cells]
        told += [""] * (1 + max(*columns.names, *columns.codes.values()) - len(told))
        if not any(told):
            continue
        pcode = told[columns.codes[columns.level]]
        names = [name for at in columns.names if (name := clean(told[at]))]
        if not _PCODE.fullmatch(pcode) or not names:
            skipped(f"{pcode or 'a row without a P-code'}: no P-code or no name")
            continue
        within = {level: told[at] for level, at in columns.codes.items() if told[at]}
        point = columns.point and _point(cells, columns.point)
        yield _Unit(columns.level, pcode, within, names, point or None)


def _point(cells: Sequence[Any], columns: tuple[int, int]) -> Extent | None:
    """Return the point that two cells give, None where they give none on earth."""
    try:
        lat, lon = (float(cells[at]) for at in columns)
    except (TypeError, ValueError, IndexError):
        return None
    return Extent(lat, lon, None) if -90 <= lat <= 90 and -180 <= lon <= 180 else None


def _towns(units: Iterable[_Unit]) -> dict[str, list[tuple[float, float]]]:
    """Return the points of the populated places by the P-code of each unit they lie in."""
    found: dict[str, list[tuple[float, float]]] = {}
    for unit in units:
        if unit.level >= _POPULATED and unit.extent:
            for level, pcode in unit.within.items():
                if level < unit.level:
                    found.setdefault(pcode, []).append((unit.extent.lat, unit.extent.lon))
    return found


def _outlines(paths: Iterable[Path]) -> dict[str, Any]:
    """Return the outlines of files of boundaries by the P-code of their deepest level."""
    found: dict[str, Any] = {}
    for path in paths:
        for geometry, properties in features(path):
            columns = _columns([str(name) for name in properties])
            if columns is None or geometry is None:
                raise GazetteerError(
                    f"{path}: a feature without a P-code or an outline; take the boundaries of the "
                    "same dataset"
                )
            found[str(list(properties.values())[columns.codes[columns.level]])] = geometry
    return found


def _row(unit: _Unit, extent: Extent) -> Row:
    kind = _KINDS[unit.level]
    names = [strip_head(name) for name in unit.names]
    latin = next((name for name in names if script(name) == "latin"), None)
    arabic = next((name for name in names if script(name) == "arabic"), None)
    name = latin or arabic or names[0]
    # P-codes begin with the country's two letters, but for those of some populated places.
    begins = _COUNTRY.match(unit.within.get(0) or unit.within.get(1) or unit.pcode)
    country = begins[0] if begins else None
    first = unit.within.get(1)
    return Row(
        id=f"pcode:{unit.pcode}" if unit.level or country is None else country,
        name=name,
        name_ar=arabic,
        aliases=distinct(filter(is_alias, names), besides=(name, arabic)),
        kind=kind,
        country=country,
        admin1=f"pcode:{first}" if first and unit.level > 0 else None,
        lat=round(extent.lat, 5),
        lon=round(extent.lon, 5),
        radius_km=extent.radius_km or usual_radius_km(kind, 0),
        source=f"OCHA {unit.pcode}",
        note=unit.note,
    )
