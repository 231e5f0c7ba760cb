"""Who acts and where it happens, on sentences read with the shipped gazetteer and weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader
from geo.recognize.uses import BUCKETS, COLUMNS, Uses, buckets, columns, no_uses
from geo.recognize.weighing import shipped_model


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Gazetteer.open())


def uses(reader: Reader, text: str) -> list[bool]:
    decision = find_mentions(reader.read([text]), shipped_model())
    told: list[bool] = decision.associative[decision.accepted].tolist()
    return told


@pytest.mark.parametrize(
    ("text", "associative"),
    [
        ("أعلنت الولايات المتحدة فرض عقوبات جديدة", True),
        ("تجول الوفد في سوريا أمس", False),
        ("France said it would respond.", True),
        ("Aid reached families in France.", False),
        ("تعثرت المحادثات الجديدة مع دمشق", True),
        ("تعثرت المحادثات في دمشق", False),
        ("Talks with Ankara stalled.", True),
        ("Talks in Ankara stalled.", False),
        ("قال قائد شرطة كركوك إن الهجوم أُحبط", False),
        ("غرقت دمشق في الظلام مساء الأحد", False),
        ("لوّحت أنقرة بعملية عسكرية جديدة", True),
        ("The mayor of Homs said the water was back.", False),
        ("Hurricane winds tore roofs off houses in Havana.", False),
        ("Moscow rejected the draft on Friday.", True),
        ("أشار إلى أن الولايات المتحدة نفذت ضربات", True),
    ],
)
def test_a_country_that_acts_is_associative(
    reader: Reader,
    text: str,
    associative: bool,  # noqa: FBT001
) -> None:
    assert uses(reader, text) == [associative]


@pytest.mark.parametrize(
    ("text", "associative"),
    [
        ("تتقدم العلاقات بين دمشق وبغداد", [True, True]),
        ("تتقدم العلاقات بين دمشق وبين بغداد", [True, True]),
        ("Tension between Damascus and Baghdad grew.", [True, True]),
        ("تعثرت المحادثات مع دمشق في بيروت", [True, False]),
        ("تعثرت المحادثات مع دمشق ببيروت", [True, False]),
        ("Talks with Ankara in Geneva stalled.", [True, False]),
    ],
)
def test_the_sides_of_a_dealing_are_associative_and_where_they_met_is_not(
    reader: Reader, text: str, associative: list[bool]
) -> None:
    assert uses(reader, text) == associative


LISTS = [
    ("طالبت أنقرة والدوحة والقاهرة بوقف النار", 3),
    ("شهدت بيروت وطرابلس وصيدا إضرابا عاما", 3),
    ("Ankara, Doha and Cairo urged restraint.", 3),
    ("Snow fell in Beirut, Damascus and Amman.", 3),
]


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_the_names_of_a_list_have_one_use(reader: Reader, text: str, names: int) -> None:
    found = uses(reader, text)
    assert len(found) == names
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    "text",
    ["أعلن حقل العمر", "قال جبل قاسيون", "Mount Hermon said", "Tishrin Dam announced"],
)
def test_what_nobody_rules_from_never_acts(reader: Reader, text: str) -> None:
    reading = reader.read([text])
    eager = Uses(np.ones((2, len(COLUMNS)), np.float32), np.zeros((2, BUCKETS), np.float32))
    found = eager.associative(reading, np.ones(len(reading), dtype=bool))
    held = (reading.governed != 0) & (reading.head == reading.first - 1)
    assert not found[held | (reading.last > reading.first)].any()


def test_a_people_stands_for_a_government_whatever_the_weights(reader: Reader) -> None:
    reading = reader.read(["قالت الوزارة اليمنية", "the Yemeni ministry said"])
    none = no_uses(2)
    people = reading.names.demonym[reading.name]
    assert people.sum() == 2
    assert none.associative(reading, np.zeros(len(reading), dtype=bool))[people].all()


WORDS = st.sampled_from(
    [
        "قالت",
        "في",
        "دمشق",
        "وبغداد",
        "لأنقرة",
        "سوريا",
        "أهالي",
        "Moscow",
        "said",
        "in",
        "and",
        ",",
        ".",
        "’s",
    ]
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=1, max_size=4))
def test_uses_do_not_depend_on_what_else_is_in_the_block(texts: list[str]) -> None:
    reader, model = Reader(Gazetteer.open()), shipped_model()
    together = reader.read(texts)
    found = model.uses.associative(together, np.ones(len(together), dtype=bool))
    alone = [reader.read([text]) for text in texts]
    assert found.tolist() == [
        use
        for one in alone
        for use in model.uses.associative(one, np.ones(len(one), dtype=bool)).tolist()
    ]


@settings(deadline=None, max_examples=40)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_every_slot_has_a_bucket_whatever_the_text(text: str) -> None:
    reading = Reader(Gazetteer.open()).read([text])
    every = np.arange(len(reading))
    found = buckets(reading, every)
    assert columns(reading, every).shape == (len(reading), len(COLUMNS))
    assert ((found >= 0) & (found < BUCKETS)).all()
