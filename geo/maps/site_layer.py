"""Sites as one Folium layer, for a map that somebody else made."""

from __future__ import annotations

from html import escape
from itertools import chain
from math import isfinite
from numbers import Real
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element
from folium.map import Layer
from folium.template import Template

from geo.errors import MapError
from geo.maps.assets import layer_scripts, layer_styles, words
from geo.maps.payload import island, main_language, payload, without_surrogates
from geo.maps.shades import PLAIN, shades
from geo.maps.tiles import tile_provider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoDataFrame

__all__ = ["SiteLayer", "site_layer"]

Columns = bool | str | int | list[str]
"""Which columns of a frame to show, as `GeoDataFrame.explore` takes them."""


def site_layer(
    frame: GeoDataFrame,
    *,
    column: str | None = "kind",
    tooltip: Columns = True,
    popup: Columns = True,
    tiles: str | None = None,
    m: folium.Map | None = None,
    legend: bool = True,
    name: str = "Sites",
    language: str | None = None,
) -> SiteLayer:
    """Return the sites of a frame as a layer for any `folium.Map`, or for ``explore(m=...)``.

    The arguments follow `GeoDataFrame.explore`. Article text never passes through a Folium template
    and reaches the page only as text, so it cannot run there. A place is drawn once, with all its
    excerpts in one popup; areas are drawn as areas, and points that are close as a ring.

    Parameters
    ----------
    frame
        One row a site, EPSG:4326, as `geo.to_geodataframe` makes it; more columns are welcome.
    column
        The column that gives the colours; ``"kind"`` gives the colours and signs of Mawaqi's own
        maps, and None one colour for all.
    tooltip, popup
        True for what Mawaqi shows, False for nothing, or the columns to show: one, several, or
        the first so many.
    tiles
        An online background to add with the layer, as xyzservices calls it; off until chosen.
    m
        A map to add the layer to at once.
    legend
        Whether the map shows what the colours mean.
    name
        What a `folium.LayerControl` calls the layer.
    language
        ``"ar"`` or ``"en"``, the language of the popups; by default that of most articles.

    Raises
    ------
    MapError
        If the frame has no such column, or nobody knows such tiles or such a language.
    """
    from geo.frame import records

    found = records(frame)
    chosen = language or main_language(found)
    if chosen not in words():
        raise MapError(f"no words in language {chosen!r}: use one of {', '.join(words())}")
    data = payload([{**record, "unplaced": (), "rejected": ()} for record in found])
    data |= {"language": chosen, "words": {chosen: words()[chosen]}}
    data |= {"tooltip": _columns(frame, tooltip), "popup": _columns(frame, popup)}
    rows = _in_their_order(frame, [str(record.get("id")) for record in found])
    lists = [asked for asked in (data["tooltip"], data["popup"]) if isinstance(asked, list)]
    data["values"] = {name: _cells(rows, name) for name in sorted({*chain(*lists)})}
    data["legend"] = {"shown": legend, "column": column} | _colours(frame, rows, column)
    layer = SiteLayer(island(data), name=name, tiles=tiles)
    if m is not None:
        layer.add_to(m)
    return layer


class SiteLayer(Layer):
    """A layer of sites; `site_layer` makes it.

    Parameters
    ----------
    data
        What the page draws, as JSON that is safe inside a script element.
    name
        What a `folium.LayerControl` calls the layer.
    tiles
        An online background that comes with it, as xyzservices calls it.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = mawaqiLayer("{{ this.get_name() }}_data");
        {% endmacro %}
    """)

    def __init__(self, data: str, *, name: str = "Sites", tiles: str | None = None) -> None:
        # Folium writes the name through a template, and Leaflet shows it as HTML.
        shown = escape(without_surrogates(name)).replace("{", "&#123;")
        super().__init__(name=shown, overlay=True)
        self._name = "SiteLayer"
        self.data = data
        self.tiles = _background(tiles) if tiles else None

    def add_to(self, parent: Any, name: str | None = None, index: int | None = None) -> SiteLayer:
        """Add the layer to a map, and with it the tiles it came with."""
        if self.tiles is not None:
            self.tiles.add_to(parent)
        super().add_to(parent, name=name, index=index)
        return self

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Write the scripts and styles once a page, the data once a layer, past all templates."""
        figure: Any = self.get_root()
        header = {"style": layer_styles(), "script": layer_scripts()}
        for tag, text in header.items():
            figure.header.add_child(_Verbatim(f"<{tag}>{text}</{tag}>"), name=f"mawaqi_{tag}")
        name = f"{self.get_name()}_data"
        text = f'<script type="application/json" id="{name}">{self.data}</script>'
        figure.html.add_child(_Verbatim(text), name=name)
        super().render(**kwargs)  # type: ignore[no-untyped-call]


class _Verbatim(Element):
    """Text that is written as it is.

    Folium compiles what its elements write as templates once more, where ``{{ … }}`` in an article
    would run.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **_: Any) -> str:
        return self._text


def _background(name: str) -> folium.TileLayer:
    provider = tile_provider(name)
    return folium.TileLayer(provider, name=provider.name, overlay=False, show=False)


def _columns(frame: GeoDataFrame, asked: Columns) -> bool | list[str]:
    """Return True or False as asked, or the names of the columns to show."""
    if isinstance(asked, bool):
        return asked
    plain = _plain(frame)
    if isinstance(asked, int):
        return plain[:asked]
    names = [asked] if isinstance(asked, str) else list(asked)
    for name in names:
        _known(name, plain)
    return names


def _plain(frame: GeoDataFrame) -> list[str]:
    return [str(name) for name in frame.columns if name != frame.geometry.name]


def _known(name: str, columns: Sequence[str]) -> None:
    if name not in columns:
        raise MapError(f"the frame has no column {name!r}: it has {', '.join(columns)}")


def _colours(frame: GeoDataFrame, rows: Any, column: str | None) -> dict[str, Any]:
    """Return the colours of the sites: none where the kinds give them."""
    if column is None:
        return {"colours": [PLAIN], "texts": [], "of": [0] * len(rows)}
    _known(column, _plain(frame))
    if column == "kind":
        return {}
    found = shades(_cells(rows, column))
    return {"colours": found.colours, "texts": found.texts, "of": found.of}


def _in_their_order(frame: GeoDataFrame, articles: Sequence[str]) -> Any:
    """Return the rows in the order of the drawn sites: article by article, as in the frame."""
    at = {article: index for index, article in enumerate(articles)}
    order = [at[str(article)] for article in frame["article_id"]]
    rows = sorted(range(len(order)), key=order.__getitem__)
    return frame.drop(columns=frame.geometry.name).iloc[rows].astype(object)


def _cells(rows: Any, name: str) -> list[float | str | None]:
    """Return a column as what JSON can hold; what is missing or not finite becomes None."""
    return [_cell(value) for value in rows[name].where(rows[name].notna(), None)]


def _cell(value: object) -> float | str | None:
    if value is None or isinstance(value, bool) or not isinstance(value, Real):
        return None if value is None else str(value)
    return float(value) if isfinite(value) else None
