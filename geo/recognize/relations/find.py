"""Find the spatial relations round accepted places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from unicodedata import combining

from geo.model import Mention
from geo.recognize.relations.grammar import HEAD, grammar, letters
from geo.recognize.relations.hints import AFTER, BEFORE
from geo.recognize.relations.plain import PLACE, Window, plain, window

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from geo.lang.spatial import SpatialWords
    from geo.recognize.relations.grammar import Grammar, Rule

__all__ = ["Relation", "find_relations"]

_VETO_REACH: Final = 45
"""Characters before a phrase in which a word such as "talks" makes it figurative."""

_VETO_BEHIND: Final = 24
"""Characters behind a phrase that may begin with such a word: "between A and B talks resumed"."""

_WIDEST_JOINT: Final = 40
"""Characters between a phrase and the container that it lies in ("in the province of")."""

_BEYOND: Final = 1.5
""""More than 20 km" reaches this many times as far."""

_SENTENCE_END: Final = re.compile(r"[.!?؟;؛](?=[ \n]|$)|\n[ ]*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A spatial phrase: ``mention`` spans all of it, ``anchors`` are the places it hangs on.

    ``kind`` is a key of the ``patterns`` of a language ("distance_direction", "direction",
    "part", "centre", "countryside", "near", "outskirts", "offshore", "within", "between",
    "midway", "road", "route", "border", "bank" …), or "in" for a bare container.
    ``distance_km`` is the smallest and largest distance said, ``bearing_deg`` clockwise from
    north, and ``also_deg`` the other bearings that "and" joins to it ("north and east of").
    ``within`` is what the phrase says it lies in, ``rule`` the template that read it.
    """

    mention: Mention
    kind: str
    anchors: tuple[Mention, ...]
    rule: str
    distance_km: tuple[float, float] | None = None
    bearing_deg: float | None = None
    also_deg: tuple[float, ...] = ()
    within: Relation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A relation with its span in the plain text of its window, and its places there."""

    start: int
    end: int
    relation: Relation


def find_relations(
    text: str,
    anchors: Sequence[Mention],
    *,
    words: SpatialWords,
    told: Container[int] | None = None,
) -> list[Relation]:
    """Return the relations of ``text`` that hang on ``anchors``, in the order of the text.

    ``anchors`` are the mentions accepted as places, sorted and not overlapping; ``told`` are the
    starts of those beside which `Signs` found a word of a phrase, if it was asked. Of overlapping
    phrases the longest is taken. A phrase followed by its container ("5 km east of X in the
    Y countryside") spans both and carries it as ``within``; the container is also returned on
    its own, inside it.
    """
    relations: list[Relation] = []
    close = letters(words)
    # A word that tells is in the letters of its language.
    if not any(
        close.search(text, max(0, anchor.start - BEFORE), anchor.end + AFTER)
        for anchor in anchors
        if told is None or anchor.start in told
    ):
        return relations
    rules = grammar(words)
    anchors = [anchor for anchor in anchors if not rules.measures(anchor.text)]
    for start, end, near in rules.hints.stretches(text, anchors, told=told):
        view = window(text, start, end, near, heads=rules.rural)
        if found := _choose(_search(view, rules)):
            relations += _nest(view, found, rules)
    return relations


def _sentences(plain_text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(plain_text):
        yield start, match.start()
        start = match.end()
    yield start, len(plain_text)


def _search(near: Window, rules: Grammar) -> Iterator[_Found]:
    """Yield every phrase of a window that a rule reads."""
    for start, end in _sentences(near.plain):
        sentence = near.plain[start:end]
        usable, marked = rules.prepare(sentence) if PLACE in sentence else ((), "")
        for rule in usable:
            position = 0
            while match := rule.regex.search(marked, position):
                found = _read(match, rule, near, start, rules)
                position = match.end() if found else match.start() + 1
                yield from found


def _read(
    match: re.Match[str], rule: Rule, near: Window, offset: int, rules: Grammar
) -> list[_Found]:
    """Return the relations that one match means; none if its words contradict each other."""
    begin, end = match.start(), match.end()
    written = match.groupdict()
    distance = None
    bearings: tuple[float, ...] = ()
    sentence = near.plain[offset:]
    if written.get("distance"):
        distance = rules.distances.read(sentence[slice(*match.span("distance"))])
    for group, reader in (("direction", rules.directions), ("compass", rules.compass)):
        if written.get(group):
            bearings = reader.read(sentence[slice(*match.span(group))])
    if (
        ("distance" in written and distance is None)
        or (not bearings and (written.get("direction") or written.get("compass")))
        or (rule.veto and _is_figurative(rule.veto, near, offset + begin, offset + end))
    ):
        return []
    begin = match.end("context") if written.get("context") else begin
    start, stop = near.span(offset + begin, offset + end)
    while stop < near.end and combining(near.text[stop]):
        stop += 1  # a mark belongs to the letter before it
    if written.get("direction"):
        named = near.span(offset + match.start("direction"), offset + end)
        if _is_named(
            sentence[slice(*match.span("direction"))], plain(near.text[slice(*named)]), rules
        ):
            return []
    spots = [offset + match.start(name) for name in written if name.startswith("place")]
    relation = Relation(
        mention=Mention(start=start, end=stop, text=near.text[start:stop]),
        kind=rule.kind,
        anchors=tuple(near.places[spot] for spot in spots),
        rule=rule.template,
        distance_km=distance,
        bearing_deg=next(iter(bearings), None),
        also_deg=bearings[1:],
    )
    return [_Found(start=offset + begin, end=offset + end, relation=_bounded(relation))]


def _is_named(direction: str, phrase: str, rules: Grammar) -> bool:
    """Say whether a phrase is a fixed name, or two: "North and South America"."""
    rest = phrase.removeprefix(direction)
    return any(rules.names.match(part + rest) for part in rules.directions.parts(direction))


def _is_figurative(veto: re.Pattern[str], near: Window, begin: int, end: int) -> bool:
    """Say whether a word shortly before a phrase, or right behind it, speaks of no ground."""
    behind = near.plain[end : end + _VETO_BEHIND].lstrip(" \n")
    return bool(veto.search(near.before(begin, _VETO_REACH)) or veto.match(behind))


def _bounded(relation: Relation) -> Relation:
    """Turn "within" and "beyond" kinds into the distances that they mean."""
    if relation.distance_km is None:
        return relation
    low, high = relation.distance_km
    bound, _, rest = relation.kind.partition("_")
    if bound == "within":
        kind = "distance_direction" if rest else "within"
        return replace(relation, kind=kind, distance_km=(0.0, high))
    if bound == "beyond":
        kind = "distance_direction" if rest else "distance"
        return replace(relation, kind=kind, distance_km=(low, high * _BEYOND))
    if bound == "diameter":
        return replace(relation, kind="within", distance_km=(0.0, high / 2))
    return relation


def _choose(found: Iterator[_Found]) -> list[_Found]:
    """Keep the longest of overlapping phrases, and of equally long ones the first rule."""
    chosen: list[_Found] = []
    for one in sorted(found, key=lambda one: one.start - one.end):
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.start)


def _nest(near: Window, found: list[_Found], rules: Grammar) -> list[Relation]:
    """Give each phrase the container that follows it: another phrase or a bare place."""
    relations: list[Relation] = []
    following = sorted((*found, *_bare(near, found)), key=lambda one: one.start)
    for one in found:
        if any(_holds(anchor, one.relation.mention) for anchor in one.relation.anchors):
            continue  # a place whose own name is the phrase needs no relation
        container = next((other for other in following if other.start >= one.end), None)
        if container and _joined(near.plain, one, container, rules):
            relations.append(_inside(near, one, container))
        else:
            relations.append(one.relation)
    return relations


def _joined(text: str, one: _Found, container: _Found, rules: Grammar) -> bool:
    """Say whether only "in" and the head of the container stand between two phrases."""
    if container.start - one.end > _WIDEST_JOINT:
        return False
    between = rules.mark(text[one.end : container.start] + PLACE)[:-1]
    return rules.inside.fullmatch(between.rstrip(HEAD)) is not None


def _holds(outer: Mention, inner: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _bare(near: Window, found: list[_Found]) -> Iterator[_Found]:
    """Yield the anchors of no phrase, as containers."""
    for spot, mention in near.places.items():
        if not any(one.start <= spot < one.end for one in found):
            relation = Relation(mention=mention, kind="in", anchors=(mention,), rule="in")
            yield _Found(start=spot, end=spot + 1, relation=relation)


def _inside(near: Window, one: _Found, container: _Found) -> Relation:
    start, end = one.relation.mention.start, container.relation.mention.end
    mention = Mention(start=start, end=end, text=near.text[start:end])
    return replace(one.relation, mention=mention, within=container.relation)
