"""The phrase templates of a language, compiled.

A sentence is first *marked*: places with their heads ("the city of X"), distances and directions
become runs of one private-use character each, of the same length, so that a template is a short
regular expression over marks and cue words, and every position still counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from geo.recognize.relations.hints import Hints
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
_SLOT: Final = re.compile(r"<(?P<names>[\w|]+)>(?P<mark>[?!]?)")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ANY_WORD: Final = rf"(?:[\w'-]+|{PLACE})"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One template of so many ``places``; of each group of words in ``needs`` one must occur."""

    kind: str
    template: str
    expression: str
    places: int
    needs: tuple[frozenset[str], ...]
    veto: re.Pattern[str] | None

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
        self.names = re.compile(self._phrases(words.names) or r"(?!)")
        self.inside = re.compile(rf"{GAP}{self._phrases(words.links['in'])}{GAP}")
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
        self._vetoes = {
            slot: re.compile(self._phrases(phrases)) for slot, phrases in words.vetoes.items()
        }
        self.rules = tuple(map(self._compile, words.patterns))
        telling = dict.fromkeys(self._distance_words, 1)
        for rule in sorted(self.rules, key=lambda rule: rule.places):
            for word in _rarest(rule):
                telling.setdefault(word, rule.places)
        bearings = [self.directions.word]
        bearings += [self.compass.pattern] if words.compass else []
        self.hints = Hints(words, telling=telling, bearings=bearings)

    def rules_for(self, text: str) -> list[Rule]:
        """Return the rules of which every needed word occurs in plain ``text``."""
        found = self._found(text)
        return [rule for rule in self.rules if not any(map(found.isdisjoint, rule.needs))]

    def mark(self, text: str) -> str:
        """Return plain ``text`` with heads, distances and directions as runs of marks."""
        found = self._found(text)
        text = self._heads.sub(_fill(HEAD), text)
        if _DISTANCE in found:
            text = self.distances.pattern.sub(_fill(_DISTANCE), text)
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
        before: list[tuple[str, bool]] = []
        after: list[tuple[str, bool]] = []
        needs: list[frozenset[str]] = []
        veto, places = None, 0
        for token in pattern.template.split():
            slot = _SLOT.fullmatch(token)
            names = slot["names"].split("|") if slot else []
            if names == ["place"]:
                places += 1
                part = rf"(?<!{HEAD}){HEAD}*(?P<place{places}>{PLACE}){HEAD}*"
            else:
                part = self._part(names) if slot else self._phrases([token])
            if slot and slot["mark"] == "?":
                (after or before).append((part, True))
                continue
            if slot and slot["mark"] == "!":
                part = rf"(?P<context>{part}{GAP})"
            if slot and names != ["place"]:
                needs.append(self._need(names))
                veto = veto or (self._vetoes.get(names[0]) if len(names) == 1 else None)
            after.append((part, False))
        regex = "".join(rf"(?:{part}{GAP})?" for part, _ in before) + after[0][0]
        regex += "".join(
            rf"(?:{GAP}{part})?" if optional else GAP + part for part, optional in after[1:]
        )
        return Rule(
            kind=pattern.kind,
            template=pattern.template,
            expression=regex,
            places=places,
            needs=tuple(need for need in needs if need),
            veto=veto,
        )

    def _part(self, names: list[str]) -> str:
        """Return the regular expression of a slot, or of any of several slots."""
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
