"""Reads texts against a gazetteer, a block at a time: see `Reading` for what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer.facts import name_facts
from geo.lang import languages
from geo.lang.clitics import ARABIC
from geo.lang.language import WordClass
from geo.recognize.block import IS_CAPITAL
from geo.recognize.datelines import openings
from geo.recognize.government import Names, Words, govern
from geo.recognize.lexicon import Lexicon
from geo.recognize.matcher import Matcher, longest
from geo.recognize.nested import without_nouns
from geo.recognize.reading import Reading
from geo.text.folding import BREAK, PLANE, codepoints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.gazetteer.store import Gazetteer
    from geo.recognize.matcher import Hits
    from geo.text.tokens import Tokens

__all__ = ["Reader"]

_HARD = np.zeros(PLANE, dtype=bool)
_HARD[[ord(letter) for letter in "\n.!?؟…" + BREAK]] = True
_LETTERS = (0x600, 0x700)
_CONJUNCTIONS = codepoints(ARABIC.conjunctions)
_LEADING = np.uint32(
    int(WordClass.FUNCTION | WordClass.HEAD | WordClass.DIRECTION | WordClass.LOCATIVE)
)
"""What leads to a name and is none, though a village may be called so."""


class Reader:
    """Made once for a gazetteer, used for many blocks."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._matcher = Matcher(gazetteer)
        self._lexicon = Lexicon(languages(), gazetteer.tokeniser)
        self._clitics = tuple(tongue.clitics for tongue in languages() if tongue.clitics)

    def read(self, texts: Sequence[str]) -> Reading:
        """Return the reading of some texts as one block."""
        joined = BREAK.join(text.replace(BREAK, " ") for text in texts)
        offsets = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
        tokens = self.gazetteer.tokeniser.tokens(joined)
        token_start = tokens.offset(tokens.start).astype(np.int64)
        classes, kinds, clitic_letters = self._lexicon.classify(tokens)
        gap, opening = _gaps(tokens, token_start), openings(tokens, token_start, offsets)
        hits = self._hits(tokens, classes, kinds, gap)
        first, last = hits.first.astype(np.int64), hits.last.astype(np.int64)
        names, local = np.unique(hits.name, return_inverse=True)
        keys = self.gazetteer.index.keys(names)
        script = _scripts(tokens, first, hits.skip)
        governed, head = govern(Words(classes, kinds, gap), Names(first, last, script))
        return Reading(
            offsets=offsets,
            tokens=tokens,
            token_start=token_start,
            classes=classes,
            clitic_letters=clitic_letters,
            gap=gap,
            outlets=(
                *self._lexicon.outlets(tokens),
                *self._lexicon.signatures(tokens, opening),
            ),
            bearers=tuple(self._lexicon.bearers(tokens)),
            start=hits.start.astype(np.int64),
            end=hits.end.astype(np.int64),
            first=first,
            last=last,
            skip=hits.skip.astype(np.int64),
            script=script,
            name=local.astype(np.int64),
            name_ids=names.astype(np.int64),
            name_keys=keys,
            name_classes=self._lexicon.names(keys),
            names=name_facts(self.gazetteer, names),
            governed=governed,
            head=head,
            articles=self._lexicon.articles(tokens),
            openings=opening,
            clitics=self._clitics,
        )

    def _hits(
        self,
        tokens: Tokens,
        classes: NDArray[np.uint32],
        kinds: NDArray[np.uint32],
        gap: NDArray[np.int8],
    ) -> Hits:
        """Return the longest hits; lone function words are no names."""
        hits = self._matcher.scan_tokens(tokens)
        functional = (classes[hits.first] & np.uint32(int(WordClass.FUNCTION))) != 0
        # "US" is no pronoun.
        points, brief = tokens.points, hits.end - hits.start == 1
        functional &= brief | ~(IS_CAPITAL[points[hits.start]] & IS_CAPITAL[points[hits.end - 1]])
        hits = hits.take(~(functional & (hits.first == hits.last)))
        hits = hits.take(~_misread(hits, tokens, classes, gap, self.gazetteer))
        return longest(without_nouns(hits, tokens, classes, kinds, self.gazetteer))


def _misread(
    hits: Hits,
    tokens: Tokens,
    classes: NDArray[np.uint32],
    gap: NDArray[np.int8],
    gazetteer: Gazetteer,
) -> NDArray[np.bool_]:
    """Return which names are "and" with a larger place behind another name: الرياض وجدة.

    Oujda is what a word for a place leads to (مدينة وجدة, من وجدة).
    """
    misread = np.zeros(len(hits), dtype=bool)
    joined = np.isin(tokens.codes[tokens.start[hits.first]], _CONJUNCTIONS)
    pair = (hits.word[1:] == hits.word[:-1]) & (hits.end[1:] == hits.end[:-1])
    bare = np.flatnonzero(pair & joined[1:] & (hits.skip[:-1] == 0) & (hits.skip[1:] == 1))
    if not len(bare):
        return misread
    names = np.zeros(len(tokens) + 1, dtype=bool)
    names[hits.last[(classes[hits.last] & _LEADING) == 0]] = True
    first = hits.first[bare]
    bare = bare[names[first - 1] & (gap[first] == 0)]
    alone, behind = (name_facts(gazetteer, hits.name[each]).population for each in (bare, bare + 1))
    misread[bare] = alone < behind
    return misread


def _gaps(tokens: Tokens, token_start: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return what stands before each token: 0 no break, 1 punctuation, 2 a sentence's end."""
    count = len(tokens)
    gap = np.zeros(count, dtype=np.int8)
    if not count:
        return gap
    breaks = np.append(tokens.stop[:1], tokens.stop[1:][tokens.stop[1:] != tokens.stop[:-1]])
    gap[breaks[breaks < count]] = 1
    hard = tokens.offset(tokens.marks)
    hard = hard[_HARD.take(tokens.points.take(hard))]
    following = np.searchsorted(token_start, hard, side="right")
    inside = (following > 0) & (following < count)
    hard, following = hard[inside], following[inside]
    # A mark may stand in a token, as the stops of "U.S." do.
    between = hard > tokens.offset(tokens.end[following - 1] - 1)
    line = tokens.points[hard] == ord("\n")
    gap[following[between & (line | (gap[following] > 0))]] = 2
    gap[0] = 2
    return gap


def _scripts(
    tokens: Tokens, first: NDArray[np.int64], skip: NDArray[np.integer]
) -> NDArray[np.int8]:
    """Return 0 for a name in Arabic letters, 1 for any other."""
    code = tokens.codes[tokens.start[first] + skip]
    return np.where((code >= _LETTERS[0]) & (code < _LETTERS[1]), 0, 1).astype(np.int8)
