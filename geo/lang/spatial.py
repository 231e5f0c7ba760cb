"""The spatial language of one language, as data: units, numbers, directions and phrase templates.

A language keeps its words in ``spatial.toml``; the engine in :mod:`geo.recognize.relations` never
sees a word of any language. The file has these tables:

``units``
    kilometres in one unit → its words, read behind a number ("20 km").
``counted``
    kilometres, or a range of them → words that hold their own number (كيلومترين, "a mile").
``numbers``, ``fractions``, ``vague``
    value → number words; value → words for parts; range → words such as "several".
``directions``, ``compass``
    bearing in degrees → every form of the four words, and abbreviations ("NNW").
``cues``, ``links``
    named slots of words or phrases, one a line. A relation needs a cue; links only connect. A
    word ending in ``+`` is written onto the next word (ل, و).
``clitics``, ``heads``, ``tails``
    prefixes that may stand before any word; phrases that may stand between a relation and its
    place ("the city of", ``*`` for any word), or behind the place ("province").
``vetoes``
    relation → words that make it figurative when they stand shortly before it.
``names``
    fixed names that only look like relations.
``patterns``
    relation → templates of slots: ``<slot>``, ``<slot|slot>``, ``?`` for optional,
    ``*`` for up to three, ``!`` for words that must stand before the phrase, one or two others
    between, and are no part of it, with ``<distance>``, ``<direction>``,
    ``<compass>``, ``<code>`` (a road's number) and ``<place>`` filled by the engine.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

__all__ = ["Pattern", "SpatialWords", "load_spatial", "spatial_languages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One template and the relation that it announces."""

    kind: str
    template: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpatialWords:
    """The spatial words of one language as written; distances in km, bearings in degrees.

    ``counted`` and ``vague`` map a word to its smallest and largest value.
    """

    code: str
    units: Mapping[str, float]
    counted: Mapping[str, tuple[float, float]]
    numbers: Mapping[str, float]
    fractions: Mapping[str, float]
    vague: Mapping[str, tuple[float, float]]
    directions: Mapping[str, float]
    compass: Mapping[str, float]
    cues: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[str, ...]]
    clitics: tuple[str, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    vetoes: Mapping[str, tuple[str, ...]]
    names: tuple[str, ...]
    patterns: tuple[Pattern, ...]


@cache
def spatial_languages() -> tuple[SpatialWords, ...]:
    """Return the spatial words of every language, read once."""
    from geo.lang.arabic.spatial import SPATIAL as ARABIC
    from geo.lang.english.spatial import SPATIAL as ENGLISH

    return ARABIC, ENGLISH


def _lines(block: str) -> tuple[str, ...]:
    """Return the phrases of a block, one a line."""
    return tuple(line.strip() for line in block.splitlines() if line.strip())


def _values(table: Mapping[str, str]) -> dict[str, float]:
    return {word: float(value) for value, words in table.items() for word in _lines(words)}


def _ranges(table: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    ranges: dict[str, tuple[float, float]] = {}
    for value, words in table.items():
        low, _, high = value.partition("-")
        ranges.update(dict.fromkeys(_lines(words), (float(low), float(high or low))))
    return ranges


def load_spatial(path: Path) -> SpatialWords:
    """Read the ``spatial.toml`` of a language.

    Raises
    ------
    KeyError
        If the file lacks a table: a mistake in the language's data.
    """
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    patterns = tuple(
        Pattern(kind=kind, template=template)
        for kind, templates in data["patterns"].items()
        for template in _lines(templates)
    )
    return SpatialWords(
        code=data["code"],
        units=_values(data["units"]),
        counted=_ranges(data["counted"]),
        numbers=_values(data["numbers"]),
        fractions=_values(data["fractions"]),
        vague=_ranges(data["vague"]),
        directions=_values(data["directions"]),
        compass=_values(data["compass"]),
        cues={name: _lines(words) for name, words in data["cues"].items()},
        links={name: _lines(words) for name, words in data["links"].items()},
        clitics=tuple(data["clitics"].split()),
        heads=_lines(data["heads"]),
        tails=_lines(data["tails"]),
        vetoes={name: _lines(words) for name, words in data["vetoes"].items()},
        names=_lines(data["names"]),
        patterns=patterns,
    )
