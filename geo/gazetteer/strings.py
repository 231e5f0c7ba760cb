"""Columns of text as numpy arrays: one row of bytes, and where each text starts in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

__all__ = ["Strings"]

_BLOCK = 1 << 20
"""Texts gathered at a time: the places of their bytes take eight times their own room."""


@dataclass(frozen=True, slots=True)
class Strings:
    """A column of text; ``start`` has one item more than there are texts."""

    data: NDArray[np.uint8]
    start: NDArray[np.uint64]

    @staticmethod
    def of(values: Iterable[str]) -> Strings:
        """Return a column of some texts; what UTF-8 cannot hold becomes a question mark."""
        encoded = [value.encode(errors="replace") for value in values]
        starts = np.fromiter(accumulate(map(len, encoded), initial=0), "<u8", len(encoded) + 1)
        return Strings(np.frombuffer(b"".join(encoded), "u1"), starts)

    @staticmethod
    def within(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Strings:
        """Return the column that `named` put under ``name``."""
        return Strings(arrays[f"{name}.bytes"], arrays[f"{name}.start"])  # type: ignore[arg-type]

    def named(self, name: str) -> dict[str, NDArray[np.generic]]:
        """Return the arrays of the column, to be kept under ``name``."""
        return {f"{name}.bytes": self.data, f"{name}.start": self.start}

    def __len__(self) -> int:
        return len(self.start) - 1

    def __getitem__(self, row: int) -> str:
        return self.data[int(self.start[row]) : int(self.start[row + 1])].tobytes().decode()

    def texts(self) -> list[str]:
        """Return all texts."""
        whole, starts = self.data.tobytes(), self.start.tolist()
        ends = iter(starts)
        next(ends)
        return [whole[low:high].decode() for low, high in zip(starts, ends, strict=False)]

    def given(self) -> NDArray[np.bool_]:
        """Return for each text whether it is not empty."""
        return self.start[1:] > self.start[:-1]

    def followed_by(self, other: Strings) -> Strings:
        """Return this column with another one below it."""
        starts = np.concatenate([self.start, other.start[1:] + self.start[-1]])
        return Strings(np.concatenate([self.data, other.data]), starts.astype("<u8"))

    def take(self, rows: NDArray[np.integer]) -> Strings:
        """Return the texts of some rows, in that order."""
        if len(rows) == len(self) and bool((rows == np.arange(len(rows))).all()):
            return self
        low = self.start[rows].astype(np.int64)
        length = self.start[rows + 1].astype(np.int64) - low
        starts = np.concatenate([[0], np.cumsum(length)])
        pieces = [np.zeros(0, np.uint8)]
        for first in range(0, len(rows), _BLOCK):
            block = slice(first, first + _BLOCK)
            shift = np.repeat(low[block] - starts[:-1][block], length[block])
            begin, end = starts[first], starts[min(first + _BLOCK, len(rows))]
            pieces.append(self.data[np.arange(begin, end) + shift])
        return Strings(np.concatenate(pieces), starts.astype("<u8"))
