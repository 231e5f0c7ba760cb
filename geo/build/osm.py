"""Rows from an extract of OpenStreetMap (``.osm.pbf`` or ``.osm``), as nodes, ways and areas.

Needs the package ``osmium``. https://wiki.openstreetmap.org/wiki/Map_features says what the tags
mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.build.divisions import Divisions
from geo.build.extents import Extent, area_extent, line_extent
from geo.build.geonames import usual_radius_km
from geo.build.names import clean, distinct, is_alias, script, strip_head
from geo.build.schema import Row
from geo.errors import GazetteerError
from geo.lang import languages
from geo.lang.language import WordClass
from geo.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = ["CREDIT", "extract_rows", "kind_of"]

CREDIT = {
    "source": "OpenStreetMap",
    "licence": "ODbL 1.0",
    "attribution": "© OpenStreetMap contributors, ODbL 1.0 (openstreetmap.org/copyright)",
}
"""What the licence asks to be said wherever the file is used; it also asks to share alike."""

_KINDS: tuple[tuple[str, str, str], ...] = (
    ("amenity", "refugee_site", "camp"),
    ("place", "refugee_camp", "camp"),
    ("barrier", "border_control", "border_crossing"),
    ("amenity", "prison", "detention_centre"),
    ("military", "airfield base barracks naval_base", "military_base"),
    ("landuse", "military", "military_base"),
    ("man_made", "petroleum_well", "oil_field"),
    ("industrial", "oil oil_field oilfield wellsite petroleum", "oil_field"),
    ("industrial", "gas refinery oil_refinery gas_plant", "gas_plant"),
    ("man_made", "gas_plant refinery oil_refinery", "gas_plant"),
    ("aeroway", "aerodrome", "airport"),
    ("waterway", "dam", "dam"),
    ("man_made", "dam", "dam"),
    ("man_made", "bridge", "bridge"),
    ("power", "plant", "landmark"),
    ("place", "city town village hamlet", "settlement"),
    ("place", "suburb quarter neighbourhood borough", "neighbourhood"),
    ("place", "region archipelago island peninsula", "region"),
    ("place", "state province governorate", "governorate"),
    ("place", "county district", "district"),
    ("place", "sea ocean", "sea"),
    ("admin_level", "4", "governorate"),
    ("admin_level", "6", "district"),
    ("natural", "peak volcano mountain_range", "mountain"),
    ("natural", "desert", "desert"),
    ("natural", "peninsula", "region"),
)
"""A key, the values it may have, and our kind for it; the first that fits counts."""

_ONLY_WITH = {"admin_level": ("boundary", "administrative")}
"""Keys that say nothing unless another tag stands beside them."""

_ENGLISH = ("name:en", "int_name", "name")
_ARABIC = ("name:ar", "name")
_NAMES = ("name", "name:ar", "name:en", "int_name")
_OTHERS = ("official_name", "alt_name", "old_name", "short_name", "loc_name", "bridge:name")
"""The keys of names; each of ``_OTHERS`` also in Arabic and in English (``alt_name:ar``)."""

_WIKIDATA = re.compile(r"Q\d+")


def kind_of(tags: Mapping[str, str]) -> str | None:
    """Return our kind for the tags of a feature, None for one that no news would map."""
    for key, values, kind in _KINDS:
        if tags.get(key) in values.split():
            needed = _ONLY_WITH.get(key)
            if needed is None or tags.get(needed[0]) == needed[1]:
                return kind
    return None


def extract_rows(path: Path, *, skipped: Callable[[str], None]) -> Iterator[Row]:
    """Yield a row for each named feature of an extract whose tags are of one of our kinds.

    The point of an area lies in it, that of a line halfway along it; the radius reaches their ends.
    The country and the governorate are those in whose outline the point lies, and are left out near
    a border. ``skipped`` is told of every feature without a name that could be matched.

    Raises
    ------
    GazetteerError
        If the file cannot be read, or ``osmium`` is not installed.
    """
    try:
        import osmium
    except ImportError as error:
        raise GazetteerError(
            f"{path}: reading OpenStreetMap needs osmium; pip install 'mawaqi[build]'"
        ) from error
    if not path.is_file():
        raise GazetteerError(f"{path}: no such file; fetch an extract of OpenStreetMap")
    tagged = osmium.filter.KeyFilter(*dict.fromkeys(key for key, _, _ in _KINDS))
    divisions, nouns = Divisions.shipped(), _nouns()
    try:
        features = osmium.FileProcessor(path).with_areas(tagged).with_filter(tagged)
        for feature in features:
            tags = dict(feature.tags)
            kind = kind_of(tags)
            extent = _extent(feature, kind) if kind else None
            if kind is None or extent is None:
                continue
            row = _row(tags, kind, extent, nouns)
            if row is None:
                skipped(extent.identity)
                continue
            row.country, row.admin1 = divisions.of(row.lat, row.lon)
            yield row
    except (RuntimeError, OSError) as error:
        reason = " ".join(str(error).split())
        raise GazetteerError(
            f"{path}: cannot be read as OpenStreetMap data ({reason}); fetch the extract again"
        ) from error


def _extent(feature: Any, kind: str) -> _Placed | None:
    """Return where a feature is; None for a way that comes again as an area, or has no points."""
    import shapely
    from osmium import InvalidLocationError
    from osmium.geom import WKBFactory

    factory = WKBFactory()
    try:
        if feature.is_node():
            extent = Extent(feature.lat, feature.lon, None)
            return _Placed(f"osm:node/{feature.id}", extent)
        if feature.is_area():
            shape = shapely.from_wkb(bytes.fromhex(factory.create_multipolygon(feature)))
            sort = "way" if feature.from_way() else "relation"
            return _Placed(f"osm:{sort}/{feature.orig_id()}", area_extent(shape, kind))
        if feature.is_way() and not feature.is_closed():
            shape = shapely.from_wkb(bytes.fromhex(factory.create_linestring(feature)))
            return _Placed(f"osm:way/{feature.id}", line_extent(shape))
    except (InvalidLocationError, RuntimeError):
        # The extract was cut through the feature, and some of its points are elsewhere.
        return None
    return None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A feature's id and where it is."""

    identity: str
    extent: Extent


def _row(tags: Mapping[str, str], kind: str, placed: _Placed, nouns: frozenset[str]) -> Row | None:
    """Return a row, None for a feature that has no name but what it is ("Bridge")."""

    def called(*keys: str) -> list[str]:
        told = (part for key in keys for part in tags.get(key, "").split(";"))
        cleaned = (strip_head(name) for each in told if (name := clean(each)))
        return [name for name in cleaned if not nouns.issuperset(fold(name).split())]

    latin = next((name for name in called(*_ENGLISH) if script(name) == "latin"), None)
    arabic = next((name for name in called(*_ARABIC) if script(name) == "arabic"), None)
    name = latin or arabic
    if name is None:
        return None
    others = called(*_NAMES, *(key + end for key in _OTHERS for end in ("", ":ar", ":en")))
    people = tags.get("population", "").replace(",", "").replace(" ", "")
    population = int(people) if people.isdecimal() and len(people) < 10 else 0
    wikidata = _WIKIDATA.fullmatch(tags.get("wikidata", ""))
    extent = placed.extent
    return Row(
        id=placed.identity,
        name=name,
        name_ar=arabic,
        aliases=distinct(filter(is_alias, others), besides=(name, arabic)),
        kind=kind,
        lat=round(extent.lat, 5),
        lon=round(extent.lon, 5),
        radius_km=extent.radius_km or usual_radius_km(kind, population),
        population=population,
        source="OpenStreetMap",
        wikidata_id=wikidata[0] if wikidata else "",
    )


def _nouns() -> frozenset[str]:
    """Return the folded words that say what a place is, or nothing: no name is made of them."""
    words = [head.word for language in languages() for head in language.heads]
    common = WordClass.FUNCTION | WordClass.JOINT | WordClass.DIRECTION
    for language in languages():
        words += [word for word, classes in language.words.items() if classes & common]
    return frozenset(part for word in words for part in fold(word).split())
