"""Fixes at work: what a reader said about names wins over what was worked out from the text."""

from __future__ import annotations

import warnings
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.errors import FixWarning, GazetteerError
from geo.gazetteer.index import NameIndex, name_keys
from geo.model import AREA_KINDS, Candidate, Mention, Place, Rejection, Site
from geo.recognize.matcher import Matcher
from geo.resolve.confidence import doubts
from geo.resolve.footprints.earth import disk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.fixes import Fix
    from geo.model import Article, Unplaced
    from geo.text.tokens import Tokeniser

__all__ = ["Fixes", "Ruled"]

_REJECTED: Final = "fix"
_FORCED: Final = "set by a fix"
_CONFIRMED: Final = "confirmed by a fix"
_DERIVED_IDS: Final = ("relation:", "coordinates:")
"""Places that an article itself describes: found once its named places are settled."""


@dataclass(frozen=True, slots=True)
class _Ruling:
    """A fix that holds for one stretch of one article."""

    mention: Mention
    fix: Fix

    @property
    def is_exact(self) -> bool:
        """Whether it is about one mention and leaves alone the names inside it."""
        one = self.fix.action == "suppress" and self.fix.start is not None
        return one or self.fix.action == "confirm"

    @property
    def weight(self) -> tuple[bool, bool, int]:
        """What lets it win over others: how narrowly it is aimed, then how much it covers."""
        length = self.mention.end - self.mention.start
        return self.fix.start is not None, self.fix.article is not None, length


class _Rulings:
    """Rulings that do not speak against one another, found by what they cover."""

    def __init__(self, rulings: Iterable[_Ruling]) -> None:
        self.all = sorted(rulings, key=lambda ruling: _span(ruling.mention))
        self._exact = {_span(ruling.mention): ruling for ruling in self.all if ruling.is_exact}
        self._wide = [ruling for ruling in self.all if not ruling.is_exact]
        self._ends = [ruling.mention.end for ruling in self._wide]
        self._starts = [ruling.mention.start for ruling in self._wide]

    def over(self, mention: Mention) -> list[_Ruling]:
        """Return the rulings that decide what was found at a mention, an exact one first."""
        exact = self._exact.get(_span(mention))
        first = bisect_right(self._ends, mention.start)
        last = bisect_left(self._starts, mention.end)
        return [*([exact] if exact else []), *self._wide[first:last]]


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the fixes leave of an article's named mentions, and what they have still to say."""

    sites: list[Site]
    unplaced: list[Unplaced]
    rejected: list[Rejection]
    _rulings: _Rulings | None = None

    def derived(self, sites: Iterable[Site]) -> list[Site]:
        """Return those sites drawn from the text's own words that no fix decided otherwise.

        One that only contains a name that was decided stays: it hangs on that name.
        """
        if self._rulings is None:
            return list(sites)
        kept = []
        for site in sites:
            over = [one for one in self._rulings.over(site.mention) if _inside(site.mention, one)]
            if not over:
                kept.append(site)
            elif over[0].fix.action == "confirm":
                kept.append(_confirmed(site, over[0].fix))
        return kept


class Fixes:
    """The fixes of a run, ready to be applied to articles.

    Parameters
    ----------
    fixes
        Of two that are as narrowly aimed and as long the later one wins.
    gazetteer
        What ``place_id`` is looked up in.

    Raises
    ------
    GazetteerError
        If a place is neither in the gazetteer nor given by a point, or a name has too few letters
        to be found in a text.
    """

    def __init__(self, fixes: Sequence[Fix], gazetteer: Gazetteer) -> None:
        self._order = {fix: number for number, fix in enumerate(fixes)}
        self._places = {fix: _place(fix, gazetteer) for fix in fixes if fix.action != "suppress"}
        self._at: defaultdict[str, list[Fix]] = defaultdict(list)
        self._named: defaultdict[int, list[Fix]] = defaultdict(list)
        for fix in fixes:
            if fix.start is not None and fix.article is not None:
                self._at[fix.article].append(fix)
        everywhere = [fix for fix in fixes if fix.start is None]
        self._matcher = self._matching(everywhere, gazetteer.tokeniser) if everywhere else None

    def _matching(self, fixes: Sequence[Fix], tokeniser: Tokeniser) -> Matcher:
        """Return what finds the names of some fixes, and note which fixes each name stands for."""
        spelled = [(name, fix) for fix in fixes for name in _names(fix)]
        keys = name_keys([name for name, _ in spelled], tokeniser)
        index = NameIndex(NameIndex.build(np.unique(keys.key[keys.key != 0]), keys.beginning))
        for (name, fix), number in zip(spelled, index.find(keys.key).tolist(), strict=True):
            if number >= 0:
                self._named[number].append(fix)
            elif name == fix.text:
                raise GazetteerError(
                    f"{fix.where}, column text: {name[:40]!r} is too short or too long to look for "
                    "everywhere; give the article and the start"
                )
        return Matcher(_Names(index, tokeniser))

    def rule(
        self,
        article: Article,
        sites: list[Site],
        unplaced: list[Unplaced],
        rejected: list[Rejection],
    ) -> Ruled:
        """Return the named mentions of an article as the fixes leave them.

        Warns
        -----
        FixWarning
            Of a fix for one mention that does not stand at its offset any more.
        """
        rulings = self._rulings(article, sites) if self._order else None
        if not rulings or not rulings.all:
            return Ruled(sites, unplaced, rejected)
        there: defaultdict[_Ruling, list[Site]] = defaultdict(list)
        for site in sites:
            for ruling in rulings.over(site.mention):
                there[ruling].append(site)
        left = [site for site in sites if not rulings.over(site.mention)]
        out = []
        # A confirmation that finds nothing named takes nothing away.
        acting = [one for one in rulings.all if not _waits(one, there[one])]
        for ruling in acting:
            if ruling.fix.action == "suppress":
                out.append(Rejection(mention=ruling.mention, reason=_reason(ruling.fix)))
            else:
                left.append(self._site(ruling, there[ruling]))
        settled = _Rulings(acting)
        return Ruled(
            sites=left,
            unplaced=[one for one in unplaced if not settled.over(one.mention)],
            rejected=sorted(
                [*(one for one in rejected if not settled.over(one.mention)), *out],
                key=lambda one: _span(one.mention),
            ),
            _rulings=rulings,
        )

    def _rulings(self, article: Article, sites: Sequence[Site]) -> _Rulings:
        """Return the fixes that hold in an article, the weightier of those that disagree."""
        found = sorted(
            self._found(article), key=lambda one: (one.weight, self._order[one.fix]), reverse=True
        )
        longer = sorted((site.mention for site in sites), key=_span) if found else []
        starts = [mention.start for mention in longer]
        kept: list[_Ruling] = []
        taken, spans = bytearray(len(article.text) if found else 0), set()
        for ruling in found:
            start, end = span = _span(ruling.mention)
            # A name within a longer one that was placed is not what the longer one means.
            near = longer[max(0, bisect_right(starts, start) - 1)] if longer else ruling.mention
            if near.start <= start and end <= near.end and span != _span(near):
                continue
            covered = taken.find(0, start, end) < 0 if ruling.is_exact else 1 in taken[start:end]
            if covered or span in spans:
                continue
            kept.append(ruling)
            spans.add(span)
            if not ruling.is_exact:
                taken[start:end] = b"\1" * (end - start)
        return _Rulings(kept)

    def _found(self, article: Article) -> Iterator[_Ruling]:
        for fix in self._at.get(article.id, ()):
            start = fix.start or 0
            end = start + len(fix.text)
            if article.text[start:end] == fix.text:
                yield _Ruling(Mention(start=start, end=end, text=fix.text), fix)
            else:
                warnings.warn(_dead(fix, article), FixWarning, stacklevel=2)
        if self._matcher is None:
            return
        hits = self._matcher.scan(article.text)
        for start, end, name in zip(
            hits.start.tolist(), hits.end.tolist(), hits.name.tolist(), strict=True
        ):
            mention = Mention(start=start, end=end, text=article.text[start:end])
            for fix in self._named[name]:
                if fix.article in {None, article.id}:
                    yield _Ruling(mention, fix)

    def _site(self, ruling: _Ruling, there: Sequence[Site]) -> Site:
        """Return the site that a fix makes of a mention; what stood there becomes runner-up."""
        fix = ruling.fix
        if fix.action == "confirm" and there and there[0].place.id == fix.place_id:
            return _confirmed(there[0], fix)
        place, footprint = self._places[fix]
        before = [Candidate(place=site.place, confidence=0.0) for site in there]
        before += [replace(one, confidence=0.0) for site in there for one in site.alternatives]
        others = {one.place.id: one for one in before if one.place.id != place.id}
        return Site(
            mention=ruling.mention,
            place=place,
            footprint=footprint,
            confidence=1.0,
            use=there[0].use if there else "literal",
            source="fix",
            why=(*_why(_FORCED, fix), *doubts(place)),
            alternatives=tuple(others.values()),
        )


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of fixes, cut into tokens like those of the gazetteer."""

    index: NameIndex
    tokeniser: Tokeniser


def _names(fix: Fix) -> list[str]:
    """Return what a fix is found by: the names of a place that is added, else the text alone."""
    names = (fix.text, fix.name, fix.name_ar) if fix.action == "add" else (fix.text,)
    return list(dict.fromkeys(name for name in names if name))


def _place(fix: Fix, gazetteer: Gazetteer) -> tuple[Place, BaseGeometry]:
    """Return the place that a fix means: the gazetteer's, or else the one it describes."""
    row = gazetteer.id_row(fix.place_id) if fix.place_id and fix.action != "add" else -1
    if row >= 0:
        return gazetteer.place(row), gazetteer.footprint(row)
    if fix.lat is None or fix.lon is None:
        raise GazetteerError(
            f"{fix.where}, column place_id: {fix.place_id!r} is not in the gazetteer; "
            "give lat and lon, or an id that `mawaqi gazetteer search` prints"
        )
    place = Place(
        id=fix.place_id or f"fix:{fix.lat:.5f},{fix.lon:.5f}",
        name=fix.name or fix.text,
        name_ar=fix.name_ar,
        lat=fix.lat,
        lon=fix.lon,
        kind=fix.kind,
        country=fix.country,
        radius_km=fix.radius_km,
        source=fix.where,
    )
    if place.kind in AREA_KINDS and place.radius_km > 0:
        return place, disk(place.lat, place.lon, km=place.radius_km)
    return place, shapely.Point(place.lon, place.lat)


def _dead(fix: Fix, article: Article) -> str:
    """Return what is told of a fix for one mention whose text has moved, or is gone."""
    start, length, places = fix.start or 0, len(fix.text), []
    place = article.text.find(fix.text)
    while place >= 0:
        places.append(place)
        place = article.text.find(fix.text, place + length)
    nearest = min(places, key=lambda place: abs(place - start), default=None)
    remedy = "take the row out" if nearest is None else f"the nearest is at {nearest}"
    return (
        f"{fix.where}, column start: {fix.text[:40]!r} does not stand at {start} of article "
        f"{article.id!r} any more, so the fix does nothing; {remedy}"
    )


def _waits(ruling: _Ruling, there: Sequence[Site]) -> bool:
    """Say whether a confirmation has no site yet: the text may describe the place, or nothing."""
    fix = ruling.fix
    if fix.action != "confirm" or there:
        return False
    return fix.start is None or (fix.place_id or "").startswith(_DERIVED_IDS)


def _confirmed(site: Site, fix: Fix) -> Site:
    others = tuple(replace(one, confidence=0.0) for one in site.alternatives)
    why = (*_why(_CONFIRMED, fix), *site.why)
    return replace(site, confidence=1.0, why=why, alternatives=others)


def _why(said: str, fix: Fix) -> tuple[str, ...]:
    return (said, fix.note) if fix.note else (said,)


def _reason(fix: Fix) -> str:
    return f"{_REJECTED}: {fix.note}" if fix.note else _REJECTED


def _span(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _inside(mention: Mention, ruling: _Ruling) -> bool:
    return ruling.mention.start <= mention.start and mention.end <= ruling.mention.end
