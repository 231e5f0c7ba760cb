"""Articles with their true toponyms, from whichever format a corpus comes in.

Read are JSONL (``toponyms``, or our own record with its ``sites``), the XML of LGL and TR-News, the
XML of GeoWebNews, and CoNLL columns; what a file holds is told by its beginning, not by its name.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo.errors import ArticleError
from geo.evaluate.corpora import from_conll, from_xml
from geo.evaluate.gold import GoldArticle, GoldToponym, gold_article, point
from geo.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["read_gold"]


def read_gold(path: Path) -> list[GoldArticle]:
    """Return the articles of a corpus in the order of the file.

    Raises
    ------
    ArticleError
        If the file is in none of the formats, a span lies outside its text, or it holds nothing;
        names the file, the line or article, and what is wrong.
    OSError
        If it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path}: not UTF-8 text; convert the corpus first") from error
    opening = text.lstrip()[:1]
    if opening == "{":
        articles = list(_jsonl(text.splitlines(), path))
    elif opening == "<":
        articles = from_xml(text, str(path))
    else:
        articles = from_conll(text.splitlines(), str(path))
    if not articles:
        raise ArticleError(f"{path}: no article in it; give JSONL, LGL or GeoWebNews XML, or CoNLL")
    return articles


def _jsonl(lines: Iterable[str], path: Path) -> Iterator[GoldArticle]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            record: dict[str, Any] = json.loads(line)
            yield _from_record(record, where, str(number))
        except json.JSONDecodeError as error:
            raise ArticleError(f"{where}: no JSON ({error.msg}); one object a line") from error
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            if isinstance(error, ArticleError):
                raise
            raise ArticleError(
                f"{where}: no gold article ({error!r}); needed are text and toponyms with start "
                "and end, or sites"
            ) from error


def _from_record(record: dict[str, Any], where: str, number: str) -> GoldArticle:
    article = Article(
        id=str(record.get("id", number)),
        text=record["text"],
        title=record.get("title"),
        date=record.get("date"),
        source=record.get("source"),
        language=record.get("language"),
    )
    own = "toponyms" not in record
    marked = [*record["sites"], *record.get("unplaced", [])] if own else record["toponyms"]
    toponyms = [_toponym(found) for found in marked]
    return gold_article(article, toponyms, where=where, derived=own)


def _toponym(found: dict[str, Any]) -> GoldToponym:
    lat, lon = point(found.get("lat"), found.get("lon"))
    return GoldToponym(
        start=int(found["start"]),
        end=int(found["end"]),
        lat=lat,
        lon=lon,
        kind=found.get("kind") or found.get("type"),
        use=found.get("use"),
        country=found.get("country"),
    )
