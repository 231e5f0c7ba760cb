"""A slow, obvious matcher: what the fast one must find, in plain Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.lang.clitics import ARABIC
from geo.text.folding import CharacterClass, fold_table

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 512
TABLE = fold_table()


@dataclass
class Token:
    letters: str = ""
    where: list[int] = field(default_factory=list)
    breaks: bool = False


def kind(character: str) -> int:
    """The character's class, or a folded letter's number."""
    point = ord(character)
    return int(TABLE.code[point]) if point < 0xFFFF else CharacterClass.JOINER


def tokens(text: str) -> list[Token]:
    """The tokens of a text; ``breaks`` says that no name goes on from the one before."""
    found: list[Token] = []
    gap: list[int] = []
    inside = False
    for place, character in enumerate(text):
        code = kind(character)
        if code <= CharacterClass.APOSTROPHE:
            continue
        if CharacterClass.JOINER <= code < CharacterClass.LETTER:
            inside = False
            gap.append(place)
            continue
        if not inside:
            found.append(Token(breaks=bool(found) and broken(text, gap, found[-1])))
            inside, gap = True, []
        for letter in TABLE.fold(character):
            found[-1].letters += letter
            found[-1].where.append(place)
    return found


def broken(text: str, gap: list[int], before: Token) -> bool:
    """Whether the separators between two tokens end every name."""
    kinds = [kind(text[place]) for place in gap]
    if CharacterClass.BREAKER in kinds or kinds.count(CharacterClass.NEWLINE) > 1:
        return True
    short = 3 if ord(before.letters[0]) < 0x590 else 1
    followed = kinds[:-1]  # by another separator, not by a letter
    return CharacterClass.STOP in followed and len(before.letters) > short


def analyses(letters: str) -> Iterator[tuple[str, int]]:
    """Every reading of a word: what is left of it and how many letters were taken off."""
    yield letters, 0
    for conjunction in ("", *ARABIC.conjunctions):
        if not letters.startswith(conjunction):
            continue
        taken = len(conjunction)
        if conjunction and len(letters) - taken >= 2:
            yield letters[taken:], taken
        for preposition in ARABIC.prepositions:
            if not letters.startswith(preposition, taken):
                continue
            rest = letters[taken + 1 :]
            if len(rest) >= 2:
                yield rest, taken + 1
            last = ARABIC.article[-1]
            if preposition == last and rest.startswith(last) and len(rest) >= 4:
                yield ARABIC.article + rest[1:], taken + 2


def scan(
    text: str, names: set[str], clipped: frozenset[str] = frozenset()
) -> set[tuple[int, int, int, int, str]]:
    """Every (word, start, end, skip, folded name) of a text; ``clipped`` as in "Ky."."""
    line = tokens(text)
    found = set(clips(text, line, clipped))
    for first, last, spelled, skip in sequences(line):
        token = line[first]
        if first == last and skip and len(token.letters) - skip < 3:
            continue
        for name, cut in endings(text, spelled, line[last], skip):
            start, end = token.where[skip], line[last].where[-1 - cut] + 1
            while end < len(text) and kind(text[end]) == CharacterClass.MARK:
                end += 1
            capital = len(name) > 2 or ord(name[0]) >= 0x250 or text[start:end].isupper()
            end += not cut and abbreviated(text, line[first : last + 1], end)
            if name in names and capital and end - token.where[0] <= LONGEST:
                found.add((token.where[0], start, end, skip, name))
    return found


def clips(
    text: str, line: list[Token], clipped: frozenset[str]
) -> Iterator[tuple[int, int, int, int, str]]:
    """Every name of two letters that is written with a capital and a full stop."""
    for token in line:
        start = token.where[0]
        written = text[start : start + 3]
        plain = len(token.letters) == 2 and written.isascii() and written[:1].isupper()
        if plain and written[1:2].islower() and written[2:] == "." and token.letters in clipped:
            yield start, start, start + 3, 0, token.letters


def abbreviated(text: str, name: list[Token], end: int) -> bool:
    """Whether the full stop behind a name is its own."""
    last = name[-1]
    if text[end : end + 1] != "." or ord(last.letters[0]) >= 0x250 or len(last.letters) > 5:
        return False
    if len(name) > 1 and len(name[-2].letters) == 1 and text[name[-2].where[-1] + 1] == ".":
        return True
    after = text[end + 1 : end + 3]
    lower = after[:1] == " " and after[1:].isascii() and after[1:].islower()
    return after[:1] in {",", ";", ":"} or lower


def sequences(line: list[Token]) -> Iterator[tuple[int, int, str, int]]:
    """Every first and last token of a name, how it reads, and the letters taken off."""
    for first, token in enumerate(line):
        for rest, skip in analyses(token.letters):
            spelled = rest
            yield first, first, spelled, skip
            for last in range(first + 1, min(first + 16, len(line))):
                if line[last].breaks:
                    break
                spelled += " " + line[last].letters
                yield first, last, spelled, skip


def endings(text: str, spelled: str, last: Token, skip: int) -> Iterator[tuple[str, int]]:
    """The name as it stands, and without a possessive's s."""
    yield spelled, 0
    before = last.where[-1] - 1
    owned = last.letters.endswith("s") and len(last.letters) > 3 and not skip
    if owned and before >= 0 and kind(text[before]) == CharacterClass.APOSTROPHE:
        yield spelled[:-1], 1
