"""Folding agrees with a slow, obvious definition for every character, and keeps no surprises."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text import folding
from geo.text.folding import BREAK, CharacterClass, FoldTable, fold, fold_table

APOSTROPHES = "'’‘ʻʼʽ`´′ʿʾ‛ʹ\uff07"
LETTERS = {"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Mc"}
SAME = {
    "ا": "أإآٱ",
    "ه": "ةہھە",
    "ي": "ىیئےې",
    "و": "ؤۆۇ",
    "ك": "کگڭ",
    "ب": "پ",
    "ج": "چ",
    "ز": "ژ",
    "ف": "ڤ",
    "ق": "ڨ",
    "ر": "ڕ",
    "ل": "ڵ",
    "d": "đð",
    "o": "ø",
    "l": "ł",
    "i": "ı",
    "h": "ħ",
    "t": "ŧ",
    "ae": "æ",
    "oe": "œ",
    "th": "þ",
}


def slow(character: str) -> str:
    """What one character folds to, between two letters: letters, nothing, or a space."""
    point = ord(character)
    if point >= 0xFFFF or 0xD800 <= point < 0xF900:
        return " "
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"} or character in APOSTROPHES or character == "ـ":
        return ""
    spelled = ""
    for part in unicodedata.normalize("NFKD", character.casefold()).casefold():
        if unicodedata.category(part) in LETTERS and part not in APOSTROPHES + "ـ":
            spelled += folding._replacements().get(part, part)
    plain = unicodedata.normalize("NFC", spelled)
    if len(plain) == 1 and ord(plain) > 0xFFFF:
        return character
    return plain or ("" if category == "Lo" or plain_apostrophe(character) else " ")


def plain_apostrophe(character: str) -> bool:
    return unicodedata.normalize("NFKC", character) in set(APOSTROPHES)


def test_every_character_folds_as_defined() -> None:
    table = fold_table()
    characters = [chr(point) for point in range(0x11000)]
    folded = table.fold_many(f"x{character}y" for character in characters if character != BREAK)
    expected = [" ".join(f"x{slow(c)}y".split()) for c in characters if c != BREAK]
    assert [pair for pair in zip(folded, expected, strict=True) if pair[0] != pair[1]] == []


@pytest.mark.parametrize(("plain", "variants"), SAME.items())
def test_variants_of_a_letter_fold_to_one(plain: str, variants: str) -> None:
    assert {fold(variant) for variant in variants} == {plain}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("الرَّقّـــة", "الرقه"),
        ("ﺍﻟﺮﻗﺔ ﻻ", "الرقه لا"),
        ("Deir ez-Zôr", "deir ez zor"),
        ("«حلب»، ١٢٣ ۴۵", "حلب 123 45"),
        ("Qa'im Al‑Bū", "qaim al bu"),
        ("Łódź, Straße", "lodz strasse"),
        ("مي‌خواهم\u200f", "ميخواهم"),
        ("x\ud800y 😀 z", "x y z"),
        ("", ""),
        (" ،؛ ", ""),
    ],
)
def test_text_folds_to_plain_tokens(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.lists(st.text(alphabet=st.characters() | st.just("\u2029"), max_size=10), max_size=5))
def test_folding_many_is_folding_each(texts: list[str]) -> None:
    assert fold_table().fold_many(texts) == ([fold(text) for text in texts] if texts else [""])


def test_no_folded_letter_is_taken_for_a_class_or_deleted_again() -> None:
    table = fold_table()
    letters = np.unique(table.code[table.code >= CharacterClass.LETTER])
    assert (table.code[letters] == letters).all()
    assert (table.code[table.expand_letter] == table.expand_letter).all()


def test_a_stored_table_is_the_table() -> None:
    table = FoldTable.from_arrays(fold_table().arrays())
    assert table.fold("Æther الرّقة") == "aether الرقه"


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        (",", "BREAKER"),
        ("،", "BREAKER"),
        ("(", "BREAKER"),
        ("—", "BREAKER"),
        ("\u2029", "BREAKER"),
        (".", "STOP"),
        ("\n", "NEWLINE"),
        ("-", "JOINER"),
        ("«", "JOINER"),
        ("„", "JOINER"),
        ("_", "JOINER"),
        ("#", "JOINER"),
        ("\u0651", "MARK"),
        ("ـ", "MARK"),
        ("\u200d", "SILENT"),
        ("’", "APOSTROPHE"),
    ],
)
def test_separators_are_of_their_class(character: str, kind: str) -> None:
    assert fold_table().code[ord(character)] == CharacterClass[kind]
