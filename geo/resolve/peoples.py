"""Countries that a border names by their people: "the Turkish-Iraqi border", الحدود السورية.

Such a word is no place by itself, and the reader rightly passes it over; beside a word for a border
it says whose border it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.gazetteer.roles import Role
from geo.model import KINDS, Mention, Site

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from geo.gazetteer import Gazetteer
    from geo.lang.spatial import SpatialWords

__all__ = ["bordering"]

_REACH = 40
"""Characters on either side of a word for a border in which it may be said whose it is."""

_SAID = 0.9
"""How sure it is that a people's name beside a border means their country."""

_COUNTRY = KINDS.index("country")
_WRITTEN_IN = "[\N{ARABIC TATWEEL}\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]*"
"""What Arabic may write inside a word without changing it."""

_WORD = re.compile(rf"(?:[^\W\d_]{_WRITTEN_IN})+")


def bordering(
    text: str, words: SpatialWords, gazetteer: Gazetteer, *, taken: Collection[Mention]
) -> Iterator[Site]:
    """Yield a site for each country that ``text`` names by its people beside a border.

    They are anchors for relations, not sites to report. No span of ``taken`` is read again.
    """
    cues = [stem for stem in _stems(words) if stem in text]
    if not cues:  # as in most texts, for which this is all that is done
        return
    seen: set[int] = set()
    for start, end in _spans(text, cues):
        for word in _WORD.finditer(text, max(0, start - _REACH), end + _REACH):
            if word.start() in seen:
                continue
            seen.add(word.start())
            site = _country(word, words, gazetteer)
            if site and not any(_overlap(site.mention, mention) for mention in taken):
                yield site


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _country(word: re.Match[str], words: SpatialWords, gazetteer: Gazetteer) -> Site | None:
    """Return the country whose people a word names, without the clitics it is written with."""
    found = _people(word[0], words.clitics, gazetteer)
    if found is None:
        return None
    name, row = found
    return Site(
        mention=Mention(start=word.end() - len(name), end=word.end(), text=name),
        place=gazetteer.place(row),
        footprint=gazetteer.footprint(row),
        confidence=_SAID,
        use="associative",
    )


@lru_cache(maxsize=4096)
def _people(written: str, clitics: tuple[str, ...], gazetteer: Gazetteer) -> tuple[str, int] | None:
    """Return the name of a people that a word is, without its clitic, and their country's row."""
    names = [
        written.removeprefix(clitic) for clitic in ("", *clitics) if written.startswith(clitic)
    ]
    for name, number in zip(names, gazetteer.name_ids(names), strict=True):
        if number is None:
            continue
        links = zip(gazetteer.rows(number).tolist(), gazetteer.roles(number).tolist(), strict=True)
        for row, role in links:
            if role == Role.DEMONYM and gazetteer.kind[row] == _COUNTRY:
                return name, row
    return None


@lru_cache(maxsize=8)
def _stems(words: SpatialWords) -> tuple[str, ...]:
    """Return what every word for a border or ground begins with or holds, in the cases of print."""
    spoken = (*words.cues["border"], *words.cues.get("ground", ()))
    cues = [cue for cue in spoken if " " not in cue]
    stems = [cue for cue in cues if not any(other != cue and other in cue for other in cues)]
    return tuple({form for stem in stems for form in (stem, stem.title(), stem.upper())})


def _spans(text: str, parts: Iterable[str]) -> list[tuple[int, int]]:
    """Return where any of ``parts`` stands in ``text``, in the order of the text."""
    spans = []
    for part in parts:
        start = text.find(part)
        while start >= 0:
            spans.append((start, start + len(part)))
            start = text.find(part, start + len(part))
    return sorted(spans)
