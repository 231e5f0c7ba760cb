"""The languages Mawaqi reads. The engine sees them only as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from geo.lang.language import Language

__all__ = ["Language", "languages", "native_countries", "word_files"]


@cache
def languages() -> tuple[Language, ...]:
    """Return every language, loaded once."""
    from geo.lang import arabic, english

    return (arabic.load(), english.load())


@cache
def native_countries() -> frozenset[str]:
    """Return the countries (ISO 3166-1) whose places have names in one of the languages."""
    return frozenset(code for language in languages() for code in language.countries)


def word_files() -> list[Path]:
    """Return the files that hold the words of every language, in a fixed order."""
    return sorted(Path(__file__).parent.glob("*/words.toml"))
