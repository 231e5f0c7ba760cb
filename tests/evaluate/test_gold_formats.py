"""Every format of gold is read into the same articles, and what is wrong is named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import geo
from geo.errors import ArticleError
from geo.evaluate import read_gold
from geo.frame import to_record
from geo.model import Article

if TYPE_CHECKING:
    from pathlib import Path


def written(tmp_path: Path, *records: object) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in records), "utf-8")
    return path


def test_jsonl_keeps_each_span_once_in_the_order_of_the_text(tmp_path: Path) -> None:
    text = "من حمص إلى حلب"
    homs = {"start": 3, "end": 6, "surface": "حمص", "lat": 34.73, "lon": 36.72, "type": "City"}
    aleppo = {"start": 11, "end": 14, "surface": "حلب", "lat": None, "lon": None}
    path = written(tmp_path, {"id": "a", "text": text, "toponyms": [aleppo, homs, homs]})
    [article] = read_gold(path)
    assert [(one.start, one.lat, one.kind) for one in article.toponyms] == [
        (3, 34.73, "City"),
        (11, None, None),
    ]
    assert not article.derived


def test_a_record_of_ours_can_be_gold(tmp_path: Path) -> None:
    parsed = next(geo.parse([Article(id="1", text="The convoy left Raqqa for Tabqa.")]))
    [article] = read_gold(written(tmp_path, to_record(parsed)))
    assert [article.article.text[one.start : one.end] for one in article.toponyms] == [
        "Raqqa",
        "Tabqa",
    ]
    assert [one.country for one in article.toponyms] == ["SY", "SY"]
    assert article.derived


def test_lgl_is_read_with_its_points(lgl: Path) -> None:
    article, empty = read_gold(lgl)
    text = article.article.text
    assert (article.article.id, article.article.source) == ("901", "example.org")
    assert text == "Rain fell on Tripoli & Sidon."
    assert [text[one.start : one.end] for one in article.toponyms] == ["Tripoli", "Sidon"]
    tripoli, sidon = article.toponyms
    assert (tripoli.lat, tripoli.kind) == (34.43352, "PPLA")
    assert tripoli.country is None, "the file has its name, not its code"
    assert sidon.lat is None
    assert empty.toponyms == ()


def test_trnews_is_read_however_it_is_indented(trnews: Path) -> None:
    [one] = read_gold(trnews)
    assert (one.article.title, one.article.url) == (
        "Turkish mill burns again",
        "http://example.org/2",
    )
    assert [one.article.text[t.start : t.end] for t in one.toponyms] == ["Turkish", "Ankara"]
    assert [(t.lat, t.lon, t.kind) for t in one.toponyms] == [
        (39, 35, "PCLI"),
        (39.91987, 32.85427, "PPLC"),
    ]


def test_geowebnews_is_read_without_its_common_nouns_and_homonyms(geowebnews: Path) -> None:
    [article] = read_gold(geowebnews)
    text = article.article.text
    found = {text[one.start : one.end]: (one.use, one.lat) for one in article.toponyms}
    assert found == {
        "Beirut": ("associative", 33.89),
        "French": ("associative", 46.0),
        "Jordan Street": ("literal", None),
    }


def test_conll_is_read_into_articles_with_a_sentence_a_line(conll: Path) -> None:
    first, second = read_gold(conll)
    assert first.article.text == "They reached Deir ez-Zor .\nقال مراسلنا في حلب"
    names = [[one.article.text[t.start : t.end] for t in one.toponyms] for one in (first, second)]
    assert names == [["Deir ez-Zor", "حلب"], ["Homs", "Hama"]]


def test_conll_without_documents_has_an_article_a_block(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("in O\nHoms B-LOC\n\nin O\nHama B-LOC\n", "utf-8")
    assert [one.article.text for one in read_gold(path)] == ["in Homs", "in Hama"]


def test_conll_may_have_comments_columns_and_classes_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "more.conll"
    path.write_text(
        "# id 7 domain=ar\nفي _ _ O\nحمص _ _ U-loc\n\n"
        "# id 8\n# _ _ O\nنهر _ _ B-LOC\nالفرات _ _ L-LOC\n",
        "utf-8",
    )
    first, second = read_gold(path)
    assert [(t.start, t.end) for t in first.toponyms] == [(3, 6)]
    assert second.article.text == "# نهر الفرات"
    assert [(t.start, t.end) for t in second.toponyms] == [(2, 12)]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "no article in it"),
        ("{broken", "line 1: no JSON"),
        ('{"id": "1"}', "line 1: no gold article"),
        ('{"text": "Homs", "toponyms": [{"start": 0, "end": 9}]}', "0-9 in a text of 4"),
        ("<articles><article>", "no well-formed XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares a document type"),
        ("<a><article><text>x</text><toponym/></article></a>", "without start and end"),
        ("A plain sentence.", "line 1: no CoNLL row"),
    ],
)
def test_what_is_wrong_is_named_on_one_line(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "gold"
    path.write_text(content, "utf-8")
    with pytest.raises(ArticleError, match=complaint) as caught:
        read_gold(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes("حمص".encode("cp1256"))
    with pytest.raises(ArticleError, match="not UTF-8"):
        read_gold(path)


@pytest.mark.parametrize(("lat", "lon"), [("nan", 3), (91, 3), (None, None), (10, 181), ("", "")])
def test_what_is_no_point_on_earth_is_none(tmp_path: Path, lat: object, lon: object) -> None:
    toponym = {"start": 0, "end": 4, "lat": lat, "lon": lon}
    [article] = read_gold(written(tmp_path, {"text": "Homs", "toponyms": [toponym]}))
    assert (article.toponyms[0].lat, article.toponyms[0].lon) == (None, None)
