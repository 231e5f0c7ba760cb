"""What an annotated article is: its text and its true toponyms."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.model import Article

__all__ = ["GoldArticle", "GoldToponym", "gold_article", "point"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldToponym:
    """A toponym that an annotator marked: ``text[start:end]``, and where it is, if known.

    ``kind`` is the annotator's word for it, ``use`` literal or associative, ``country`` an
    ISO 3166-1 code; each ``None`` where the corpus does not say.
    """

    start: int
    end: int
    lat: float | None = None
    lon: float | None = None
    kind: str | None = None
    use: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """An article and its toponyms in the order of the text, each span once.

    ``derived`` says whether sites drawn from relations and coordinates are among them; a corpus
    of names alone has no opinion on those.
    """

    article: Article
    toponyms: tuple[GoldToponym, ...]
    derived: bool = False


def gold_article(
    article: Article, toponyms: Iterable[GoldToponym], *, where: str, derived: bool = False
) -> GoldArticle:
    """Return an article with its toponyms checked, sorted, each span once.

    Raises
    ------
    ArticleError
        If a span is not inside the text.
    """
    spans: dict[tuple[int, int], GoldToponym] = {}
    for toponym in toponyms:
        if not 0 <= toponym.start < toponym.end <= len(article.text):
            raise ArticleError(
                f"{where}: a toponym at {toponym.start}-{toponym.end} in a text of "
                f"{len(article.text)} characters; offsets count characters from 0"
            )
        spans.setdefault((toponym.start, toponym.end), toponym)
    ordered = tuple(spans[span] for span in sorted(spans))
    return GoldArticle(article=article, toponyms=ordered, derived=derived)


def point(lat: object, lon: object) -> tuple[float | None, float | None]:
    """Return degrees from what a corpus wrote, both ``None`` where that is no point on Earth."""
    try:
        north, east = float(str(lat)), float(str(lon))
    except ValueError:
        return None, None
    if not (math.isfinite(north) and abs(north) <= 90 and abs(east) <= 180):
        return None, None
    return north, east
