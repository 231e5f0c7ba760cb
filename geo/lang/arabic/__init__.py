"""Arabic: written right to left, with proclitics on its words and head nouns before names."""

from __future__ import annotations

from pathlib import Path

from geo.lang.clitics import ARABIC
from geo.lang.language import Language, load_language

__all__ = ["load"]


def load() -> Language:
    """Return the Arabic word lists with their clitics."""
    return load_language(Path(__file__).parent, code="ar", heads_first=True, clitics=ARABIC)
