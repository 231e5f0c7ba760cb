"""A gazetteer file from GeoNames dumps: read line by line, written in batches, in flat memory.

The files are GeoNames' own: ``XX.zip`` or ``allCountries.zip``, and where they are to be had
``alternateNamesV2.zip`` (Arabic names), ``admin1CodesASCII.txt`` and ``admin2Codes.txt``.
https://download.geonames.org/export/dump/readme.txt says what the columns are.
"""

from __future__ import annotations

import csv
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from typing import TYPE_CHECKING

from geo.build.names import best_arabic, clean, distinct, is_alias, script, strip_head
from geo.build.schema import Row
from geo.build.settlements import radius_km
from geo.errors import GazetteerError
from geo.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["CREDIT", "Names", "dump_rows", "kind_of", "read_names", "usual_radius_km"]

CREDIT = {
    "source": "GeoNames",
    "licence": "CC BY 4.0",
    "attribution": "© GeoNames (geonames.org), CC BY 4.0; changed: names filtered, radius added",
}
"""What the licence asks to be said wherever the file is used."""

_COLUMNS = 19
_ALTERNATE_COLUMNS = 4
_KINDS: Mapping[str, str] = {
    "ADM1": "governorate",
    "ADM2": "district",
    "ADM3": "subdistrict",
    "PPLX": "neighbourhood",
    "AIRB": "military_base",
    "AIRP": "airport",
    "AIRF": "airport",
    "MILB": "military_base",
    "INSM": "military_base",
    "NVB": "military_base",
    "CMPRF": "camp",
    "CMP": "camp",
    "PRN": "detention_centre",
    "DAM": "dam",
    "BDG": "bridge",
    "OILF": "oil_field",
    "GASF": "oil_field",
    "OILR": "gas_plant",
    "CSTM": "border_crossing",
    "PSTB": "border_crossing",
    "STM": "river",
    "STMI": "river",
    "MT": "mountain",
    "MTS": "mountain",
    "PK": "mountain",
    "DSRT": "desert",
    "GULF": "sea",
    "SEA": "sea",
    "STRT": "sea",
    "RGN": "region",
    "PEN": "region",
    "CSTL": "landmark",
    "MNMT": "landmark",
    "UNIV": "landmark",
    "HSP": "landmark",
}
_GONE = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH"})
"""Populated places that are so no more."""

_RADII: Mapping[str, float] = {
    "governorate": 60,
    "district": 20,
    "subdistrict": 10,
    "region": 50,
    "desert": 60,
    "sea": 100,
    "mountain": 10,
    "river": 10,
    "oil_field": 4,
    "airport": 3,
    "military_base": 3,
    "camp": 1.5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the smaller files say: Arabic names by GeoNames id, divisions by GeoNames code."""

    arabic: dict[int, str] = field(default_factory=dict)
    admin1: dict[str, str] = field(default_factory=dict)
    admin2: dict[str, str] = field(default_factory=dict)


def kind_of(feature_class: str, code: str) -> str | None:
    """Return our kind for a GeoNames feature, None for one that no news would map."""
    if feature_class == "P" and code not in _GONE:
        return _KINDS.get(code, "settlement")
    return _KINDS.get(code) if feature_class in {"A", "H", "L", "S", "T"} else None


def usual_radius_km(kind: str, population: int) -> float:
    """Return the radius in kilometres of a place whose source gives only a point."""
    return _RADII.get(kind) or radius_km(population)


def dump_rows(
    path: Path, *, countries: Iterable[str], names: Names, skipped: Callable[[str], None]
) -> Iterator[Row]:
    """Yield a row for each place of a dump, those of ``countries`` where any are given.

    ``skipped`` is told of every line that is not in the form of GeoNames.

    Raises
    ------
    GazetteerError
        If the file cannot be read, or is no dump of GeoNames.
    """
    wanted = frozenset(countries)
    found = False
    for number, line in enumerate(_lines(path), start=1):
        fields = line.rstrip("\n").split("\t")
        if len(fields) < _COLUMNS:
            skipped(f"{path.name}, line {number}: {len(fields)} columns, GeoNames has {_COLUMNS}")
            continue
        found = True
        if wanted and fields[8] not in wanted:
            continue
        kind = kind_of(fields[6], fields[7])
        if kind is None:
            continue
        try:
            row = _row(fields, kind, names)
        except ValueError as error:
            skipped(f"{path.name}, line {number}: {error}")
            continue
        if row is not None:
            yield row
    if not found:
        raise GazetteerError(f"{path}: no line in GeoNames' form; take a file of its export/dump")


def _row(fields: list[str], kind: str, names: Names) -> Row | None:
    identity, population = int(fields[0]), int(fields[14] or 0)
    lat, lon = float(fields[4]), float(fields[5])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is no place on earth")
    name = clean(fields[1])
    if name is None:
        return None
    told = (clean(alias) for alias in fields[3].split(",") if alias)
    aliases = [strip_head(alias) for alias in told if alias and is_alias(alias)]
    arabic = [alias for alias in aliases if script(alias) == "arabic"]
    name_ar = names.arabic.get(identity)
    if name_ar is None and arabic:
        name_ar = best_arabic(arabic, [name])
    first = f"{fields[8]}.{fields[10]}"
    second = names.admin2.get(f"{first}.{fields[11]}")
    return Row(
        id=f"gn:{identity}",
        name=name,
        name_ar=name_ar,
        aliases=distinct(aliases, besides=(name, name_ar)),
        kind=kind,
        country=fields[8] or None,
        admin1=names.admin1.get(first),
        lat=round(lat, 5),
        lon=round(lon, 5),
        radius_km=usual_radius_km(kind, population),
        population=population,
        source="GeoNames",
        note=f"in {second}" if second else "",
    )


def read_names(folder_of: Callable[[str], Path | None]) -> Names:
    """Return what the smaller files say; ``folder_of`` finds a file by name, None without it.

    Raises
    ------
    GazetteerError
        If a file cannot be read.
    """
    alternate = folder_of("alternateNamesV2")
    first, second = folder_of("admin1CodesASCII"), folder_of("admin2Codes")
    return Names(
        arabic=_arabic_names(alternate) if alternate else {},
        admin1=_divisions(first) if first else {},
        admin2=_second_level(second) if second else {},
    )


def _arabic_names(path: Path) -> dict[int, str]:
    """Return one Arabic name a place: the preferred one, else the first that is in use."""
    found: dict[int, str] = {}
    preferred: set[int] = set()
    for line in _lines(path):
        fields = line.rstrip("\n").split("\t")
        if len(fields) < _ALTERNATE_COLUMNS or fields[2] != "ar":
            continue
        marks = [*fields[4:8], "", "", "", ""]
        name = clean(strip_head(fields[3]))
        if name is None or script(name) != "arabic" or marks[2] == "1" or marks[3] == "1":
            continue
        identity = int(fields[1])
        if marks[0] == "1" and identity not in preferred:
            preferred.add(identity)
            found[identity] = name
        else:
            found.setdefault(identity, name)
    return found


def _divisions(path: Path) -> dict[str, str]:
    """Return the id of each first-level division by GeoNames code, as the shipped tables have it.

    They know a division by its GeoNames number; one that they lack is ``gn:`` and that number.
    """
    with (data_folder("gazetteer") / "admin1.csv").open(encoding="utf-8", newline="") as file:
        shipped = {row["geonames_id"]: row["id"] for row in csv.DictReader(file)}
    found = {}
    for line in _lines(path):
        code, _, _, number = line.rstrip("\n").split("\t")[:4]
        found[code] = shipped.get(number, f"gn:{number}")
    return found


def _second_level(path: Path) -> dict[str, str]:
    rows = (line.split("\t") for line in _lines(path))
    return {fields[0]: name for fields in rows if len(fields) > 1 and (name := clean(fields[1]))}


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[str]]:
    if path.suffix != ".zip":
        with path.open(encoding="utf-8", newline="\n") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        name = f"{path.stem}.txt"
        with archive.open(name) as binary, TextIOWrapper(binary, "utf-8", newline="\n") as file:
            yield file


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text file, or of the one in a zip file that is called like it."""
    try:
        with _opened(path) as lines:
            yield from lines
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise GazetteerError(f"{path}: damaged zip file; fetch it again ({error})") from error
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}: not UTF-8, so no file of GeoNames") from error
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror})") from error
