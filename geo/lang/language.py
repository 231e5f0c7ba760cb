"""A language is data: folders of words that tell places from their look-alikes.

Nothing above this room knows Arabic from English. Adding a language is adding a folder with a
``words.toml`` and, if it writes clitics onto its words, a :class:`~geo.lang.clitics.Clitics`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import IntFlag
from typing import TYPE_CHECKING

from geo.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from geo.lang.clitics import Clitics

__all__ = ["Head", "Language", "WordClass", "load_language"]


_STEM = 2
"""Letters that a name has at least before an ending that is left out."""

_LONG_STEM = 4
"""The same before one that is spelled otherwise: Rafah is not Rafa."""


class WordClass(IntFlag):
    """What a word is good for when it stands beside a name; a word may be of several classes."""

    FUNCTION = 1
    MONTH = 2
    LOCATIVE = 4
    DIRECTION = 8
    AGENCY = 16
    GOVERNMENT = 32
    TITLE = 64
    GIVEN = 128
    OUTLET_NOUN = 256
    OUTLET = 512
    ORGANISATION = 1024
    KINSHIP = 2048
    HEAD = 4096
    HEAD_MANY = 8192
    HEAD_IN_NAME = 16384
    JOINT = 32768
    GENITIVE = 65536
    DEALING = 131072
    SIDE = 262144
    NEARNESS = 524288
    COORDINATOR = 1048576


_LISTS: Mapping[str, WordClass] = {
    "function_words": WordClass.FUNCTION,
    "months": WordClass.MONTH,
    "locatives": WordClass.LOCATIVE,
    "directions": WordClass.DIRECTION,
    "agency": WordClass.AGENCY,
    "government": WordClass.GOVERNMENT,
    "titles": WordClass.TITLE,
    "given_names": WordClass.GIVEN,
    "outlet_nouns": WordClass.OUTLET_NOUN,
    "organisation_nouns": WordClass.ORGANISATION,
    "kinship": WordClass.KINSHIP,
    "genitives": WordClass.GENITIVE,
    "dealings": WordClass.DEALING,
    "sides": WordClass.SIDE,
    "nearness": WordClass.NEARNESS,
    "coordinators": WordClass.COORDINATOR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A head noun (حقل, airport): the kind it announces and how it governs.

    ``many`` marks duals and plurals, which govern every name of a coordinated list; ``in_name``
    says that the noun belongs to the name and lies inside the span. In ``words.toml`` nouns stand
    as ``one``, ``many`` or ``apart``, which are never inside.
    """

    word: str
    kind: str
    many: bool
    in_name: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words of one language, as written (folding happens where they are indexed).

    ``heads_first`` says whether a head noun stands before its name (حقل العمر) or after it
    (Omar field). ``countries`` are the ISO 3166-1 codes of those whose places it has names for.
    ``openers`` begin names of two words that are also written as one, and of the endings in
    ``silent`` the last letter is also left out. ``outlet_tails`` end the names of news outlets that
    begin with a place: Baghdad Post, درعا 24; ``bearers`` are the names of other things that the
    name of a place is part of: Bank of Cyprus, تحرير الشام. With ``loose_heads`` places are listed
    although they are no part of the names (قرية الصفا), because many of the bare ones are words.
    ``articles`` are those of names from another language, which belong to the name: al-Bab; the
    ``full_articles`` among them are written before any word, the others before their own letter.
    Of the ``endings`` of such names, those of a group stand for one another.
    """

    code: str
    countries: tuple[str, ...]
    words: Mapping[str, WordClass]
    heads: tuple[Head, ...]
    heads_first: bool
    clitics: Clitics | None = None
    openers: frozenset[str] = frozenset()
    silent: tuple[str, ...] = ()
    outlet_tails: frozenset[str] = frozenset()
    bearers: frozenset[str] = frozenset()
    loose_heads: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    full_articles: tuple[str, ...] = ()
    endings: tuple[tuple[str, ...], ...] = ()

    def hasty(self, name: str) -> Iterator[str]:
        """Yield how a name is also written in haste: تل أبيض as تلأبيض, السويداء as السويدا."""
        first, _, rest = name.partition(" ")
        if first in self.openers and rest and " " not in rest:
            yield first + rest
        for ending in self.silent:
            if name.endswith(ending) and len(name) > len(ending) + _STEM:
                yield name[:-1]

    def respelled(self, name: str) -> Iterator[str]:
        """Yield how a folded name of another language is also spelled: ar rutbah as al rutba.

        Its article has several forms, and so has its ending; "an" of a third language is none, with
        another letter behind it: an binh.
        """
        stem = name
        article, gap, rest = name.partition(" ")
        openings: tuple[str, ...] = ("",)
        endings: tuple[str, ...] = ("",)
        assimilated = article in self.articles and rest.startswith(article[1:])
        if gap and (assimilated or article in self.full_articles):
            openings, stem = tuple(f"{one} " for one in (article, *self.full_articles)), rest
        for group in self.endings:
            if stem.endswith(group):
                written = max((one for one in group if stem.endswith(one)), key=len)
                if len(stem) >= _LONG_STEM + len(written):
                    endings, stem = group, stem.removesuffix(written)
                break
        forms = {opening + stem + ending for opening in openings for ending in endings}
        yield from sorted(forms - {name})

    def entries(self) -> Iterator[tuple[str, WordClass, str | None]]:
        """Yield every word with its classes and, for a head noun, the kind it announces."""
        for word, classes in self.words.items():
            yield word, classes, None
        for head in self.heads:
            classes = WordClass.HEAD
            if head.many:
                classes |= WordClass.HEAD_MANY
            if head.in_name:
                classes |= WordClass.HEAD_IN_NAME
            yield head.word, classes, head.kind


def load_language(
    folder: Path, *, code: str, heads_first: bool, clitics: Clitics | None = None
) -> Language:
    """Read ``folder/words.toml``.

    Raises
    ------
    KeyError
        If a head noun announces a kind that does not exist: a mistake in the language's data.
    """
    data = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    words: dict[str, WordClass] = {}
    for name, word_class in _LISTS.items():
        for word in data[name].split():
            words[word] = words.get(word, WordClass(0)) | word_class
    for outlet in data["outlets"].strip().splitlines():
        words[outlet] = words.get(outlet, WordClass(0)) | WordClass.OUTLET
    for joint in data["list"]["joints"].split():
        words[joint] = words.get(joint, WordClass(0)) | WordClass.JOINT
    heads = tuple(
        Head(
            word=word,
            kind=kind,
            many=number == "many",
            in_name=table.get("in_name", False) and number != "apart",
        )
        for kind, table in data["heads"].items()
        for number in ("one", "many", "apart")
        for word in table.get(number, "").split()
    )
    unknown = {head.kind for head in heads}.difference(KINDS)
    if unknown:
        raise KeyError(f"{folder.name}/words.toml: unknown kinds {sorted(unknown)}")
    return Language(
        code=code,
        countries=tuple(data["countries"].split()),
        words=words,
        heads=heads,
        heads_first=heads_first,
        clitics=clitics,
        openers=frozenset(data.get("spelling", {}).get("openers", "").split()),
        silent=tuple(data.get("spelling", {}).get("silent", "").split()),
        outlet_tails=frozenset(data["outlet_tails"].split()),
        bearers=frozenset(data["bearers"].strip().splitlines()),
        loose_heads=frozenset(data["loose_heads"].split()),
        articles=frozenset(data.get("articles", "").split()),
        full_articles=tuple(data.get("full_articles", "").split()),
        endings=tuple(tuple(group.split()) for group in data.get("endings", ())),
    )
