"""The index finds each name it was given, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer.index import NameIndex, Script, name_keys
from geo.text.folding import fold, fold_table
from geo.text.tokens import Tokeniser

NAME = st.text(alphabet="abcdé حلبرىَـ-,.'æ12\u2029", max_size=30)


@pytest.fixture(scope="module")
def tokeniser() -> Tokeniser:
    return Tokeniser(fold_table())


def indexed(name: str) -> bool:
    """The rule for names, in plain Python; these names are small letters only."""
    tokens = fold(name).split()
    letters = "".join(tokens)
    if not letters or len(tokens) > 16 or len(name) > 512:
        return False
    if letters.isdecimal() or len(letters) == 1 == len(tokens):
        return False
    return len(tokens) > 1 or len(letters) > 2 or ord(letters[0]) >= 0x250


@settings(deadline=None)
@given(names=st.lists(NAME, max_size=40), others=st.lists(NAME, max_size=20))
def test_names_are_found_by_their_folding(
    tokeniser: Tokeniser, names: list[str], others: list[str]
) -> None:
    keys = name_keys(names, tokeniser)
    assert [bool(key) for key in keys.key] == [indexed(name) for name in names]
    distinct = np.unique(keys.key[keys.key != 0])
    index = NameIndex(NameIndex.build(distinct, keys.beginning))
    known = {fold(name): key for name, key in zip(names, keys.key.tolist(), strict=True) if key}
    assert len(index) == len(known)
    asked = name_keys([*names, *others], tokeniser).key
    flags, found = index.flags(asked), index.find(asked)
    for name, key, flag, place in zip([*names, *others], asked, flags, found, strict=True):
        if key and fold(name) in known:
            assert flag & 1
            assert distinct[place] == known[fold(name)] == key
        else:
            assert place == -1


@settings(deadline=None)
@given(names=st.lists(NAME, min_size=1, max_size=20))
def test_every_beginning_of_a_name_is_flagged(tokeniser: Tokeniser, names: list[str]) -> None:
    keys = name_keys(names, tokeniser)
    index = NameIndex(NameIndex.build(np.unique(keys.key[keys.key != 0]), keys.beginning))
    for name, key in zip(names, keys.key, strict=True):
        tokens = tokeniser.tokens(name)
        for length in range(1, len(tokens) if key else 0):
            begin = name_keys([" ".join(fold(name).split()[:length])], tokeniser).key
            if begin[0]:
                assert index.flags(begin)[0] & 2


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Homs", Script.LATIN),
        ("حمص", Script.ARABIC),
        ("Хомс", Script.OTHER),
        ("«حمص»", Script.ARABIC),
    ],
)
def test_the_script_is_that_of_the_first_letter(
    tokeniser: Tokeniser, name: str, script: int
) -> None:
    assert name_keys([name], tokeniser).script.tolist() == [script]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("UK", True),
        ("Uk", False),
        ("Ky.", True),
        ("ky.", False),
        ("A", False),
        ("U.S.", True),
        ("قم", True),
        ("ق", False),
    ],
)
def test_short_names_are_kept_where_they_can_be_told(
    tokeniser: Tokeniser,
    name: str,
    kept: bool,  # noqa: FBT001
) -> None:
    assert bool(name_keys([name], tokeniser).key[0]) is kept


def test_stored_arrays_are_little_endian(tokeniser: Tokeniser) -> None:
    keys = name_keys(["Homs"], tokeniser)
    arrays = NameIndex.build(keys.key, keys.beginning)
    assert {name: array.dtype.str for name, array in arrays.items()} == {
        "name.key": "<u8",
        "name.bucket": "<u4",
        "name.flag": "|u1",
    }
