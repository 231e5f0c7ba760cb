"""Text made plain for pattern matching, character by character, so that offsets survive.

Case, accents, vowel signs, tatweel, hamza seats and presentation forms go; digits of every script
become ASCII; every accepted place becomes the one character :data:`PLACE`, so that a phrase reads
the same round any name.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Mention

__all__ = ["PLACE", "Window", "plain", "window"]

PLACE = "\ue000"
"""Stands for an accepted place; a private-use character, which :func:`plain` never returns."""

_SAME = {
    "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER HEH GOAL}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER HEH DOACHASHMEE}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC TATWEEL}": "",
    "\N{ARABIC COMMA}": ",",
    "\N{ARABIC DECIMAL SEPARATOR}": ".",
    "\N{ARABIC THOUSANDS SEPARATOR}": ",",
    "\N{MINUS SIGN}": "-",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{MODIFIER LETTER APOSTROPHE}": "'",
    '"': "",
    "\n": "\n",
}
_SAME |= {fraction: fraction for fraction in "½¼¾⅓⅔"}  # not "1⁄2", which would join a number
_FORMS = dict.fromkeys(("Mn", "Me", "Cf", "Pi", "Pf"), "") | {"Pd": "-", "Zp": "\n"}
"""What becomes of whole categories: marks, format characters and quotes vanish."""


class _Plain(dict[int, str]):
    """A translation table that works out each character when it first meets it.

    ``uneven`` are the characters met so far that become none or several.
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        """Return the plain form of one character: none, one or a few characters."""
        form = _plain_character(chr(code))
        if len(form) != 1:
            self.uneven.add(chr(code))
        self[code] = form
        return form


def _plain_character(character: str) -> str:
    """Return the plain form of one character."""
    if character in _SAME:
        return _SAME[character]
    category = unicodedata.category(character)
    if category in _FORMS:
        return _FORMS[category]
    if category[0] in "ZC":  # every other space, control and private-use character
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    parts = unicodedata.normalize("NFKD", character).lower()
    # A decomposed presentation form may still hold a ta marbuta or a mark.
    return "".join(part if part == character else _plain_character(part) for part in parts)


_TABLE = _Plain()


def plain(text: str) -> str:
    """Return ``text`` in plain characters; the form in which words and phrases are compared."""
    return text.translate(_TABLE)


@dataclass(frozen=True, kw_only=True)
class Window:
    """A stretch of an article in plain characters, each anchor as one :data:`PLACE`.

    ``places`` maps the position of a :data:`PLACE` in ``plain`` to its mention, and ``cores`` to
    the offsets that it stands for: the mention without "the countryside of", which stays in the
    text so that phrases can lean on it.
    """

    text: str
    start: int
    end: int
    plain: str
    places: dict[int, Mention]
    cores: dict[int, tuple[int, int]]

    def before(self, position: int, reach: int) -> str:
        """Return up to ``reach`` characters of the article before ``plain[position]``, plain."""
        start = self.span(position, position + 1)[0]
        return plain(self.text[max(0, start - reach) : start])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the article of ``plain[start:end]``, one character or more."""
        core = self.cores.get(end - 1)
        return self._offsets[start], core[1] if core else self._offsets[end - 1] + 1

    @cached_property
    def _offsets(self) -> list[int]:
        """Where in the article every plain character begins."""
        offsets: list[int] = []
        cursor = self.start
        for first, last in (*self.cores.values(), (self.end, self.end)):
            gap, places = self.text[cursor:first], range(cursor, first)
            if _TABLE.uneven.isdisjoint(gap):  # every character of it has been met
                offsets += places
            else:
                lengths = map(len, map(_TABLE.__getitem__, map(ord, gap)))
                offsets += chain.from_iterable(map(repeat, places, lengths))
            offsets.append(first)
            cursor = last
        return offsets


def window(
    text: str, start: int, end: int, anchors: Sequence[Mention], *, heads: frozenset[str]
) -> Window:
    """Return ``text[start:end]`` made plain round ``anchors``, sorted mentions inside it.

    ``heads`` are the plain words for a countryside, which are left out of a place.
    """
    parts: list[str] = []
    places: dict[int, Mention] = {}
    cores: dict[int, tuple[int, int]] = {}
    length, cursor = 0, start
    for mention in anchors:
        core = _core(mention, heads)
        gap = plain(text[cursor : core[0]])
        length += len(gap)
        places[length], cores[length] = mention, core
        parts += (gap, PLACE)
        length += 1
        cursor = core[1]
    parts.append(plain(text[cursor:end]))
    joined = "".join(parts)
    return Window(text=text, start=start, end=end, plain=joined, places=places, cores=cores)


def _core(mention: Mention, heads: frozenset[str]) -> tuple[int, int]:
    """Return the offsets of a mention without a head word at its beginning or end."""
    words = mention.text.split()
    if len(words) > 1:
        if plain(words[0]) in heads:
            return mention.end - len(mention.text.split(maxsplit=1)[1]), mention.end
        if plain(words[-1]) in heads:
            return mention.start, mention.start + len(mention.text.rsplit(maxsplit=1)[0])
    return mention.start, mention.end
