"""Which place a name means, by what stands round it and elsewhere in the article."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import geo
from geo.model import Article, Site
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader
from geo.recognize.weighing import shipped_model
from geo.resolve.candidates import importance
from geo.resolve.ranker import shipped_weights
from geo.resolve.resolution import resolve


@pytest.fixture(scope="module")
def geoparser() -> geo.Geoparser:
    return geo.Geoparser()


def sites(geoparser: geo.Geoparser, text: str) -> dict[str, Site]:
    parsed = geoparser.parse(Article(id="1", text=text))
    return {site.mention.text: site for site in parsed.sites}


def test_the_name_right_after_a_comma_says_which_one(geoparser: geo.Geoparser) -> None:
    found = sites(geoparser, "The meeting was held in Paris, Texas, on Monday.")
    assert found["Paris"].place.country == "US"


def test_without_it_the_famous_one_is_meant(geoparser: geo.Geoparser) -> None:
    found = sites(geoparser, "The meeting was held in Paris on Monday.")
    assert found["Paris"].place.country == "FR"


def test_importance_decides_for_one_place_only_where_it_is_large(
    geoparser: geo.Geoparser,
) -> None:
    found = sites(geoparser, "عاد الوفد من نواكشوط، ودخلت القافلة بلدة معردس أمس.")
    assert "importance" in found["نواكشوط"].why
    assert found["معردس"].alternatives == ()
    assert "importance" not in found["معردس"].why


def test_the_rest_of_the_article_says_which_one(geoparser: geo.Geoparser) -> None:
    alone = sites(geoparser, "انتقل المقاتلون إلى طرابلس أمس.")
    among = sites(
        geoparser, "قال مسؤولون في بيروت وصيدا وزحلة إن الطريق إلى طرابلس مقطوع، كما في بعلبك."
    )
    assert alone["طرابلس"].place.country == "LY"
    assert among["طرابلس"].place.country == "LB"


def test_a_head_noun_says_what_kind_is_meant(geoparser: geo.Geoparser) -> None:
    found = sites(geoparser, "وصلت القافلة إلى محافظة الحسكة، ثم إلى مدينة الرقة.")
    kinds = {name: site.place.kind for name, site in found.items()}
    assert kinds == {"محافظة الحسكة": "governorate", "الرقة": "settlement"}


def test_a_bare_name_is_the_town_and_not_the_governorate_round_it(
    geoparser: geo.Geoparser,
) -> None:
    found = sites(geoparser, "وصلت القافلة إلى إدلب، ثم إلى أنقرة.")
    assert {site.place.kind for site in found.values()} == {"settlement"}


@pytest.mark.parametrize("state", ["Illinois", "Maryland", "Montana", "Minnesota"])
def test_a_village_that_shares_the_name_of_its_state_does_not_stand_for_it(
    geoparser: geo.Geoparser, state: str
) -> None:
    found = sites(geoparser, f"Farmers in {state}, as elsewhere in the United States, waited.")
    assert found[state].place.kind == "governorate"


@pytest.mark.parametrize("name", ["السويس", "البصرة", "كربلاء", "الشارقة"])
def test_a_city_is_meant_before_the_province_it_has_its_name_from(
    geoparser: geo.Geoparser, name: str
) -> None:
    [site] = sites(geoparser, f"وصلت القافلة إلى {name} أمس.").values()
    assert (site.place.kind, site.place.name_ar) == ("settlement", name)


def test_a_name_is_one_place_all_through_an_article(geoparser: geo.Geoparser) -> None:
    text = "They met in Springfield, Illinois. Later, Springfield was quiet."
    parsed = geoparser.parse(Article(id="1", text=text))
    places = {site.place.id for site in parsed.sites if site.mention.text == "Springfield"}
    assert len(places) == 1


def test_a_bare_name_that_most_probably_means_none_of_its_places_has_none(
    geoparser: geo.Geoparser,
) -> None:
    reading = Reader(geoparser.gazetteer).read(["They reached Homs, then the city of Hama."])
    decision = find_mentions(reading, shipped_model())
    every = replace(decision, accepted=np.ones(len(reading), dtype=bool))
    shipped = shipped_weights()
    doubting = replace(shipped, none=shipped.none + 20.0)
    headed = set(np.flatnonzero(reading.governed).tolist())
    placed = set(resolve(reading, every, geoparser.gazetteer))
    assert headed < placed
    assert set(resolve(reading, every, geoparser.gazetteer, weights=doubting)) == headed


def test_confidence_is_shared_among_the_candidates(geoparser: geo.Geoparser) -> None:
    [site] = sites(geoparser, "The meeting was held in Springfield.").values()
    shares = [site.confidence, *(other.confidence for other in site.alternatives)]
    assert sum(shares) < 1
    assert shares == sorted(shares, reverse=True)
    assert len(site.alternatives) >= 3


def test_what_decided_is_told(geoparser: geo.Geoparser) -> None:
    found = sites(geoparser, "The meeting was held in Paris, Texas, on Monday.")
    assert any("governorate" in reason for reason in found["Paris"].why)


def test_a_name_that_is_qualified_twice_is_two_places(geoparser: geo.Geoparser) -> None:
    text = (
        "They flew from Paris, France, at noon. Rain fell in Paris all day. Friends waited in "
        "Paris, Texas, until dark. The runway in Paris was wet."
    )
    parsed = geoparser.parse(Article(id="1", text=text))
    countries = [site.place.country for site in parsed.sites if site.mention.text == "Paris"]
    assert countries == ["FR", "FR", "US", "US"]


def test_what_a_name_is_called_once_holds_for_the_bare_name(geoparser: geo.Geoparser) -> None:
    text = "They met in the city of Tripoli, Lebanon. Later the streets of Tripoli were quiet."
    parsed = geoparser.parse(Article(id="1", text=text))
    places = {site.place.id for site in parsed.sites if site.mention.text == "Tripoli"}
    assert next(site.place.country for site in parsed.sites) == "LB"
    assert len(places) == 1


def test_a_list_of_towns_qualifies_none_of_them(geoparser: geo.Geoparser) -> None:
    text = "The road runs from Homs, Hama, Idlib to Aleppo; from Hama, Homs is an hour away."
    parsed = geoparser.parse(Article(id="1", text=text))
    places = {site.place.id for site in parsed.sites if site.mention.text == "Homs"}
    assert len(places) == 1


def test_a_capital_is_meant_before_a_province_of_many_more_people(
    geoparser: geo.Geoparser,
) -> None:
    [site] = sites(geoparser, "The minister flew to Washington for talks.").values()
    assert site.place.kind == "settlement"
    assert gazetteer_row(geoparser, site) in geoparser.gazetteer.capital


def test_a_foreign_capital_is_meant_whatever_state_of_its_country_is_called_so(
    geoparser: geo.Geoparser,
) -> None:
    text = "انتقدت لندن الاستيطان في نابلس وبيت لحم والخليل، وعقد الوزير لقاءات في واشنطن."
    place = sites(geoparser, text)["واشنطن"].place
    assert (place.kind, place.country) == ("settlement", "US")


def test_a_foreign_town_may_be_spelled_in_several_ways(geoparser: geo.Geoparser) -> None:
    text = "توقفت رحلات القطار بين نيويورك وبوسطن بعد العاصفة."
    assert sites(geoparser, text)["بوسطن"].place.country == "US"


@pytest.mark.parametrize("names", ["دمشق وحلب", "حلب ودمشق"])
def test_a_dual_noun_says_what_kind_each_of_its_names_is(
    geoparser: geo.Geoparser, names: str
) -> None:
    found = sites(geoparser, f"عُلّقت الرحلات في مطاري {names} بعد القصف.")
    assert {site.place.kind for site in found.values()} == {"airport"}


def test_a_place_is_not_outside_of_what_it_is_said_to_be_in(geoparser: geo.Geoparser) -> None:
    text = "أعلنت الشرطة في الساحل الغربي باليمن ضبط شحنة أسلحة قرب المخا والخوخة."
    assert "NZ" not in {site.place.country for site in sites(geoparser, text).values()}
    assert sites(geoparser, "وصل الوفد إلى القدس في فلسطين أمس.")["القدس"].place.id


def gazetteer_row(geoparser: geo.Geoparser, site: Site) -> int:
    return geoparser.gazetteer.id_row(site.place.id)


def test_a_town_that_nobody_counted_is_no_hamlet_if_it_is_in_the_table_of_the_news(
    geoparser: geo.Geoparser,
) -> None:
    gazetteer = geoparser.gazetteer
    row = gazetteer.id_row("ras-al-ayn")
    assert gazetteer.population[row] == 0
    hamlet = int(np.flatnonzero((gazetteer.population == 600) & ~gazetteer.curated)[0])
    town, other = importance(gazetteer, np.array([row, hamlet]))
    assert town > other


def test_a_name_in_arabic_is_rather_where_arabic_is_spoken(geoparser: geo.Geoparser) -> None:
    [site] = sites(geoparser, "قال مسعفون إن القصف على غزة لم يتوقف.").values()
    assert site.place.country == "PS"


def test_the_name_of_a_people_says_which_country_is_meant(geoparser: geo.Geoparser) -> None:
    text = "قالت الشرطة {} إن السيول قطعت الطريق المؤدي إلى طرابلس."
    of = {
        people: sites(geoparser, text.format(people))["طرابلس"].place.country
        for people in ("الليبية", "اللبنانية")
    }
    assert of == {"الليبية": "LY", "اللبنانية": "LB"}


@pytest.mark.parametrize(
    ("adjective", "country"),
    [("الليبية", "LY"), ("اللبنانية", "LB"), ("الليبيه", "LY"), ("اللبنانيه", "LB")],
)
def test_the_adjective_right_behind_a_town_says_in_which_country_it_is(
    geoparser: geo.Geoparser, adjective: str, country: str
) -> None:
    text = f"زار الوزير دمشق وحمص ثم وصل إلى طرابلس {adjective} مساء أمس."
    assert sites(geoparser, text)["طرابلس"].place.country == country


def test_a_masculine_adjective_is_that_of_a_noun_before_the_town(geoparser: geo.Geoparser) -> None:
    text = "وصلت القافلة من دمشق وحمص، ثم أدى قصف طرابلس {} إلى مقتل شخصين في صيدا وبيروت."
    meant = [
        sites(geoparser, text.format(adjective))["طرابلس"].place.country
        for adjective in ("الليبي", "الليبية")
    ]
    assert meant == ["LB", "LY"]


def test_a_school_called_after_a_far_town_is_not_its_port(geoparser: geo.Geoparser) -> None:
    text = "لجأت عشرات الأسر إلى مدرسة حيفا في رفح بعد أن غادرت خان يونس."
    parsed = geoparser.parse(Article(id="1", text=text))
    assert {site.place.country for site in parsed.sites} == {"PS"}


def test_a_quarter_called_after_a_far_town_is_not_that_town(geoparser: geo.Geoparser) -> None:
    text = "اندلع حريق في حي عدن شرقي الموصل."
    parsed = geoparser.parse(Article(id="1", text=text))
    assert {site.place.country for site in parsed.sites} == {"IQ"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("تضرر سور مدرسة غرناطة الابتدائية بعد سقوط قذيفة على حلفايا.", "غرناطة"),
        ("زرع متطوعون مئة شجرة في حديقة الأندلس وسط الطبقة.", "الأندلس"),
    ],
)
def test_what_is_called_after_a_far_place_is_listed(
    geoparser: geo.Geoparser, text: str, name: str
) -> None:
    parsed = geoparser.parse(Article(id="1", text=text))
    assert {site.place.country for site in parsed.sites} == {"SY"}
    assert name in [one.mention.text for one in parsed.unplaced]


def test_a_quarter_of_one_list_needs_a_place_near_it(geoparser: geo.Geoparser) -> None:
    text = "ضرب الحريق سوقاً في حي الصويفية {} أمس."
    assert sites(geoparser, text.format("في عمّان"))["الصويفية"].place.country == "JO"
    assert "الصويفية" in sites(geoparser, text.format("مساء"))
    parsed = geoparser.parse(Article(id="1", text=text.format("في دمشق")))
    assert [site.place.country for site in parsed.sites] == ["SY"]
    assert [one.mention.text for one in parsed.unplaced] == ["الصويفية"]


def test_the_quarters_of_a_town_are_in_it(geoparser: geo.Geoparser) -> None:
    found = sites(geoparser, "انقطعت الكهرباء عن أحياء عدن مساء أمس.")
    assert found["عدن"].place.country == "YE"


def test_a_province_that_is_spelled_like_a_month_is_one(geoparser: geo.Geoparser) -> None:
    text = "زار الوزير دمشق وحمص، وافتُتحت مدرسة في مدينة جبلة بمحافظة إب أمس."
    found = sites(geoparser, text)
    assert [found[name].place.country for name in ("محافظة إب", "جبلة")] == ["YE", "YE"]


@pytest.mark.parametrize("where", ["بمحافظة الحديدة", "في محافظة الحديدة"])
def test_what_a_place_is_said_to_be_in_decides(geoparser: geo.Geoparser, where: str) -> None:
    text = "زار الوزير دمشق وحمص، وافتُتحت مدرسة في بلدة السخنة {} أمس."
    assert sites(geoparser, text.format(where))["السخنة"].place.country == "YE"
    assert sites(geoparser, text.format("الصحراوية"))["السخنة"].place.country == "SY"


def test_a_village_that_is_listed_with_its_noun_is_meant_beside_its_neighbours(
    geoparser: geo.Geoparser,
) -> None:
    found = sites(geoparser, "شارك وجهاء من قنوات والكفر وملح في اجتماع عُقد بمدينة السويداء")
    assert found["الكفر"].place.id == "al-kafr-sy-su"


def test_what_lies_east_of_a_town_says_nothing_of_the_governorate(
    geoparser: geo.Geoparser,
) -> None:
    found = sites(geoparser, "استأنفت ثلاث آبار الضخ في حقل الشاعر شرق حمص")
    assert found["حمص"].place.kind == "settlement"
