"""The map: a Folium map whose page is ours, in one file that asks the network for nothing."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.errors import ExportError, MapError
from geo.maps.assets import basemap, words
from geo.maps.payload import island, main_language, payload, without_surrogates
from geo.maps.shell import Page
from geo.maps.site_layer import SiteLayer
from geo.maps.tiles import tiles_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["SiteMap"]

_HEIGHT = 680
"""Pixels of the map in a notebook: the panel and a popup fit side by side."""

_HEAVY = 5_000_000
"""Characters of a page that make a notebook slow to open and to save."""

_SHOWN = """<div style="position:relative;width:100%;height:{height}px;max-height:92vh">
<p style="padding:1em">{fallback}</p>
<iframe srcdoc="{page}" title="{label}" allowfullscreen \
style="position:absolute;inset:0;width:100%;height:100%;border:0"></iframe></div>
"""
_UNTRUSTED = "To see the map here, trust this notebook; or write it to a file: .save('map.html')"
_WEIGHT = "This map makes the notebook {size:.0f} MB larger; a file does not: .save('map.html')"


class SiteMap(folium.Map):
    """A map of the sites of some articles, with the articles beside it.

    A `folium.Map`: any Folium layer can be added to it. Alone, its page needs no network, and its
    content security policy lets nothing that an article contains run. Adding another layer brings
    that layer's own scripts, from where Folium loads them.

    Parameters
    ----------
    records
        One record an article, as `geo.frame.to_record` writes them.
    language
        ``"ar"`` or ``"en"``, the language the page opens in; by default that of most articles.
    title
        The heading of the page.
    tiles
        An online background, as xyzservices calls it, off until a reader chooses it; the policy of
        the page then allows its pictures and nothing else. By default none.
    changes
        What became of each site since another run, as `geo.maps.diff.Diff.map` gives it.

    Raises
    ------
    MapError
        If there is no page in that language, or nobody knows such tiles.
    """

    _template = Template("""
        {% macro html(this, kwargs) %}
        <div class="folium-map" id="{{ this.get_name() }}"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }},
            ...{{ this.options|tojavascript }}
        });
        {% endmacro %}
    """)
    default_js: list[tuple[str, str]] = []  # noqa: RUF012  as Folium declares it
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(
        self,
        records: Sequence[Mapping[str, Any]],
        *,
        language: str | None = None,
        title: str | None = None,
        tiles: str | None = None,
        changes: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        chosen = language or main_language(records)
        if chosen not in words():
            raise MapError(f"no page in language {chosen!r}: use one of {', '.join(words())}")
        online = tiles_of(tiles) if tiles else None
        super().__init__(
            location=(34, 40),
            zoom_start=6,
            tiles=None,
            zoom_control=False,
            **{
                "maxZoom": 16,
                "minZoom": 2,
                # Nothing here is a tile, so a view may fit its sites between two zooms.
                "zoomSnap": 0.5,
                "attributionControl": False,
            }
            | options,
        )
        # Folium names its elements by chance; ours must give the same bytes every time.
        self._name, self._id = "map", "sites"
        data = payload(records, title=title) | {"language": chosen}
        if changes:
            data["changes"] = changes
        if online:
            data["tiles"] = online.as_data()
        self._page = Page(
            language=chosen,
            title=title or words()[chosen]["page_title"],
            pictures=online.origins if online else (),
            islands={
                "mawaqi-data": island(data),
                "mawaqi-words": island(words()),
                "mawaqi-basemap": basemap(),
            },
        )
        self._page.add_child(self)
        self.add_child(_Sites(), name="sites")

    @property
    def is_alone(self) -> bool:
        """Whether the map holds nothing but sites, and so needs nothing from outside."""
        return all(isinstance(one, (_Sites, SiteLayer)) for one in self._children.values())

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Render the map into its page; a foreign layer brings Folium's own scripts with it."""
        self.default_js = [] if self.is_alone else folium.Map.default_js[1:]
        self.default_css = [] if self.is_alone else folium.Map.default_css[1:]
        super().render(**kwargs)  # type: ignore[no-untyped-call]

    def save(self, outfile: str | os.PathLike[str], **_: Any) -> None:  # type: ignore[override]
        """Write the page to a file, whole or not at all.

        Raises
        ------
        ExportError
            If the file cannot be written.
        """
        path = Path(outfile)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            part.write_text(self._page.render(), "utf-8", newline="\n")
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise ExportError(
                f"{path}: cannot be written ({error.strerror}): choose another place for the map"
            ) from error

    def as_picture(self) -> str:
        """Return the page with heading, map and legend alone, to take a picture of."""
        return self._page.render(picture=True)

    def _repr_html_(self, **_: Any) -> str:
        """Show the map in a notebook, in a frame of its own; a heavy one with a word of warning."""
        page = self._page.render()
        shown = _SHOWN.format(
            height=_HEIGHT,
            fallback=_UNTRUSTED,
            page=escape(page),
            label=escape(without_surrogates(self._page.title or "")),
        )
        if len(page) <= _HEAVY:
            return shown
        return f"<p>{_WEIGHT.format(size=len(page.encode()) / 1e6)}</p>\n{shown}"


class _Sites(MacroElement):
    """The layer of sites: the one call that draws them.

    Their data stand in the page itself (`Page.islands`), never in a template: what an element's
    template gives is compiled as a template once more, so ``{{ … }}`` in an article would run.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        mawaqi({{ this._parent.get_name() }}, {
            data: "mawaqi-data", words: "mawaqi-words", basemap: "mawaqi-basemap"
        });
        {% endmacro %}
    """)

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self._id = "sites", "layer"
