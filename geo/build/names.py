"""Cleaning of place names that come from outside: scripts, junk, and the best Arabic form."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.text.folding import fold_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "bare",
    "best_arabic",
    "clean",
    "consonants",
    "distinct",
    "is_alias",
    "is_arabic_spelling",
    "is_generic",
    "is_plain",
    "script",
    "sounds_alike",
    "strip_head",
    "without_twins",
]

_LONGEST = 80
_FEWEST_LETTERS = 3
_MAIN = 2
"""A row has a Latin and an Arabic main name."""

_URL = re.compile(r"https?:|www\.|\.(com|org|net)\b", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{3,4}")
_ARABIC_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a]")
"""The letters of Arabic itself; Persian, Kurdish and Urdu letters are outside these ranges."""

_NON_JOINER = "\N{ZERO WIDTH NON-JOINER}"
"""What parts two words in Persian."""

_VOWEL_SIGNS = re.compile("[\u0640\u064b-\u0652\u0670]")
_ARABIC_SPELLING = re.compile("[\u0621\u0629\u0623\u0625\u0624\u0626]")
"""A teh marbuta or a hamza: few writers of Persian or Urdu put those."""

_NO_ARABIC = re.compile(r"\b[\u0624\u0626\u0629\u0649]|[\u0629\u0649]\w|\b\w\b|\b\u0627\u0644\b")
"""What Arabic never writes: a carried hamza first, a teh marbuta in a word, a letter or article
by itself."""

_EMPHATIC = {
    "\N{ARABIC LETTER SAD}": "s",
    "\N{ARABIC LETTER TAH}": "t",
    "\N{ARABIC LETTER DAD}": "d",
    "\N{ARABIC LETTER ZAH}": "z",
    "\N{ARABIC LETTER HAH}": "h",
}
_BELOW = frozenset("\N{COMBINING DOT BELOW}\N{COMBINING COMMA BELOW}\N{COMBINING CEDILLA}")
"""A dot, comma or cedilla below: how GeoNames marks the emphatic letters (Şalālah)."""

_NEARLY = 0.9
"""How like the consonants of a place's main names are, where they are one name."""

_STOP = re.compile(r"\w{2}\. ")
"""A full stop that ends a sentence: the matcher reads no name across it."""

_ARTICLE = "ال"
_ARTICLES = re.compile(
    r"\b(?:al|el|an|ar|as|ash|at|az|ad|adh)\b[ -]?|\b\u0627\u0644\B", re.IGNORECASE
)
"""The article as Latin letters write it, and in front of an Arabic word."""

_HEADS = (
    "محافظة",
    "ولاية",
    "مقاطعة",
    "إمارة",
    "إقليم",
    "جهة",
    "منطقة",
    "لواء",
    "شعبية",
    "بلدية",
    "مدينة",
    "بلدة",
    "قرية",
    "جمهورية",
    "أوبلاست",
)
"""Nouns that say what kind of place a name is; the span of a mention leaves them out."""

_KIND_AFTER = re.compile(
    r" (Governorate|Governerate|Province|Region|District|State|Oblast|Krai|County|Department|"
    r"Prefecture|Canton|Municipality|Voivodeship|Division|Area|mühafəzəsi)$"
)
_GENERIC = frozenset(
    {
        "capital",
        "central",
        "centre",
        "center",
        "coast",
        "east",
        "eastern",
        "middle",
        "north",
        "northern",
        "region",
        "south",
        "southern",
        "upper",
        "west",
        "western",
        "الشرق",
        "الشمال",
        "العاصمة",
        "الغرب",
        "الجنوب",
        "الوسط",
        "المركز",
        "الوسطى",
        "الساحل",
        "المنطقة الشمالية",
        "المنطقة الجنوبية",
        "المنطقة الوسطى",
        "المنطقة الغربية",
        "المنطقة المركزية",
    }
)

_SOUNDS = {
    "\N{ARABIC LETTER BEH}": "b",
    "\N{ARABIC LETTER TEH}": "t",
    "\N{ARABIC LETTER THEH}": "th",
    "\N{ARABIC LETTER JEEM}": "j",
    "\N{ARABIC LETTER HAH}": "h",
    "\N{ARABIC LETTER KHAH}": "kh",
    "\N{ARABIC LETTER DAL}": "d",
    "\N{ARABIC LETTER THAL}": "d",
    "\N{ARABIC LETTER REH}": "r",
    "\N{ARABIC LETTER ZAIN}": "z",
    "\N{ARABIC LETTER SEEN}": "s",
    "\N{ARABIC LETTER SHEEN}": "sh",
    "\N{ARABIC LETTER SAD}": "s",
    "\N{ARABIC LETTER DAD}": "d",
    "\N{ARABIC LETTER TAH}": "t",
    "\N{ARABIC LETTER ZAH}": "z",
    "\N{ARABIC LETTER GHAIN}": "g",
    "\N{ARABIC LETTER FEH}": "f",
    "\N{ARABIC LETTER QAF}": "q",
    "\N{ARABIC LETTER KAF}": "k",
    "\N{ARABIC LETTER LAM}": "l",
    "\N{ARABIC LETTER MEEM}": "m",
    "\N{ARABIC LETTER NOON}": "n",
    "\N{ARABIC LETTER HEH}": "h",
    "\N{ARABIC LETTER WAW}": "u",
    "\N{ARABIC LETTER YEH}": "i",
    "\N{ARABIC LETTER ALEF}": "a",
}


def clean(name: str) -> str | None:
    """Return ``name`` composed (NFC) with single spaces, or None if it cannot be a name.

    Control and format characters (bidi marks among them), Arabic vowel signs and tatweel are
    removed, but a zero-width non-joiner is a space; a ``|``, a web address, or more than 80
    characters make it no name.
    """
    text = "".join(
        " " if c == _NON_JOINER or unicodedata.category(c) in {"Zs", "Zl", "Zp", "Cc"} else c
        for c in unicodedata.normalize("NFC", name)
        if c == _NON_JOINER or unicodedata.category(c) not in {"Cf", "Co", "Cn", "Cs"}
    )
    text = " ".join(_VOWEL_SIGNS.sub("", text).split()).strip(" ,;")
    if not text or len(text) > _LONGEST or "|" in text or _URL.search(text):
        return None
    return text


def script(name: str) -> str | None:
    """Return ``"latin"`` or ``"arabic"`` if every letter of ``name`` is of that script."""
    scripts = {_letter_script(c) for c in name if c.isalpha()}
    return scripts.pop() if len(scripts) == 1 else None


def _letter_script(letter: str) -> str | None:
    if letter.isascii():
        return "latin"
    words = unicodedata.name(letter, "").split(" ", 1)[0]
    return {"LATIN": "latin", "ARABIC": "arabic", "MODIFIER": "latin"}.get(words)


def is_alias(name: str) -> bool:
    """Say whether ``name`` is worth matching in a text.

    Out go names of one or two letters, airport codes (``ALP``), and Latin names without any
    capital: GeoNames writes those by machine from other scripts (``hlb``, ``a lei po``). Arabic
    names are not abbreviated: one that goes on behind a full stop (سانت. هيلينا) goes out too.
    """
    kind = script(name)
    if (
        kind is None
        or sum(c.isalpha() for c in name) < _FEWEST_LETTERS
        or any(c.isdigit() for c in name)
    ):
        return False
    if kind == "arabic":
        return not _STOP.search(name)
    return not (_CODE.fullmatch(name) or name == name.lower())


def is_plain(alias: str) -> bool:
    """Say whether an alias stands in texts as it is, unlike ``Korea, Republic of``."""
    return is_alias(alias) and "," not in alias and "(" not in alias


def distinct(names: Iterable[str], *, besides: Iterable[str | None] = ()) -> list[str]:
    """Return ``names`` in their order, each once whatever its case, none of ``besides``."""
    seen = {name.casefold() for name in besides if name}
    kept = []
    for name in names:
        if name.casefold() not in seen:
            seen.add(name.casefold())
            kept.append(name)
    return kept


def without_twins(rows: Iterable[Sequence[str | None]]) -> list[list[str]]:
    """Return, of the names of each row, those that fold like none before them; the first two go.

    ``rows`` are a name, a second one or none, then aliases; what is left of the aliases comes back.
    An abbreviation stays beside its like: one written in capitals is read otherwise (US, us).
    """
    every = [[name or "" for name in names] for names in rows]
    folded = iter(fold_table().fold_many(name for names in every for name in names))
    kept = []
    for names in every:
        keys = [next(folded) for _ in names]
        seen, aliases = set(keys[:_MAIN]), []
        for name, key in zip(names[_MAIN:], keys[_MAIN:], strict=True):
            if key not in seen or (len(key) <= _FEWEST_LETTERS and name.isupper()):
                aliases.append(name)
            seen.add(key)
        kept.append(aliases)
    return kept


def strip_head(name: str) -> str:
    """Return an Arabic name without the noun that says its kind (محافظة حلب becomes حلب).

    A head followed by an adjective (الولاية الشمالية) carries the article and stays.
    """
    head, _, rest = name.partition(" ")
    if head in _HEADS and len(rest) > 1:
        return name if is_generic(rest) else rest
    rest, _, tail = name.rpartition(" ")
    return rest if tail in _HEADS and len(rest) > 1 else name


def bare(name: str) -> str:
    """Return a Latin name without its kind: ``Idlib`` for ``Idlib Governorate``.

    A kind in front (``State of Mexico``) stays: without it the name may be another place's.
    """
    short = _KIND_AFTER.sub("", name)
    return name if is_generic(short) else short


def is_generic(name: str) -> bool:
    """Say whether ``name`` is only a direction or a role, which says nothing by itself."""
    return name.casefold() in _GENERIC


def best_arabic(candidates: Iterable[str], latin: Iterable[str]) -> str | None:
    """Return the Arabic name among ``candidates`` nearest to what Arabic writes, or None.

    Names as Arabic spells come before those with Persian, Kurdish or Urdu letters; then those whose
    consonants are most like those of one of the ``latin`` names; then those with the emphatic
    letters and nearly the consonants of the first of these; then those with marks of Arabic
    spelling (a teh marbuta, a hamza), then with the article; then those of as many words, of the
    likest long vowels; then the shorter one, then the first in code order, so the choice is always
    the same.
    """
    arabic = {strip_head(name) for name in candidates if script(name) == "arabic"}
    if not arabic:
        return None
    names = [*latin] or [""]
    sounds, bones = [_once(_romanized(name)) for name in names], [_bones(name) for name in names]
    emphatics, words = _emphatics(names[0]), _words(names[0])

    def rank(name: str) -> tuple[bool, float, float, bool, bool, bool, int, float, int, str]:
        own, short = _once(_sounded(name)), _bones(name)
        return (
            not is_arabic_spelling(name),
            -max(_likeness(short, sound) for sound in bones),
            -_likeness(_emphatics(name), emphatics) if emphatics else 0.0,
            _likeness(short, bones[0]) < _NEARLY,
            not _ARABIC_SPELLING.search(name),
            not name.startswith(_ARTICLE),
            abs(_words(name) - words),
            -max(_likeness(own, sound) for sound in sounds),
            len(name),
            name,
        )

    return min(arabic, key=rank)


def is_arabic_spelling(name: str) -> bool:
    """Say whether a name is one that Arabic may write, rather than Persian, Kurdish or Urdu."""
    foreign = any(c.isalpha() and not _ARABIC_LETTER.match(c) for c in name)
    return not foreign and not _NO_ARABIC.search(name)


def sounds_alike(one: str, other: str) -> bool:
    """Say whether two Latin names are spellings of one: Basrah and Basra, Ḩawallī and Hawally."""
    return _bones(one).replace("h", "") == _bones(other).replace("h", "")


def _bones(name: str) -> str:
    """Return the consonants of a name without its articles, none twice in a row.

    What sounds g in one country is k in another: Málaga is مالقة.
    """
    short = _ARTICLES.sub("", name)
    letters = _sounded(short) if script(name) == "arabic" else _romanized(short)
    # A teh marbuta is an h, a heh or nothing: Jeddah, جده, جدة.
    return _once(_consonants(letters.replace("g", "k"))).removesuffix("h")


def _once(letters: str) -> str:
    """Return letters with none twice in a row: Arabic writes a doubled one once."""
    return re.sub(r"(.)\1+", r"\1", letters)


def _words(name: str) -> int:
    """Return the words of a name without its articles, and more for those that a hyphen joins."""
    return len(_ARTICLES.sub("", name).split()) + (script(name) == "arabic") * name.count("-")


def _emphatics(name: str) -> str:
    """Return the emphatic letters of a name, in letters of Arabic or with a mark below in Latin."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    marked = (one for one, mark in pairwise(letters) if mark in _BELOW)
    return "".join(_EMPHATIC.get(letter, "") for letter in letters) or "".join(marked)


def consonants(name: str) -> str:
    """Return how the consonants of a name sound, ``""`` where it has letters not told of here.

    That is for a Latin name and for one in letters of Arabic itself, which then are comparable.
    """
    if script(name) == "latin":
        return _consonants(_romanized(name))
    if any(c.isalpha() and not _ARABIC_LETTER.match(c) for c in name):
        return ""
    return _consonants(_sounded(name))


def _sounded(name: str) -> str:
    """Return an Arabic name letter by letter as Latin writes it."""
    return "".join(_SOUNDS.get(c, "") for c in unicodedata.normalize("NFKD", name))


def _likeness(one: str, other: str) -> float:
    return round(SequenceMatcher(None, one, other, autojunk=False).ratio(), 1)


def _romanized(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in folded if c.isascii() and c.isalpha())
    for old, new in (("c", "k"), ("p", "b"), ("v", "f"), ("o", "u"), ("e", "i"), ("y", "i")):
        letters = letters.replace(old, new)
    return letters


def _consonants(letters: str) -> str:
    return "".join(c for c in letters.replace("q", "k") if c not in "aeiouyw")
