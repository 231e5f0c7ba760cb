"""Groups of words: against a dictionary, and what the ones that ship say of well-known words."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.recognize.groups import LEVELS, Groups, shipped_groups
from geo.text.folding import fold_table
from geo.text.tokens import Tokeniser

known = st.dictionaries(st.integers(0, 2**32 - 1), st.integers(0, 11), max_size=30)


def _of(words: dict[int, int]) -> Groups:
    smallest = np.array([*words.values()], dtype=np.int64)
    levels = np.stack([smallest // 3**level for level in range(LEVELS)])
    return Groups.of(np.array([*words], dtype=np.uint64) << np.uint64(32), levels)


@given(known, st.lists(st.integers(0, 2**32 - 1), max_size=9))
def test_words_are_in_their_groups_and_others_in_none(
    words: dict[int, int], strange: list[int]
) -> None:
    asked = [*words, *strange]
    found = _of(words).levels(np.array(asked, dtype=np.uint64) << np.uint64(32))
    for level, numbers in enumerate(found):
        expected = [words[word] // 3**level + 1 if word in words else 0 for word in asked]
        assert numbers.tolist() == expected


@given(known)
def test_groups_are_read_as_they_were_written(words: dict[int, int]) -> None:
    groups = _of(words)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "groups.npz"
        groups.save(path)
        with np.load(path) as arrays:
            again = Groups(**arrays)
    for name in Groups.__slots__:
        np.testing.assert_array_equal(getattr(again, name), getattr(groups, name))


def _shipped(text: str) -> list[list[int]]:
    hashes = Tokeniser(fold_table()).tokens(text).hashes
    return [numbers.tolist() for numbers in shipped_groups().levels(hashes)]


def test_words_that_the_news_uses_alike_share_a_group() -> None:
    smallest, *_ = _shipped("Monday Tuesday Friday Nebraska Kansas")
    assert smallest[0] == smallest[1] == smallest[2] != smallest[3] == smallest[4]


def test_a_word_of_no_list_has_no_group() -> None:
    assert _shipped("Zzyzxqv دمشق") == [[0, 0]] * LEVELS
