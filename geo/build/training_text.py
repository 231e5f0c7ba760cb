"""Texts with gold toponyms, as the trainer reads them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Text", "in_company", "marked", "own_texts", "placed_texts", "read_corpus"]

_NEW_LINE = " \N{PILCROW SIGN} "
_MARK = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]|]*))?\]\]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its gold toponyms as (start, end) spans in order.

    ``places`` holds what the text tells of each of them, empty where it tells nothing: the id in
    the gazetteer of the place that it means, or that it is used associatively. ``usual`` is false
    for a text that was written to show the village and the word of one name, which no newspaper
    names as often.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    places: tuple[str, ...] = ()
    usual: bool = True


def read_corpus(path: Path) -> list[Text]:
    """Return the texts of a corpus in the order of the file, overlapping spans dropped.

    JSONL holds one record a line, ``{"text", "toponyms": [{"start", "end"}, …]}``; in any other
    file a line is a text with its toponyms in double square brackets, each perhaps with the id of
    its place or its use after a bar, and a pilcrow where the text has a new line, or a comment
    after ``#``.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix != ".jsonl":
        usual = path.parent.name != "words"
        told = [line for line in lines if line and not line.startswith("# ")]
        return [replace(marked(line.replace(_NEW_LINE, "\n")), usual=usual) for line in told]
    texts = []
    for line in lines:
        record: dict[str, Any] = json.loads(line)
        spans: list[tuple[int, int]] = []
        for start, end in sorted((t["start"], t["end"]) for t in record["toponyms"]):
            if not spans or start >= spans[-1][1]:
                spans.append((start, end))
        texts.append(Text(record["text"], tuple(spans)))
    return texts


def own_texts() -> list[Path]:
    """Return the files of texts that were written for training, in order."""
    return sorted(Path(__file__).with_name("lessons").rglob("*.txt"))


def placed_texts() -> list[Path]:
    """Return those of `own_texts` that say which places their toponyms mean."""
    return [path for path in own_texts() if path.parent.name == "places"]


def in_company(corpus: Sequence[Text], news: Sequence[Text]) -> list[Text]:
    """Return the texts of a corpus each beside one of ``news``, by turns before it and after it.

    A line that shows a name as a mere word names few places else; in an article it stands among
    many, and what these say of the name's country must not decide. The texts beside each other are
    as far into their corpora, so that they are of one part when both are parted into runs.
    """
    beside = []
    for number, text in enumerate(corpus):
        other = news[number * len(news) // len(corpus)]
        one, two = (text, other) if number % 2 else (other, text)
        offset = len(one.text) + 1
        later = tuple((start + offset, end + offset) for start, end in two.spans)
        joint = " " if number % 3 else "\n"
        beside.append(Text(one.text + joint + two.text, one.spans + later, usual=text.usual))
    return beside


def marked(line: str) -> Text:
    """Return the text of a line whose toponyms stand in double square brackets.

    >>> marked("From [[Homs]] to [[Hama]]").spans
    ((5, 9), (13, 17))
    >>> marked("[[Paris|gn:4717560]], Texas").places
    ('gn:4717560',)

    Raises
    ------
    ValueError
        If a bracket is opened or closed that should not be.
    """
    pieces = _MARK.split(line)
    between, names, places = pieces[::3], pieces[1::3], pieces[2::3]
    if any(bracket in piece for piece in between for bracket in ("[[", "]]")):
        raise ValueError(f"brackets do not match: {line[:60]!r}")
    spans, end = [], 0
    for before, name in zip(between, names, strict=False):
        start = end + len(before)
        end = start + len(name)
        spans.append((start, end))
    text = "".join(before + name for before, name in zip(between, [*names, ""], strict=True))
    return Text(text, tuple(spans), tuple(place or "" for place in places))
