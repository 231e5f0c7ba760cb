"""Folding: many spellings of a name become one, so that text and gazetteer can be compared.

Folding is done character by character through one table over the Basic Multilingual Plane: case,
accents, hamza and alef forms, taa marbuta, alef maqsura, Persian and Urdu letters, digits and
presentation forms become one plain letter (or several: ``æ``, the lam-alef ligature); vowel marks,
tatweel, apostrophes and invisible controls vanish; everything else separates tokens. Because each
character is folded alone, offsets into the untouched text are never lost.

Some separators *join* the tokens of one name (spaces, hyphens, quotes), others *break*: no name
runs across a comma, a bracket, a dash, a full stop or an empty line.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

__all__ = ["BREAK", "CharacterClass", "FoldTable", "codepoints", "fold", "fold_table"]

PLANE = 0x10000
"""Characters beyond the Basic Multilingual Plane (emoji, mostly) are separators."""

BREAK = "\N{PARAGRAPH SEPARATOR}"
"""A character that always breaks; put between texts that are folded in one go."""


class CharacterClass(IntEnum):
    """What a character that is no letter does; in a table, values below ``LETTER`` are classes."""

    MARK = 0
    """Deleted, but belongs to the letter before it: vowel marks, tatweel."""
    SILENT = 1
    """Deleted: invisible controls, joiners, direction marks."""
    APOSTROPHE = 2
    """Deleted; may open a possessive."""
    EXPAND = 3
    """A letter that folds to several."""
    JOINER = 4
    """Separates tokens that may belong to one name."""
    BREAKER = 5
    """Separates tokens that cannot belong to one name."""
    NEWLINE = 6
    """A joiner; two of them between the same tokens break."""
    STOP = 7
    """A full stop: breaks at the end of a sentence, joins inside a name ("St. Louis")."""
    LETTER = 8
    """The least value of a folded letter (its code point)."""


_PRIVATE = (0xD800, 0xF900)
"""Surrogates and characters for private use: no letters, so joiners."""
_APOSTROPHES = frozenset("'’‘ʻʼʽ`´′ʿʾ‛ʹ")
_BREAKERS = frozenset(",;:!?|•…،؛؟–—―。、・")
_QUOTES = frozenset("‚„")
_STOPS = frozenset((".", "\N{ARABIC FULL STOP}"))
_TATWEEL = "\N{ARABIC TATWEEL}"
_LATIN = {
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ə": "a", "ɛ": "e", "ɔ": "o", "æ": "ae", "œ": "oe", "þ": "th",
}  # fmt: skip
_ARABIC = {
    "\N{ARABIC LETTER ALEF}": "\u0671\u0672\u0673\u0675",
    "\N{ARABIC LETTER BEH}": "\u066e\u067b\u067e",
    "\N{ARABIC LETTER TEH}": "\u0679\u067a\u067c",
    "\N{ARABIC LETTER JEEM}": "\u0686",
    "\N{ARABIC LETTER DAL}": "\u0688\u0689",
    "\N{ARABIC LETTER REH}": "\u0691\u0693\u0695",
    "\N{ARABIC LETTER ZAIN}": "\u0698",
    "\N{ARABIC LETTER FEH}": "\u06a4",
    "\N{ARABIC LETTER QAF}": "\u06a8",
    "\N{ARABIC LETTER KAF}": "\u06a9\u06aa\u06ab\u06ad\u06af",
    "\N{ARABIC LETTER LAM}": "\u06b5",
    "\N{ARABIC LETTER NOON}": "\u06ba",
    "\N{ARABIC LETTER HEH}": "\u0629\u06be\u06c0\u06c1\u06c2\u06c3\u06d5",
    "\N{ARABIC LETTER WAW}": "\u0676\u0677\u06c4\u06c5\u06c6\u06c7\u06c8\u06c9\u06ca\u06cb",
    "\N{ARABIC LETTER YEH}": "\u0649\u0678\u06cc\u06cd\u06ce\u06d0\u06d2\u06d3",
}


def _replacements() -> dict[str, str]:
    """Return the letters that Unicode does not decompose, each with what it folds to."""
    table = dict(_LATIN)
    for letter, variants in _ARABIC.items():
        table.update(dict.fromkeys(variants, letter))
    for zero in (0x660, 0x6F0):
        table.update({chr(zero + digit): str(digit) for digit in range(10)})
    return table


def _fold_letters(characters: list[str]) -> list[str]:
    """Return what each character folds to, ``""`` for one that is no letter or digit."""
    # Some letters come out of the decomposition as capitals: fold their case a second time.
    plain = [unicodedata.normalize("NFKD", c.casefold()).casefold() for c in characters]
    replace = _replacements()
    seen = set().union(*plain)
    spelled = {c for c in seen if (kind := unicodedata.category(c))[0] in "LN" or kind == "Mc"}
    spelled -= _APOSTROPHES | {_TATWEEL}
    table = {ord(c): replace.get(c, c) if c in spelled else None for c in seen}
    # Hangul and a few others come apart in NFKD: put them together again, one letter each.
    return [unicodedata.normalize("NFC", parts.translate(table)) for parts in plain]


def _class_of(character: str) -> CharacterClass:
    """Return what a character that is no letter does between or inside tokens."""
    category = unicodedata.category(character)
    plain = unicodedata.normalize("NFKC", character)
    bracket = category in {"Ps", "Pe"} and character not in _QUOTES
    # "Lo" without a letter left is the presentation form of a vowel mark.
    mark = category in {"Mn", "Me", "Lo"} or character == _TATWEEL
    rules = (
        (bool({character, plain} & _APOSTROPHES), CharacterClass.APOSTROPHE),
        (mark, CharacterClass.MARK),
        (category == "Cf", CharacterClass.SILENT),
        (character == "\n", CharacterClass.NEWLINE),
        (plain in _STOPS, CharacterClass.STOP),
        (bracket or character == BREAK, CharacterClass.BREAKER),
        (bool({character, plain} & _BREAKERS), CharacterClass.BREAKER),
    )
    return next((kind for holds, kind in rules if holds), CharacterClass.JOINER)


@dataclass(frozen=True)
class FoldTable:
    """What every character folds to, as arrays that can be stored and memory-mapped.

    ``code`` holds for each of 65,536 characters the folded letter's code point or a
    `CharacterClass`. Character ``expand_code[i]`` folds to the letters
    ``expand_letter[expand_start[i]:expand_start[i + 1]]``.
    """

    code: NDArray[np.uint16]
    expand_code: NDArray[np.uint16]
    expand_start: NDArray[np.uint32]
    expand_letter: NDArray[np.uint16]

    @classmethod
    def build(cls) -> FoldTable:
        """Return the table for the Unicode version of this Python; takes about 0.1 s."""
        code = np.full(PLANE, CharacterClass.JOINER, "<u2")
        several: list[tuple[int, str]] = []
        points = [*range(1, _PRIVATE[0]), *range(_PRIVATE[1], PLANE - 1)]
        characters = [chr(point) for point in points]
        for character, folded in zip(characters, _fold_letters(characters), strict=True):
            point = ord(character)
            if not folded or unicodedata.category(character) in {"Mn", "Me"}:
                code[point] = _class_of(character)
            elif len(folded) == 1:
                # A few rare ideographs are the same as one beyond the plane: left as they are.
                code[point] = ord(folded) if ord(folded) < PLANE else point
            else:
                code[point] = CharacterClass.EXPAND
                several.append((point, folded))
        starts = np.cumsum([0, *(len(folded) for _, folded in several)])
        letters = "".join(folded for _, folded in several)
        return cls(
            code=code,
            expand_code=np.array([point for point, _ in several], "<u2"),
            expand_start=starts.astype("<u4"),
            expand_letter=codepoints(letters).astype("<u2"),
        )

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> FoldTable:
        """Return the table whose arrays `arrays` gave."""
        return cls(**{name: arrays[f"fold.{name}"] for name in cls.__dataclass_fields__})  # type: ignore[arg-type]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to store, by name."""
        return {f"fold.{name}": getattr(self, name) for name in self.__dataclass_fields__}

    @cached_property
    def letter_hash(self) -> NDArray[np.uint64]:
        """A random-looking odd 64-bit value for each folded letter, 0 for each class."""
        value = np.arange(PLANE, dtype=np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            value = (value ^ (value >> np.uint64(shift))) * np.uint64(factor)
        value = (value ^ (value >> np.uint64(31))) | np.uint64(1)
        value[: CharacterClass.LETTER] = 0
        return value

    def codes(
        self, points: NDArray[np.unsignedinteger]
    ) -> tuple[NDArray[np.uint16], NDArray[np.intp] | None]:
        """Fold code points to letters and separators.

        Returns
        -------
        codes
            Folded letters and separator classes; deleted characters are gone.
        origin
            For each, the index in ``points`` it came from; ``None`` when nothing moved.
        """
        # `take` is twice as fast as square brackets, here and wherever whole blocks are looked up.
        codes: NDArray[np.uint16] = self.code.take(points)
        kept = codes > CharacterClass.APOSTROPHE
        if (codes == CharacterClass.EXPAND).any():
            return self._expand(codes, points)
        if kept.all():
            return codes, None
        origin = np.flatnonzero(kept)
        return codes.take(origin), origin

    def _expand(
        self, codes: NDArray[np.uint16], points: NDArray[np.unsignedinteger]
    ) -> tuple[NDArray[np.uint16], NDArray[np.intp]]:
        """Return what `codes` returns where some character folds to several letters."""
        where = np.flatnonzero(codes == CharacterClass.EXPAND)
        which = np.searchsorted(self.expand_code, points[where])
        first = self.expand_start[which].astype(np.intp)
        length = self.expand_start[which + 1].astype(np.intp) - first
        repeat = (codes > CharacterClass.APOSTROPHE).astype(np.intp)
        repeat[where] = length
        origin = np.repeat(np.arange(len(codes)), repeat)
        out = codes.take(origin)
        before = np.cumsum(length) - length
        letters = np.repeat(first - before, length) + np.arange(length.sum())
        out[out == CharacterClass.EXPAND] = self.expand_letter[letters]
        return out, origin

    def fold(self, text: str) -> str:
        """Return the folded tokens of ``text``, joined with one space."""
        return self.fold_many([text])[0]

    def fold_many(self, texts: Iterable[str]) -> list[str]:
        """Return the folded tokens of each text, joined with one space."""
        joined = BREAK.join(text.replace(BREAK, " ") for text in texts)
        points = codepoints(joined)
        codes, origin = self.codes(points)
        between = (points if origin is None else points[origin]) == ord(BREAK)
        codes[codes < CharacterClass.LETTER] = ord(" ")
        codes[between] = ord(BREAK)
        folded = codes.astype("<u2").tobytes().decode("utf-16-le")
        return [" ".join(part.split()) for part in folded.split(BREAK)]


def codepoints(text: str) -> NDArray[np.unsignedinteger]:
    """Return one number a character of ``text``; all beyond the plane become its last (a joiner).

    Lone surrogates are allowed: text from outside may hold them.
    """
    narrow = text.encode("utf-16-le", "surrogatepass")
    if len(narrow) == 2 * len(text):
        return np.frombuffer(narrow, "<u2")
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    clipped: NDArray[np.unsignedinteger] = np.minimum(wide, np.uint32(PLANE - 1))
    return clipped


@lru_cache(maxsize=1)
def fold_table() -> FoldTable:
    """Return the table for this Python, built once."""
    return FoldTable.build()


def fold(text: str) -> str:
    """Return the folded tokens of ``text`` joined with one space; ``""`` when there are none.

    >>> fold("Deir ez-Zôr")
    'deir ez zor'
    """
    return fold_table().fold(text)
