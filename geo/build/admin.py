"""The table of first-level divisions, and the outlines that belong to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.build import shapes, sources
from geo.build.names import (
    bare,
    best_arabic,
    clean,
    distinct,
    is_generic,
    is_plain,
    script,
    strip_head,
)
from geo.build.schema import Row
from geo.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = [
    "FAR_TOLERANCE",
    "TOLERANCE",
    "admin1_rows",
    "assign_divisions",
    "by_hand",
    "division_ids",
    "division_outlines",
    "free_strangers",
    "golan",
    "respelled",
]

Feature = tuple[dict[str, Any], BaseGeometry]
Position = tuple[float, float]
"""Latitude and longitude in degrees."""

TOLERANCE = 0.015
"""The side in degrees of the smallest detail kept: about 1.5 km in Syria."""

FAR_TOLERANCE = 0.05
"""The same where the news of the region rarely goes: about 5 km."""

_FAR = frozenset({"NA", "SA", "AN"})
"""GeoNames' codes of the Americas and Antarctica."""

_ALIKE = 0.8
"""The share of a polygon's settlements that must agree before it takes their division."""

_ENOUGH = 5
"""How many settlements must be inside before they are believed rather than the polygon's codes."""

_ELSEWHERE_KM = 150.0
"""How far from its polygons the point of a division may lie: between islands some 70 km."""

_SAME_AS = {"SYR-5261": "SY-QU"}
"""Natural Earth divisions that are a part of another one: the UNDOF strip lies in Quneitra."""

_GOLAN_BOX = shapely.box(35.55, 32.65, 36.0, 33.45)


def division_ids(
    features: Sequence[Feature],
    *,
    divisions: Mapping[str, sources.Division],
    codes: Mapping[str, str],
    cities: Sequence[dict[str, Any]],
) -> list[str]:
    """Return the id of the division that each Natural Earth polygon belongs to.

    First the division of at least 80 % of the settlements inside, where they are five or more, and
    of their people: the source numbers French departments as GeoNames numbers regions, and
    Moroccan regions as before their reform.
    Then what its GeoNames code leads to, then its ISO 3166-2 code (a French department leads to
    its region), then the division of fewer settlements, then the one called like its unit
    (Bournemouth lies in England). What remains keeps its own ISO code, or ``CC.NE-n`` where it
    has none.
    """
    inside = _cities_inside(features, cities)
    unit_ids = {(division.country, division.name): key for key, division in divisions.items()}
    ids = []
    for (properties, _), own in zip(features, inside, strict=True):
        iso = properties.get("iso_3166_2") or ""
        found = _SAME_AS.get(properties["adm1_code"]) or _settled(own, codes)
        found = found or codes.get(properties.get("gn_a1_code") or "") or codes.get(iso)
        found = found or _majority(own, codes)
        found = found or unit_ids.get((properties["iso_a2"], properties.get("geonunit") or ""))
        ids.append(found or (iso if _is_iso(iso) else _own_id(properties)))
    return ids


def free_strangers(
    features: Sequence[Feature],
    ids: Sequence[str],
    *,
    divisions: Mapping[str, sources.Division],
    points: Mapping[str, Position],
) -> list[str]:
    """Return ``ids``, where polygons far from the point of their division keep a code of their own.

    Codes are given anew after a reform: what was drawn as MA-09 is not the MA-09 of today.
    """
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for (_, polygon), key in zip(features, ids, strict=True):
        groups[key].append(polygon)
    strange = set()
    for key, parts in groups.items():
        point = points.get(divisions[key].geonames_id) if key in divisions else None
        if point and min(shapes.distance_to_km(part, point) for part in parts) > _ELSEWHERE_KM:
            strange.add(key)
    return [
        _own_id(properties) if key in strange else key
        for (properties, _), key in zip(features, ids, strict=True)
    ]


def _is_iso(code: str) -> bool:
    return code[:1].isalpha() and not code.endswith("~") and "-" in code


def _own_id(properties: Mapping[str, Any]) -> str:
    return f"{properties['iso_a2']}.NE-{properties['ne_id']}"


def _cities_inside(
    features: Sequence[Feature], cities: Sequence[dict[str, Any]]
) -> list[list[dict[str, Any]]]:
    tree = shapely.STRtree([Point(city["longitude"], city["latitude"]) for city in cities])
    found: list[list[dict[str, Any]]] = [[] for _ in features]
    for polygon, city in tree.query([g for _, g in features], predicate="contains").T:
        found[polygon].append(cities[city])
    return found


def _settled(cities: Sequence[dict[str, Any]], codes: Mapping[str, str]) -> str | None:
    """Return the division that settlements and people agree on; a city's suburbs alone do not."""
    found = _majority(cities, codes)
    people = _majority(cities, codes, weigh=lambda city: int(city["population"]))
    return found if len(cities) >= _ENOUGH and found == people else None


def _majority(
    cities: Iterable[dict[str, Any]],
    codes: Mapping[str, str],
    *,
    weigh: Callable[[dict[str, Any]], int] = lambda _: 1,
) -> str | None:
    votes: Counter[str | None] = Counter()
    for city in cities:
        votes[codes.get(f"{city['countrycode']}.{city['admin1code']}")] += weigh(city)
    if not votes.total():
        return None
    best, number = min(votes.items(), key=lambda vote: (-vote[1], vote[0] or ""))
    return best if number >= _ALIKE * votes.total() else None


def golan(countries: Sequence[Feature]) -> BaseGeometry:
    """Return the Golan: what neither Syria nor a neighbour holds in Germany's Natural Earth."""
    held = shapely.union_all([g for _, g in countries if g.intersects(_GOLAN_BOX)])
    gaps = shapely.get_parts(_GOLAN_BOX.difference(held.buffer(1e-6)))
    return shapes.tidy(max(gaps, key=lambda gap: gap.area))


def division_outlines(
    features: Sequence[Feature], ids: Sequence[str], *, golan: BaseGeometry
) -> dict[str, BaseGeometry]:
    """Return the outline of each division by id, simplified, the Golan in Quneitra (SY-QU).

    The Americas, Greenland and Antarctica share no land border with the rest and are drawn
    coarser.
    """
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for (_, polygon), key in zip(features, ids, strict=True):
        free = polygon.difference(golan) if polygon.intersects(golan) else polygon
        if not free.is_empty:
            groups[key].append(shapes.polygons(free))
    groups["SY-QU"].append(golan)
    merged = {key: shapes.merge(parts) for key, parts in groups.items() if key[:2] != "AQ"}
    far = {code for code, row in sources.countries().items() if row["continentcode"] in _FAR}
    near = {key: outline for key, outline in merged.items() if key[:2] not in far}
    rest = {key: outline for key, outline in merged.items() if key[:2] in far}
    return {
        **shapes.simplify(near, tolerance=TOLERANCE),
        **shapes.simplify(rest, tolerance=FAR_TOLERANCE),
    }


def admin1_rows(
    features: Sequence[Feature],
    ids: Sequence[str],
    *,
    divisions: Mapping[str, sources.Division],
    outlines: Mapping[str, BaseGeometry],
    cities: Sequence[dict[str, Any]],
    codes: Mapping[str, str],
    points: Mapping[str, Position],
) -> list[Row]:
    """Return a row for each division that has an outline, a known point, or settlements.

    ``points`` are those of GeoNames by its numbers.
    """
    iso = sources.iso_names()
    extra = sources.spellings()
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (properties, _), key in zip(features, ids, strict=True):
        parts[key].append(properties)
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        members[codes.get(f"{city['countrycode']}.{city['admin1code']}", "")].append(city)
    rows = []
    for key in sorted({*parts, *divisions}):
        names, point = iso.get(key, ([], None))
        division = divisions.get(key)
        given = points.get(division.geonames_id) if division else None
        where = _where(outlines.get(key), members.get(key, []), geonames=given, iso=point)
        if where is None or not key:
            continue
        own = _own_names(key, parts.get(key, []), division, codes)
        row = _division_row(key, own, division, names, drawn=key in parts)
        if row is None:
            continue
        row.lat, row.lon, row.radius_km, row.note = where
        row.population = sum(city["population"] for city in members.get(key, []))
        rows.append(respelled(row, extra))
    return rows


def _own_names(
    key: str,
    parts: Sequence[dict[str, Any]],
    division: sources.Division | None,
    codes: Mapping[str, str],
) -> dict[str, Any]:
    """Return the properties of the polygon that is named for the whole division, or none.

    Of several that is the only one with its code and its name; a single one may have its code or
    its name, or no code that leads elsewhere.
    """
    known = {fold(name) for name in (division.name, *division.aliases)} if division else set()

    def is_coded(part: dict[str, Any]) -> bool:
        return key in {part.get("iso_3166_2"), _own_id(part)}

    def is_called(part: dict[str, Any]) -> bool:
        return fold(part.get("name_en") or part.get("name") or "") in known

    if len(parts) != 1:
        same = [part for part in parts if is_coded(part) and is_called(part)]
        return same[0] if len(same) == 1 else {}
    (only,) = parts
    given = (only.get(column) or "" for column in ("gn_a1_code", "iso_3166_2"))
    astray = any(codes.get(code, key) != key for code in given)
    return {} if astray and not is_coded(only) and not is_called(only) else only


def _where(
    outline: BaseGeometry | None,
    cities: Sequence[dict[str, Any]],
    *,
    geonames: Position | None,
    iso: Position | None,
) -> tuple[float, float, float, str] | None:
    """Return the point of a division, its radius, and what to note: GeoNames' own goes unsaid."""
    if outline is not None:
        taken = shapes.known_point(outline, geonames)
        note = "" if taken else "point of the outline"
        return (*(taken or shapes.point_within(outline)), shapes.equal_radius_km(outline), note)
    for told, point in (("GeoNames", geonames), ("ISO 3166-2", iso)):
        if point is not None:
            note = f"no outline: point of {told}, radius from its settlements"
            return (*point, _spread_km(point, cities), note)
    if not cities:
        return None
    lat = sum(city["latitude"] for city in cities) / len(cities)
    lon = sum(city["longitude"] for city in cities) / len(cities)
    note = "no outline: mean of its settlements"
    return round(lat, 4), round(lon, 4), _spread_km((lat, lon), cities), note


def _spread_km(point: Position, cities: Sequence[dict[str, Any]]) -> float:
    distances = [
        shapes.distance_km(point, (city["latitude"], city["longitude"])) for city in cities
    ]
    return round(max(5.0, sum(distances) / len(distances) * 1.5), 1) if distances else 20.0


def _division_row(
    key: str,
    own: Mapping[str, Any],
    division: sources.Division | None,
    iso_names: Sequence[str],
    *,
    drawn: bool,
) -> Row | None:
    """Return the row without its place, or None for a polygon that nobody named."""
    known = [division.name, *division.aliases] if division else []
    name = _english_name(own, known, [n for n in iso_names if script(n) == "latin"])
    if name is None:
        return None
    # ISO's English names hold nicknames (Heart of Dixie): only what GeoNames knows as well.
    agreed = [n for n in iso_names if n in known] + [n for n in iso_names if script(n) == "arabic"]
    others = [own.get("name"), *(own.get("name_alt") or "").split("|"), *agreed, *known]
    told = (bare(strip_head(n)) for n in map(_cleaned, others) if n and is_plain(n))
    aliases = [alias for alias in told if not is_generic(alias)]
    natural_earth = _cleaned(own.get("name_ar"))
    if natural_earth and is_generic(strip_head(natural_earth)):
        natural_earth = None
    name_ar = (strip_head(natural_earth) if natural_earth else None) or best_arabic(
        (a for a in aliases if script(a) == "arabic"),
        [name, *(a for a in aliases if script(a) == "latin")],
    )
    used = ["Natural Earth"] if drawn else []
    used += ["GeoNames and ISO 3166-2"] if division else []
    return Row(
        id=key,
        name=name,
        name_ar=name_ar,
        aliases=distinct(sorted(aliases), besides=(name, name_ar)),
        kind="governorate",
        country=key[:2],
        admin1=key,
        source="; ".join(used),
        geonames_id=division.geonames_id if division else "",
        wikidata_id=own.get("wikidataid") or "",
    )


def _english_name(
    own: Mapping[str, Any], known: Sequence[str], iso_english: Sequence[str]
) -> str | None:
    """Return the English name: Natural Earth's, or the one that several sources agree on."""
    agreed = [name for name in iso_english if name in known]
    # "Bethlehem" beside "Bethlehem Governorate" is the English form of "Bayt Laḩm".
    english = [bare(name) for name in known if bare(name) != name and bare(name) in known]
    found = [own.get("name_en"), *agreed, *english, *known[:1], *iso_english, own.get("name")]
    names = [n for n in map(_cleaned, found) if n and script(n) == "latin"]
    if names and is_generic(names[0]):
        longer = [n for n in known if names[0] in n and n != names[0] and script(n) == "latin"]
        return longer[0] if longer else f"{names[0]} Region"
    return names[0] if names else None


def _cleaned(name: str | None) -> str | None:
    return clean(name) if name else None


def respelled(row: Row, extra: Mapping[str, sources.Spelling]) -> Row:
    """Return ``row`` with the hand-made spellings of its id put in and taken out."""
    own = extra.get(row.id, sources.Spelling())
    names = [row.name, row.name_ar] if own.name or own.name_ar else []
    row.name = own.name or row.name
    row.name_ar = own.name_ar or row.name_ar
    aliases = [*own.add, *(name for name in names if name), *row.aliases]
    kept = [alias for alias in aliases if alias not in own.remove]
    row.aliases = distinct(kept, besides=(row.name, row.name_ar))
    return row


def by_hand() -> Callable[[Row], Row]:
    """Return what puts the hand-made spellings of `sources.spellings` into a row."""
    extra = sources.spellings()
    return lambda row: respelled(row, extra)


def assign_divisions(
    rows: Iterable[Row],
    outlines: Mapping[str, BaseGeometry],
    *,
    abroad: bool = False,
    reach: float = 0,
) -> int:
    """Give each row without a division the one whose outline holds it; return how many got one.

    A division of another country counts only with ``abroad``: the row then takes that country too,
    so that what lies in the Golan is in the country that these tables draw there. A row on a coast
    that the outlines cut off is of the nearest one at most ``reach`` degrees away.
    """
    keys = sorted(outlines)
    tree = shapely.STRtree([outlines[key] for key in keys])
    assigned = 0
    for row in rows:
        if row.admin1:
            continue
        point = Point(row.lon, row.lat)
        found = sorted(keys[i] for i in tree.query(point, predicate="within"))
        if not found and reach:
            found = sorted(keys[i] for i in tree.query_nearest(point, max_distance=reach))
        for key in [key for key in found if abroad or key[:2] == row.country][:1]:
            row.admin1, row.country = key, key[:2]
            assigned += 1
    return assigned
