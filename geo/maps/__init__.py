"""Layered maps of sites: a Folium map that stands alone in one file, and a layer for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps.folium_map import SiteMap
from geo.maps.site_layer import SiteLayer, site_layer

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["SiteLayer", "SiteMap", "site_layer", "site_map"]


def site_map(
    frame: GeoDataFrame,
    *,
    language: str | None = None,
    title: str | None = None,
    tiles: str | None = None,
) -> SiteMap:
    """Return the map of a frame of sites, as `geo.frame.to_geodataframe` makes it.

    Only the sites still in the frame are drawn, so a map can be narrowed by filtering the frame.

    Parameters
    ----------
    frame
        One row a site, EPSG:4326.
    language
        ``"ar"`` or ``"en"``, the language the page opens in; by default that of most articles.
    title
        The heading of the page.
    tiles
        An online background, as xyzservices calls it (``"OpenStreetMap.Mapnik"``), off until a
        reader chooses it; by default none, and the map needs no network.

    Raises
    ------
    MapError
        If nobody knows such tiles or such a language.
    """
    from geo.frame import records

    return SiteMap(records(frame), language=language, title=title, tiles=tiles)
