"""From an article to its sites: the order of the steps, and nothing else."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from os import PathLike
from typing import TYPE_CHECKING, TypeVar

from geo.gazetteer import Gazetteer
from geo.gazetteer.fixes import read_fixes
from geo.model import Mention, Parse, Rejection, Site, Unplaced
from geo.recognize.coordinates import may_hold_coordinates
from geo.recognize.detector import Detector
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader
from geo.recognize.relations import shipped_signs
from geo.recognize.weighing import DecisionModel, shipped_model
from geo.resolve.fixing import Fixes
from geo.resolve.named import named_sites
from geo.resolve.ranker import shipped_weights
from geo.resolve.soundalike import respelled
from geo.resolve.spatial import coordinate_sites, relation_sites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from geo.model import Article
    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading
    from geo.recognize.relations import Told
    from geo.resolve.ranker import Weights

__all__ = ["Geoparser", "parse"]

_BLOCK = 1 << 18
"""Characters of articles that are parsed together.

Of fewer, what a block costs whatever it holds tells; of more, its arrays leave the cache."""


Named = TypeVar("Named", Site, Unplaced, Rejection)

_DIRECTION = "a direction from another place"


class Geoparser:
    """Reads articles against one gazetteer.

    Parameters
    ----------
    gazetteer
        The user's own tables of places, CSV; later ones win over earlier and over the shipped.
    focus
        ISO 3166-1 codes of the countries that the articles are about; they win close calls.
    fixes
        CSV tables of corrections (`geo.read_fixes`); they win over what the text says.
    detector
        What says where places are named, instead of the weights that ship: a `geo.Detector` or what
        it is made from (a spaCy pipeline, a function from a text to spans), or weights of your own
        (`geo.recognize.weighing.load_model`).
    ranker
        Weights that say which place is meant, instead of those that ship
        (`geo.resolve.ranker.load_weights`).

    Raises
    ------
    GazetteerError
        If a table holds an impossible value.
    """

    def __init__(
        self,
        *,
        gazetteer: Sequence[Path] = (),
        focus: Sequence[str] = (),
        fixes: Sequence[str | Path] = (),
        detector: Detector | DecisionModel | Callable[[str], Any] | None = None,
        ranker: Weights | None = None,
    ) -> None:
        # First, since a mistake in them is found at once.
        corrections = [fix for path in fixes for fix in read_fixes(path)]
        self.gazetteer = Gazetteer.open(extra=gazetteer)
        self._fixes = Fixes(corrections, self.gazetteer)
        self._focus = tuple(focus)
        self._reader = Reader(self.gazetteer)
        self._decide = _deciding(detector)
        self._ranker = ranker or shipped_weights()

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
        with _keeping_all():
            return self._parsed(articles)

    def _parsed(self, articles: Sequence[Article]) -> list[Parse]:
        texts = [article.text for article in articles]
        reading = self._reader.read(texts)
        decision = self._decide(reading, texts)
        sites = named_sites(
            texts, reading, decision, self.gazetteer, focus=self._focus, weights=self._ranker
        )
        signs = shipped_signs(self.gazetteer.tokeniser)
        directions = signs.directions(reading, decision)
        told = signs.told(reading, decision)
        numbers = may_hold_coordinates(reading.tokens.points, reading.offsets).tolist()
        found = [
            _Found(article, told=told.get(number), numbers=numbers[number])
            for number, article in enumerate(articles)
        ]
        offset = reading.offsets[reading.article]
        columns = (
            reading.article,
            decision.start - offset,
            decision.end - offset,
            decision.accepted,
            directions,
        )
        # Most hits are rejected: this is the loop in which parsing spends its time.
        rows = zip(*(column.tolist() for column in columns), decision.why, strict=True)
        for hit, (number, start, end, accepted, direction, why) in enumerate(rows):
            one = found[number]
            if accepted and not direction and hit in sites:
                one.sites.append(sites[hit])
                continue
            mention = Mention(start=start, end=end, text=texts[number][start:end])
            if direction or not accepted:
                reason = _DIRECTION if direction else _reason(why)
                one.rejected.append(Rejection(mention=mention, reason=reason))
            else:
                kind = reading.governed[hit] != 0
                reason = "no place of the kind named here" if kind else "not in the gazetteer"
                one.unplaced.append(Unplaced(mention=mention, reason=reason))
        for number, begin, stop in decision.unknown:
            first = int(reading.offsets[number])
            one, start, end = found[number], begin - first, stop - first
            mention = Mention(start=start, end=end, text=one.article.text[start:end])
            one.unknown.append(Unplaced(mention=mention, reason="not in the gazetteer"))
        respelt = respelled([(one.unknown, one.sites) for one in found], self.gazetteer)
        for one, names in zip(found, respelt, strict=True):
            for name in names:
                if isinstance(name, Site):
                    one.sites.append(name)
                else:
                    one.unplaced.append(name)
        return [self._complete(one) for one in found]

    def _complete(self, found: _Found) -> Parse:
        """Apply the fixes, and add what the text says in coordinates and relations.

        Names inside a coordinate go.
        """
        article = found.article
        ruled = self._fixes.rule(article, found.sites, found.unplaced, found.rejected)
        written: list[Site] = []
        related: list[Site] = []
        undrawn: list[Unplaced] = []
        if found.numbers:
            written = ruled.derived(coordinate_sites(article.text, ruled.sites))
        named = _outside(ruled.sites, written)
        missing = _outside(ruled.unplaced, written)
        # The signs know nothing of places that a fix puts in.
        fixed = ruled.sites is not found.sites
        if fixed or found.told is not None:
            told = None if fixed else found.told
            related, undrawn = relation_sites(
                article.text, named, self.gazetteer, unplaced=missing, told=told
            )
        every = [*_grounded(named, related), *written, *ruled.derived(related)]
        every.sort(key=lambda site: (site.mention.start, -site.mention.end))
        return Parse(
            article=article,
            sites=tuple(every),
            unplaced=tuple(sorted([*missing, *undrawn], key=lambda one: one.mention.start)),
            rejected=tuple(_outside(ruled.rejected, written)),
        )


@contextmanager
def _keeping_all() -> Iterator[None]:
    """Look for no garbage meanwhile: what a block of articles makes is kept, and is no cycle."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _deciding(
    detector: Detector | DecisionModel | Callable[[str], Any] | None,
) -> Callable[[Reading, Sequence[str]], Decision]:
    """Return what decides which hits of a reading of some texts are places."""
    if detector is None or isinstance(detector, DecisionModel):
        model = detector or shipped_model()
        return lambda reading, _: find_mentions(reading, model)
    return (detector if isinstance(detector, Detector) else Detector(detector)).decide


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in an article so far.

    ``unknown`` are names that no place is spelled like. ``told`` is where a spatial phrase may be,
    ``None`` where there is none; ``numbers`` says that there may be a coordinate.
    """

    article: Article
    told: Told | None
    numbers: bool
    sites: list[Site] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    unknown: list[Unplaced] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)


@lru_cache(maxsize=1 << 14)
def _reason(why: tuple[str, ...]) -> str:
    """Return what weighed against a hit on one line."""
    return "; ".join(why) or "nothing says it is a place"


def _grounded(sites: Sequence[Site], related: Sequence[Site]) -> list[Site]:
    """Return the sites, the towns that a spatial phrase starts from literal: on the A-B road."""
    return [
        replace(site, use="literal")
        if related and site.place.kind == "settlement" and _inside(site.mention, related)
        else site
        for site in sites
    ]


def _outside(every: list[Named], written: Sequence[Site]) -> list[Named]:
    """Return what lies in none of some sites."""
    if not written:
        return every
    return [one for one in every if not _inside(one.mention, written)]


def _inside(mention: Mention, sites: Sequence[Site]) -> bool:
    return any(
        site.mention.start <= mention.start and mention.end <= site.mention.end for site in sites
    )


@cache
def _default() -> Geoparser:
    return Geoparser()


def parse(
    articles: Iterable[Article], *, fixes: str | Path | Sequence[str | Path] = ()
) -> Iterator[Parse]:
    """Yield what each article names, with the shipped gazetteer and any files of ``fixes``.

    >>> [parsed] = geo.parse([Article(id="1", text="The convoy left Raqqa for Tabqa.")])
    >>> [site.place.name for site in parsed.sites]
    ['Raqqa', 'Al-Tabqah']
    """
    files = [fixes] if isinstance(fixes, str | PathLike) else fixes
    geoparser = Geoparser(fixes=files) if files else _default()
    return geoparser.parse_many(articles)
