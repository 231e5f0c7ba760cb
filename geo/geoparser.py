"""From an article to its sites: the order of the steps, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from geo.gazetteer import Gazetteer
from geo.model import Mention, Parse, Rejection, Site, Unplaced
from geo.recognize.linear import shipped_model
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader
from geo.resolve.resolution import resolve
from geo.resolve.spatial import coordinate_sites, relation_sites
from geo.resolve.spelling import by_spelling
from geo.resolve.standin import STANDIN_SHARE, stand_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from geo.model import Article, Place
    from geo.recognize.mentions import Decision
    from geo.resolve.resolution import Resolution

__all__ = ["Geoparser", "parse"]

_BLOCK = 1 << 17
"""Characters of articles that are parsed together: the arrays stay in the processor's cache."""


class Geoparser:
    """Reads articles against one gazetteer.

    Parameters
    ----------
    gazetteer
        The user's own tables of places, CSV; later ones win over earlier and over the shipped.
    focus
        ISO 3166-1 codes of the countries that the articles are about; they win close calls.

    Raises
    ------
    GazetteerError
        If a table holds an impossible value.
    """

    def __init__(self, *, gazetteer: Sequence[Path] = (), focus: Sequence[str] = ()) -> None:
        self.gazetteer = Gazetteer.open(extra=gazetteer)
        self._focus = tuple(focus)
        self._reader = Reader(self.gazetteer)
        self._model = shipped_model()

    def parse(self, article: Article) -> Parse:
        """Return what one article names. For many articles `parse_many` is faster."""
        return self._parse_block([article])[0]

    def parse_many(self, articles: Iterable[Article]) -> Iterator[Parse]:
        """Yield a parse an article, in their order; memory stays flat in their number."""
        block: list[Article] = []
        size = 0
        for article in articles:
            if block and size + len(article.text) > _BLOCK:
                yield from self._parse_block(block)
                block, size = [], 0
            block.append(article)
            size += len(article.text)
        if block:
            yield from self._parse_block(block)

    def _parse_block(self, articles: Sequence[Article]) -> list[Parse]:
        reading = self._reader.read([article.text for article in articles])
        decision = find_mentions(reading, self._model)
        resolutions = resolve(reading, decision, self.gazetteer, focus=self._focus)
        found: list[tuple[list[Site], list[Unplaced], list[Rejection]]]
        found = [([], [], []) for _ in articles]
        for hit, number in enumerate(reading.article.tolist()):
            sites, unplaced, rejected = found[number]
            offset = int(reading.offsets[number])
            start, end = int(decision.start[hit]) - offset, int(decision.end[hit]) - offset
            mention = Mention(start=start, end=end, text=articles[number].text[start:end])
            if not decision.accepted[hit]:
                reason = "; ".join(decision.why[hit]) or "nothing says it is a place"
                rejected.append(Rejection(mention=mention, reason=reason))
            elif hit in resolutions:
                written = articles[number].text[
                    reading.start[hit] - offset : reading.end[hit] - offset
                ]
                resolution = by_spelling(resolutions[hit], written, self.gazetteer)
                site = self._site(mention, hit, resolution, decision)
                with_noun = len(mention.text) > int(reading.end[hit] - reading.start[hit])
                town = stand_in(site.place, int(reading.governed[hit])) if with_noun else None
                sites.append(_standing_in(site, town) if town else site)
            else:
                unplaced.append(Unplaced(mention=mention, reason="no place of the kind named here"))
        return [
            self._complete(article, *parts) for article, parts in zip(articles, found, strict=True)
        ]

    def _complete(
        self,
        article: Article,
        sites: list[Site],
        unplaced: list[Unplaced],
        rejected: list[Rejection],
    ) -> Parse:
        """Add what the text says in coordinates and relations; names inside a coordinate go."""
        written = coordinate_sites(article.text, sites)
        named = [site for site in sites if not _inside(site.mention, written)]
        related = relation_sites(article.text, named, self.gazetteer)
        every = [*named, *written, *related]
        every.sort(key=lambda site: (site.mention.start, -site.mention.end))
        return Parse(
            article=article,
            sites=tuple(every),
            unplaced=tuple(one for one in unplaced if not _inside(one.mention, written)),
            rejected=tuple(one for one in rejected if not _inside(one.mention, written)),
        )

    def _site(
        self,
        mention: Mention,
        hit: int,
        resolution: Resolution,
        decision: Decision,
    ) -> Site:
        candidates = resolution.candidates(self.gazetteer)
        return Site(
            mention=mention,
            place=candidates[0].place,
            footprint=self.gazetteer.footprint(resolution.rows[0]),
            confidence=round(float(decision.probability[hit]) * candidates[0].confidence, 4),
            use="associative" if decision.associative[hit] else "literal",
            why=(*decision.why[hit], *resolution.why),
            alternatives=candidates[1:],
        )


def _standing_in(site: Site, town: Place) -> Site:
    why = f"only the town it is named after is known: it may lie {town.radius_km:.0f} km away"
    confidence = round(site.confidence * STANDIN_SHARE, 4)
    return replace(site, place=town, confidence=confidence, why=(why, *site.why))


def _inside(mention: Mention, sites: Sequence[Site]) -> bool:
    return any(
        site.mention.start <= mention.start and mention.end <= site.mention.end for site in sites
    )


@cache
def _default() -> Geoparser:
    return Geoparser()


def parse(articles: Iterable[Article]) -> Iterator[Parse]:
    """Yield what each article names, with the shipped gazetteer.

    >>> [parsed] = geo.parse([Article(id="1", text="The convoy left Raqqa for Tabqa.")])
    >>> [site.place.name for site in parsed.sites]
    ['Raqqa', 'Al-Tabqah']
    """
    return _default().parse_many(articles)
