"""The phrase templates of a language, compiled.

A sentence is first *marked*: places with their heads ("the city of X"), distances and directions
become runs of one private-use character each, of the same length, so that a template is a short
regular expression over marks and cue words, and every position still counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from geo.recognize.relations.hints import STRANGERS, Hints
from geo.recognize.relations.plain import PLACE, plain
from geo.recognize.relations.quantities import GAP, Directions, Distances, alternatives, edge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geo.lang.spatial import Pattern, SpatialWords

__all__ = ["HEAD", "Grammar", "Rule", "grammar", "letters"]

HEAD: Final = "\ue001"
"""Marks the words round a place that belong to it."""

_DISTANCE: Final = "\ue002"
_DIRECTION: Final = "\ue003"
_COMPASS: Final = "\ue004"
_MARKS: Final = {
    name: rf"(?P<{name}>(?<!{mark}){mark}+)"  # a whole run: half a number is no number
    for name, mark in (
        ("distance", _DISTANCE),
        ("direction", _DIRECTION),
        ("compass", _COMPASS),
    )
}
_MARKS["code"] = r"[^\W\d_]{1,2}[ -]?\d{1,3}(?!\w)"  # the number of a road: M5, A 1
_CONVERTED: Final = re.compile(rf"(?<={_DISTANCE})[ ]?(?:\([^\w()]?{_DISTANCE}+\)|/{_DISTANCE}+)")
"""A distance said once more in other units: "20 km (12 miles)"."""

_REMEMBERED: Final = 1 << 13
"""Stretches of text, and names, of which it is remembered what they hold."""

_SLOT: Final = re.compile(r"<(?P<names>[\w|]+)>(?P<mark>[?!*]?)")
_OPTIONAL: Final = {"?": "?", "*": "{0,3}"}
_WORD: Final = re.compile(r"[^\W\d_]+")
_ANY_WORD: Final = rf"(?:[\w'-]+|{PLACE})"
_SUBJECTS: Final = rf"(?:{GAP}[\w'-]+){{0,{STRANGERS}}}?"
"""Who travels or lies far off stands between the verb and its phrase in Arabic."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One template of so many ``places``; of each group of words in ``needs`` one must occur.

    So must one of each group in ``links``, whose words are too common to tell of a relation.
    """

    kind: str
    template: str
    expression: str
    places: int
    needs: tuple[frozenset[str], ...]
    links: tuple[frozenset[str], ...]
    vetoes: str

    @cached_property
    def veto(self) -> re.Pattern[str] | None:
        """What makes the phrase figurative when it stands shortly before it."""
        return re.compile(self.vetoes) if self.vetoes else None

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The template over marked text, compiled when first needed: most rules never are."""
        return re.compile(self.expression)


class Grammar:
    """The spatial phrases of one language, ready to search."""

    def __init__(self, words: SpatialWords) -> None:
        self._words = words
        self._edge = edge(words.clitics)
        self.distances = Distances(words)
        self.directions = Directions(words.directions, words, short=False)
        self.compass = Directions(words.compass, words, short=True)
        self.rural = frozenset(
            plain(word)
            for cue in ("countryside", "rural")
            for word in words.cues.get(cue, ())
            if " " not in word
        )
        self._linking = frozenset(
            word
            for phrases in words.links.values()
            for phrase in phrases
            for word in _WORD.findall(plain(phrase))
        )
        self._triggers = {slot: self._written(phrases) for slot, phrases in words.cues.items()}
        self._distance_words = self._written(self.distances.triggers)
        self._vetoes = {slot: self._phrases(phrases) for slot, phrases in words.vetoes.items()}
        self._parts: dict[tuple[str, ...], str] = {}
        self.rules = tuple(map(self._compile, words.patterns))
        telling = dict.fromkeys(self._distance_words, 1)
        for rule in sorted(self.rules, key=lambda rule: rule.places):
            for word in _rarest(rule):
                telling.setdefault(word, rule.places)
        bearings = [self.directions, self.compass] if words.compass else [self.directions]
        self.hints = Hints(words, telling=telling, bearings=bearings)
        # Names are one mark in it, so the same few words round a place come again and again.
        self.prepare = lru_cache(maxsize=_REMEMBERED)(self._prepare)
        # News names the same few places again and again.
        self.measures = lru_cache(maxsize=_REMEMBERED)(self._measures)

    @cached_property
    def names(self) -> re.Pattern[str]:
        """Fixed names that only look like relations."""
        return re.compile(self._phrases(self._words.names) or r"(?!)")

    @cached_property
    def inside(self) -> re.Pattern[str]:
        """What may stand between a phrase and its container."""
        return re.compile(rf"{GAP}{self._phrases(self._words.links['in'])}{GAP}")

    def _measures(self, name: str) -> bool:
        """Say whether what reads like a name is but a direction or a distance."""
        return self.directions.whole(name) or self.distances.whole(name)

    def _prepare(self, text: str) -> tuple[list[Rule], str]:
        """Return the rules that plain ``text`` matches somewhere, and the text marked."""
        found, places = self._found(text), text.count(PLACE)
        rules = [
            rule
            for rule in self.rules
            if rule.places <= places
            and not any(map(found.isdisjoint, rule.needs))
            and not any(map(found.isdisjoint, rule.links))
        ]
        marked = self._marked(text, found) if rules else ""
        # What looked like a distance may have been a word for one without a number.
        missing = {mark for mark in (_DISTANCE, _DIRECTION, _COMPASS) if mark not in marked}
        possible = (rule for rule in rules if not any(map(missing.issuperset, rule.needs)))
        return [rule for rule in possible if rule.regex.search(marked)], marked

    def mark(self, text: str) -> str:
        """Return plain ``text`` with heads, distances and directions as runs of marks."""
        return self._marked(text, self._found(text))

    def _marked(self, text: str, found: set[str]) -> str:
        text = self._heads.sub(_fill(HEAD), text)
        if _DISTANCE in found:
            text = self.distances.pattern.sub(_fill(_DISTANCE), text)
            text = _CONVERTED.sub(_fill(_DISTANCE), text)
        if _DIRECTION in found:
            text = self.directions.pattern.sub(_fill(_DIRECTION), text)
        return self.compass.pattern.sub(_fill(_COMPASS), text) if _COMPASS in found else text

    def _found(self, text: str) -> set[str]:
        """Return the words of plain ``text``, and the marks that it may come to hold."""
        found = set(_WORD.findall(text))
        if not found.isdisjoint(self._distance_words):
            found.add(_DISTANCE)
        if self.directions.word.search(text):
            found.add(_DIRECTION)
        if self._words.compass and self.compass.pattern.search(text):
            found.add(_COMPASS)
        return found

    def _written(self, phrases: Iterable[str]) -> frozenset[str]:
        """Return the word of each phrase that says most, bare and behind each clitic."""
        longest = {
            max(_WORD.findall(plain(phrase)) or [""], key=self._weight) for phrase in phrases
        }
        clitics = ("", *map(plain, self._words.clitics))
        return frozenset(clitic + word for clitic in clitics for word in longest if word)

    def _weight(self, word: str) -> tuple[bool, int, str]:
        """Rank the words of a phrase: one that no link is made of, then the longest."""
        return word not in self._linking, len(word), word

    def _phrases(self, phrases: Iterable[str]) -> str:
        """Return a regular expression for any of ``phrases``, at the edges of words."""
        whole: list[str] = []
        written_on: list[str] = []
        for phrase in map(plain, phrases):
            (written_on if phrase.endswith("+") else whole).append(phrase.rstrip("+"))
        parts = [rf"(?:{alternatives(whole)})(?:(?<!\w)|(?!\w))"] if whole else []
        parts += [rf"(?:{alternatives(written_on)})"] if written_on else []
        return rf"(?:(?:(?!\w)|{self._edge})(?:{'|'.join(parts)}))" if parts else ""

    @cached_property
    def _heads(self) -> re.Pattern[str]:
        """What finds the words that belong to a place: heads before, tails behind."""
        heads, gap = [], r"[ \n]{1,3}"
        for head in sorted(self._words.heads, key=len, reverse=True):
            parts = []
            for word in head.split():
                optional = word == "*?"
                part = _ANY_WORD if word in {"*", "*?"} else re.escape(plain(word))
                parts.append(rf"(?:{part}{gap})?" if optional else part + gap)
            heads.append("".join(parts))
        tails = self._phrases(self._words.tails) or r"(?!)"
        return re.compile(rf"{self._edge}(?:{'|'.join(heads)})(?={PLACE})|(?<={PLACE}){GAP}{tails}")

    def _compile(self, pattern: Pattern) -> Rule:
        before: list[tuple[str, str]] = []
        after: list[tuple[str, str]] = []
        needs: list[frozenset[str]] = []
        links: list[frozenset[str]] = []
        vetoes, places = "", 0
        for token in pattern.template.split():
            slot = _SLOT.fullmatch(token)
            names = slot["names"].split("|") if slot else []
            if names == ["place"]:
                places += 1
                part = rf"(?<!{HEAD}){HEAD}*(?P<place{places}>{PLACE}){HEAD}*"
            else:
                part = self._part(names) if slot else self._phrases([token])
            if slot and slot["mark"] in _OPTIONAL:
                (after or before).append((part, _OPTIONAL[slot["mark"]]))
                continue
            if slot and slot["mark"] == "!":
                part = rf"(?P<context>{part}{_SUBJECTS}{GAP})"
            if slot and names != ["place"]:
                needs.append(self._need(names))
                links.append(frozenset() if needs[-1] else self._link(names))
                vetoes = vetoes or (self._vetoes.get(names[0], "") if len(names) == 1 else "")
            after.append((part, ""))
        regex = "".join(rf"(?:{part}{GAP}){times}" for part, times in before) + after[0][0]
        regex += "".join(rf"(?:{GAP}{part}){times}" for part, times in after[1:])
        return Rule(
            kind=pattern.kind,
            template=pattern.template,
            expression=regex,
            places=places,
            needs=tuple(filter(None, needs)),
            links=tuple(filter(None, links)),
            vetoes=vetoes,
        )

    def _part(self, names: list[str]) -> str:
        """Return the regular expression of a slot, or of any of several slots."""
        if tuple(names) not in self._parts:
            self._parts[tuple(names)] = self._slot(names)
        return self._parts[tuple(names)]

    def _slot(self, names: list[str]) -> str:
        vocabulary = {**self._words.links, **self._words.cues}
        marks = [_MARKS[name] for name in names if name in _MARKS]
        phrases = [phrase for name in names if name not in _MARKS for phrase in vocabulary[name]]
        parts = [*marks, self._phrases(phrases)] if phrases else marks
        return rf"(?:{'|'.join(parts)})"

    def _need(self, names: list[str]) -> frozenset[str]:
        """Return the words or marks of which one must occur; none if a link would do."""
        marks = {"distance": _DISTANCE, "direction": _DIRECTION, "compass": _COMPASS}
        if any(name in self._words.links for name in names):
            return frozenset()
        return frozenset().union(
            *({marks[name]} if name in marks else self._triggers[name] for name in names)
        )

    def _link(self, names: list[str]) -> frozenset[str]:
        """Return the words of which a link must be; none if one is written onto a word."""
        vocabulary = {**self._words.links, **self._words.cues}
        if any(name in _MARKS for name in names):
            return frozenset()
        phrases = [phrase for name in names for phrase in vocabulary[name]]
        if any(phrase.endswith("+") or not _WORD.search(phrase) for phrase in phrases):
            return frozenset()
        return self._written(phrases)


def _rarest(rule: Rule) -> frozenset[str]:
    """Return the needed words that say most: marks have their own test, so none beside one."""
    marked = any(not mark.isalpha() for need in rule.needs for mark in need)
    return frozenset() if marked else min(rule.needs, key=len)


def _fill(mark: str) -> Callable[[re.Match[str]], str]:
    return lambda match: mark * len(match[0])


@cache
def letters(words: SpatialWords) -> re.Pattern[str]:
    """Return what finds a letter of the language: a text without any holds none of its phrases."""
    used = sorted({letter for word in words.directions for letter in word + word.upper()})
    return re.compile(f"[{''.join(map(re.escape, used))}]")


@cache
def grammar(words: SpatialWords) -> Grammar:
    """Return the compiled phrases of a language, compiled once."""
    return Grammar(words)
