"""The types that travel through Mawaqi, from an article to a site on a map.

    Article → [Mention] → [Candidate(Place)] → [Site | Unplaced | Rejection]

All are frozen, slotted and keyword-only. Coordinates are degrees on WGS 84 (EPSG:4326), distances
kilometres on its ellipsoid, offsets Python character offsets into the untouched article text:
``article.text[mention.start:mention.end] == mention.text`` always holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "AREA_KINDS",
    "KINDS",
    "Article",
    "Candidate",
    "Mention",
    "Parse",
    "Place",
    "Rejection",
    "Site",
    "Source",
    "Unplaced",
    "Use",
]

Use = Literal["literal", "associative"]
"""``literal``: the place itself; ``associative``: it stands for a government, team or people."""

Source = Literal["gazetteer", "relation", "coordinates", "fix", "online"]
"""What gave a site its geometry."""

KINDS: tuple[str, ...] = (
    "country",
    "governorate",
    "district",
    "subdistrict",
    "countryside",
    "region",
    "settlement",
    "neighbourhood",
    "military_base",
    "oil_field",
    "gas_plant",
    "airport",
    "border_crossing",
    "camp",
    "detention_centre",
    "dam",
    "bridge",
    "mountain",
    "river",
    "desert",
    "sea",
    "landmark",
)
"""Every kind of place, our grouping of GeoNames feature codes, from areas to points."""

AREA_KINDS: frozenset[str] = frozenset(
    {
        "country",
        "governorate",
        "district",
        "subdistrict",
        "countryside",
        "region",
        "mountain",
        "desert",
        "sea",
    }
)
"""The kinds drawn as areas; every other kind is drawn as a point with its radius."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news article as it was read; ``text`` is never changed, offsets count its characters.

    ``date`` is an ISO 8601 date (``2025-05-04``) and ``language`` a BCP 47 code, where known.
    """

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of an article that may name a place: ``text[start:end]``, without any clitic."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One gazetteer entry. ``radius_km`` is the circle that holds it, or holds the doubt.

    ``details`` are what the columns of a table say of it that are not ours, by their names.
    """

    id: str
    name: str
    lat: float
    lon: float
    kind: str = "settlement"
    name_ar: str | None = None
    country: str | None = None
    admin1: str | None = None
    radius_km: float = 1.0
    population: int = 0
    verified: bool = True
    source: str = ""
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a mention may mean, with its share of the probability (0 to 1)."""

    place: Place
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A resolved mention: the place, its footprint (shapely, lon/lat), and how sure we are.

    ``confidence`` is the probability that the place is right; ``why`` names what decided, the
    weightiest first; ``alternatives`` are the other candidates, the likeliest first. A relation
    names the places it hangs on as ``anchors``; every other site has none.
    """

    mention: Mention
    place: Place
    footprint: BaseGeometry
    confidence: float
    use: Use = "literal"
    source: Source = "gazetteer"
    why: tuple[str, ...] = ()
    alternatives: tuple[Candidate, ...] = ()
    anchors: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A mention that names a place we cannot put on the map, and why."""

    mention: Mention
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A mention that looks like a place and is not one, and why."""

    mention: Mention
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """What was found in one article; each tuple is in the order of the text."""

    article: Article
    sites: tuple[Site, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    rejected: tuple[Rejection, ...] = ()

    def _repr_html_(self) -> str:
        """Show the article with its sites as a table in a notebook."""
        head = f"<caption>{escape(self.article.title or self.article.id)}</caption>"
        rows = "".join(
            f"<tr><td dir='auto'>{escape(site.mention.text)}</td>"
            f"<td dir='auto'>{escape(site.place.name)}</td><td>{escape(site.place.kind)}</td>"
            f"<td>{site.place.lat:.4f}, {site.place.lon:.4f}</td>"
            f"<td>{site.confidence:.0%}</td></tr>"
            for site in self.sites
        )
        tail = f"{len(self.unplaced)} unplaced, {len(self.rejected)} rejected"
        return f"<table>{head}{rows}</table><p>{tail}</p>"
