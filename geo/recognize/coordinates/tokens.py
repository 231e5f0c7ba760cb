"""Cut the text round numbers into tokens, with every glyph variant made one sign."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields
from functools import lru_cache
from typing import NamedTuple

from geo.lang.coordinate_words import COORDINATE_WORDS, CoordinateWords

__all__ = [
    "COMMAS",
    "DEGREE_SIGNS",
    "DIGIT",
    "DIGIT_ZEROS",
    "END",
    "POINTS",
    "SEMICOLONS",
    "WORDS",
    "Token",
    "fold",
    "tokenise",
]

_REMEMBERED = 1 << 14
"""Distinct words round numbers of which the parts are remembered."""

DIGIT_ZEROS = "0\N{ARABIC-INDIC DIGIT ZERO}\N{EXTENDED ARABIC-INDIC DIGIT ZERO}"
DIGIT = f"[{''.join(f'{zero}-{chr(ord(zero) + 9)}' for zero in DIGIT_ZEROS)}]"
"""A digit of the three scripts that Arabic and English news use, as a regular expression."""

COMMAS = ",\N{ARABIC COMMA}"
SEMICOLONS = ";\N{ARABIC SEMICOLON}"
POINTS = ".\N{ARABIC DECIMAL SEPARATOR}"
DEGREE_SIGNS = "°º˚∘⁰ᵒ"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_HIDDEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_GLYPHS = {
    "\N{DEGREE SIGN}": DEGREE_SIGNS,
    "'": "'’‘′ʹʼ´`＇‛ˈ",
    '"': '"”“„″ʺ˝＂‟〃',
    ",": f"{COMMAS}\N{FULLWIDTH COMMA}",
    ";": SEMICOLONS,
    "-": "-−–‐‑",
    ":": ":：",
}
_SIGNS = {glyph: sign for sign, glyphs in _GLYPHS.items() for glyph in glyphs}
_LETTERS = str.maketrans(
    {
        "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
        "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC TATWEEL}": None,
    }
)
_MARK = re.compile(f"[{_MARKS}]")

_COMMA_DECIMALS = rf"[{COMMAS}]{DIGIT}++(?![{POINTS}{COMMAS}]?{DIGIT})"

# What repeats is possessive and a group ends its alternative: nothing is ever tried twice, so time
# stays linear. No group is possessive: Python before 3.11.5 loses its place in one that fails.
_TOKEN = re.compile(
    rf"""
      (?P<dotted>{DIGIT}++(?:\.{DIGIT}++){{2,}})
    | (?P<number>{DIGIT}++(?:[{POINTS}]{DIGIT}++|{_COMMA_DECIMALS})?)
    | (?P<glyph>[{re.escape("".join(_SIGNS))}])
    | (?P<word>[^\W\d_][^\W\d_{_MARKS}{DEGREE_SIGNS}]*+(?:[{_MARKS}]++[^\W\d_]*+)*)
    | (?P<mark>\n|[^\s{_HIDDEN}])
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of the text: ``kind`` is number, dotted, word or mark; ``text`` is folded."""

    kind: str
    start: int
    end: int
    text: str


END = Token("end", -1, -1, "")
"""Stands wherever a token is asked for beyond either end."""


def fold(word: str) -> str:
    """Return ``word`` as it is compared: one case, one alef, no marks, no tatweel."""
    if word.isascii():
        return word.casefold()
    plain = unicodedata.normalize("NFKC", word).translate(_LETTERS)
    return _MARK.sub("", plain).casefold()


def _union() -> CoordinateWords:
    merged = {
        field.name: frozenset(
            fold(word) for words in COORDINATE_WORDS for word in getattr(words, field.name)
        )
        for field in fields(CoordinateWords)
    }
    return CoordinateWords(**merged)


WORDS: CoordinateWords = _union()
"""The folded words of all languages together."""

_KNOWN: frozenset[str] = frozenset().union(
    *(getattr(WORDS, field.name) for field in fields(CoordinateWords))
)


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of ``text[start:end]``; a word cut by the start is left out."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or "mark"
        if kind == "word":
            if match.start() == start and start and text[start - 1].isalpha():
                continue
            word = match.start()
            tokens += [Token(kind, word + a, word + b, part) for a, b, part in _parts(match[0])]
        elif kind == "glyph":
            tokens.append(Token("mark", match.start(), match.end(), _SIGNS[match[0]]))
        else:
            tokens.append(Token(kind, match.start(), match.end(), match[0]))
    return tokens


@lru_cache(maxsize=_REMEMBERED)
def _parts(word: str) -> tuple[tuple[int, int, str], ...]:
    """Return start, end and folded text of a word, or of its clitics and the known word behind."""
    for cut in range(min(3, len(word))):
        folded = fold(word[cut:])
        if folded in _KNOWN:
            clitics = ((place, place + 1, word[place]) for place in range(cut))
            return (*clitics, (cut, len(word), folded))
        if word[cut] not in WORDS.proclitics:
            break
    return ((0, len(word), fold(word)),)
