"""Villages and quarters that the other tables lack, as lists of points have them.

``localities.csv`` holds what was read of the `LISTS`. No second source confirms a point. The Arabic
names of lists in Latin letters were written by hand, as the press and the United Nations spell
them: with a noun (قرية الصفا, حي الشعار) where the bare name is a word or a person's name first of
all, and none where the Latin spelling leaves it open. Other names stand behind the main one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from geo.build.admin import assign_divisions
from geo.build.schema import Row, read_csv
from geo.build.towns import SINGLE_KM, Standing
from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

__all__ = ["LISTS", "locality_rows", "read_localities"]

LISTS: Mapping[str, str] = {
    "alexandria-tram": "Omar-205/HCI_Project:src/app/assets/assets.ts (tram stations)",
    "cairo-hospitals": "NehalAs/Medical_Emergency_App-graduation_project-:"
    "lib/modules/blood/blood_screen.dart (points on a map)",
    "cairo-metro": "HishamHatem/Metro_App:metro/lib/station.dart (metro stations)",
    "detention": "attentive/onoffshore:data.js (places of detention)",
    "egypt": "asaeles/neighborhood-map:json/mcdonalds.js (branches of a restaurant)",
    "emirates": "bjing/geonames-rust-test:data/AE.txt (GeoNames)",
    "gaza": "qv4rk/TheGreatGASPI:data/damage/colab_fetch_buildings_by_neighborhood.py "
    "(middles of boxes round the damage points of UNOSAT)",
    "iraq": "MASangys/wikipedia.zh:Page/模块:Iraqi_insurgency_detailed_map.md "
    "(Wikipedia Module:Iraqi insurgency detailed map)",
    "jeddah": "husseinmleng/jeddah-locations:jeddah.csv (middles of each quarter's schools)",
    "jordan": "mgonline86/sakanJo:src/data/jordanCities.js",
    "khartoum-quarters": "amolood/khartoumap:data/gis/other_layers/krt_neighborhoods.json "
    "(middles of outlines, MIT)",
    "khartoum-stops": "amolood/khartoumap:contributions/Khaldosh249/route-map/public/data/"
    "bus_stops.json (survey of bus stops, MIT)",
    "kuwait": "oalmutawa15/blue-point-laundry:src/lib/kuwait.ts (approximate middles of areas)",
    "kuwait-branches": "anant-mittal/AMX-Remittance:common-lib/src/main/java/com/amx/jax/dict/"
    "BranchesKWT.java (branches of an exchange)",
    "lebanon": "sboghossian/free-lebanon-data-hub:research/geo/gazetteer.jsonl "
    "(OCHA/CAS localities 2017)",
    "lebanon-geonames": "sboghossian/free-lebanon-data-hub:research/geo/gazetteer.jsonl (GeoNames)",
    "palestine": "vladimir-uhrin/oko:src/data/fixtures/wiki-israel-palestine-20260924.lua "
    "(Wikipedia Module:Israeli-Palestinian conflict detailed map)",
    "power-plants": "wri/global-power-plant-database:raw_source_files/WRI "
    "(World Resources Institute, CC BY 4.0)",
    "power-plants-syria": "neallithic64/DATA101-power-plants:global_power_plant_database.csv "
    "(World Resources Institute, CC BY 4.0)",
    "riyadh": "RMSAJ/RiyadhMetroStations:app/src/main/res/raw/map_locations.json (metro stations)",
    "saudi-hospitals": "Front-End-Projectt/FrontEnd-Project:"
    "src/Component/Hospitals/hospitalArray.ts (middles of maps)",
    "syria": "MASangys/wikipedia.zh:Page/模块:Syrian_Civil_War_detailed_map.md "
    "(Wikipedia Module:Syrian Civil War detailed map)",
    "syrian-archive": "crito/syrianarchive:database/data/locations.json (Syrian Archive)",
    "tunis-metro": "MahdiAyadi1/metroapp:Mobile/metroapp/lib/database/bdd.dart (metro stations)",
    "universities": "youge666/wuzhangai:public/confucius_data.js (universities)",
    "yemen-directorates": "Raidan20/Sanaa_Center_Database_v02:data/Directorates_centers_fixed.js",
    "yemen": "vladimir-uhrin/oko:src/data/fixtures/wiki-yemen-20260924.lua "
    "(Wikipedia Module:Yemeni Civil War detailed map)",
}
"""The lists that the localities were read from."""

_COAST = 0.03
"""Degrees within which a locality beyond every outline is one of the coast."""

_TABLE = Path(__file__).with_suffix(".csv")
_NO_LETTERS = re.compile(r"[^a-z0-9]+")

Line = Mapping[str, str]


def read_localities(path: Path = _TABLE) -> list[dict[str, str]]:
    """Return the lines of the table of localities."""
    return read_csv(path)


def locality_rows(
    lines: Iterable[Line], *, outlines: Mapping[str, BaseGeometry], places: Iterable[Row]
) -> list[Row]:
    """Return a row for each locality that stands nowhere yet, sorted by id.

    ``outlines`` are those of the divisions, ``places`` what other tables hold: one of them that is
    less than `SINGLE_KM` from a line and bears one of its names is the same one.

    Raises
    ------
    GazetteerError
        If a line lies in no division of its country.
    """
    standing = Standing(places)
    rows = []
    for row in map(_row, lines):
        if not any(standing.near(row, SINGLE_KM)):
            rows.append(row)
            standing.add(row)
    assign_divisions(rows, outlines, reach=_COAST)
    times: Counter[str] = Counter()
    for row in rows:
        if row.admin1 is None:
            raise GazetteerError(
                f"localities.csv: {row.name} at {row.lat:g}, {row.lon:g} is in no division of "
                f"{row.country}; correct or take out the line"
            )
        stem = f"{_slug(row.name)}-{row.admin1.lower()}"
        times[stem] += 1
        row.id = stem if times[stem] == 1 else f"{stem}-{times[stem]}"
    return sorted(rows, key=lambda row: row.id)


def _row(line: Line) -> Row:
    (name, *others), (name_ar, *more) = (line[key].split("|") for key in ("name", "name_ar"))
    return Row(
        id="",
        name=name,
        name_ar=name_ar or None,
        aliases=[*others, *more],
        kind=line["kind"],
        country=line["country"],
        lat=float(line["lat"]),
        lon=float(line["lon"]),
        radius_km=SINGLE_KM,
        source=LISTS[line["list"]],
        verified=False,
    )


def _slug(name: str) -> str:
    """Return a name in small letters without marks, with hyphens between its words."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return _NO_LETTERS.sub("-", letters).strip("-")
