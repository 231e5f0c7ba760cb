"""English: capitalised names, head nouns mostly after them."""

from __future__ import annotations

from pathlib import Path

from geo.lang.language import Language, load_language

__all__ = ["load"]


def load() -> Language:
    """Return the English word lists."""
    return load_language(Path(__file__).parent, code="en", heads_first=False)
