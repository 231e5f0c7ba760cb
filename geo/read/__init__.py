"""Files, folders, pages and standard input → articles."""

from __future__ import annotations

from geo.read.articles import read_articles

__all__ = ["read_articles"]
