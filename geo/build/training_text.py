"""A text with gold toponyms, as the trainer reads it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its gold toponyms as (start, end) spans in order."""

    text: str
    spans: tuple[tuple[int, int], ...]
