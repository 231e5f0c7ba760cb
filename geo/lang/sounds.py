"""How names sound whatever script they are in: Dayr az-Zawr, Der Zor, دير الزور.

A name is reduced to its consonants and long vowels, articles left out; letters that only one of the
scripts tells apart are taken for one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["consonants", "sounds", "vowels_apart"]

# What stands for what, in this order: articles, then groups of letters, then single ones. Capitals
# are consonants, i and u long vowels. The compiled gazetteer finds names by what comes out: who
# changes it raises the version of its format.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), sound)
    for pattern, sound in (
        (r"\b[aeiu]l(?:-|'| (?=[a-z]))", ""),
        (r"\b[aeiu]([cs]h|[dnrstz]h?)[-' ](?=\1)", ""),
        (r"\b\u0627\u0644(?=\w\w)", ""),
        (r"(?<=\w)(?:h|\u0629|\u0647)\b", ""),
        (r"sch|sh|ch|\u062a\u0634", "$"),
        (r"kh", "X"),
        (r"gh|ck|qu", "G"),
        (r"th", "T"),
        (r"dh", "D"),
        (r"ph", "F"),
        (r"dj|zh", "J"),
        (r"x|\u0643\u0633", "GS"),
        (r"c(?=[eiy])", "S"),
    )
)
_LETTERS = {
    "B": "bp\N{ARABIC LETTER BEH}\N{ARABIC LETTER PEH}",
    "D": "d\N{ARABIC LETTER DAL}\N{ARABIC LETTER THAL}\N{ARABIC LETTER DAD}",
    "F": "fv\N{ARABIC LETTER FEH}\N{ARABIC LETTER VEH}",
    "G": "cgkq\N{ARABIC LETTER KAF}\N{ARABIC LETTER QAF}\N{ARABIC LETTER GHAIN}"
    "\N{ARABIC LETTER GAF}\N{ARABIC LETTER KEHEH}",
    "H": "h\N{ARABIC LETTER HAH}\N{ARABIC LETTER HEH}",
    "J": "j\N{ARABIC LETTER JEEM}",
    "L": "l\N{ARABIC LETTER LAM}",
    "M": "m\N{ARABIC LETTER MEEM}",
    "N": "n\N{ARABIC LETTER NOON}",
    "R": "r\N{ARABIC LETTER REH}",
    "S": "s\N{ARABIC LETTER SEEN}\N{ARABIC LETTER SAD}",
    "T": "t\N{ARABIC LETTER TEH}\N{ARABIC LETTER TAH}\N{ARABIC LETTER THEH}",
    "X": "\N{ARABIC LETTER KHAH}",
    "Z": "z\N{ARABIC LETTER ZAIN}\N{ARABIC LETTER ZAH}",
    "$": "\N{ARABIC LETTER SHEEN}\N{ARABIC LETTER TCHEH}",
    "i": "eiy\N{ARABIC LETTER YEH}\N{ARABIC LETTER FARSI YEH}\N{ARABIC LETTER ALEF MAKSURA}",
    "u": "ouw\N{ARABIC LETTER WAW}",
}
_SOUND = {ord(letter): sound for sound, letters in _LETTERS.items() for letter in letters}
_SOUND |= {ord(sound): sound for sound in _LETTERS}
_REPEATED = re.compile(r"([A-Z$iu])\1+")
_REPEATED_VOWEL = re.compile(r"([iu])\1+")
_SILENT = re.compile(r"[^A-Z$iu\n]+")
_VOWEL = re.compile(r"[iu]+")
_CONSONANT = re.compile(r"[^iu]")


def sounds(names: Sequence[str]) -> list[str]:
    """Return the sounds of each name: its consonants, and i and u for its long vowels."""
    if not names:
        return []
    # All in one text: the rules run once, not once a name.
    text = "\n".join(" ".join(name.split()) for name in names)
    text = unicodedata.normalize("NFKD", text).casefold()
    text = text.translate(dict.fromkeys(map(ord, filter(_is_mark, set(text)))))
    for pattern, sound in _RULES:
        text = pattern.sub(sound, text)
    # Doubled letters are one; those that a short vowel divides are two.
    text = _REPEATED.sub(r"\1", text.translate(_SOUND))
    text = _REPEATED_VOWEL.sub(r"\1", _SILENT.sub("", text))
    return text.replace("NB", "MB").split("\n")


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) > 0 or character == "\N{ARABIC TATWEEL}"


def consonants(sound: str) -> str:
    """Return the consonants of one of `sounds`."""
    return _VOWEL.sub("", sound)


def vowels_apart(long: str, spoken: str) -> tuple[int, int]:
    """Return behind how many consonants ``spoken`` lacks a vowel of ``long``, and has one more.

    Both are `sounds` with the same consonants. Arabic writes long vowels alone: what another
    spelling has besides them may be a short one.
    """
    pairs = list(zip(_CONSONANT.split(long), _CONSONANT.split(spoken), strict=True))
    lacking = sum(not set(vowels) <= set(others) for vowels, others in pairs)
    return lacking, sum(vowels != others for vowels, others in pairs) - lacking
