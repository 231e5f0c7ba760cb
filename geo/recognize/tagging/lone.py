"""What tokens weigh by themselves, of themselves and of their neighbours, kept once summed.

The words of news come again and again, and most look like one another: most sums are found again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.recognize.tagging.features import BUCKETS, REGISTERS, buckets
from geo.recognize.tagging.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from geo.recognize.tagging.features import Slot, View

    Hashes = NDArray[np.uint64]
    Ints = NDArray[np.int64]
    Steps = NDArray[np.int16]

__all__ = ["LANES", "Lone"]

LANES = 4
"""Weights in a row of a table: one a tag and one to spare, so that a row is fetched as one."""


class Lone:
    """The sums of the weights of some slots, by token.

    Parameters
    ----------
    slots
        The slots that one token fills by itself.
    weights
        The rows of all tables, 4 numbers each: those of words by kind, those of parts by script.
    kinds
        The number of tables of words.
    """

    def __init__(self, slots: Sequence[Slot], weights: Steps, *, kinds: int) -> None:
        # By step, so that what belongs to one step is summed at once.
        self._order = sorted(range(len(slots)), key=lambda number: slots[number].step)
        chosen = [slots[number] for number in self._order]
        self._numbers = [slot.number for slot in chosen]
        self._part = np.array([[slot.part] for slot in chosen])
        self._steps, self._starts = np.unique([slot.step for slot in chosen], return_index=True)
        self._weights, self._parts = weights, kinds * BUCKETS
        self._kept = Remembered(len(self._steps))
        absent = np.array([[slot.absent] for slot in chosen])
        self._absent = self._summed(absent, np.arange(kinds))

    def add(
        self,
        total: Steps,
        view: View,
        kind: Ints,
        keys: Hashes,
        values: Callable[[Ints], Iterable[Hashes]],
    ) -> None:
        """Add to ``total``, of shape (tokens, 4), what each token and its neighbours weigh.

        Parameters
        ----------
        kind
            Which of the tables of words each token is looked up in, by script and register.
        keys, values
            What sets the tokens apart, and what returns the values of some of them, slot by slot.
        """

        def summed(which: Ints) -> Ints:
            every = list(values(which))
            rows = np.stack([every[number] for number in self._order])
            return self._summed(buckets(rows, *self._numbers), kind[which])

        sums = self._kept.rows(keys, summed)
        for column, step in enumerate(self._steps.tolist()):
            near, lonely = view.near(sums[:, column], step), view.lonely(step)
            near[lonely] = self._absent[kind[lonely], column]
            total += np.ascontiguousarray(near).view(np.int16).reshape(-1, LANES)

    def _summed(self, every: Ints, kind: Ints) -> Ints:
        """Return the sums by step, four lanes as one number, shape (tokens, steps).

        ``every`` are the buckets of some tokens, shape (slots, tokens).
        """
        script = kind // len(REGISTERS)
        first = np.where(self._part, self._parts + script * BUCKETS, kind * BUCKETS)
        rows = self._weights.take(every + first, axis=0)
        sums = np.add.reduceat(rows, self._starts, axis=0, dtype=np.int16)
        return np.ascontiguousarray(sums.view(np.int64)[..., 0].T)
