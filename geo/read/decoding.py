"""Bytes → text: UTF-8, UTF-16 with its mark, and the old Arabic and Latin code pages.

News archives keep pages in Windows-1256 and ISO-8859-6, which cannot be told apart by validity:
almost any bytes decode in both. So each reading is judged as text: letters of one word belong to
one script, Arabic letters come about as often as they do in print, and no control characters
appear. A reading that fails is refused rather than shown as gibberish.
"""

from __future__ import annotations

import codecs
import math
import re
from collections import Counter
from typing import Final

from geo.errors import ArticleError

__all__ = ["clean", "decode", "is_binary"]

_LEGACY: Final = ("cp1256", "iso8859_6", "cp1252")
"""Code pages tried when the bytes are not UTF-8, the likeliest first (it wins a tie)."""

_SAMPLE: Final = 1 << 16
"""Bytes judged from each reading: enough to be sure, few enough not to stall on 50 MB."""

_BROKEN: Final = 0.02
"""UTF-8 with at most this share of broken characters is UTF-8 that was damaged on its way."""

_SOME: Final = 0.1
"""Share of control characters beyond which bytes that happen to be UTF-8 are no text."""

_PLAUSIBLE: Final = -0.4
"""Least mean score of a readable text: 99 in 100 real ones score above 0.1, noise below -0.5."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_NOT_A_CHARACTER = re.compile(r"[\x00\ud800-\udfff]")
_WORD = re.compile(r"[^\W\d_]+")

# Letters of printed Arabic, the most frequent first; the long tail decides between code pages
# because Windows-1256 and ISO-8859-6 put rare letters where the other puts common ones.
_COMMON: Final = (
    "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}\N{ARABIC LETTER YEH}\N{ARABIC LETTER MEEM}"
    "\N{ARABIC LETTER WAW}\N{ARABIC LETTER NOON}\N{ARABIC LETTER REH}\N{ARABIC LETTER TEH}"
    "\N{ARABIC LETTER BEH}\N{ARABIC LETTER TEH MARBUTA}\N{ARABIC LETTER AIN}"
    "\N{ARABIC LETTER DAL}\N{ARABIC LETTER SEEN}\N{ARABIC LETTER FEH}\N{ARABIC LETTER HEH}"
    "\N{ARABIC LETTER KAF}\N{ARABIC LETTER QAF}\N{ARABIC LETTER HAH}"
    "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}\N{ARABIC LETTER JEEM}\N{ARABIC LETTER SHEEN}"
    "\N{ARABIC LETTER TAH}\N{ARABIC LETTER SAD}\N{ARABIC LETTER ALEF MAKSURA}"
    "\N{ARABIC LETTER KHAH}\N{ARABIC LETTER ALEF WITH HAMZA BELOW}\N{ARABIC LETTER DAD}"
    "\N{ARABIC LETTER THAL}\N{ARABIC LETTER ZAIN}\N{ARABIC LETTER THEH}"
    "\N{ARABIC LETTER GHAIN}\N{ARABIC LETTER YEH WITH HAMZA ABOVE}\N{ARABIC LETTER HAMZA}"
    "\N{ARABIC LETTER ZAH}\N{ARABIC LETTER ALEF WITH MADDA ABOVE}"
    "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}"
)
_SCORE: Final = {letter: 1.5 - math.log2(1 + rank / 5) for rank, letter in enumerate(_COMMON)}
_LATIN: Final = 0.5
_ODD: Final = -3.0


def is_binary(data: bytes) -> bool:
    """Return whether ``data`` holds a NUL and is not UTF-16, as images and archives do."""
    return b"\0" in data and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def clean(text: str) -> str:
    """Return ``text`` with each lone surrogate and NUL replaced by U+FFFD, one for one.

    Neither can be written to a file or shown in a page; the length, and so every offset, stays.
    """
    return _NOT_A_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)


def decode(data: bytes, *, name: str, declared: str | None = None) -> str:
    """Return the text that ``data`` holds, without a byte order mark.

    Parameters
    ----------
    data : bytes
        A whole file or record.
    name : str
        What to call it in an error.
    declared : str, optional
        The encoding a page or server claims; used only where the bytes bear it out.

    Raises
    ------
    ArticleError
        If the bytes are binary, or no reading of them looks like Arabic or Latin text.
    """
    if is_binary(data):
        raise ArticleError(f"{name}: holds NUL bytes, so it is not text; save it as UTF-8 text")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
        if text.count("\N{REPLACEMENT CHARACTER}") > _BROKEN * len(text) or "\0" in text:
            raise ArticleError(f"{name}: broken UTF-16; save it as UTF-8 text")
        return text
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="replace")
    if _is_utf8(text):
        _refuse_controls(text, name=name)
        return text
    return _legacy(data, name=name, declared=declared)


def _is_utf8(text: str) -> bool:
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    if not broken or text.isascii():
        return True
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    return broken <= _BROKEN * beyond_ascii


def _refuse_controls(text: str, *, name: str) -> None:
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _SOME * len(sample):
        raise ArticleError(f"{name}: mostly control characters, not text; save it as UTF-8 text")


def _legacy(data: bytes, *, name: str, declared: str | None) -> str:
    """Return the most plausible reading of bytes that are not UTF-8."""
    best: tuple[float, str] | None = None
    for encoding in _LEGACY:
        try:
            score = _plausibility(_sample(data).decode(encoding))
        except UnicodeDecodeError:
            continue
        # A declaration settles what the letters leave open, and no more.
        score += 0.1 * (declared is not None and _same(encoding, declared))
        if best is None or score > best[0]:
            best = (score, encoding)
    if best is None or best[0] < _PLAUSIBLE:
        raise ArticleError(
            f"{name}: neither UTF-8, UTF-16, Windows-1256, ISO-8859-6 nor Windows-1252 gives "
            "readable text; save it as UTF-8"
        )
    return data.decode(best[1], errors="replace")


def _sample(data: bytes) -> bytes:
    """Return a stretch of ``data`` round its first byte beyond ASCII, where encodings differ."""
    first = next((m.start() for m in re.finditer(rb"[\x80-\xff]", data)), 0)
    return data[max(0, first - 1024) : first + _SAMPLE]


def _same(encoding: str, declared: str) -> bool:
    try:
        return codecs.lookup(encoding).name == codecs.lookup(declared).name
    except LookupError:
        return False


def _plausibility(text: str) -> float:
    """Return the mean score of the letters beyond ASCII: how much this looks like printed text.

    About 0.5 for Arabic or accented Latin in its own encoding, below -1 for a wrong reading.
    """
    letters = len(_CONTROL.findall(text))
    total = _ODD * letters
    for word, times in Counter(_WORD.findall(text)).items():
        arabic = sum("\u0600" <= letter <= "\u06ff" for letter in word)
        accented = sum(not letter.isascii() for letter in word) - arabic
        plain = len(word) - arabic - accented
        score = sum(_SCORE.get(x, _ODD) for x in word if "\u0600" <= x <= "\u06ff")
        score += (_LATIN if accented <= plain + 1 and not arabic else _ODD) * accented
        score += _ODD * min(arabic, plain)
        total += times * score
        letters += times * (arabic + accented)
    return total / letters if letters else _LATIN
