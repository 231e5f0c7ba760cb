"""Plain text, with or without a front matter block, → the fields of an article.

---
title: Shelling in the eastern countryside
date: 2025-05-04
---
The text starts here.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["FIELDS", "read_plain"]

FIELDS: Final = frozenset({"id", "title", "date", "source", "url", "language"})
"""What an article may say of itself besides its text, in front matter and in records alike."""

_BLOCK = re.compile(r"---[ \t]*\r?\n(.*?\n)?---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LINE = re.compile(r"([A-Za-z_-]+)[ \t]*:[ \t]*(.*)")
_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)*")


def read_plain(text: str) -> dict[str, str]:
    """Return the fields of the article in ``text``: always ``text``, and what its block names.

    Without a block the text is left as it is. With one, the text starts at the first line after
    it that is not blank. A block with a line that is not ``key: value`` is no front matter.
    """
    block = _BLOCK.match(text)
    if block is None:
        return {"text": text}
    fields: dict[str, str] = {}
    for line in (block[1] or "").splitlines():
        pair = _LINE.fullmatch(line.strip())
        if pair is None and line.strip():
            return {"text": text}
        if pair is not None and pair[1].lower() in FIELDS and pair[2]:
            fields[pair[1].lower()] = _unquoted(pair[2].strip())
    body = _BLANK_LINES.match(text, block.end())
    return {**fields, "text": text[body.end() if body else block.end() :]}


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
