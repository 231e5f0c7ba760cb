"""The map: a Folium map whose page is ours, in one file that asks the network for nothing."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.errors import ExportError
from geo.maps.assets import basemap, words
from geo.maps.payload import island, main_language, payload
from geo.maps.shell import Page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["SiteMap"]

_HEIGHT = 680
"""Pixels of the map in a notebook: the panel and a popup fit side by side."""


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
        An online background, as `folium.Map` takes it; by default none, only the map inside.
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
        tiles: Any = None,
        **options: Any,
    ) -> None:
        chosen = language or main_language(records)
        if chosen not in words():
            raise ValueError(f"no page in language {chosen!r}: use one of {', '.join(words())}")
        super().__init__(
            location=(34, 40),
            zoom_start=6,
            tiles=tiles,
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
        self._page = Page(
            language=chosen,
            title=title or words()[chosen]["page_title"],
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
        """Whether the map holds nothing but its sites, and so needs nothing from outside."""
        return list(self._children) == ["sites"]

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

    def _repr_html_(self, **_: Any) -> str:
        """Show the map in a notebook, in a frame of its own."""
        page = escape(self._page.render())
        label = escape(self._page.title or "")
        return (
            f'<iframe srcdoc="{page}" title="{label}" allowfullscreen '
            f'style="width:100%;height:{_HEIGHT}px;border:0"></iframe>'
        )


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
