"""Spans, kinds and uses, on sentences read with the shipped gazetteer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.gazetteer import Gazetteer
from geo.lang.language import WordClass
from geo.model import KINDS
from geo.recognize.detector import Detector
from geo.recognize.evidence import COLUMNS, SECOND, second_look
from geo.recognize.mentions import Decision, find_mentions
from geo.recognize.reader import Reader
from geo.recognize.weighing import shipped_model

if TYPE_CHECKING:
    from geo.recognize.reading import Reading


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Gazetteer.open())


def mentions(reader: Reader, text: str) -> list[str]:
    decision = find_mentions(reader.read([text]), shipped_model())
    spans = zip(decision.start, decision.end, decision.accepted, strict=True)
    return [text[start:end] for start, end, accepted in spans if accepted]


def kinds_governing(reading: Reading, name: str, text: str) -> set[str]:
    [hit] = [n for n in range(len(reading)) if text[reading.start[n] : reading.end[n]] == name]
    bits = int(reading.governed[hit])
    return {kind for number, kind in enumerate(KINDS) if bits >> number & 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصلت القافلة إلى الحسكة وبالقامشلي", ["الحسكة", "القامشلي"]),
        ("وصلت المساعدات من الرقة للقامشلي", ["الرقة", "القامشلي"]),
        ("انسحبت القوات من حقل العمر", ["حقل العمر"]),
        ("تجمع السكان في مدينة حلب", ["حلب"]),
        ("في محافظة ريف دمشق", ["ريف دمشق"]),
        ("في محافظة السويداء", ["محافظة السويداء"]),
        ("في دير الـــزور", ["دير الـــزور"]),
        ("في دَيْرِ الزَّوْرِ", ["دَيْرِ الزَّوْرِ"]),
    ],
)
def test_a_span_has_no_clitic_and_keeps_the_noun_that_belongs_to_the_name(
    reader: Reader, text: str, expected: list[str]
) -> None:
    found = mentions(reader, text)
    assert [name.removeprefix("ال") for name in found] == [
        name.removeprefix("ال") for name in expected
    ]


@pytest.mark.parametrize("quotes", ['""', "«»", "“”", "”“", "„“"])
def test_a_dual_head_noun_governs_every_name_of_its_list(reader: Reader, quotes: str) -> None:
    opening, closing = quotes
    text = (
        f"غادر الجنود قاعدتي {opening}العمر{closing} النفطية "
        f"و{opening}كونيكو{closing} للغاز في ريف دير الزور"
    )
    reading = reader.read([text])
    assert "military_base" in kinds_governing(reading, "العمر", text)
    assert "military_base" in kinds_governing(reading, "كونيكو", text)
    assert mentions(reader, text)[:2] == ["العمر", "كونيكو"]


def test_a_plural_head_noun_behind_its_names_governs_them_all(reader: Reader) -> None:
    text = "Engineers left the Tanak and Conoco fields in Deir ez-Zor."
    reading = reader.read([text])
    assert "oil_field" in kinds_governing(reading, "Conoco", text)


def test_a_plural_head_noun_before_its_names_governs_them_all(reader: Reader) -> None:
    text = "Rain fell on the cities of Homs and Hama."
    reading = reader.read([text])
    assert "settlement" in kinds_governing(reading, "Homs", text)
    assert "settlement" in kinds_governing(reading, "Hama", text)


def test_the_noun_of_a_quarter_stays_outside_its_name(reader: Reader) -> None:
    text = "انقطعت الكهرباء في حي السكري وفي حيي المشهد والفردوس بحلب."
    assert mentions(reader, text) == ["السكري", "المشهد", "الفردوس", "حلب"]


def test_a_name_that_is_listed_with_its_noun_is_a_name_behind_it_alone(reader: Reader) -> None:
    assert mentions(reader, "سقطت قذائف على قرية الحرية في ريف الرقة")[0] == "الحرية"
    assert mentions(reader, "قصفت المدفعية قرى الحرية والصفا")[:2] == ["الحرية", "الصفا"]
    assert mentions(reader, "قال إن الحرية مطلب الناس جميعاً") == []


def test_a_list_ends_where_a_word_of_place_begins(reader: Reader) -> None:
    text = "أخلي حيا القصور والخالدية في حمص"
    reading = reader.read([text])
    assert kinds_governing(reading, "القصور", text) == {"neighbourhood"}
    assert kinds_governing(reading, "حمص", text) == set()


@pytest.mark.parametrize("hyphen", ["-", "\N{HYPHEN}", "\N{EN DASH}"])
def test_two_towns_that_a_hyphen_joins_are_two_names(reader: Reader, hyphen: str) -> None:
    text = f"A bus overturned on the Nawa{hyphen}Jasim road, near Baden-Baden."
    assert mentions(reader, text) == ["Nawa", "Jasim", "Baden-Baden"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("سجلت أسواق الرياض وجدة ارتفاعاً في الأسعار.", ["الرياض", "جدة"]),
        ("وصل الوفد إلى مدينة وجدة أمس.", ["وجدة"]),
        ("عاد من وجدة مساء أمس.", ["وجدة"]),
        ("سافر من بكين ووهان إلى شنغهاي.", ["بكين", "ووهان", "شنغهاي"]),
    ],
)
def test_a_town_behind_another_may_be_a_larger_one_with_its_conjunction(
    reader: Reader, text: str, names: list[str]
) -> None:
    assert mentions(reader, text) == names


def test_a_list_ends_with_its_sentence(reader: Reader) -> None:
    text = "غادر الجنود قاعدتي العمر وكونيكو. والتنف بعيدة"
    reading = reader.read([text])
    assert kinds_governing(reading, "التنف", text) == set()


def test_a_name_of_an_outlet_hides_the_place_inside_it(reader: Reader) -> None:
    assert mentions(reader, "ونقلت صحيفة القدس العربي عن مصدر") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("انسحبت تحرير الشام من حلب", ["حلب"]),
        ("وقال لهيئة تحرير الشام في حلب", ["حلب"]),
        ("حاور لتحرير الشام رأيٌ آخر", []),
        ("وصل إلى الشام من حلب", ["الشام", "حلب"]),
        ("Bank of Cyprus opened in Nicosia", ["Nicosia"]),
        ("He flew to Cyprus from Nicosia", ["Cyprus", "Nicosia"]),
    ],
)
def test_a_name_of_something_else_hides_the_place_inside_it(
    reader: Reader, text: str, expected: list[str]
) -> None:
    assert mentions(reader, text) == expected


def test_a_post_names_places_on_less_evidence_than_news(reader: Reader) -> None:
    words = ("الميدان", "الباب", "القصر", "الحمام", "المرج", "السلام")
    texts = [f"الأهالي عند {mark}{word} مساء أمس" for word in words for mark in ("", "#")]
    reading = reader.read(texts)
    assert reading.posted.tolist() == [False, True] * len(words)
    decision = find_mentions(reading, shipped_model())
    doubtful = (decision.probability >= 0.2) & (decision.probability < 0.45)
    posted = reading.posted[reading.article]
    assert {True, False} == set(posted[doubtful].tolist())
    assert decision.accepted[doubtful].tolist() == posted[doubtful].tolist()


def test_behind_the_noun_of_a_facility_less_evidence_makes_a_name(reader: Reader) -> None:
    words = ("الميدان", "الباب", "القصر", "الحمام", "المرج", "السلام")
    bare = [f"الأهالي عند {word} مساء أمس" for word in words]
    behind = [f"تسلّم الفريق {noun} {word} صباح أمس" for word in words for noun in ("مطار", "سوق")]
    reading = reader.read([*bare, *behind])
    decision = find_mentions(reading, shipped_model())
    doubtful = (decision.probability >= 0.2) & (decision.probability < 0.45)
    of_facility = reading.article >= len(bare)
    assert {True, False} == set(of_facility[doubtful].tolist())
    assert decision.accepted[doubtful].tolist() == of_facility[doubtful].tolist()


def test_behind_a_direction_less_evidence_makes_a_name_and_none_a_noun(reader: Reader) -> None:
    words = ("الميدان", "القصر", "الميادين", "المدينة", "البلدة")
    texts = [f"انتشرت القوات {way} {word} مساء أمس." for word in words for way in ("شرق", "عند")]
    reading = reader.read(texts)
    decision = find_mentions(reading, shipped_model())
    doubtful = (decision.probability >= 0.2) & (decision.probability < 0.45)
    noun = (reading.classes[reading.first] & np.uint32(int(WordClass.HEAD))) != 0
    led = (reading.article % 2 == 0) & ~noun
    assert {True, False} == set(led[doubtful].tolist())
    assert decision.accepted[doubtful].tolist() == led[doubtful].tolist()


def test_the_last_noun_of_a_block_says_nothing_of_its_first_name(reader: Reader) -> None:
    text = "المرج عند الأهالي مساء أمس"
    alone, together = (
        find_mentions(reader.read(texts), shipped_model())
        for texts in ([text], [text, "زار الوفد مبنى المطار ثم قال إن في البلد أكثر من مطار"])
    )
    assert 0.2 <= alone.probability[0] < 0.45
    assert together.probability[0] == pytest.approx(alone.probability[0])
    assert together.accepted[0] == alone.accepted[0]


def test_a_name_in_a_longer_hashtag_says_nothing_of_the_name_elsewhere(reader: Reader) -> None:
    text = "#أمطار_الكويت تغرق الكويت وتعود إلى الكويت"
    reading = reader.read([text])
    bare = np.flatnonzero(reading.end - reading.start == len("الكويت"))
    assert len(bare) == 3
    probability = np.zeros(len(reading))
    probability[bare] = [0.1, 0.7, 0.9]
    matrix = np.zeros((len(reading), len(COLUMNS)), dtype=np.float32)
    second_look(reading, matrix, probability)
    assert np.allclose(matrix[bare, COLUMNS.index(SECOND[1])], [0.8, 0.9, 0.7])


def test_a_text_without_words_has_no_hits(reader: Reader) -> None:
    for text in ("", " ", "\N{ARABIC TATWEEL}", "12 ؟"):
        assert len(find_mentions(reader.read([text]), shipped_model()).start) == 0


def test_the_reasons_are_the_weightiest_evidence_and_never_the_base_rate() -> None:
    model = shipped_model()
    weights = np.zeros_like(model.weights)
    weights[-1, 0, [0, 3, 5, 7]] = 9, 1, 2, -4
    chosen = replace(model, weights=weights)
    rows = np.ones((2, len(COLUMNS)), dtype=np.float32)
    arabic = np.zeros(2, dtype=np.int8)
    for_it, against_it = chosen.reasons(rows, arabic, np.array([True, False]))
    assert for_it == (COLUMNS[5], COLUMNS[3])
    assert against_it == (COLUMNS[7],)


def test_decisions_do_not_depend_on_what_else_is_in_the_block(reader: Reader) -> None:
    texts = ["وصلت القافلة إلى الحسكة", "", "Aid reached Aleppo from Turkey.", "قاعدتي العمر"]
    model = shipped_model()
    together = reader.read(texts)
    decided: Decision = find_mentions(together, model)
    for number, text in enumerate(texts):
        alone = find_mentions(reader.read([text]), model)
        mine = together.article == number
        assert np.allclose(decided.probability[mine], alone.probability)
        assert (decided.start[mine] - together.offsets[number] == alone.start).all()


def test_a_word_with_a_pronoun_is_no_town_where_the_article_writes_taa_marbuta(
    reader: Reader,
) -> None:
    assert mentions(reader, "أصدر الحزب بيانا، وقال في بيانه، إن المهمة انتهت") == []


def test_a_town_that_ends_like_a_pronoun_stays_a_town(reader: Reader) -> None:
    text = "وصلت القافلة إلى أبها مساء أمس، وقالت مصادر طبية إن الحركة عادية"
    assert mentions(reader, text) == ["أبها"]


def test_a_head_noun_with_the_article_is_known_as_a_name(reader: Reader) -> None:
    reading = reader.read(["وتوقفت حركة الشاحنات بين المدينة وكادقلي"])
    heads = reading.classes_at(0) & np.uint32(int(WordClass.HEAD)) != 0
    text = "وتوقفت حركة الشاحنات بين المدينة وكادقلي"
    spans = zip(reading.start.tolist(), reading.end.tolist(), strict=True)
    names = [text[start:end] for start, end in spans]
    assert heads[names.index("المدينة")]
    assert not heads[names.index("كادقلي")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Police closed Zorkville Rd., the mayor said.", "Zorkville Rd."),
        ("Police closed Zorkville Road, the mayor said.", "Zorkville Road"),
        ("Police closed Zorkville.", "Zorkville"),
    ],
)
def test_a_name_outside_the_gazetteer_keeps_the_stop_of_an_abbreviation(
    reader: Reader, text: str, name: str
) -> None:
    begin = text.index("Zorkville")
    bare = name.removesuffix(".")
    detector = Detector(lambda _: [(begin, begin + len(bare))])
    [(_, start, end)] = detector.decide(reader.read([text]), [text]).unknown
    assert text[start:end] == name
