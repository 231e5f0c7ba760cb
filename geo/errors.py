"""The errors Mawaqi raises: one base, each with the standard parent a caller would expect."""

from __future__ import annotations

__all__ = ["ArticleError", "ExportError", "FixWarning", "GazetteerError", "GeoError", "MapError"]


class GeoError(Exception):
    """Any error of this package; its message names the value and the remedy on one line."""


class ArticleError(GeoError, ValueError):
    """An input could not be read as an article."""


class GazetteerError(GeoError, ValueError):
    """A gazetteer table is missing, damaged, or holds an impossible value."""


class ExportError(GeoError, OSError):
    """An output could not be written."""


class MapError(GeoError, ValueError):
    """A map was asked for something it does not have: a column, tiles, a language."""


class FixWarning(UserWarning):
    """A correction no longer fits its article and was passed over."""
