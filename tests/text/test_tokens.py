"""What is told of many hashes at once, against what sorting them says."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.text.folding import fold_table
from geo.text.tokens import Tokeniser, among, mix

# Some share their first bits, some are the same.
hashes = st.lists(
    st.builds(lambda high, low: high << 48 | low, st.integers(0, 3), st.integers(0, 3)), max_size=30
)


@given(hashes, hashes)
def test_few_among_many_are_those_that_sorting_finds(many: list[int], few: list[int]) -> None:
    every, sought = np.array(many, dtype=np.uint64), np.array(few, dtype=np.uint64)
    assert among(every, sought).tolist() == np.flatnonzero(np.isin(every, sought)).tolist()


@given(
    st.lists(st.tuples(st.sampled_from(["ومدينة", "abcd", "بحر"]), st.integers(0, 2)), min_size=1)
)
def test_each_token_may_lose_first_letters_of_its_own_number(words: list[tuple[str, int]]) -> None:
    tokeniser = Tokeniser(fold_table())
    tokens = tokeniser.tokens(" ".join(word for word, _ in words))
    cut = tokens.raw(np.arange(len(words)), head=np.array([head for _, head in words]))
    rest = [tokeniser.tokens(word[head:]).hashes[0] for word, head in words]
    assert mix(cut).tolist() == [int(each) for each in rest]


@given(st.lists(st.text(alphabet="abæ حلبَ'.-\n", max_size=12)))
def test_texts_cut_in_one_go_have_the_tokens_of_each(texts: list[str]) -> None:
    tokeniser = Tokeniser(fold_table())
    tokens, first = tokeniser.tokens_of(texts)
    assert len(first) == len(texts) + 1
    parts = zip(texts, first[:-1], first[1:], strict=True)
    for text, begin, end in parts:
        assert tokens.hashes[begin:end].tolist() == tokeniser.tokens(text).hashes.tolist()
    assert first[-1] == len(tokens)
