"""The spatial words of English, read from ``spatial.toml`` beside this file."""

from __future__ import annotations

from pathlib import Path

from geo.lang.spatial import load_spatial

__all__ = ["SPATIAL"]

SPATIAL = load_spatial(Path(__file__).with_name("spatial.toml"))
"""Units, numbers, directions and phrase templates of English."""
