"""What the text says for and against each gazetteer hit being a place, as numbers.

One row a hit, one named column a piece of evidence, 0 or 1 unless said. The columns are the same
for every language; a model weighs them per script. A name of a column is what `why` and the
reason of a rejection show, so it is written for readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.lang.language import WordClass
from geo.model import KINDS
from geo.recognize.datelines import in_byline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.recognize.reading import Reading
    from geo.recognize.tagging import Tags
    from geo.recognize.usage import Usage

__all__ = ["CLITICS", "COLUMNS", "SECOND", "USAGE", "evidence", "second_look"]

_CLASSES: dict[WordClass, str] = {
    WordClass.FUNCTION: "a function word",
    WordClass.MONTH: "a month or weekday",
    WordClass.LOCATIVE: "a word of place",
    WordClass.DIRECTION: "a direction",
    WordClass.AGENCY: "a verb of speech or action",
    WordClass.GOVERNMENT: "a word of government",
    WordClass.TITLE: "a person's title",
    WordClass.GIVEN: "a given name",
    WordClass.OUTLET_NOUN: "a word for news outlets",
    WordClass.OUTLET: "a news outlet",
    WordClass.ORGANISATION: "a word for organisations",
    WordClass.KINSHIP: "a word of kinship",
    WordClass.HEAD: "a head noun",
}
_POSITIONS: tuple[tuple[str, int], ...] = (
    ("itself", 0),
    ("the word before", -1),
    ("two words before", -2),
    ("the word after", 1),
    ("two words after", 2),
)
CLITICS: tuple[tuple[str, str], ...] = (
    ("\N{ARABIC LETTER WAW}", "prefix waw"),
    ("\N{ARABIC LETTER FEH}", "prefix fa"),
    ("\N{ARABIC LETTER BEH}", "prefix ba"),
    ("\N{ARABIC LETTER KAF}", "prefix kaf"),
    ("\N{ARABIC LETTER LAM}", "prefix lam"),
)
_POPULATIONS: tuple[tuple[int, str], ...] = (
    (1_000_000, "over a million people"),
    (100_000, "over 100,000 people"),
    (15_000, "over 15,000 people"),
    (2_000, "over 2,000 people"),
)

_PLAIN: tuple[str, ...] = (
    "any name",
    *(f"{position} is {noun}" for position, _ in _POSITIONS for noun in _CLASSES.values()),
    *(label for _, label in CLITICS),
    "two words long",
    "three words or longer",
    "one short word",
    "begins with the article",
    "stands in quotes",
    "part of a longer quotation",
    "a word for organisations before the quotation",
    "part of a longer hashtag",
    "a sentence begins here",
    "a sentence ends here",
    "punctuation before",
    "punctuation after",
    "a country",
    "a governorate or province",
    "a curated place",
    "a settlement",
    *(label for _, label in _POPULATIONS),
    "number of namesakes (log10)",
    "its own main name",
    "under a head noun of its kind",
    "under a head noun of another kind",
    "a name only under a head noun",
    "the whole name of a facility with its head noun",
    "the name of a people",
    "in the byline",
    "a news outlet in the byline",
    "opens the dateline",
    "a word with the article right before",
    "a word with the article right after",
    "it and the word before have the article",
    "named elsewhere after a person's name or title",
    "written with a capital",
    "written in capitals only",
    "a capitalised word stands right before",
    "a capitalised word stands right after",
    "written in lower case elsewhere",
    "named again elsewhere",
    "named elsewhere after a word of place",
    "stands beside another strong name",
    "part of the name of a news outlet",
    "a lone capitalised word opens the sentence",
    "often a place in other articles",
    "often an ordinary word in other articles",
    "an ordinary word with a pronoun",
    "the sentence reads as if it were a place",
    "the sentence does not read as if it were a place",
    "the sentence reads as if the name were longer",
    "in a list with a likely place",
    "a likely place elsewhere in the article",
    "in a country that the article speaks of",
)
USAGE: tuple[str, str] = (
    "often a place in other articles",
    "often an ordinary word in other articles",
)
"""The columns that come from the names' uses elsewhere."""

SECOND: tuple[str, ...] = _PLAIN[-3:]
"""The columns that a second look fills in, once the first has said how likely each hit is."""

_FAMES: tuple[str, ...] = ("mostly a place", "mostly a word", "a large place", "a small place")
"""What a name is before its sentence is read; the same evidence weighs differently on each."""

_CROSSED: tuple[str, ...] = (
    "the word before is a word of place",
    "the word before is a function word",
    "the word before is a verb of speech or action",
    "the word before is a word for organisations",
    "the word before is a word for news outlets",
    "the word before is a person's title",
    "the word before is a given name",
    "the word after is a given name",
    "the word after is a verb of speech or action",
    "the word after is a word for organisations",
    "a word with the article right before",
    "a word with the article right after",
    "it and the word before have the article",
    "itself is a given name",
    "itself is a news outlet",
    *(label for _, label in CLITICS),
    "one short word",
    "begins with the article",
    "stands in quotes",
    "a sentence begins here",
    "under a head noun of its kind",
    "under a head noun of another kind",
    "written with a capital",
    "a capitalised word stands right before",
    "a capitalised word stands right after",
    "named elsewhere after a word of place",
    "stands beside another strong name",
    "a lone capitalised word opens the sentence",
    "the sentence reads as if it were a place",
    "the sentence does not read as if it were a place",
)
COLUMNS: tuple[str, ...] = (
    *_PLAIN,
    *(f"{fame}: {name}" for fame in _FAMES for name in ("such a name", *_CROSSED)),
)
"""The columns of :func:`evidence`."""

_STRONG = 100_000
"""People of a settlement that most readers know."""

_OPENING = np.uint32(int(WordClass.HEAD | WordClass.DIRECTION))
_TELLING = 2.0
"""A rare piece of evidence is told louder, or the penalty on its weight would silence it."""

_UNLIKELY = 1e-3
_ODDS = 3.0
"""What log-odds are divided by, so that they are of the size of the other evidence."""

_INDEX = {name: number for number, name in enumerate(COLUMNS)}


def evidence(reading: Reading, usage: Usage, tags: Tags) -> NDArray[np.float32]:
    """Return the evidence for every hit of a reading, shape (hits, columns).

    ``usage`` tells how often each name was a place, and how often a mere word, in other articles.
    """
    matrix = np.zeros((len(reading.start), len(COLUMNS)), dtype=np.float32)
    if len(matrix):
        matrix[:, 0] = 1
        _words(reading, matrix)
        _shape(reading, matrix)
        _places(reading, matrix)
        _surroundings(reading, matrix)
        _document(reading, matrix)
        _wording(reading, tags, matrix)
        _put(matrix, "an ordinary word with a pronoun", _possessed(reading, usage))
        # What the bare word was used for elsewhere says nothing of a name that is more than it.
        place, word = (
            counts[reading.name] * ~reading.whole for counts in usage.counts(reading.name_keys)
        )
        _put(matrix, "often a place in other articles", np.log1p(place))
        _put(matrix, "often an ordinary word in other articles", np.log1p(word))
        _cross(reading, matrix, place, word)
    return matrix


def second_look(
    reading: Reading, matrix: NDArray[np.float32], probability: NDArray[np.float64]
) -> None:
    """Put what a first decision says of the other hits into the matrix, in place."""
    if not len(matrix):
        return
    listed = np.zeros(len(matrix))
    together = reading.listed
    listed[1:] = np.where(together, probability[:-1], 0)
    listed[:-1] = np.maximum(listed[:-1], np.where(together, probability[1:], 0))
    _put(matrix, SECOND[0], listed)
    _, same = np.unique(
        reading.article * (len(reading.names.count) + 1) + reading.name, return_inverse=True
    )
    # The name in a longer hashtag is not marked, and says nothing of the name elsewhere.
    counted = ~reading.in_hashtag
    belief = probability * counted
    times = np.bincount(same, weights=counted)[same] - counted
    rest = np.bincount(same, weights=belief)[same] - belief
    _put(matrix, SECOND[1], rest / np.maximum(times, 1))
    _put(matrix, SECOND[2], reading.country_share(probability, same))


def _put(matrix: NDArray[np.float32], name: str, values: NDArray[np.generic]) -> None:
    matrix[:, _INDEX[name]] = values


def _words(reading: Reading, matrix: NDArray[np.float32]) -> None:
    """Put in the classes of the name and of the words round it, within the sentence."""
    bits = np.array([int(word_class) for word_class in _CLASSES], dtype=np.uint32)
    column = 1
    for _, step in _POSITIONS:
        classes = reading.classes_at(step)
        matrix[:, column : column + len(bits)] = (classes[:, None] & bits) != 0
        column += len(bits)
    for letter, label in CLITICS:
        _put(matrix, label, reading.clitic_holds(letter))


def _shape(reading: Reading, matrix: NDArray[np.float32]) -> None:
    # Under its head noun a core is a whole name: of "the bases العمر and كونيكو" each is two words.
    words = reading.last - reading.first + 1 + reading.whole
    _put(matrix, "two words long", words == 2)
    _put(matrix, "three words or longer", words >= 3)
    _put(matrix, "one short word", (words == 1) & (reading.end - reading.start <= 3))
    _put(matrix, "begins with the article", reading.has_article & ~reading.whole)
    _put(matrix, "stands in quotes", reading.quoted)
    part, introduced = reading.quotation
    _put(matrix, "part of a longer quotation", part)
    named = (introduced & np.uint32(int(WordClass.ORGANISATION))) != 0
    _put(matrix, "a word for organisations before the quotation", _TELLING * named)
    _put(matrix, "part of a longer hashtag", _TELLING * reading.in_hashtag)
    before, after = reading.definite_neighbours
    _put(matrix, "a word with the article right before", before)
    _put(matrix, "a word with the article right after", after)
    # As an adjective has it: the peaceful march (المسيرة السلمية) is no march of Salamiyah.
    _put(matrix, "it and the word before have the article", before & reading.has_article)
    capital, capitals = reading.capitals
    _put(matrix, "written with a capital", capital)
    _put(matrix, "written in capitals only", capitals)


def _places(reading: Reading, matrix: NDArray[np.float32]) -> None:
    names = reading.names
    kinds = names.kinds[reading.name]
    bit = {kind: np.uint32(1 << number) for number, kind in enumerate(KINDS)}
    country = (kinds & bit["country"]) != 0
    # A country is known for being one, not for its millions.
    people = np.where(country, 0, names.population[reading.name])
    _put(matrix, "a country", country)
    _put(matrix, "a governorate or province", (kinds & bit["governorate"]) != 0)
    _put(matrix, "a settlement", (kinds & bit["settlement"]) != 0)
    _put(matrix, "a curated place", names.curated[reading.name])
    for least, label in _POPULATIONS:
        _put(matrix, label, people >= least)
    _put(matrix, "number of namesakes (log10)", np.log10(names.count[reading.name] + 1.0))
    _put(matrix, "its own main name", names.own[reading.name])
    governed, possible = reading.governed, kinds | names.core_kinds[reading.name]
    fits = (governed & possible) != 0
    _put(matrix, "under a head noun of its kind", fits)
    _put(matrix, "under a head noun of another kind", (governed != 0) & ~fits)
    # Ibb and August are one word to the index, and nobody says "the province of August".
    matrix[fits, _INDEX["itself is a month or weekday"]] = 0
    _put(matrix, "the whole name of a facility with its head noun", _TELLING * reading.whole)
    demonym = names.demonym[reading.name]
    _put(matrix, "a name only under a head noun", (kinds == 0) & ~fits & ~demonym)
    _put(matrix, "the name of a people", demonym)


def _surroundings(reading: Reading, matrix: NDArray[np.float32]) -> None:
    gap_before, gap_after = reading.gaps
    _put(matrix, "a sentence begins here", gap_before == 2)
    _put(matrix, "a sentence ends here", gap_after == 2)
    _put(matrix, "punctuation before", gap_before == 1)
    _put(matrix, "punctuation after", gap_after == 1)
    byline = in_byline(reading)
    _put(matrix, "in the byline", byline)
    outlet = (reading.classes_at(0) & np.uint32(int(WordClass.OUTLET))) != 0
    _put(matrix, "a news outlet in the byline", _TELLING * (outlet & byline))
    _put(matrix, "opens the dateline", reading.dateline)
    before, after = reading.capital_neighbours
    alone = (gap_before == 2) & (gap_after == 0) & ~after & (reading.script == 1)
    _put(matrix, "a lone capitalised word opens the sentence", alone)
    _put(matrix, "a capitalised word stands right before", before)
    _put(matrix, "a capitalised word stands right after", after)
    _put(matrix, "part of the name of a news outlet", reading.in_outlet)


def _document(reading: Reading, matrix: NDArray[np.float32]) -> None:
    """Put in what the rest of the article says of the name, and the names on either side."""
    _, same = np.unique(
        reading.article.astype(np.int64) * (len(reading.names.count) + 1) + reading.name,
        return_inverse=True,
    )
    placed = (
        matrix[:, _INDEX["the word before is a word of place"]]
        + matrix[:, _INDEX["prefix ba"]]
        + matrix[:, _INDEX["under a head noun of its kind"]]
    ) > 0
    bare = ~reading.in_hashtag
    times = np.bincount(same, weights=bare)[same] - bare
    with_place = np.bincount(same, weights=placed)
    _put(matrix, "named again elsewhere", times > 0)
    _put(matrix, "named elsewhere after a word of place", with_place[same] - placed > 0)
    _put(matrix, "named elsewhere after a person's name or title", reading.personal)
    _put(matrix, "written in lower case elsewhere", reading.lower_elsewhere)
    people = reading.names.population[reading.name]
    kinds = reading.names.kinds[reading.name]
    strong = (
        (people >= _STRONG)
        | ((kinds & np.uint32(1 << KINDS.index("country"))) != 0)
        | (matrix[:, _INDEX["under a head noun of its kind"]] > 0)
    )
    _put(matrix, "stands beside another strong name", reading.beside(strong))


def _wording(reading: Reading, tags: Tags, matrix: NDArray[np.float32]) -> None:
    """Put in what the tagger makes of the name, a head noun or article before it inside or not."""
    first, last = reading.first, reading.last
    headed = np.where((reading.head >= 0) & (reading.head == first - 1), first - 1, reading.opening)
    # "Northern Syria" is in the gazetteer whole; a sentence may speak of Syria all the same.
    opening = (reading.classes[first] & _OPENING) != 0
    bare = np.where(opening & (last > first), first + 1, first)
    exact = np.maximum.reduce([tags.exact(begin, last) for begin in (headed, first, bare)])
    odds = np.log(np.clip(exact, _UNLIKELY, 1 - _UNLIKELY))
    odds -= np.log1p(-np.clip(exact, _UNLIKELY, 1 - _UNLIKELY))
    _put(matrix, "the sentence reads as if it were a place", np.maximum(odds, 0) / _ODDS)
    _put(matrix, "the sentence does not read as if it were a place", np.maximum(-odds, 0) / _ODDS)
    longer = tags.longer(headed, last)
    _put(matrix, "the sentence reads as if the name were longer", longer)


def _possessed(reading: Reading, usage: Usage) -> NDArray[np.float32]:
    """Return whether an ordinary word remains when a pronoun is taken off (بيانه, بيان).

    That is a word which other articles use, or this one without the pronoun.
    """
    result = np.zeros(len(reading), dtype=np.float32)
    for which, key in reading.without_pronoun:
        uses = usage.counts(key)[1] + reading.written_alone(which, key)
        result[which] = np.maximum(result[which], uses > 0)
    return _TELLING * result


def _cross(
    reading: Reading,
    matrix: NDArray[np.float32],
    place: NDArray[np.float32],
    word: NDArray[np.float32],
) -> None:
    """Put in the crossed evidence once for each fame, 0 but for the one that the name has."""
    met = place + word > 0
    large = reading.names.population[reading.name] >= _STRONG
    fames = (met & (place >= word), met & (place < word), ~met & large, ~met & ~large)
    crossed = matrix[:, [_INDEX[name] for name in _CROSSED]]
    column = len(_PLAIN)
    for fame in fames:
        matrix[fame, column] = 1
        matrix[fame, column + 1 : column + 1 + len(_CROSSED)] = crossed[fame]
        column += 1 + len(_CROSSED)
