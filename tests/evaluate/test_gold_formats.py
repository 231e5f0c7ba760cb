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


def test_lgl_is_read_with_its_points_and_countries(lgl: Path) -> None:
    [article] = read_gold(lgl)
    text = article.article.text
    assert (article.article.id, article.article.source) == ("901", "example.org")
    assert [text[one.start : one.end] for one in article.toponyms] == ["Tripoli", "Sidon"]
    tripoli, sidon = article.toponyms
    assert (tripoli.lat, tripoli.country, tripoli.kind) == (34.43352, "LB", "PPLA")
    assert sidon.lat is None


def test_geowebnews_is_read_without_its_common_nouns(geowebnews: Path) -> None:
    [article] = read_gold(geowebnews)
    text = article.article.text
    found = {text[one.start : one.end]: one.use for one in article.toponyms}
    assert found == {"Beirut": "literal", "French": "associative"}


def test_conll_is_read_into_articles_with_a_sentence_a_line(conll: Path) -> None:
    first, second = read_gold(conll)
    assert first.article.text == "They reached Deir ez-Zor .\nقال مراسلنا في حلب"
    names = [[one.article.text[t.start : t.end] for t in one.toponyms] for one in (first, second)]
    assert names == [["Deir ez-Zor", "حلب"], ["Homs", "Hama"]]


def test_conll_without_documents_has_an_article_a_block(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("in O\nHoms B-LOC\n\nin O\nHama B-LOC\n", "utf-8")
    assert [one.article.text for one in read_gold(path)] == ["in Homs", "in Hama"]


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
