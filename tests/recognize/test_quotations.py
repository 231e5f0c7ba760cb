"""What stands in quotation marks, whatever their shape."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.lang.language import WordClass
from geo.recognize.quotations import QUOTES, quotations
from geo.recognize.reader import Reader


def quoted(text: str) -> list[str]:
    points = np.array([*map(ord, text)], dtype=np.uint32)
    return [text[low + 1 : high] for low, high in zip(*quotations(points), strict=True)]


def test_marks_of_a_line_are_taken_two_by_two() -> None:
    assert quoted('She read "one" and «two», then ”three“.') == ["one", "two", "three"]


def test_a_mark_without_another_on_its_line_quotes_nothing() -> None:
    assert quoted('5" of rain\nfell on "Homs" and 6" on Hama') == ["Homs"]


@given(st.text(alphabet="ab \n" + QUOTES))
def test_quotations_follow_each_other_and_keep_to_a_line(text: str) -> None:
    points = np.array([*map(ord, text)], dtype=np.uint32)
    opens, closes = quotations(points)
    assert (opens < closes).all()
    assert (closes[:-1] < opens[1:]).all()
    assert not any("\n" in each for each in quoted(text))
    assert sum(map(len, text.split("\n"))) >= 2 * len(opens)


def test_a_title_is_told_from_a_quoted_name_and_from_a_long_speech() -> None:
    text = (
        "عُرض فيلم «الطريق إلى حلب» في دمشق، وأخليت قاعدة «العمر»، وقال: "
        "«لن نترك بيوتنا في حمص ولا في ريفها مهما طال الحصار علينا وعلى أولادنا»."
    )
    reading = Reader(Gazetteer.open()).read([text])
    part, before = reading.quotation
    told = {
        text[start:end]: (bool(one), bool(classes & int(WordClass.ORGANISATION)))
        for start, end, one, classes in zip(
            reading.start.tolist(), reading.end.tolist(), part, before.tolist(), strict=True
        )
    }
    assert told["حلب"] == (True, True)
    assert told["دمشق"] == told["حمص"] == (False, False)
    assert told["قاعدة «العمر"] == (False, False)
