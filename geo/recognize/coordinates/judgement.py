"""Decide whether two axes side by side are a coordinate or merely two numbers.

Hemispheres, labels, degree signs and decimals speak for a pair; a unit, a price or a longer row of
numbers against it. The less a pair says of itself, the more the words before it must say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.recognize.coordinates.axis import Axis, at, read_label
from geo.recognize.coordinates.tokens import WORDS, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Context", "Pair", "is_coordinate", "read_context"]

SURE_DECIMALS = 4
"""From so many decimals on, two bare numbers with a comma between them are a coordinate."""

LIKELY_DECIMALS = 3
"""So many decimals are a coordinate where a word or a bracket hints at one."""

CONTEXT_TOKENS = 14
CUE_TOKENS = 7

_PLAIN = frozenset({"", ",", ";", "|", "/", "&", "\n", ",\n"})
_SENTENCE_ENDS = frozenset(".?!\N{ARABIC QUESTION MARK}")
_UNIT_MARKS = frozenset("%\N{ARABIC PERCENT SIGN}$€£¥×*=°")
_MONEY = frozenset("$€£¥₺")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the words before a pair say for it and against it."""

    cue: bool
    near_cue: bool
    hint: bool
    against: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two axes, the token ``index`` of the first, what stands between them and before them."""

    tokens: Sequence[Token]
    index: int
    first: Axis
    second: Axis
    separator: str
    context: Context

    @property
    def decimals(self) -> int:
        """The decimals of degrees that both axes have."""
        return min(self.first.decimals, self.second.decimals)

    @property
    def parts(self) -> int:
        """How many of degrees, minutes and seconds both axes have."""
        return min(self.first.parts, self.second.parts)


def read_context(tokens: Sequence[Token], index: int, *, announced: bool) -> Context:
    """Weigh the words of the same sentence before token ``index``.

    ``announced`` says that the pair is known to be a coordinate, as in a link's query.
    """
    words: list[str] = []
    for position in range(index - 1, max(-1, index - 1 - CONTEXT_TOKENS), -1):
        token = tokens[position]
        if token.text in _SENTENCE_ENDS and at(tokens, position + 1).start != token.end:
            break
        words.append(token.text)
    return Context(
        cue=announced or not WORDS.cues.isdisjoint(words),
        near_cue=announced or not WORDS.cues.isdisjoint(words[:CUE_TOKENS]),
        hint=not WORDS.hints.isdisjoint(words) or words[:1] in (["("], ["["]),
        against=not WORDS.against.isdisjoint(words) or not _MONEY.isdisjoint(words[:2]),
    )


def is_coordinate(pair: Pair) -> bool:
    """Return whether the two axes are a coordinate."""
    first, second, context = pair.first, pair.second, pair.context
    if first.kind and second.kind:
        return _is_decided(pair)
    if _has_unit(pair) or (context.against and not context.cue):
        return False
    marked = first.marked and second.marked
    if first.kind or second.kind:
        return marked or pair.decimals >= LIKELY_DECIMALS or (context.cue and pair.decimals > 0)
    if marked and (pair.parts > 1 or pair.decimals > 0):
        is_fine = pair.decimals >= LIKELY_DECIMALS
        return context.cue or is_fine or (context.hint and pair.parts > 1)
    if context.near_cue and pair.decimals > 0:
        return first.comma == second.comma and (not first.comma or pair.decimals > 1)
    return _is_bare(pair)


def _is_decided(pair: Pair) -> bool:
    """Return whether a pair with a latitude and a longitude is more than two directions."""
    first, second = pair.first, pair.second
    return (
        (first.marked or second.marked)
        or (pair.parts > 1 or pair.decimals > 1)
        or (first.sure and second.sure and pair.decimals > 0)
        or (first.compact and second.compact)
        or (pair.context.near_cue and not _has_unit(pair))
        # Whole degrees that are named: "خط عرض 36 وخط طول 42".
        or (first.sure and read_label(pair.tokens, pair.index) is not None)
    )


def _is_bare(pair: Pair) -> bool:
    """Return whether two numbers without sign, label or cue close by are a coordinate."""
    first, second, context = pair.first, pair.second, pair.context
    if pair.separator not in _PLAIN or _in_row(pair):
        return False
    if first.comma != second.comma or (first.comma and pair.decimals < SURE_DECIMALS):
        return False  # "12,345; 67,890" are thousands
    if not context.cue and max(abs(first.value), abs(second.value)) < 1:
        return False  # shares, odds and p-values
    needed = LIKELY_DECIMALS if context.hint or context.cue else SURE_DECIMALS
    if pair.separator == "" and not (context.hint or context.cue):
        needed = SURE_DECIMALS + 1
    return pair.decimals >= needed


def _in_row(pair: Pair) -> bool:
    """Return whether the pair is a part of a longer row of numbers with one separator."""
    tokens, gap = pair.tokens, len(pair.separator)
    before = at(tokens, pair.index - 1 - gap)
    gap_before = "".join(token.text for token in tokens[max(0, pair.index - gap) : pair.index])
    if before.kind == "number" and gap_before == pair.separator:
        return True
    follows = pair.second.next
    gap_after = "".join(token.text for token in tokens[follows : follows + gap])
    return at(tokens, follows + gap).kind == "number" and gap_after == pair.separator


def _has_unit(pair: Pair) -> bool:
    """Return whether a unit follows the second number, so that it measures something else."""
    token = at(pair.tokens, pair.second.next)
    if token.text in _UNIT_MARKS:
        return token.start == at(pair.tokens, pair.second.next - 1).end
    return token.kind == "word" and token.text in WORDS.units
