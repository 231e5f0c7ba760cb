"""What the people and things of a place are called (Syrian, سوري), so that it can be found by it.

English words come from the package countryinfo, Arabic ones by rule from the Arabic name; the
hand-made ``demonyms.csv`` beside this file wins over both, and ``-`` in it means none: the word
would mislead (قمري, of the Comoros, is "lunar"; مالي, of Mali, is "financial").
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from geo.build.names import clean, distinct, script
from geo.build.schema import read_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.build.schema import Row

__all__ = ["arabic_adjective", "english_demonyms", "give_demonyms", "inflected"]

_ARTICLE = "ال"
_NISBA = "\N{ARABIC LETTER YEH}"
_FEMININE = "\N{ARABIC LETTER TEH MARBUTA}"
_TAKEN_OFF = (_FEMININE, "\N{ARABIC LETTER ALEF}", "\N{ARABIC LETTER ALEF MAKSURA}")
_ARABIC_ENDINGS = ("", _FEMININE, "ون", "ين")
_PLURAL_AFTER = ("an", "on", "er", "i", "k", "b", "Croat", "Slovene", "Scot", "Filipino")
"""Ends of English demonyms that take an s: Syrians, Britons, Iraqis, Turks."""

_NONE = "-"


def english_demonyms() -> dict[str, list[str]]:
    """Return the English demonyms that countryinfo knows, by ISO 3166-1 alpha-2 code."""
    found: dict[str, list[str]] = {}
    folder = resources.files("countryinfo").joinpath("data")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".json"):
            continue
        country = json.loads(file.read_text(encoding="utf-8"))
        code = country.get("ISO", {}).get("alpha2")
        told = (country.get("demonym") or "").replace("/", ",").split(",")
        if code:
            found[code] = [name for each in told if (name := clean(each))]
    return found


def arabic_adjective(name: str) -> str | None:
    """Return the relative adjective of a one-word Arabic name: سوري of سوريا, صيني of الصين.

    None where the rule says nothing: a name of several words, or one that is left as it was.
    """
    if " " in name or script(name) != "arabic":
        return None
    stem = name.removeprefix(_ARTICLE)
    if stem.endswith(_TAKEN_OFF):
        stem = stem[:-1]
    adjective = stem if stem.endswith(_NISBA) else stem + _NISBA
    return None if adjective in {name, name.removeprefix(_ARTICLE)} else adjective


def inflected(demonym: str) -> list[str]:
    """Return a demonym in the forms news writes: plural, feminine, with the Arabic article.

    A demonym of several words stands as it is, save for an English plural.
    """
    if script(demonym) != "arabic":
        return [demonym, f"{demonym}s"] if demonym.endswith(_PLURAL_AFTER) else [demonym]
    if " " in demonym or not demonym.endswith(_NISBA):
        return [demonym]
    forms = [demonym + ending for ending in _ARABIC_ENDINGS]
    return [*forms, *(_ARTICLE + form for form in forms)]


def give_demonyms(rows: Iterable[Row]) -> None:
    """Put the demonyms of countries, and of the other rows told by hand, into their rows."""
    told = _by_hand()
    english = english_demonyms()
    for row in rows:
        if row.kind != "country" and row.id not in told:
            continue
        own = told.get(row.id, {"english": "", "arabic": ""})
        by_rule = arabic_adjective(clean(row.name_ar or "") or "")
        found = [
            *_chosen(own["english"], english.get(row.id, [])),
            *_chosen(own["arabic"], [by_rule] if by_rule else []),
        ]
        names = (row.name, row.name_ar, *row.aliases)
        row.demonyms = distinct((f for one in found for f in inflected(one)), besides=names)


def _chosen(by_hand: str, otherwise: list[str]) -> list[str]:
    if by_hand == _NONE:
        return []
    return by_hand.split("|") if by_hand else otherwise


def _by_hand() -> Mapping[str, Mapping[str, str]]:
    return {row["id"]: row for row in read_csv(Path(__file__).with_suffix(".csv"))}
