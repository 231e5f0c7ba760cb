"""The figures, on parses made by hand."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.evaluate import GoldArticle, GoldToponym, evaluate
from geo.evaluate.matching import match
from geo.evaluate.report import log_error_auc
from geo.gazetteer import Gazetteer
from geo.model import Article, Mention, Parse, Place, Site, Unplaced

TEXT = "وصل إلى حمص وبحلب ثم Homs"
HOMS = (34.73, 36.71)
ALEPPO = (36.20, 37.16)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def site(start: int, end: int, at: tuple[float, float], **more: object) -> Site:
    place = Place(id="x", name="X", lat=at[0], lon=at[1], country="SY")
    fields = {"confidence": 0.9, **more}
    return Site(
        mention=Mention(start=start, end=end, text=TEXT[start:end]),
        place=place,
        footprint=shapely.Point(at[1], at[0]),
        **fields,  # type: ignore[arg-type]
    )


def gold(*toponyms: tuple[int, int, tuple[float, float] | None]) -> GoldArticle:
    made = [
        GoldToponym(start=a, end=b, lat=at and at[0], lon=at and at[1]) for a, b, at in toponyms
    ]
    return GoldArticle(article=Article(id="1", text=TEXT), toponyms=tuple(made))


def figures(article: GoldArticle, gazetteer: Gazetteer, *sites: Site) -> dict[str, object]:
    return evaluate([article], [Parse(article=article.article, sites=sites)], gazetteer)


def test_a_span_without_the_proclitics_of_the_gold_is_strictly_right(
    gazetteer: Gazetteer,
) -> None:
    article = gold((8, 11, HOMS), (12, 17, ALEPPO))
    report = figures(article, gazetteer, site(8, 11, HOMS), site(14, 17, ALEPPO))
    assert report["recognition"]["strict"] == {"precision": 1, "recall": 1, "f1": 1}


def test_a_span_that_cuts_other_letters_only_overlaps(gazetteer: Gazetteer) -> None:
    report = figures(gold((8, 11, HOMS)), gazetteer, site(9, 11, HOMS))
    assert report["recognition"]["strict"]["f1"] == 0
    assert report["recognition"]["overlap"]["f1"] == 1


def test_mentions_without_a_place_count_as_found_but_not_as_placed(gazetteer: Gazetteer) -> None:
    article = gold((8, 11, HOMS), (12, 17, ALEPPO))
    lacking = Unplaced(mention=Mention(start=14, end=17, text=TEXT[14:17]), reason="unknown")
    parse = Parse(article=article.article, sites=(site(8, 11, HOMS),), unplaced=(lacking,))
    found = evaluate([article], [parse], gazetteer)["recognition"]
    assert found["strict"]["recall"] == found["overlap"]["recall"] == 1
    assert found["strict, placed"] == found["overlap, placed"]
    assert found["strict, placed"] == {
        "precision": 1,
        "recall": 0.5,
        "f1": pytest.approx(2 / 3, abs=1e-4),
    }


def test_a_miss_is_wrong_among_all_and_absent_among_the_placed(gazetteer: Gazetteer) -> None:
    article = gold((8, 11, HOMS), (12, 17, ALEPPO))
    report = figures(article, gazetteer, site(8, 11, HOMS))
    assert report["matched"]["within 10 km"] == 1
    assert report["all"]["within 10 km"] == 0.5
    assert report["all"]["country"] == 0.5
    assert report["worst"]["missed"] == [{"text": "وبحلب", "times": 1}]


def test_distances_are_geodesic_kilometres(gazetteer: Gazetteer) -> None:
    report = figures(gold((8, 11, HOMS)), gazetteer, site(8, 11, ALEPPO))
    assert report["matched"]["median km"] == pytest.approx(168, abs=1)
    assert report["matched"]["within 161 km"] == 0
    assert report["worst"]["far off"][0]["text"] == "حمص"


def test_a_toponym_without_a_point_counts_for_recognition_alone(gazetteer: Gazetteer) -> None:
    report = figures(gold((8, 11, None)), gazetteer, site(8, 11, HOMS))
    assert report["recognition"]["strict"]["f1"] == 1
    assert report["all"] == {"count": 0}


def test_an_unplaced_mention_is_recognised_and_not_placed(gazetteer: Gazetteer) -> None:
    article = gold((8, 11, HOMS))
    unplaced = Unplaced(mention=Mention(start=8, end=11, text="حمص"), reason="none")
    report = evaluate([article], [Parse(article=article.article, unplaced=(unplaced,))], gazetteer)
    assert report["recognition"]["strict"]["f1"] == 1
    assert report["matched"] == {"count": 0}
    assert report["all"]["within 161 km"] == 0


def test_relations_are_not_judged_by_a_corpus_of_names(gazetteer: Gazetteer) -> None:
    article = gold((8, 11, HOMS))
    report = figures(article, gazetteer, site(8, 11, HOMS), site(0, 11, HOMS, source="relation"))
    assert report["recognition"]["strict"]["precision"] == 1


def test_confidence_is_compared_with_how_often_it_is_right(gazetteer: Gazetteer) -> None:
    article = gold((8, 11, HOMS), (12, 17, HOMS))
    report = figures(
        article,
        gazetteer,
        site(8, 11, HOMS, confidence=0.9),
        site(14, 17, (0.0, 0.0), confidence=0.9),
    )
    assert report["calibration"]["expected error"] == pytest.approx(0.4)
    [row] = report["calibration"]["table"]
    assert (row["sites"], row["right"]) == (2, 0.5)


def test_one_site_answers_one_toponym_strictly() -> None:
    article = gold((8, 11, HOMS), (7, 11, HOMS))
    answers, extras = match(article, Parse(article=article.article, sites=(site(8, 11, HOMS),)))
    assert sum(one.strict for one in answers) == 1
    assert [one.strict for one in extras] == [True]


def test_nothing_gold_and_nothing_found_gives_no_figure(gazetteer: Gazetteer) -> None:
    report = figures(gold(), gazetteer)
    assert report["recognition"]["strict"] == {"precision": None, "recall": None, "f1": None}
    assert report["calibration"]["table"] == []


@given(st.lists(st.floats(0, 20039), min_size=1, max_size=30))
def test_the_area_of_log_errors_is_a_share(km: list[float]) -> None:
    area = log_error_auc(km)
    assert 0 <= area <= 1
    assert log_error_auc([0.0] * len(km)) == 0
    assert log_error_auc([20039.0] * len(km)) == pytest.approx(1)
    assert area <= log_error_auc([min(20039, x * 2) for x in km]) + 1e-12


@given(st.floats(0, 20039))
def test_one_error_everywhere_is_its_own_area(km: float) -> None:
    assert log_error_auc([km] * 5) == pytest.approx(math.log1p(km) / math.log1p(20039))


def test_a_parse_is_a_perfect_score_against_itself(gazetteer: Gazetteer) -> None:
    article = Article(id="1", text="The convoy left Raqqa for Tabqa and then Aleppo.")
    parsed = next(geo.parse([article]))
    toponyms = tuple(
        GoldToponym(
            start=one.mention.start, end=one.mention.end, lat=one.place.lat, lon=one.place.lon
        )
        for one in parsed.sites
    )
    report = evaluate([GoldArticle(article=article, toponyms=toponyms)], [parsed], gazetteer)
    assert report["recognition"]["strict"]["f1"] == 1
    assert report["all"]["within 10 km"] == 1
    assert report["all"]["country"] == 1
    assert report["all"]["auc"] == pytest.approx(0, abs=1e-6)
