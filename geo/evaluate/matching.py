"""Which site answers which true toponym, and how far off it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.evaluate.gold import GoldArticle, GoldToponym
    from geo.model import Parse, Site, Unplaced

__all__ = ["Answer", "Extra", "match"]

_CLITICS = frozenset(
    {
        "\N{ARABIC LETTER WAW}",
        "\N{ARABIC LETTER FEH}",
        "\N{ARABIC LETTER BEH}",
        "\N{ARABIC LETTER LAM}",
        "\N{ARABIC LETTER KAF}",
    }
)
"""Letters that corpora leave at the beginning of a span and the contract leaves out."""

_DERIVED = frozenset({"relation", "coordinates"})
_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A true toponym with the site that overlaps it, if any.

    ``strict`` says whether a mention has its very span, ``found`` whether one overlaps it;
    ``km`` is the geodesic distance to the site, ``None`` where either has no point.
    """

    article: GoldArticle
    gold: GoldToponym
    strict: bool
    found: bool
    site: Site | None
    km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A mention the parser took for a toponym: whether a true one overlaps it, or is its span."""

    article: GoldArticle
    found: Site | Unplaced
    strict: bool
    overlaps: bool


def match(article: GoldArticle, parse: Parse) -> tuple[list[Answer], list[Extra]]:
    """Return every true toponym with its answer, and every mention with what it met.

    A mention's span is right if it is the true one, or that without its leading proclitics.
    Where the corpus marks names alone, sites made from relations and coordinates are not judged.
    """
    kept = [s for s in parse.sites if article.derived or s.source not in _DERIVED]
    found: list[Site | Unplaced] = sorted(
        [*kept, *parse.unplaced], key=lambda one: (one.mention.start, -one.mention.end)
    )
    text = article.article.text
    exact: dict[int, int] = {}
    overlapping: dict[int, list[int]] = {}
    spans = [(one.mention.start, one.mention.end) for one in found]
    for place, toponym in enumerate(article.toponyms):
        for number, (start, end) in enumerate(spans):
            if start < toponym.end and toponym.start < end:
                overlapping.setdefault(place, []).append(number)
                if number not in exact.values() and _same(text, toponym, start, end):
                    exact.setdefault(place, number)
    taken = {number for numbers in overlapping.values() for number in numbers}
    right = set(exact.values())
    answers = [
        _answer(article, toponym, exact.get(place), [found[n] for n in overlapping.get(place, [])])
        if place not in exact
        else _answer(article, toponym, exact[place], [found[exact[place]]])
        for place, toponym in enumerate(article.toponyms)
    ]
    extras = [
        Extra(article=article, found=one, strict=number in right, overlaps=number in taken)
        for number, one in enumerate(found)
    ]
    return answers, extras


def _same(text: str, toponym: GoldToponym, start: int, end: int) -> bool:
    """Return whether a span is the toponym's, give or take proclitics that it begins with."""
    left_out = text[toponym.start : start]
    return end == toponym.end and start >= toponym.start and set(left_out) <= _CLITICS


def _answer(
    article: GoldArticle,
    toponym: GoldToponym,
    exact: int | None,
    found: Sequence[Site | Unplaced],
) -> Answer:
    from geo.model import Site

    sites = [one for one in found if isinstance(one, Site)]
    site = max(sites, key=lambda one: one.mention.end - one.mention.start, default=None)
    km = None
    if site is not None and toponym.lat is not None and toponym.lon is not None:
        there = site.place
        _, _, metres = _EARTH.inv(toponym.lon, toponym.lat, there.lon, there.lat)
        km = float(np.asarray(metres)) / 1000
    return Answer(
        article=article,
        gold=toponym,
        strict=exact is not None,
        found=bool(found),
        site=site,
        km=km,
    )
