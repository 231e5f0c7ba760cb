"""The decision: a weighted sum of evidence, one row of weights a script, readable as a table.

Where the sum leaves doubt, small trees correct it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import GeoError
from geo.recognize.evidence import COLUMNS, evidence, second_look
from geo.recognize.lexical import buckets
from geo.recognize.tagging import Tagger
from geo.recognize.tagging.features import CLASSES
from geo.recognize.trees import Trees
from geo.recognize.usage import Usage
from geo.recognize.uses import COLUMNS as USES
from geo.recognize.uses import Uses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.recognize.reading import Reading
    from geo.recognize.tagging import Tags

__all__ = ["SCRIPTS", "DecisionModel", "likely", "load_model", "log_odds", "shipped_model"]

SCRIPTS: tuple[str, ...] = ("Arab", "Latn")
"""The scripts that have weights of their own, by their number in a reading."""

LOOKS = 2
_STEP = 1 / 32
"""What one step of a stored weight of a word is worth."""

_OUTDATED = "made for another version; train it again"

_TOLD = 3
_SHOWN = 0.25
"""Pieces of evidence that are told, and the least that each must move the sum."""

_BASE = [n for n, name in enumerate(COLUMNS) if name.split(": ")[-1] in {"any name", "such a name"}]
"""Columns that hold a base rate, which explains nothing."""

_NOTHING = -1
"""Stands for a column where none weighs enough."""

_TOLD_AS = tuple(column.split(": ")[-1] for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """Log-odds that a hit is a place: weights of the evidence and of the words round it.

    ``weights`` have the shape (looks, scripts, columns), ``lexical`` (looks, scripts, buckets).
    The first look weighs each hit alone; the second knows what the first made of the others, and
    ``trees`` correct it where it leaves doubt. ``usage`` tells how the names were used in other
    articles, ``uses`` which of the places are meant for who acts there.
    """

    weights: NDArray[np.float32]
    lexical: NDArray[np.float32]
    usage: Usage
    tagger: Tagger
    trees: Trees
    uses: Uses

    def decide(
        self, reading: Reading, tags: Tags
    ) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """Return the probability that each hit is a place, and the evidence for it."""
        matrix, words = evidence(reading, self.usage, tags), buckets(reading)
        script = reading.script
        first, second = zip(self.weights, self.lexical, strict=True)
        second_look(reading, matrix, likely(log_odds(*first, matrix, words, script)))
        odds = log_odds(*second, matrix, words, script)
        return likely(self.trees.corrected(odds, matrix, script)), matrix

    def save(self, path: Path, **report: object) -> None:
        """Write the model: the weights of the evidence to read, the hashed tables beside them.

        ``report`` says what it was trained on; the same model gives the same bytes.
        """
        tables = [_tables(COLUMNS, look) for look in self.weights]
        told = {**report, "weights": tables, "uses": _tables(USES, self.uses.plain)}
        text = json.dumps(told, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")
        arrays: dict[str, Any] = {
            "lexical": _packed(self.lexical),
            "uses": _packed(self.uses.lexical),
            **self.usage.arrays(),
            **{f"tagger_{name}": array for name, array in self.tagger.arrays().items()},
            **{f"trees_{name}": array for name, array in self.trees.arrays().items()},
        }
        np.savez_compressed(path.with_suffix(".npz"), **arrays)

    def reasons(
        self,
        matrix: NDArray[np.float32],
        script: NDArray[np.int8],
        accepted: NDArray[np.bool_],
    ) -> list[tuple[str, ...]]:
        """Name what weighed most for each hit that was accepted, and against each that was not."""
        weights = self.weights[-1].copy()
        weights[:, _BASE] = 0
        parts = matrix * np.concatenate([-weights, weights])[accepted * len(SCRIPTS) + script]
        every, told = np.arange(len(parts)), []
        for _ in range(_TOLD):
            top = parts.argmax(axis=1)
            told.append(np.where(parts[every, top] > _SHOWN, top, _NOTHING).tolist())
            parts[every, top] = 0
        return list(map(_named, *told))


def log_odds(
    weights: NDArray[np.float32],
    lexical: NDArray[np.float32],
    matrix: NDArray[np.float32],
    words: NDArray[np.int64],
    script: NDArray[np.int8],
) -> NDArray[np.float64]:
    """Return the log-odds of each hit by the weights of one look, shape (hits,)."""
    # Not a matrix product, which a library would spread over threads that wait for each other.
    scores = np.einsum("hc,sc->sh", matrix, weights)
    odds = np.choose(script, scores).astype(np.float64)
    row = script[:, None] * np.intp(lexical.shape[-1]) + words
    return np.asarray(odds + lexical.ravel().take(row).sum(axis=1))


def likely(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probabilities that log-odds stand for."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


@lru_cache(maxsize=1 << 14)
def _named(*columns: int) -> tuple[str, ...]:
    """Return what some columns are told as, each only once."""
    names = dict.fromkeys(_TOLD_AS[column] for column in columns if column != _NOTHING)
    return tuple(names)


def load_model(path: Path) -> DecisionModel:
    """Read weights written by ``python -m geo.build.train``.

    Raises
    ------
    GeoError
        If the file was trained for other columns than this version has.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    try:
        weights = np.stack([_rows(COLUMNS, tables) for tables in data["weights"]])
        plain = _rows(USES, data["uses"])
        with np.load(path.with_suffix(".npz")) as arrays:
            tagger = {name: arrays[f"tagger_{name}"] for name in Tagger.__dataclass_fields__}
            trees = {name: arrays[f"trees_{name}"] for name in Trees.__slots__}
            lexical, words = (arrays[name].astype(np.float32) for name in ("lexical", "uses"))
            usage = Usage.from_arrays(arrays)
    except (KeyError, ValueError) as error:
        raise GeoError(f"{path.name}: {_OUTDATED}") from error
    if (len(weights), tagger["classes"].shape[-2]) != (LOOKS, CLASSES):
        raise GeoError(f"{path.name}: {_OUTDATED}")
    return DecisionModel(
        weights,
        lexical * _STEP,
        usage,
        Tagger(**tagger),
        Trees(**trees),
        Uses(plain, words * _STEP),
    )


def _tables(columns: Sequence[str], rows: NDArray[np.float32]) -> dict[str, dict[str, float]]:
    """Return the weights of each script by the names of their columns."""
    return {
        script: dict(zip(columns, np.round(row.astype(float), 3).tolist(), strict=True))
        for script, row in zip(SCRIPTS, rows, strict=True)
    }


def _rows(columns: tuple[str, ...], tables: dict[str, dict[str, float]]) -> NDArray[np.float32]:
    """Return what `_tables` wrote, shape (scripts, columns).

    Raises
    ------
    ValueError
        If the columns are others: trees know them by their numbers, so all count, in order.
    """
    if any(tuple(tables[script]) != columns for script in SCRIPTS):
        raise ValueError("other columns")
    return np.array([list(tables[script].values()) for script in SCRIPTS], dtype=np.float32)


def _packed(weights: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return weights of words as they are stored."""
    return np.clip(np.round(weights / _STEP), -127, 127).astype(np.int8)


@cache
def shipped_model() -> DecisionModel:
    """Return the weights that ship with the package."""
    return load_model(Path(__file__).with_name("weights.json"))
