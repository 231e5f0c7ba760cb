"""Rows from an answer of Wikidata's query service, saved as JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from geo.build.names import clean, distinct, is_alias, script, strip_head
from geo.build.schema import Row
from geo.errors import GazetteerError
from geo.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["CREDIT", "answer_rows"]

CREDIT = {"source": "Wikidata", "licence": "CC0 1.0", "attribution": "Wikidata, CC0"}
"""What a built file says of its source; CC0 asks for nothing."""

_POINT = re.compile(r"Point\(([-+.\deE]+) ([-+.\deE]+)\)")
_ITEM = re.compile(r"Q\d+$")
_RADIUS_KM = 2.0


def answer_rows(path: Path, *, skipped: Callable[[str], None]) -> Iterator[Row]:
    """Yield a row for each item of an answer, the first line of each; the rest adds its names.

    ``skipped`` is told of every item without a point on earth, a name, or a known kind.

    Raises
    ------
    GazetteerError
        If the file is no such answer.
    """
    try:
        bindings = json.loads(path.read_text(encoding="utf-8"))["results"]["bindings"]
        lines = [{name: str(cell["value"]) for name, cell in line.items()} for line in bindings]
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GazetteerError(
            f"{path}: no answer of Wikidata's query service; save it as JSON, not as a table"
        ) from error
    items: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        items.setdefault(line.get("item", ""), []).append(line)
    for item, told in items.items():
        row = _row(item, told)
        if row is None:
            skipped(item)
        else:
            yield row


def _row(item: str, lines: list[dict[str, str]]) -> Row | None:
    number, first = _ITEM.search(item), lines[0]
    point = _POINT.fullmatch(first.get("coord", ""))
    kind = first.get("kind", "settlement")
    told = [line.get(key, "") for line in lines for key in ("en", "ar")]
    told += [alias for line in lines for alias in line.get("aliases", "").split("|")]
    names = [strip_head(name) for each in told if (name := clean(each)) and not _ITEM.match(name)]
    if not (number and point and names) or kind not in KINDS:
        return None
    lon, lat = float(point[1]), float(point[2])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    geonames = first.get("geonames", "")
    arabic = next((name for name in names if script(name) == "arabic"), None)
    latin = next((name for name in names if script(name) == "latin"), names[0])
    return Row(
        # Under its GeoNames number a place is one with the row that other tables have of it.
        id=f"gn:{geonames}" if geonames.isdecimal() else f"wd:{number[0]}",
        name=latin,
        name_ar=arabic,
        aliases=distinct(filter(is_alias, names), besides=(latin, arabic)),
        kind=kind,
        country=first.get("country") or None,
        lat=round(lat, 5),
        lon=round(lon, 5),
        radius_km=_RADIUS_KM,
        source=f"Wikidata {number[0]}",
        wikidata_id=number[0],
    )
