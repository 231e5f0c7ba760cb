"""The table of Syria's subdistricts (ناحية), each under the P-code of the United Nations' OCHA.

Most are called after their seat, which is a place of its own: those are found only with their noun
(ناحية الشدادي), so that the bare name keeps meaning the town.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.build.names import clean, distinct, is_alias, script
from geo.build.schema import Row
from geo.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["subdistrict_rows"]

_NOUN = "ناحية "
_SEAT = "مركز "
_KIND = " Subdistrict"
_LEAST_KM = 1.0
"""What an islet gets for which the facts say nothing (Arwad)."""


def subdistrict_rows(
    facts: Iterable[Mapping[str, str]], *, admin1: Mapping[str, str], settled: Iterable[Row]
) -> list[Row]:
    """Return a row for each of ``facts``, sorted by P-code, which is the id.

    ``admin1`` leads from the English name of a governorate to its id; ``settled`` are the rows
    whose names a subdistrict may share, and does not take from them.
    """
    towns = {
        (row.admin1, fold(name))
        for row in settled
        for name in (row.name, row.name_ar, *row.aliases)
        if name
    }
    rows = [_row(fact, admin1[fact["admin1"]], towns) for fact in facts]
    return sorted(rows, key=lambda row: row.id)


def _row(fact: Mapping[str, str], admin1: str, towns: set[tuple[str | None, str]]) -> Row:
    told = [clean(name) for name in (fact["name_en"], fact["name_ar"], *fact["aliases"].split("|"))]
    spelled: dict[str, str] = {}
    for stem in (_stem(name) for name in told if name and is_alias(name)):
        spelled.setdefault(fold(stem), stem)
    stems = list(spelled.values())
    # One that shares any spelling with a town shares the town: no spelling of it is free.
    loose = [] if any((admin1, key) in towns for key in spelled) else stems
    name, name_ar = (_named(stem) for stem in (stems[0], _stem(fact["name_ar"])))
    of_the_seat = [_NOUN + fact["name_ar"]] if fact["name_ar"].startswith(_SEAT) else []
    return Row(
        id=fact["pcode"],
        name=name,
        name_ar=name_ar,
        aliases=distinct([*map(_named, stems), *of_the_seat, *loose], besides=(name, name_ar)),
        kind="subdistrict",
        country=fact["pcode"][:2],
        admin1=admin1,
        lat=float(fact["lat"]),
        lon=float(fact["lon"]),
        radius_km=max(_LEAST_KM, float(fact["precision_km"])),
        source=fact["sources"].replace("|", "; "),
        note="no outline: the circle of its size",
        geonames_id=fact["geonames_id"],
        wikidata_id=fact["wikidata_id"],
        pcode=fact["pcode"],
    )


def _stem(name: str) -> str:
    """Return the name without what says that it is a subdistrict, or its central one."""
    latin = name.removesuffix(_KIND).removeprefix("Nāḩiyat ").removeprefix("Nahiyat ")
    return latin.removeprefix(_NOUN).removeprefix(_SEAT).removeprefix("Markaz ")


def _named(stem: str) -> str:
    return _NOUN + stem if script(stem) == "arabic" else stem + _KIND
