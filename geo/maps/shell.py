"""The page round the map: one HTML file with everything inside and a policy that shuts the rest."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from branca.element import Figure

from geo.maps.assets import csp_hash, scripts, styles
from geo.maps.payload import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Page"]

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_FOREIGN = re.compile(r"""<(script|link)\b[^>]*?\b(?:src|href)="(https://[^"\s;,]+)\"""")
_RIGHT_TO_LEFT = frozenset({"ar"})

_PAGE = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}"{picture}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Mawaqi">
<title>{title}</title>
<style>{styles}</style>
{header}
</head>
<body>
{body}
{islands}
<script>{scripts}</script>
<script>{start}</script>
</body>
</html>
"""


class Page(Figure):
    """A Folium figure that writes one self-contained page.

    Scripts and styles are allowed by their hashes, pictures only as data and from the origins
    named, connections not at all.
    Elements of other Folium layers may name files elsewhere; then exactly those addresses, pictures
    (map tiles) and inline styles are allowed as well.

    Parameters
    ----------
    language
        The language of the page; with it goes the direction.
    title
        The page's title, as text.
    islands
        Data for the page by element id, as JSON that is safe inside a script element.
    pictures
        Origins (``https://tile.example.org``) that the page may show pictures from.
    """

    def __init__(
        self,
        *,
        language: str,
        title: str,
        islands: Mapping[str, str],
        pictures: Sequence[str] = (),
    ) -> None:
        super().__init__(title=title)
        self.language = language
        self.islands = dict(islands)
        self.pictures = tuple(pictures)

    def render(self, *, picture: bool = False, **kwargs: Any) -> str:
        """Return the page as text without lone surrogates, or the page to take a picture of."""
        for child in list(self._children.values()):
            child.render(**kwargs)
        header = "\n".join(
            element.render(**kwargs)
            for name, element in self.header._children.items()  # noqa: SLF001
            if name != "meta_http"
        )
        start = self.script.render(**kwargs)
        page = _PAGE.format(
            language=self.language,
            direction="rtl" if self.language in _RIGHT_TO_LEFT else "ltr",
            picture=" data-picture" if picture else "",
            policy=_policy(header, start, self.pictures),
            title=escape(self.title or ""),
            styles=styles(),
            header=header,
            body=self.html.render(**kwargs),
            islands="\n".join(
                f'<script type="application/json" id="{name}">{data}</script>'
                for name, data in self.islands.items()
            ),
            scripts=scripts(),
            start=start,
        )
        return without_surrogates(page)


def _policy(header: str, start: str, pictures: Sequence[str]) -> str:
    script = [csp_hash(text) for text in (scripts(), start, *_SCRIPT.findall(header))]
    style = [csp_hash(text) for text in (styles(), *_STYLE.findall(header))]
    image = ["data:", "blob:", *pictures]
    foreign = _FOREIGN.findall(header)
    if foreign:
        script += [url for tag, url in foreign if tag == "script"]
        style = ["'unsafe-inline'", *(url for tag, url in foreign if tag == "link")]
        image.append("https:")
    rules = {
        "default-src": ["'none'"],
        "script-src": script,
        "style-src": style,
        "img-src": image,
        "font-src": ["data:", *(["https:"] if foreign else [])],
        "connect-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return escape(
        "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items()), quote=False
    )
