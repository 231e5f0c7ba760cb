"""What is remembered is what would be worked out anew, whatever was asked for before."""

from __future__ import annotations

import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.recognize.tagging.remembered import Remembered

# Few first bits, so that keys take each other's places.
keys = st.builds(lambda high, low: high << 60 | low, st.integers(0, 3), st.integers(1, 9))


@given(st.lists(st.lists(keys, max_size=12), max_size=6))
def test_every_row_is_that_of_its_key(blocks: list[list[int]]) -> None:
    kept = Remembered(2)
    for block in blocks:
        asked = np.array(block, dtype=np.uint64)
        expected = np.stack([asked.view(np.int64) * 3, asked.view(np.int64) + 1], axis=1)
        assert (kept.rows(asked, expected.__getitem__) == expected).all()


def test_a_key_met_before_is_not_worked_out_again() -> None:
    kept, asked = Remembered(1), np.array([5 << 50], dtype=np.uint64)
    made: list[int] = []

    def make(which: np.ndarray) -> np.ndarray:
        made.extend(which.tolist())
        return np.full((len(which), 1), 7)

    for _ in range(3):
        assert kept.rows(asked, make).tolist() == [[7]]
    assert made == [0]


def test_a_memory_is_sent_to_another_process_empty() -> None:
    assert len(pickle.dumps(Remembered(5))) < 1000
