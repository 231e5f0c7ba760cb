"""The curated table of sites, and what the facts say about Syria's governorates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from geo.build import sources
from geo.build.admin import respelled
from geo.build.names import bare, clean, distinct, strip_head
from geo.build.schema import Row

__all__ = ["governorate_ids", "merge_governorates", "site_rows"]

Fact = Mapping[str, str]

_KINDS = {"city": "settlement", "town": "settlement"}
_ISO = re.compile(r"ISO ([A-Z]{2}-[A-Z0-9]+)")
_PCODE = re.compile(r"OCHA ([A-Z]{2}\d+)")
_CODE = re.compile(r"[A-Z]{3,4}")
_BRACKET = re.compile(r" \([^)]*\)")
_INNER_BRACKET = re.compile(r"^\S+ \(([^)]*)\) (\S.*)$")
_HALVES = re.compile(r"^(.+) – (.+?) (crossing)$")
_ARTICLE = re.compile(r"^(?:Al|al|As|as|Ash|ash|An|an|El|el)[- ](?=\S+ \S)")
_TOWN_ARTICLE = re.compile(r"^(?:A[a-z]{1,2}|a[a-z]{1,2}|[Ee]l)-(?=\w{5,}$)")
"""What news leaves out of Al-Shaddadi; a short name would be nothing without it: Al-Bab."""

_SETTLED = frozenset({"city", "town", "settlement", "governorate", "district", "countryside"})
_DIVISIONS = frozenset({"governorate", "district"})
_CLITICS = (
    "\N{ARABIC LETTER WAW}",
    "\N{ARABIC LETTER FEH}",
    "\N{ARABIC LETTER BEH}",
    "\N{ARABIC LETTER LAM}",
    "\N{ARABIC LETTER KAF}",
)


def governorate_ids(facts: Iterable[Fact]) -> dict[str, str]:
    """Return the ISO 3166-2 code of each governorate among ``facts``, by its English name."""
    found = {}
    for fact in facts:
        iso = _ISO.search(fact["note"])
        if fact["kind"] == "governorate" and iso:
            found[fact["admin1"]] = iso[1]
    return found


def merge_governorates(rows: Iterable[Row], facts: Sequence[Fact]) -> None:
    """Give the rows of divisions the names, ids and notes that ``facts`` hold of governorates.

    A governorate called after its seat also takes the seat's spellings.
    """
    extra = sources.spellings()
    ids = governorate_ids(facts)
    by_id = {row.id: row for row in rows}
    seats = {fact["name_ar"]: fact for fact in facts if fact["kind"] == "city"}
    for fact in facts:
        row = by_id.get(ids.get(fact["admin1"], ""))
        if fact["kind"] != "governorate" or row is None:
            continue
        old = [name for name in (row.name, row.name_ar) if name]
        row.name, row.name_ar = fact["admin1"], strip_head(fact["name_ar"])
        seat = seats.get(row.name_ar)
        told = [*_aliases(fact), *(_aliases(seat) if seat else [])]
        bases = {row.name, *map(bare, told)}
        aliases = [*old, *(bare(strip_head(name)) for name in told), *row.aliases]
        row.aliases = distinct(
            (a for a in aliases if bare(a) == a or bare(a) not in bases),
            besides=(row.name, row.name_ar),
        )
        row.geonames_id = fact["geonames_id"]
        row.source = f"{row.source}; {fact['sources'].replace('|', '; ')}"
        row.note, row.pcode = fact["note"], _pcode(fact)
        respelled(row, extra)


def site_rows(facts: Sequence[Fact], *, populations: Mapping[str, int]) -> list[Row]:
    """Return a row for each of ``facts`` that is no governorate, in their order.

    ``populations`` leads from a GeoNames id to the number of people. ``admin1`` is left empty
    outside the governorates that the facts describe.
    """
    extra = sources.spellings()
    ids = governorate_ids(facts)
    return [
        respelled(_site_row(fact, ids, populations), extra)
        for fact in facts
        if fact["kind"] != "governorate"
    ]


def _site_row(fact: Fact, ids: Mapping[str, str], populations: Mapping[str, int]) -> Row:
    kind = _KINDS.get(fact["kind"], fact["kind"])
    aliases = _aliases(fact)
    if kind == "settlement":
        aliases = [strip_head(alias) for alias in aliases]
    settled = populations.get(fact["geonames_id"], 0) if kind == "settlement" else 0
    return Row(
        id=fact["id"],
        name=fact["name_en"],
        name_ar=fact["name_ar"] or None,
        aliases=distinct(aliases, besides=(fact["name_en"], fact["name_ar"])),
        kind=kind,
        country=fact["country"],
        admin1=ids.get(fact["admin1"]),
        lat=float(fact["lat"]),
        lon=float(fact["lon"]),
        radius_km=float(fact["precision_km"]),
        population=settled,
        source=fact["sources"].replace("|", "; "),
        note=fact["note"],
        geonames_id=fact["geonames_id"],
        wikidata_id=fact["wikidata_id"],
        pcode=_pcode(fact),
    )


def _pcode(fact: Fact) -> str:
    """Return the P-code that the note of a division names (``OCHA SY0802``)."""
    found = _PCODE.search(fact["note"]) if fact["kind"] in _DIVISIONS else None
    return found[1] if found else ""


def _shorter(name: str) -> list[str]:
    """Return how news shortens the English name of a facility.

    "T4 airbase" for "Tiyas (T4) airbase", each half of "Nasib – Jaber crossing" by itself, and
    "Shaer gas field" for "Al-Shaer gas field".
    """
    found = []
    if inner := _INNER_BRACKET.match(name):
        found.append(f"{inner[1]} {inner[2]}")
    if halves := _HALVES.match(name):
        found += [f"{halves[1]} {halves[3]}", f"{halves[2]} {halves[3]}"]
    found += [_ARTICLE.sub("", each) for each in [name, *found] if "(" not in each]
    return [each for each in found if each != name and not {",", "/"} & set(each)]


def _aliases(fact: Fact) -> list[str]:
    """Return the spellings of a fact that can be matched.

    Out go quotation marks, codes of airports, spellings with a clitic in front (بريف حماة), and
    those that the facts mark as the place next door.
    """
    names = [fact["name_en"], fact["name_ar"]]
    # "Tiyas (T4) airbase" never stands in a text; the bracket may hold a town that is elsewhere.
    told = [_BRACKET.sub("", fact["name_en"]), *fact["aliases"].split("|")]
    cleaned = [clean(alias.replace('"', "")) for alias in told if "(adjacent)" not in alias]
    kept = [alias for alias in cleaned if alias and not _CODE.fullmatch(alias)]
    if fact["kind"] not in _SETTLED:
        kept += [short for name in [fact["name_en"], *kept] for short in _shorter(name)]
    else:
        kept += [_TOWN_ARTICLE.sub("", name) for name in [fact["name_en"], *kept]]
    stems = {*names, *kept}
    return [
        alias for alias in distinct(kept) if not (alias.startswith(_CLITICS) and alias[1:] in stems)
    ]
