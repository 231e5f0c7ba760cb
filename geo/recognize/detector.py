"""What names the places of a text instead of the weights that ship: a function, or a pipeline.

A detector says where places are named and nothing more. Its spans are brought to the contract (no
clitic, a head noun that is part of the name inside), the gazetteer gives the candidates, and ranker
and calibration do as ever; a name that the gazetteer does not have comes out as unplaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.errors import GeoError
from geo.lang.language import WordClass
from geo.recognize.mentions import decided
from geo.recognize.weighing import shipped_model

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading

    Ints = NDArray[np.int64]

__all__ = ["PLACE_LABELS", "Detector"]

PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
"""The labels that spaCy's pipelines, and most corpora, give to places."""

_SURE: Final = 0.9
"""What a detector's word counts for in the confidence: it gives no probability of its own."""

_NAMED: Final = ("named by the detector",)
_PASSED_OVER: Final = ("not named by the detector",)

_FUNCTION: Final = np.uint32(int(WordClass.FUNCTION))
_ROUND_NAMES: Final = np.uint32(
    int(WordClass.FUNCTION | WordClass.LOCATIVE | WordClass.DIRECTION | WordClass.HEAD)
)
"""Words that a detector may take into a span beside a name: the city of Aleppo."""


class Detector:
    """Names the places of a text.

    Parameters
    ----------
    find
        Called with the text of an article. It returns spans, ``(start, end)`` or
        ``(start, end, label)`` in characters of the text, or a document with such spans as ``ents``
        (``start_char``, ``end_char``, ``label_``): a spaCy pipeline may be given as it is.
    labels
        The labels that mean a place; spans with another are passed over, spans without one kept.
    """

    def __init__(
        self, find: Callable[[str], Any], *, labels: Collection[str] = PLACE_LABELS
    ) -> None:
        self._find = find
        self._labels = frozenset(labels)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of places in the order of the text; of two that overlap, the first.

        Raises
        ------
        GeoError
            If a span is none, or lies outside the text.
        """
        kept: list[tuple[int, int]] = []
        for start, end in sorted(self._places(text), key=lambda span: (span[0], -span[1])):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return kept

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        found = self._find(text)
        for one in _labelled(found.ents) if hasattr(found, "ents") else found:
            try:
                start, end, *label = one
                inside = 0 <= start < end <= len(text)
            except (TypeError, ValueError) as error:
                raise GeoError(
                    f"the detector returned {one!r}; a span is (start, end) or (start, end, label)"
                ) from error
            if not inside:
                raise GeoError(
                    f"the detector found {start}-{end} in a text of {len(text)} characters; "
                    "offsets count characters from 0"
                )
            if not label or label[0] in self._labels:
                yield int(start), int(end)

    def decide(self, reading: Reading, texts: Sequence[str]) -> Decision:
        """Return which hits of the reading of some texts are places, and the names beside them."""
        named = _tokens(reading, [self.spans(text) for text in texts])
        accepted = np.zeros(len(reading), dtype=bool)
        for first, last in zip(*(edges.tolist() for edges in named), strict=True):
            accepted[_meant(reading, first, last)] = True
        why: list[tuple[str, ...]] = [_NAMED if one else _PASSED_OVER for one in accepted.tolist()]
        sure = np.where(accepted, _SURE, 1 - _SURE)
        return decided(
            reading,
            accepted,
            probability=sure,
            associative=shipped_model().uses.associative(reading, accepted),
            why=why,
            names=named,
        )


def _labelled(ents: Any) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of a document of spaCy."""
    return ((one.start_char, one.end_char, one.label_) for one in ents)


def _tokens(reading: Reading, spans: Sequence[Sequence[tuple[int, int]]]) -> tuple[Ints, Ints]:
    """Return the first and last tokens of the spans of each article, in order, each token once."""
    edges = [
        (offset + start, offset + end)
        for offset, mine in zip(reading.offsets.tolist(), spans, strict=True)
        for start, end in mine
    ]
    start, end = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    first = np.searchsorted(reading.token_end, start, side="right").astype(np.int64)
    last = np.searchsorted(reading.token_start, end, side="left").astype(np.int64) - 1
    # Two spans may share a token, and one of mere marks has none.
    first[1:] = np.maximum(first[1:], last[:-1] + 1)
    first, last = first[first <= last], last[first <= last]
    # "the Old Valley" is called Old Valley; a name that begins so is found with its article.
    return first + ((reading.classes[first] & _FUNCTION != 0) & (first < last)), last


def _meant(reading: Reading, first: int, last: int) -> Ints:
    """Return the hits that a span of tokens names: the one that holds its name, or all in it.

    A span is a longer name that the gazetteer does not have, whatever shorter ones are in it, if
    some of its words are neither in a hit nor such as stand round names, or nothing parts two hits.
    """
    idle = (reading.classes[first : last + 1] & _ROUND_NAMES) != 0
    telling = first + np.flatnonzero(~idle)
    low, high = (telling[0], telling[-1]) if len(telling) else (first, last)
    met = np.flatnonzero((reading.first <= high) & (reading.last >= low))
    begin, end = reading.first[met], reading.last[met]
    holds = (begin <= low) & (end >= high)
    if holds.any():
        return met[holds]
    named = np.zeros(last + 1, dtype=bool)
    for token, until in zip(begin.tolist(), end.tolist(), strict=True):
        named[token : until + 1] = True
    parted = (begin[1:] > end[:-1] + 1) | (reading.gap[begin[1:]] > 0)
    inside = (begin >= first) & (end <= last)
    whole = inside.all() and parted.all() and (named[first:] | idle).all()
    return met if whole else met[:0]
