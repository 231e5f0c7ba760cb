"""What a reading says of its hits and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.recognize.reader import Reader

if TYPE_CHECKING:
    from geo.recognize.reading import Reading


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Gazetteer.open())


def names(reading: Reading, text: str) -> list[str]:
    spans = zip(reading.start.tolist(), reading.end.tolist(), strict=True)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("floods in the state of Ohio", "Ohio"),
        ("floods in Washington state", "Washington"),
        ("dikes in the Netherlands", "Netherlands"),
        ("the Springfield City Council met", "Springfield"),
        ("a delegation from دولة قطر", "قطر"),
        ("حرب في منطقة الشرق الأوسط", "الشرق الأوسط"),
    ],
)
def test_a_common_noun_beside_a_name_is_no_part_of_it(reader: Reader, text: str, name: str) -> None:
    assert name in names(reader.read([text]), text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("floods in Kansas City", "Kansas City"),
        ("the Kansas City Royals", "Kansas City"),
        ("Scott County Deputy Ann Hill", "Scott County"),
        ("the Mexico City Mayor", "Mexico City"),
        ("a court in The Hague", "The Hague"),
        ("Fighting went on around al-Bab. (Reporting by our staff)", "al-Bab"),
        ("RIDGE FARM, Ill. (AP)", "Ill."),
        ("زار المملكة العربية السعودية", "المملكة العربية السعودية"),
        ("انسحبوا من حقل العمر", "حقل العمر"),
    ],
)
def test_a_noun_that_belongs_to_the_name_stays_in_it(reader: Reader, text: str, name: str) -> None:
    assert name in names(reader.read([text]), text)


def test_the_noun_taken_off_a_name_governs_it(reader: Reader) -> None:
    text = "floods in Washington state"
    reading = reader.read([text])
    assert reading.governed[names(reading, text).index("Washington")] != 0


def test_a_name_is_personal_where_its_article_has_it_behind_a_given_name(reader: Reader) -> None:
    text = "George Marshall spoke first. Later Marshall left for Dallas."
    reading = reader.read([text, "Later Marshall left for Dallas."])
    found = dict(zip(reading.start.tolist(), reading.personal.tolist(), strict=True))
    assert found[text.index("Marshall left")]
    assert not found[text.index("Dallas")]
    assert not found[len(text) + 1 + len("Later ")]


def test_what_an_article_tells_of_a_word_comes_from_its_other_uses(reader: Reader) -> None:
    reading = reader.read(["in Mobile", "in Mobile, a mobile phone in Mobile"])
    words = [word.lower() for word in ["in", "Mobile", "in", "Mobile", "a", "mobile"]]
    told = dict(zip(range(len(words)), reading.told.tolist(), strict=False))
    assert told[1] == 0
    assert told[3] == 0b1110


def test_words_with_the_article_are_known_behind_their_clitics(reader: Reader) -> None:
    reading = reader.read(["البيت والمدرسة بالباب للمسيرة ألم لبنان وصل Alabama"])
    assert reading.definite.tolist() == [True, True, True, True, False, False, False, False]


def test_a_neighbour_with_the_article_stands_right_beside_the_name(reader: Reader) -> None:
    text = "المسيرة السلمية، الرطبة"
    reading = reader.read([text])
    found = names(reading, text).index("السلمية")
    before, after = reading.definite_neighbours
    assert before[found]
    assert not after[found]


def test_a_word_joined_to_another_is_in_a_hashtag(reader: Reader) -> None:
    text = "#أمطار_الكويت #الكويت"
    reading = reader.read([text])
    spans = zip(reading.start.tolist(), reading.in_hashtag.tolist(), strict=True)
    joined = {start: flag for start, flag in spans if text.startswith("الكويت", start)}
    assert list(joined.values()) == [True, False]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He left Ar-Raqqa on Monday", "Ar-Raqqa"),
        ("Fighting near ash-Shaddadi went on", "ash-Shaddadi"),
        ("Fighting near Ar Raqqa went on", "Ar Raqqa"),
        ("Fighting near ar Raqqa went on", "Raqqa"),
        ("As Raqqa fell", "Raqqa"),
        ("Fighting in Raqqa", "Raqqa"),
    ],
)
def test_an_arabic_article_in_latin_letters_opens_the_name(
    reader: Reader, text: str, name: str
) -> None:
    reading = reader.read([text])
    begins = reading.token_start[reading.opening].tolist()
    assert (text.index(name), text.index(name) + len(name)) in zip(
        begins, reading.end.tolist(), strict=True
    )


def test_a_hashtag_is_no_adjective_of_the_word_before(reader: Reader) -> None:
    text = "فتحت الشوارع الكويت ثم الشوارع #الكويت"
    reading = reader.read([text])
    before, _ = reading.definite_neighbours
    at = {start: bool(flag) for start, flag in zip(reading.start, before, strict=True)}
    assert at[text.index("الكويت")]
    assert not at[text.rindex("الكويت")]


def test_the_share_of_a_country_leaves_out_what_the_name_itself_says(reader: Reader) -> None:
    # Homs is a city and a governorate, both in Syria.
    text = "حمص"
    reading = reader.read([text])
    share = reading.country_share(np.ones(len(reading)), np.arange(len(reading)))
    assert share.tolist() == [0.0]


def test_the_share_of_a_country_is_that_of_the_other_names(reader: Reader) -> None:
    reading = reader.read(["حمص ثم حماة ثم باريس"])
    share = reading.country_share(np.ones(len(reading)), np.arange(len(reading)))
    assert share.tolist() == [0.5, 0.5, 0.0]


@given(st.lists(st.text(alphabet="ab .", max_size=12), min_size=1, max_size=5), st.data())
def test_what_is_told_is_what_the_obvious_count_tells(
    reader: Reader, texts: list[str], data: st.DataObject
) -> None:
    # So few cells that nearly all words want the same ones.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.recognize.block._CELLS", data.draw(st.integers(1, 3)))
        told = reader.read(texts).told.tolist()
    every = [word for text in texts for word in text.replace(".", " ").split()]
    assert len(told) == len(every)
    expected = [
        text.replace(".", " ").split().count(word) > 1
        for text in texts
        for word in text.replace(".", " ").split()
    ]
    assert [bool(bits & 0b1000) for bits in told] == expected
