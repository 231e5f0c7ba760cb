"""Mawaqi: find the places that news articles name, and draw them on maps.

>>> import geo
>>> articles = geo.read_articles("articles/")
>>> frame = geo.to_geodataframe(geo.parse(articles))
>>> geo.site_map(frame).save("map.html")

Importing this package loads nothing but names: each is fetched when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.errors import (
        ArticleError,
        ExportError,
        FixWarning,
        GazetteerError,
        GeoError,
        MapError,
    )
    from geo.frame import to_geodataframe
    from geo.gazetteer import Gazetteer, lookup
    from geo.gazetteer.fixes import Fix, read_fixes, write_fixes
    from geo.geoparser import Geoparser, parse
    from geo.maps import SiteLayer, SiteMap, site_layer, site_map
    from geo.model import Article, Candidate, Mention, Parse, Place, Rejection, Site, Unplaced
    from geo.read import read_articles
    from geo.recognize.detector import Detector

__all__ = [
    "Article",
    "ArticleError",
    "Candidate",
    "Detector",
    "ExportError",
    "Fix",
    "FixWarning",
    "Gazetteer",
    "GazetteerError",
    "GeoError",
    "Geoparser",
    "MapError",
    "Mention",
    "Parse",
    "Place",
    "Rejection",
    "Site",
    "SiteLayer",
    "SiteMap",
    "Unplaced",
    "__version__",
    "lookup",
    "parse",
    "read_articles",
    "read_fixes",
    "site_layer",
    "site_map",
    "to_geodataframe",
    "write_fixes",
]

__version__ = "0.1.0"

_HOMES = {
    "geo.errors": (
        "ArticleError",
        "ExportError",
        "FixWarning",
        "GazetteerError",
        "GeoError",
        "MapError",
    ),
    "geo.frame": ("to_geodataframe",),
    "geo.gazetteer": ("Gazetteer", "lookup"),
    "geo.gazetteer.fixes": ("Fix", "read_fixes", "write_fixes"),
    "geo.geoparser": ("Geoparser", "parse"),
    "geo.maps": ("SiteLayer", "SiteMap", "site_layer", "site_map"),
    "geo.model": (
        "Article",
        "Candidate",
        "Mention",
        "Parse",
        "Place",
        "Rejection",
        "Site",
        "Unplaced",
    ),
    "geo.read": ("read_articles",),
    "geo.recognize.detector": ("Detector",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
