"""Sentences as spans of the text, in Arabic and English punctuation."""

from __future__ import annotations

import re

__all__ = ["ABBREVIATIONS", "sentences"]

_TITLES = """
adm brig capt cmdr co col cpl dept dr est ft gen gov hon inc jr lt ltd maj mr mrs ms mt no pres prof
rep rev sec sen sgt sr st vs jan feb mar apr jun jul aug sep sept oct nov dec
"""
ABBREVIATIONS = frozenset(_TITLES.split())
"""Words, in small letters, whose full stop does not end a sentence."""

# The look-behind lets a run of marks be tried once only, from its first: hostile text stays linear.
_END = re.compile(
    r"""
    (?<![.!?؟۔…。！？]) (?P<mark> [.!?؟۔…。！？]++ ) ["'”’»)\]]*+ (?=\s|\Z)
    | \n
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_LONGEST = max(map(len, ABBREVIATIONS)) + 1


def sentences(text: str, *, abbreviations: frozenset[str] = ABBREVIATIONS) -> list[tuple[int, int]]:
    """Return the spans of the sentences of ``text``, in order, without white space at their ends.

    Together they hold every character that is not white space. A line break ends a sentence; a
    full stop inside a number, after a single letter or after one of ``abbreviations`` does not.
    """
    spans = []
    first = 0
    for found in _END.finditer(text):
        if found["mark"] == "." and not _ends(text, found.start(), found.end(), abbreviations):
            continue
        spans.append((first, found.end()))
        first = found.end()
    spans.append((first, len(text)))
    trimmed = (_trim(text, start, end) for start, end in spans)
    return [(start, end) for start, end in trimmed if start < end]


def _ends(text: str, stop: int, end: int, abbreviations: frozenset[str]) -> bool:
    """Return whether the full stop at ``stop`` ends a sentence."""
    word = _LAST_WORD.search(text, max(0, stop - _LONGEST), stop)
    if word is not None and (len(word[0]) == 1 or word[0].lower() in abbreviations):
        return False
    following = text[end : end + 3].lstrip(" ")
    return not following[:1].islower()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
