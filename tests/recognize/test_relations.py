"""Spatial phrases are read in both languages, and phrases that are none are left alone."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.lang.arabic.spatial import SPATIAL as ARABIC
from geo.lang.english.spatial import SPATIAL as ENGLISH
from geo.model import Mention
from geo.recognize.relations import Relation, find_relations

FATHA = "\N{ARABIC FATHA}"
TATWEEL = "\N{ARABIC TATWEEL}"


def relations(marked: str) -> list[Relation]:
    """Find the relations of a text whose anchors stand in square brackets."""
    anchors, text = [], ""
    for part in re.split(r"(\[[^\]]+\])", marked):
        if part.startswith("["):
            anchors.append(Mention(start=len(text), end=len(text) + len(part) - 2, text=part[1:-1]))
        text += part.strip("[]") if part.startswith("[") else part
    arabic = re.search(r"[\u0600-\u06ff]", text)
    found = find_relations(text, anchors, words=ARABIC if arabic else ENGLISH)
    for relation in found:
        mention = relation.mention
        assert text[mention.start : mention.end] == mention.text
    return found


def only(marked: str) -> Relation:
    (relation,) = relations(marked)
    return relation


DISTANCES = [
    ("wells 15 miles south-east of [Raqqa]", 24.14, 24.14, 135),
    ("a camp 10 to 15 km north-northeast of [Raqqa]", 10, 15, 22.5),
    ("a camp 10-15km NNE of [Raqqa]", 10, 15, 22.5),
    ("between 4 and 6 kilometers west of [Raqqa]", 4, 6, 270),
    ("about two and a half kilometres from [Raqqa]", 2.5, 2.5, None),
    ("half a mile north of [Raqqa]", 0.805, 0.805, 0),
    ("a mile and a half west of [Raqqa]", 2.414, 2.414, 270),
    ("12½ km due east of [Raqqa]", 12.5, 12.5, 90),
    ("twenty-five kilometers to the north of the old city of [Raqqa]", 25, 25, 0),
    ("two hundred and ten km southwest of [Raqqa]", 210, 210, 225),
    ("some 1,500 m from [Raqqa]", 1.5, 1.5, None),
    ("several kilometers outside [Raqqa]", 2, 9, None),
    ("20 km from [Raqqa] to the northwest", 20, 20, 315),
    ("within a 10-kilometre radius of [Raqqa]", 0, 10, None),
    ("fewer than 5 km from [Raqqa]", 0, 5, None),
    ("within 3 nautical miles of [Latakia]", 0, 5.556, None),
    ("more than 30 km north of [Raqqa]", 30, 45, 0),
    ("على بعد ١٥ كم شمال شرقي [الرقة]", 15, 15, 45),
    ("على مسافة 15٫5 كيلومتراً من [الرقة]", 15.5, 15.5, None),
    ("على بُعد نحو خمسة وعشرين كيلومتراً إلى الشمال الشرقي من مدينة [الرقة]", 25, 25, 45),
    ("يبعد عن [الرقة] 20 كيلومتراً", 20, 20, None),
    ("تقع شرق [الرقة] بـ20 كم", 20, 20, 90),
    ("على بعد كيلومترين من [الرقة]", 2, 2, None),
    ("على بعد كيلومتر ونصف من [الرقة]", 1.5, 1.5, None),
    ("نصف كيلومتر جنوب [الرقة]", 0.5, 0.5, 180),
    ("ما بين 10 و15 كم غربي [الرقة]", 10, 15, 270),
    ("على بعد مئة وخمسين كيلومتراً من [الرقة]", 150, 150, None),
    ("على بعد أقل من 5 كم من [الرقة]", 0, 5, None),
    ("ضمن دائرة نصف قطرها 8 أميال حول [الرقة]", 0, 12.87, None),
    ("على بعد 3 أميال بحرية من [اللاذقية]", 5.556, 5.556, None),
    ("20 كم من [الرقة] باتجاه الشمال الغربي", 20, 20, 315),
    ("the depot in [Raqqa], 20 km to the east of it", 20, 20, 90),
    ("[الرقة]، على بعد 20 كم إلى الشرق منها", 20, 20, 90),
    ("a circle 10 km in diameter around [Raqqa]", 0, 5, None),
    ("دائرة قطرها 10 كم حول [الرقة]", 0, 5, None),
]


@pytest.mark.parametrize(("marked", "low", "high", "bearing"), DISTANCES)
def test_distance_is_read_in_kilometres(marked, low, high, bearing):
    relation = only(marked)
    assert relation.distance_km == pytest.approx((low, high), rel=1e-3)
    assert relation.bearing_deg == bearing
    assert len(relation.anchors) == 1


KINDS = [
    ("north of the city of [Homs]", "direction", 0),
    ("شمال غرب [درعا]", "direction", 315),
    ("جنوبي شرقي [درعا]", "direction", 135),
    ("إلى الشمال الشرقي من [درعا]", "direction", 45),
    ("north-eastern [Syria]", "part", 45),
    ("[Syria]'s southwest", "part", 225),
    ("central [Iraq]", "centre", None),
    ("وسط [العراق]", "centre", None),
    ("the eastern countryside of [Hama]", "countryside", 90),
    ("[Hama]’s northern countryside", "countryside", 0),
    ("northern rural [Hama]", "countryside", 0),
    ("بريف [حماة] الشمالي الغربي", "countryside", 315),
    ("الريف الشمالي لمحافظة [حماة]", "countryside", 0),
    ("on the eastern outskirts of [Hama]", "outskirts", 90),
    ("الأطراف الشرقية لمدينة [حماة]", "outskirts", 90),
    ("in the vicinity of [Hama]", "near", None),
    ("بالقرب من بلدة [حماة]", "near", None),
    ("off the coast of [Latakia]", "offshore", None),
    ("between [Homs] and the town of [Hama]", "between", None),
    ("بين مدينتي [حمص] و[حماة]", "between", None),
    ("between [Homs], [Hama] and [Salamiyah]", "between", None),
    ("بين [حمص] و[حماة] و[سلمية]", "between", None),
    ("shelling on the road to [Kobani]", "road", None),
    ("على الطريق المؤدي إلى [كوباني]", "road", None),
    ("halfway between [Homs] and [Hama]", "midway", None),
    ("منتصف الطريق بين [حمص] و[حماة]", "midway", None),
    ("the [Homs]–[Hama] highway", "road", None),
    ("طريق [حمص] ـ [حماة]", "road", None),
    ("الطريق الواصل بين [حمص] و[حماة]", "road", None),
    ("a convoy from [Homs] to [Hama]", "route", None),
    ("the border between [Syria] and [Iraq]", "border", None),
    ("على الحدود [السورية] - [العراقية]", "border", None),
    ("10 km from the [Turkish] border", "distance_border", None),
    ("the east bank of the [Euphrates]", "bank", 90),
    ("الضفة الغربية لنهر [الفرات]", "bank", 270),
    ("10 km from [Hasakah] towards [Qamishli]", "distance_toward", None),
]


@pytest.mark.parametrize(("marked", "kind", "bearing"), KINDS)
def test_phrase_is_read_as_its_kind(marked, kind, bearing):
    relation = only(marked)
    assert (relation.kind, relation.bearing_deg) == (kind, bearing)
    assert len(relation.anchors) == marked.count("[")


@pytest.mark.parametrize(
    "marked",
    [
        "Troops withdrew from [Homs] and [Hama] on Monday",
        "انسحبت القوات من [حمص] و[حماة] أمس",
        "talks between [Damascus] and [Ankara] resumed",
        "a debate around [Idlib]",
        "north of 20 casualties in [Homs]",
        "near the end of the battle in [Homs]",
        "a 20 km race in [Homs]",
        "the team from North [Macedonia]",
        "aid worth $10 m from [Turkey]",
        "three weeks away from the vote in [Homs]",
        "the roads north and south of it, [Homs] said",
        "المحادثات بين [دمشق] و[أنقرة]",
        "بين الحين والآخر في [حلب]",
        "قرب انتهاء المعركة في [حلب]",
        "دول شمال [أفريقيا]",
        "النقاش حول [إدلب]",
        "تفصلنا أسابيع عن انتخابات [الرقة]",
        "[Homs] [Hama]",
        "[Homs], 20 km to the east",
        "the road to peace in [Homs]",
        "",
    ],
)
def test_what_is_not_spatial_stays_silent(marked):
    assert relations(marked) == []


def test_container_is_nested_and_also_returned():
    outer, inner = relations("5 km east of [Abu Kamal] in the [Deir ez-Zor] countryside.")
    assert outer.within == inner
    assert outer.mention.text.endswith("countryside")
    assert (outer.kind, inner.kind) == ("distance_direction", "countryside")
    assert [anchor.text for anchor in outer.anchors] == ["Abu Kamal"]


def test_bare_place_is_a_container():
    relation = only("شرقي [الشدادي] في محافظة [الحسكة]")
    assert relation.within is not None
    assert relation.within.kind == "in"


def test_countryside_inside_the_name_still_takes_a_direction():
    relation = only("قصف [ريف دير الزور] الشرقي")
    assert (relation.kind, relation.bearing_deg) == ("countryside", 90)
    assert relations("قصف [ريف دير الزور] أمس") == []


def test_longest_phrase_wins():
    assert only("20 km north of [Homs]").kind == "distance_direction"
    assert only("على الطريق بين [حمص] و[حماة]").kind == "road"


def test_relation_does_not_cross_a_sentence():
    assert relations("It lay to the north. [Homs] was calm.") == []
    assert relations("وصلت إلى الشمال. [حمص] هادئة") == []


@pytest.mark.parametrize(
    ("marked", "span"),
    [
        ("وبريف [حماة] الشمالي", "ريف حماة الشمالي"),
        ("سقطت عند مدخل [حماة]", "مدخل حماة"),
        ("stopped at the entrance of [Hama]", "the entrance of Hama"),
        ("a convoy from [Homs] to [Hama]", "from Homs to Hama"),
        ("نزحوا من [حمص] إلى [حماة]", "من حمص إلى حماة"),
        ("تبعد عن [الرقة] 20 كيلومتراً", "عن الرقة 20 كيلومتراً"),
        ("was found about 15 km south of [Ain Issa]", "about 15 km south of Ain Issa"),
    ],
)
def test_span_begins_at_the_spatial_word_and_keeps_its_last_mark(marked, span):
    assert only(marked).mention.text == span


@settings(deadline=None)
@given(st.data())
def test_marks_and_tatweel_change_nothing(data):
    letters = []
    for letter in "على بعد 20 كيلومترا شمال شرق ":
        letters.append(letter)
        if unicodedata.category(letter) == "Lo":
            letters.append(data.draw(st.sampled_from(["", "", FATHA, TATWEEL])))
    relation = only(f"{''.join(letters)}[الشدادي]")
    assert (relation.distance_km, relation.bearing_deg) == ((20, 20), 45)


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from([ARABIC, ENGLISH]))
def test_any_text_is_safe_and_spans_hold(before, after, words):
    text = f"{before}north of شمال Homs between Hama {after}"
    start = text.index("Homs", len(before))
    second = text.index("Hama", start)
    anchors = [
        Mention(start=start, end=start + 4, text="Homs"),
        Mention(start=second, end=second + 4, text="Hama"),
    ]
    for relation in find_relations(text, anchors, words=words):
        mention = relation.mention
        assert text[mention.start : mention.end] == mention.text
        assert all(mention.start <= a.start and a.end <= mention.end for a in relation.anchors)


@settings(deadline=None)
@given(st.integers(1, 400), st.sampled_from(["km", "miles", "metres"]), st.floats(0, 1))
def test_every_distance_reads_back(number, unit, fraction):
    scale = {"km": 1, "miles": 1.609344, "metres": 0.001}[unit]
    written = number + round(fraction, 2)
    relation = only(f"{written:.2f} {unit} from [Homs]")
    assert relation.distance_km == pytest.approx((written * scale,) * 2)


def test_long_hostile_text_stays_cheap():
    text = "Homs " + "north " * 3000 + "between " * 3000 + "20 " * 3000
    anchors = [Mention(start=0, end=4, text="Homs")]
    assert find_relations(text, anchors, words=ENGLISH) == []


def test_endless_list_of_phrases_stays_cheap():
    unit = "north of Homs near "
    text = unit * 3000
    starts = [i * len(unit) + unit.index("Homs") for i in range(3000)]
    anchors = [Mention(start=start, end=start + 4, text="Homs") for start in starts]
    assert len(find_relations(text, anchors, words=ENGLISH)) == 3000
