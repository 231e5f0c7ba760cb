"""Corpora as their authors publish them: LGL and TR-News XML, GeoWebNews XML, CoNLL columns."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from geo.errors import ArticleError
from geo.evaluate.gold import GoldArticle, GoldToponym, gold_article, point
from geo.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["from_conll", "from_xml"]

_PLACES = frozenset({"LOC", "GPE", "FAC", "LOCATION"})
"""The classes of CoNLL tags that are places, in any case."""

_NOT_PLACES = frozenset({"Homonym", "Language"})
"""GeoWebNews types that only look like a toponym; its common nouns end in ``Expression``."""

_LITERAL = ("Literal", "Coercion", "Mixed", "Embedded_Literal")
_BREAK = "-DOCSTART-"
_ABOUT = {"title": "title", "source": "domain", "url": "url"}


def from_xml(text: str, where: str) -> list[GoldArticle]:
    """Return the articles of LGL, TR-News or GeoWebNews XML.

    Raises
    ------
    ArticleError
        If it is not well-formed, declares a document type, or a span lies outside its text.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        # Declarations can make a small file expand into gigabytes; no corpus needs one.
        raise ArticleError(f"{where}: declares a document type; take that line out")
    try:
        root = ET.fromstring(text.encode())  # noqa: S314  # no declarations, so nothing expands
    except ET.ParseError as error:
        raise ArticleError(f"{where}: no well-formed XML ({error}); repair it") from error
    articles = []
    for number, element in enumerate(root.iter("article"), start=1):
        article = Article(
            id=element.get("docid") or element.get("file") or str(number),
            text=element.findtext("text") or "",
            **{key: _line(element, name) for key, name in _ABOUT.items()},
        )
        place = f"{where}, article {article.id}"
        found = (_toponym(toponym, place) for toponym in element.iter("toponym"))
        kept = [toponym for toponym in found if toponym is not None]
        articles.append(gold_article(article, kept, where=place))
    return articles


def _line(element: ET.Element, name: str) -> str | None:
    """Return the text of a child on one line, however its file breaks and indents it."""
    return " ".join((element.findtext(name) or "").split()) or None


def _toponym(element: ET.Element, where: str) -> GoldToponym | None:
    """Return a toponym of either layout, ``None`` for what GeoWebNews marks as no place."""
    kind = element.findtext("type") or ""
    if kind.endswith("Expression") or kind in _NOT_PLACES:
        return None
    if element.findtext("nonLocational") == "Yes":
        return None
    tag = element.find("gaztag")
    if tag is None:
        lat, lon = point(element.findtext("latitude"), element.findtext("longitude"))
    else:
        lat, lon = point(tag.findtext("lat"), tag.findtext("lon"))
    start, end = (element.findtext(name) or "" for name in ("start", "end"))
    if not (start.isdecimal() and end.isdecimal()):
        raise ArticleError(f"{where}: a toponym without start and end; offsets are needed")
    country = (tag.findtext("country") if tag is not None else None) or ""
    return GoldToponym(
        start=int(start),
        end=int(end),
        lat=lat,
        lon=lon,
        kind=kind or (tag.findtext("fcode") if tag is not None else None),
        use=_use(kind),
        country=country if len(country) == 2 and country.isupper() else None,
    )


def _use(kind: str) -> str | None:
    if not kind:
        return None
    return "literal" if kind.startswith(_LITERAL) else "associative"


def from_conll(lines: Iterable[str], where: str) -> list[GoldArticle]:
    """Return the articles of CoNLL columns: a token first, its BIO tag last, on every line.

    Articles are divided by ``-DOCSTART-`` where the file has it, else by blank lines. The text is
    the tokens with a space between them, a sentence a line.

    Raises
    ------
    ArticleError
        If a line has no second column or its last is no BIO tag.
    """
    rows = list(_rows(lines, where))
    marked = any(row is not None and row[0].startswith(_BREAK) for row in rows)
    articles: list[GoldArticle] = []
    sentences: list[list[tuple[str, str]]] = []
    for filled, group in groupby(rows, key=lambda row: row is not None):
        if not filled:
            continue
        sentence = [row for row in group if row is not None]
        if sentence[0][0].startswith(_BREAK):
            articles += _conll_article(sentences, where, len(articles))
            sentences, sentence = [], sentence[1:]
        sentences += [sentence] if sentence else []
        if not marked:
            articles += _conll_article(sentences, where, len(articles))
            sentences = []
    return articles + _conll_article(sentences, where, len(articles))


def _rows(lines: Iterable[str], where: str) -> Iterator[tuple[str, str] | None]:
    """Yield (token, tag) of each line, ``None`` for a blank one."""
    for number, line in enumerate(lines, start=1):
        columns = line.split()
        tagged = len(columns) > 1 and _is_tag(columns[-1])
        if columns and columns[0].startswith(_BREAK):
            yield (_BREAK, "O")
        elif columns and not tagged and columns[0].startswith("#"):
            yield None  # a comment before a sentence: "# id 7"
        elif columns and not tagged:
            raise ArticleError(
                f"{where}, line {number}: no CoNLL row; a token and, last, a tag such as B-LOC or O"
            )
        else:
            yield (columns[0], columns[-1]) if columns else None


def _is_tag(tag: str) -> bool:
    return tag == "O" or (tag[:2] in {"B-", "I-", "E-", "S-", "L-", "U-"} and len(tag) > 2)


def _conll_article(
    sentences: list[list[tuple[str, str]]], where: str, number: int
) -> list[GoldArticle]:
    if not sentences:
        return []
    text = ""
    toponyms: list[GoldToponym] = []
    for sentence in sentences:
        text += "\n" if text else ""
        before = "O"
        for place, (token, tag) in enumerate(sentence):
            start = len(text) + (place > 0)
            text += (" " if place else "") + token
            kind = tag[2:]
            if kind.upper() in _PLACES:
                continued = tag[0] in "IEL" and before == kind
                begin = toponyms.pop().start if continued else start
                toponyms.append(GoldToponym(start=begin, end=len(text), kind=kind))
            before = kind
    article = Article(id=str(number + 1), text=text)
    return [gold_article(article, toponyms, where=f"{where}, article {number + 1}")]
