"""A web page → the readable text of its article, with what the page says of itself."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Final

__all__ = ["declared_encoding", "read_page"]

_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object"}
    | {"audio", "video", "nav", "header", "footer", "aside", "menu", "dialog"}
    | {"form", "button", "select", "textarea"}
)
_BLOCKS: Final = frozenset(
    {"body", "main", "article", "section", "div", "p", "blockquote", "pre", "br", "hr", "address"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"}
    | {"table", "tr", "td", "th", "figure", "figcaption"}
)
_COUNTED: Final = _SKIPPED | {"article", "main", "title"}
_META: Final = {
    "og:title": "title",
    "og:site_name": "source",
    "og:url": "url",
    "article:published_time": "date",
    "datepublished": "date",
    "date": "date",
}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a page names in its first 4 kB, or None."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else None


def read_page(text: str) -> dict[str, str]:
    """Return the fields of the article in a page: ``text``, and the title, date and so on it names.

    The text is the paragraphs of the longest ``<article>`` if the page has one, else of ``<main>``,
    else all of them, with a blank line between; offsets count the characters of that text.
    """
    page = _Page()
    page.feed(text)
    page.close()
    fields = {key: value for key, value in page.fields.items() if value}
    return {**fields, "text": page.readable()}


class _Page(HTMLParser):
    """Collects blocks of text, with the landmark that holds each.

    Only the elements that matter are counted as open, so that the paragraphs a page leaves
    unclosed, as HTML allows, cost nothing.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, str] = {}
        self._open: Counter[str] = Counter()
        self._skipped = 0
        self._words: list[str] = []
        self._articles: list[list[str]] = []
        self._main: list[str] = []
        self._all: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end_block()
        if tag == "article" and not self._open[tag]:
            self._articles.append([])
        if tag in _COUNTED:
            self._open[tag] += 1
            self._skipped += tag in _SKIPPED
        self._note({key: value or "" for key, value in attrs}, tag=tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_block()
        if self._open[tag]:
            self._open[tag] -= 1
            self._skipped -= tag in _SKIPPED

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        if self._open["title"]:
            self.fields.setdefault("title", " ".join(data.split()))
        else:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end_block()

    def readable(self) -> str:
        """Return the longest article, else the main part, else everything."""
        longest = max(self._articles, key=lambda blocks: sum(map(len, blocks)), default=[])
        return "\n\n".join(longest or self._main or self._all)

    def _note(self, given: dict[str, str], *, tag: str) -> None:
        """Keep what an element says of the page."""
        if tag == "html" and given.get("lang"):
            self.fields.setdefault("language", given["lang"].split("-")[0].lower())
        elif tag == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            if name.lower() in _META:
                self.fields.setdefault(_META[name.lower()], given.get("content", "").strip())
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self.fields.setdefault("url", given.get("href", ""))
        elif tag == "time" and given.get("datetime"):
            self.fields.setdefault("date", given["datetime"])

    def _end_block(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if text:
            self._all.append(text)
            if self._open["main"]:
                self._main.append(text)
            if self._open["article"]:
                self._articles[-1].append(text)
