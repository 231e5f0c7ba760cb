"""A shipped name finds its place, however news may write it: alone, behind a clitic, respelled."""

from __future__ import annotations

import csv
import random
import re
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from geo.gazetteer import Gazetteer
from geo.gazetteer.index import MAX_SPAN, name_keys
from geo.lang.clitics import ARABIC
from geo.recognize.matcher import ALONE, Matcher
from geo.resources import data_folder
from geo.text.folding import BREAK, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = data_folder("gazetteer")
SEED, ROWS = 20261122, 3000

ALEF = "\N{ARABIC LETTER ALEF}"
TATWEEL = "\N{ARABIC TATWEEL}"
FATHA = "\N{ARABIC FATHA}"
LONG = MAX_SPAN // 4
"""Names beyond this many letters outgrow the longest span once they carry marks."""
BREAKS = re.compile(r"[،,;:()\[\]–—?!؟۔]|\w{4}\. ")
"""What ends a name in a text, or a sentence: some names of GeoNames go on behind it ("Marion,
Texas", "Budapest XXII. kerület")."""

HAMZAS = str.maketrans(
    {
        "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": ALEF,
        "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": ALEF,
        "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": ALEF,
        "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}": "\N{ARABIC LETTER WAW}",
        "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}": "\N{ARABIC LETTER YEH}",
    }
)
ENDINGS = str.maketrans(
    {
        "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
    }
)


def every_row() -> list[tuple[str, list[str]]]:
    """Return (id, names) of every place that ships, in the order of the tables."""
    rows = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names = [row["name"], row["name_ar"], *row["aliases"].split("|")]
                rows.append((row["id"], [name for name in names if name]))
    for table in ("settlements", "admin2"):
        columns = ["id", "name", "name_ar", "aliases"]
        for row in pq.read_table(FOLDER / f"{table}.parquet", columns=columns).to_pylist():
            names = [row["name"], row["name_ar"], *(row["aliases"] or [])]
            rows.append((row["id"], [name for name in names if name]))
    return rows


@pytest.fixture(scope="module")
def sample() -> list[tuple[str, str]]:
    """Return (id, name) of every name of the curated sites and of some rows of all tables."""
    rows = every_row()
    with (FOLDER / "sites.csv").open(encoding="utf-8", newline="") as file:
        curated = {row["id"] for row in csv.DictReader(file)}
    chosen = [row for row in rows if row[0] in curated]
    chosen += random.Random(SEED).sample(rows, ROWS)
    return [(identity, name) for identity, names in chosen for name in names]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def is_arabic(name: str) -> bool:
    return "\N{ARABIC LETTER HAMZA}" <= fold(name)[:1] <= "\N{ARABIC LETTER YEH}"


def respelled(name: str) -> Iterator[str]:
    """Yield the spellings of a name that must be the same to a reader."""
    yield name
    if not is_arabic(name):
        yield name.upper()
        return
    yield name.translate(HAMZAS)
    yield name.translate(ENDINGS)
    if len(name) <= LONG:
        yield "".join(c + TATWEEL if c.isalpha() else c for c in name)
        yield "".join(c + FATHA if c.isalpha() else c for c in name)


def behind_clitics(name: str) -> Iterator[tuple[str, str]]:
    """Yield (what a clitic adds, what is written) for every way to write a clitic to a name."""
    first = fold(name).split()[0]
    if not is_arabic(name) or len(first) < ALONE or name[0] != first[0]:
        return
    for written in ARABIC.attached(name)[1:]:
        if written.endswith(name):
            yield written.removesuffix(name), written


def numbers(gazetteer: Gazetteer, names: list[str]) -> list[int]:
    """Return the number of each name, -1 for one that is not indexed."""
    keys = name_keys(names, gazetteer.tokeniser).key
    found = gazetteer.index.find(keys)
    return [int(number) if key else -1 for key, number in zip(keys, found, strict=True)]


def test_a_name_finds_its_place_in_every_spelling(
    gazetteer: Gazetteer, sample: list[tuple[str, str]]
) -> None:
    every = [(row, name, each) for row, name in sample for each in respelled(name)]
    own = numbers(gazetteer, [name for _, name, _ in every])
    told = numbers(gazetteer, [each for _, _, each in every])
    respelt = [each for each, one, other in zip(every, own, told, strict=True) if one != other]
    assert respelt == []
    homeless = [
        (identity, name)
        for (identity, name, _), number in zip(every, own, strict=True)
        if number >= 0 and gazetteer.id_row(identity) not in gazetteer.rows(number)
    ]
    assert homeless == []


def test_nearly_every_name_is_indexed(gazetteer: Gazetteer, sample: list[tuple[str, str]]) -> None:
    names = [name for _, name in sample]
    left_out = [
        name for name, number in zip(names, numbers(gazetteer, names), strict=True) if number < 0
    ]
    assert len(left_out) < len(names) / 200
    assert not [name for name in left_out if is_arabic(name)]


def test_the_matcher_finds_a_name_in_every_spelling_and_behind_every_clitic(
    gazetteer: Gazetteer, sample: list[tuple[str, str]]
) -> None:
    names = sorted({name for _, name in sample})
    wanted: list[tuple[int, int, int]] = []
    pieces, offset = [], 0
    for name, number in zip(names, numbers(gazetteer, names), strict=True):
        if number < 0 or BREAKS.search(name):
            continue
        for clitic, written in (*(("", each) for each in respelled(name)), *behind_clitics(name)):
            wanted.append((offset + len(clitic), offset + len(written), number))
            pieces.append(written)
            offset += len(written) + 1
    text = BREAK.join(pieces)
    hits = Matcher(gazetteer).scan(text)
    found: dict[int, list[tuple[int, int]]] = {}
    for start, end, number in zip(
        *(c.tolist() for c in (hits.start, hits.end, hits.name)), strict=True
    ):
        found.setdefault(number, []).append((start, end))
    lost = [
        text[start:end]
        for start, end, number in wanted
        if not any(
            start <= first and last <= end and not fold(text[start:first] + text[last:end])
            for first, last in found.get(number, [])
        )
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("al-Rahad", "Ar Rahad"),
        ("El Rahad", "Ar Rahad"),
        ("Al Rutba", "Ar Ruţbah"),
        ("Nasiriyya", "Nasiriyah"),
        ("el-Hasaka", "Al-Hasakah"),
    ],
)
def test_an_arabic_town_is_found_by_what_news_makes_of_its_article_and_ending(
    gazetteer: Gazetteer, spelled: str, name: str
) -> None:
    assert name in {place.name for place in gazetteer.lookup(spelled)}


def test_a_town_where_arabic_is_not_spoken_has_no_arabic_article(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("El Paso")
    assert not gazetteer.lookup("Al Paso")
