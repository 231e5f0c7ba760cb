"""A block of articles read once: its tokens and the gazetteer's hits on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.lang.language import WordClass
from geo.recognize.block import IS_CAPITAL, IS_LOWER, Block, has_article, member
from geo.recognize.datelines import opens_dateline
from geo.recognize.quotations import QUOTES, quotations
from geo.text.tokens import among, mix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.gazetteer.facts import NameFacts
    from geo.lang.clitics import Clitics

    Ints = NDArray[np.int64]
    Bits = NDArray[np.uint32]
    Flags = NDArray[np.bool_]

__all__ = ["Reading"]

_QUOTES = QUOTES + "'‘’"

_TITLE = 8
"""Words of the longest quotation that may be a title."""

_BEFORE_QUOTATION = 3
"""Words before a quotation that may say what it names: the novel by her "…"."""

_IS_QUOTE = member(_QUOTES)
_IS_HYPHEN = member("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}'\N{RIGHT SINGLE QUOTATION MARK}")


@dataclass(frozen=True, kw_only=True)
class Reading(Block):
    """The hits of a block, longest match only, sorted by place in the text; one entry a hit.

    ``first`` and ``last`` are tokens, ``start`` and ``end`` characters without clitic, ``skip``
    the letters of the clitic. ``name`` indexes ``names``, the facts about the distinct names, and
    ``name_ids`` and ``name_keys``, their ids and hashes in the gazetteer. ``governed`` holds the
    kinds announced by the head noun that governs the name, ``head`` the token of that noun (-1:
    none), ``article`` the number of the article.
    """

    start: Ints
    end: Ints
    first: Ints
    last: Ints
    skip: Ints
    script: NDArray[np.int8]
    name: Ints
    name_ids: Ints
    name_keys: NDArray[np.uint64]
    name_classes: Bits
    names: NameFacts
    governed: Bits
    head: Ints
    clitics: tuple[Clitics, ...]

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def article(self) -> Ints:
        """The number of the article each hit is in."""
        return np.searchsorted(self.offsets, self.start, side="right") - 1

    def classes_at(self, step: int) -> Bits:
        """Return the word classes ``step`` tokens from each hit, 0 across any punctuation."""
        if step == 0:
            return self.name_classes[self.name]
        which, token = self.neighbours(step)
        found = np.zeros(len(self), dtype=np.uint32)
        found[which] = self.classes[token]
        return found

    def neighbours(self, step: int) -> tuple[NDArray[np.intp], Ints]:
        """Return the hits with a word ``step`` tokens away, nothing that breaks between, and it."""
        if step not in self._neighbours:
            self._neighbours[step] = self._at(step)
        return self._neighbours[step]

    @cached_property
    def _neighbours(self) -> dict[int, tuple[NDArray[np.intp], Ints]]:
        """What `neighbours` found, by step: it is asked for the same few again and again."""
        return {}

    def _at(self, step: int) -> tuple[NDArray[np.intp], Ints]:
        if step < 0:
            at, crossed = self.first + step, range(step + 1, 1)
            edge = self.first
        else:
            at, crossed = self.last + step, range(1, step + 1)
            edge = self.last
        valid = (at >= 0) & (at < len(self.classes))
        for token in crossed:
            where = np.clip(edge + token, 0, len(self.gap) - 1)
            valid &= self.gap[where] == 0
        which = np.flatnonzero(valid)
        return which, at[which]

    def clitic_holds(self, letter: str) -> Flags:
        """Return whether the clitic of each hit holds a letter."""
        codes, begin = self.tokens.codes, self.tokens.start[self.first]
        held = np.zeros(len(self), dtype=bool)
        for place in range(int(self.skip.max(initial=0))):
            held |= (self.skip > place) & (codes[begin + place] == ord(letter))
        return held

    @cached_property
    def without_pronoun(self) -> list[tuple[NDArray[np.intp], NDArray[np.uint64]]]:
        """Hits of one word that may end in a pronoun, and the keys of the words without it."""
        found = []
        lone = np.flatnonzero((self.first == self.last) & (self.skip == 0))
        # As written: a taa marbuta folds to the same letter as the pronoun, and is none.
        points, end = self.tokens.points, self.end[lone]
        length = self.tokens.length[self.first[lone]]
        for pronoun in (pronoun for each in self.clitics for pronoun in each.pronouns):
            ends = length > len(pronoun) + 1
            for place, letter in enumerate(reversed(pronoun), start=1):
                ends &= points[end - place] == ord(letter)
            which = lone[ends]
            # The key of a name of one word is the hash of its token, mixed once more.
            stem = mix(mix(self.tokens.raw(self.first[which], tail=len(pronoun))))
            found.append((which, stem))
        return found

    def written_alone(self, which: NDArray[np.intp], key: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Return whether the articles of some hits hold words of these keys, one a hit."""
        sought = key ^ self.article[which].astype(np.uint64)
        return np.isin(sought, self._written[among(self._written, sought)])

    @cached_property
    def _written(self) -> NDArray[np.uint64]:
        """A key for each token, the same for the same word of the same article alone."""
        return np.asarray(mix(self.tokens.hashes) ^ self.token_article.astype(np.uint64))

    @cached_property
    def ends_in_heh(self) -> Flags:
        """Whether a hit ends in a heh that is no taa marbuta: its article writes those as such.

        Many write the one for the other, and both fold to one letter.
        """
        points = self.tokens.points
        at = np.flatnonzero(points == ord("\N{ARABIC LETTER TEH MARBUTA}"))
        writing = np.searchsorted(self.offsets, at, side="right") - 1
        heh = points[self.end - 1] == ord("\N{ARABIC LETTER HEH}")
        return np.asarray(heh & np.isin(self.article, writing))

    @cached_property
    def has_article(self) -> Flags:
        """Whether the name begins with the Arabic article."""
        return has_article(self.tokens, self.tokens.start[self.first] + self.skip)

    @cached_property
    def whole(self) -> Flags:
        """Whether the head noun that governs the name completes the name of a facility."""
        return np.asarray((self.governed & self.names.core_kinds[self.name]) != 0)

    @cached_property
    def opening(self) -> Ints:
        """The first token of each name with the article of another language before it.

        The article is joined with a hyphen (al-Bab), or has a capital inside the sentence (Az
        Zaytoun).
        """
        before = np.maximum(self.first - 1, 0)
        behind = np.isin(before, self.articles) & (self.first > 0) & (self.script == 1)
        # Not the end of another name.
        behind[1:] &= (self.last[:-1] < before[1:]) | (self.first[:-1] == before[1:])
        which = np.flatnonzero(behind & (self.token_end[before] == self.start - 1))
        joint, article = self.tokens.points[self.start[which] - 1], before[which]
        proper = IS_CAPITAL.take(self.initial[article]) & (self.gap[article] == 0)
        which = which[_IS_HYPHEN[joint] | ((joint == ord(" ")) & proper)]
        opening = self.first.copy()
        opening[which] -= 1
        return opening

    @cached_property
    def quoted(self) -> Flags:
        """Whether quotes of any shape stand on both sides."""
        points = self.tokens.points
        word = self.token_start[self.first]
        opening = np.zeros(len(self), dtype=bool)
        closing = np.zeros(len(self), dtype=bool)
        for step in (1, 2):
            opening |= _IS_QUOTE[points[np.maximum(self.start - step, 0)]]
            opening |= _IS_QUOTE[points[np.maximum(word - step, 0)]]
            closing |= _IS_QUOTE[points[np.minimum(self.end + step - 1, len(points) - 1)]]
        return opening & closing

    @cached_property
    def quotation(self) -> tuple[Flags, Bits]:
        """Whether each hit is part of a longer quotation, though a short one, as titles are.

        Beside it the word classes of the words before the quotation that the hit is in: the film,
        the ship, 0 outside of quotations.
        """
        opens, closes = quotations(self.tokens.points)
        classes = np.zeros(len(self), dtype=np.uint32)
        at = np.searchsorted(opens, self.start) - 1
        inside = np.flatnonzero(at >= 0)
        inside = inside[self.end[inside] <= closes[at[inside]]]
        begin = np.searchsorted(self.token_start, opens[at[inside]])
        end = np.searchsorted(self.token_start, closes[at[inside]])
        words, own = end - begin, self.last[inside] - self.first[inside] + 1
        part = np.zeros(len(self), dtype=bool)
        part[inside] = (words > own) & (words <= _TITLE)
        for step in range(1, _BEFORE_QUOTATION + 1):
            before = np.maximum(begin - step, 0)
            near = self.sentence[before] == self.sentence[begin]
            classes[inside] |= np.where(near & (begin >= step), self.classes[before], 0)
        return part, classes

    @cached_property
    def in_hashtag(self) -> Flags:
        """Whether the hit is joined to another word with a low line: #أمطار_الكويت."""
        points, word = self.tokens.points, self.token_start[self.first]
        before = points[np.maximum(word - 1, 0)] == ord("_")
        return np.asarray(before | (points[np.minimum(self.end, len(points) - 1)] == ord("_")))

    @cached_property
    def capitals(self) -> tuple[Flags, Flags]:
        """Whether a word of the name has a capital (al-Qaim), and whether it is all capitals."""
        points = self.tokens.points
        begins = np.r_[0, np.cumsum(IS_CAPITAL.take(self.initial))]
        capital = begins[self.last + 1] > begins[self.first]
        second = IS_CAPITAL[points[np.minimum(self.start + 1, self.end - 1)]]
        last = IS_CAPITAL[points[self.end - 1]]
        return capital, IS_CAPITAL[points[self.start]] & second & last & (self.end - self.start > 1)

    @cached_property
    def gaps(self) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """What stands before and after each hit (see ``gap``); the block's edges are ends."""
        after = np.append(self.gap, np.int8(2))[self.last + 1]
        return self.gap[self.first], after

    @cached_property
    def capital_neighbours(self) -> tuple[Flags, Flags]:
        """Whether a capitalised word that is no function word stands right before, right after."""
        proper = IS_CAPITAL.take(self.initial)
        known = int(WordClass.FUNCTION | WordClass.TITLE | WordClass.HEAD | WordClass.MONTH)
        proper &= (self.classes & np.uint32(known)) == 0
        before = np.maximum(self.first - 1, 0)
        after = np.minimum(self.last + 1, len(proper) - 1)
        gap_before, gap_after = self.gaps
        return (
            proper[before] & (gap_before == 0) & (self.first > 0),
            proper[after] & (gap_after == 0) & (self.last + 1 < len(proper)),
        )

    @cached_property
    def dateline(self) -> Flags:
        """Whether each hit opens a dateline."""
        return opens_dateline(self)

    @cached_property
    def in_outlet(self) -> Flags:
        """Whether the hit is part of the longer name of a news outlet."""
        return self._inside(self.outlets)

    @cached_property
    def in_bearer(self) -> Flags:
        """Whether the hit is part of the longer name of something else: Bank of Cyprus."""
        return self._inside(self.bearers)

    def _inside(self, spans: Sequence[tuple[int, int]]) -> Flags:
        inside = np.zeros(len(self), dtype=bool)
        for first, last in spans:
            # The hits that begin in it, few of all.
            low, high = np.searchsorted(self.first, (first, last + 1)).tolist()
            whole = (self.first[low:high] == first) & (self.last[low:high] == last)
            inside[low:high] |= (self.last[low:high] <= last) & ~whole
        return inside

    @cached_property
    def lower_elsewhere(self) -> Flags:
        """Whether a name of one capitalised word is written small elsewhere in the article."""
        capital = np.flatnonzero((self.first == self.last) & self.capitals[0])
        small = np.flatnonzero(IS_LOWER.take(self.initial))
        keys = self.tokens.hashes ^ self.token_article.astype(np.uint64)
        sought, written = keys[self.first[capital]], keys[small]
        found = np.zeros(len(self), dtype=bool)
        found[capital] = np.isin(sought, written[among(written, sought)])
        return found

    @cached_property
    def personal(self) -> Flags:
        """Whether the rest of the article has the last word behind a person's name or title."""
        return np.asarray((self.told[self.last] & np.uint64(1)) != 0)

    @cached_property
    def definite_neighbours(self) -> tuple[Flags, Flags]:
        """Whether a word with the article stands right before, right after each hit.

        No hashtag is an adjective of the word before it: في الشوارع #الكويت.
        """
        points, word = self.tokens.points, self.token_start
        gap = (self.gap > 0) | (points[np.maximum(word - 1, 0)] == ord("#"))
        joined, definite = np.append(~gap, False), np.append(self.definite, False)
        after = self.last + 1
        return definite[self.first - 1] & joined[self.first], definite[after] & joined[after]

    @cached_property
    def listed(self) -> Flags:
        """Whether each hit but the last stands in one list with the next: "Nawa and Jasim"."""
        return np.asarray(
            (self.first[1:] - self.last[:-1] <= 2)
            & (self.gap[self.first[1:]] < 2)
            & (self.article[1:] == self.article[:-1])
        )

    def country_share(self, probability: NDArray[np.float64], same: Ints) -> NDArray[np.float64]:
        """Return how much of the article's other likely places share a country with each hit.

        ``same`` numbers the distinct names of each article; the names' own say is left out. The
        share is that of the best country among those of the name's places, 0 to 1.
        """
        names, which = np.unique(same, return_index=True)
        belief = np.zeros(len(names))
        np.maximum.at(belief, same, probability)
        owner, country = self.names.countries_of(self.name[which])
        article = self.article[which]
        place = article[owner] * (int(country.max(initial=0)) + 1) + country
        _, cell = np.unique(place, return_inverse=True)
        main = np.r_[True, owner[1:] != owner[:-1]]
        mass = np.bincount(cell[main], weights=belief[owner[main]], minlength=int(cell.max()) + 1)
        own = cell == cell[main][np.cumsum(main) - 1]
        others = mass[cell] - np.where(own, belief[owner], 0)
        total = np.bincount(article, weights=belief)[article] - belief
        share = np.zeros(len(names))
        np.maximum.at(share, owner, others / np.maximum(total[owner], 1))
        return np.asarray(share[same])

    def beside(self, strong: Flags) -> Flags:
        """Return whether the hit before or after, at most one word away, is a strong one."""
        result = np.zeros(len(self), dtype=bool)
        if len(self) > 1:
            near = (self.first[1:] - self.last[:-1] <= 2) & (self.article[1:] == self.article[:-1])
            result[1:] |= near & strong[:-1]
            result[:-1] |= near & strong[1:]
        return result

    def bare(self, token: int) -> tuple[int, int]:
        """Return the characters of a head noun's token without its clitic."""
        begin = self.tokens.start[token] + self.clitic_letters[token]
        span = self.tokens.offset(np.array([begin, self.tokens.end[token] - 1]))
        return int(span[0]), int(span[1]) + 1
