"""The languages Mawaqi reads. The engine sees them only as data."""

from __future__ import annotations

from functools import cache

from geo.lang.language import Language

__all__ = ["Language", "languages"]


@cache
def languages() -> tuple[Language, ...]:
    """Return every language, loaded once."""
    from geo.lang import arabic, english

    return (arabic.load(), english.load())
