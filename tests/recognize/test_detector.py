"""What a reader's own detector names comes out as ever: bare spans, candidates, unplaced."""

from __future__ import annotations

import re
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import geo
from geo.model import Article
from geo.recognize.weighing import shipped_model
from geo.resolve.ranker import shipped_weights

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Parse = Callable[..., geo.Parse]

PIECES = st.sampled_from(
    ["Aleppo", "the city of", "وبحلب", "الرقة", "Zork Valley", "York's", "،", ". "]
)


def finding(*names: str) -> Callable[[str], list[tuple[int, int]]]:
    """Return a detector of the last place where each name stands."""
    return lambda text: [(text.rindex(name), text.rindex(name) + len(name)) for name in names]


class Pipeline:
    """Looks like a pipeline of spaCy: called with a text, it gives a document with ents."""

    def __init__(self, **labels: str) -> None:
        self.labels = labels

    def __call__(self, text: str) -> Any:
        ents = [
            SimpleNamespace(start_char=found.start(), end_char=found.end(), label_=label)
            for name, label in self.labels.items()
            for found in re.finditer(name, text)
        ]
        return SimpleNamespace(text=text, ents=tuple(ents))


def parsed(text: str, detector: Any) -> geo.Parse:
    return geo.Geoparser(detector=detector).parse(Article(id="1", text=text))


def named(found: geo.Parse) -> list[str]:
    return [site.mention.text for site in found.sites]


def unplaced(found: geo.Parse) -> list[str]:
    return [one.mention.text for one in found.unplaced]


def test_a_function_says_which_names_are_places() -> None:
    found = parsed("They left Aleppo for Raqqa.", finding("Raqqa"))
    assert named(found) == ["Raqqa"]
    assert found.sites[0].place.country == "SY"
    assert found.sites[0].why[0] == "named by the detector"
    [aleppo] = [one for one in found.rejected if one.mention.text == "Aleppo"]
    assert aleppo.reason == "not named by the detector"


def test_the_document_is_still_read_as_a_whole() -> None:
    found = parsed("Paris is in Texas, not far from Dallas.", finding("Paris", "Texas", "Dallas"))
    assert {site.place.country for site in found.sites} == {"US"}
    assert all(len(site.alternatives) for site in found.sites[:1])
    assert all(0 < site.confidence < 1 for site in found.sites)


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("They reached the city of Aleppo.", "the city of Aleppo", ["Aleppo"]),
        ("They met in Paris, Texas again.", "Paris, Texas", ["Paris", "Texas"]),
        ("Snow fell on New York again.", "York", ["New York"]),
        ("Shells hit the al-Omar oil field.", "al-Omar", ["al-Omar oil field"]),
        ("عادوا وبحلب يوم آخر.", "وبحلب", ["حلب"]),
        ("عادوا وبحلب يوم آخر.", "حلب", ["حلب"]),
        ("اندلع حريق في حقل العمر أمس.", "العمر", ["حقل العمر"]),
    ],
)
def test_spans_are_brought_to_the_contract(text: str, span: str, expected: list[str]) -> None:
    found = parsed(text, finding(span))
    assert named(found) == expected
    assert unplaced(found) == []


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("They camped in Zork Valley.", "Zork Valley", "Zork Valley"),
        ("They camped in the Zork Meadow's shade.", "the Zork Meadow's", "Zork Meadow"),
        ("They camped at Zork Aleppo Heights.", "Zork Aleppo Heights", "Zork Aleppo Heights"),
        ("They camped at Damascus Aleppo Court.", "Damascus Aleppo", "Damascus Aleppo"),
        ("عسكروا في وادي الزنبرطيق أمس.", "الزنبرطيق", "وادي الزنبرطيق"),
    ],
)
def test_a_name_that_the_gazetteer_lacks_is_unplaced(text: str, span: str, expected: str) -> None:
    found = parsed(text, finding(span))
    assert (named(found), unplaced(found)) == ([], [expected])


def test_a_pipeline_of_spacy_is_taken_as_it_is() -> None:
    nlp = Pipeline(Raqqa="GPE", Homs="ORG", Zorkland="LOC", Tabqa="FAC")
    found = parsed("Raqqa beat Homs at Tabqa in Zorkland.", nlp)
    assert (named(found), unplaced(found)) == (["Raqqa", "Tabqa"], ["Zorkland"])


def test_labels_of_ones_own_mean_places() -> None:
    nlp = Pipeline(Raqqa="GPE", Homs="town")
    text = "They left Raqqa for Homs."
    assert named(parsed(text, geo.Detector(nlp, labels={"town"}))) == ["Homs"]
    spans = [(10, 15, "person"), (20, 24)]
    assert named(parsed(text, lambda _: spans)) == ["Homs"], "a span without a label is kept"


def test_of_spans_that_overlap_the_first_and_longest_is_kept() -> None:
    detector = geo.Detector(lambda _: [(4, 8), (0, 6), (0, 3), (8, 9)])
    assert detector.spans("a long text") == [(0, 6), (8, 9)]


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([(3, 900)], "found 3-900 in a text of 5 characters"),
        ([(-1, 3)], "found -1-3"),
        ([(3, 3)], "found 3-3"),
        (["Homs"], "returned 'Homs'"),
        ([(1,)], "returned (1,)"),
        ([7], "returned 7"),
        ([("1", "2")], "returned ('1', '2')"),
    ],
)
def test_what_is_no_span_of_the_text_is_refused(spans: Any, told: str) -> None:
    with pytest.raises(geo.GeoError) as caught:
        geo.Detector(lambda _: spans).spans("Homs.")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_articles_of_a_block_keep_their_own_spans() -> None:
    geoparser = geo.Geoparser(detector=Pipeline(Raqqa="GPE"))
    articles = [Article(id=str(n), text=f"{'x ' * n}Raqqa and Homs") for n in range(4)]
    together = list(geoparser.parse_many(articles))
    assert [named(one) for one in together] == [["Raqqa"]] * 4
    assert together == [geoparser.parse(article) for article in articles]


def test_weights_of_ones_own_do_what_the_shipped_ones_do() -> None:
    geoparser = geo.Geoparser(detector=shipped_model(), ranker=shipped_weights())
    article = Article(id="1", text="They left Aleppo for Raqqa. وصلوا إلى دير الزور")
    assert geoparser.parse(article) == next(geo.parse([article]))


@pytest.fixture(scope="module")
def drawn() -> tuple[geo.Geoparser, list[tuple[int, int]]]:
    spans: list[tuple[int, int]] = []
    return geo.Geoparser(detector=lambda _: spans), spans


def test_a_head_noun_in_a_mention_is_in_no_other_name() -> None:
    geoparser = geo.Geoparser(detector=lambda _: [(0, 6), (6, 13)])
    found = geoparser.parse(Article(id="1", text="Zork Valley Aleppo"))
    assert [site.mention.text for site in found.sites] == ["Valley Aleppo"]
    assert found.unplaced == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), text=st.lists(st.one_of(PIECES, st.text(max_size=5))).map(" ".join))
def test_any_spans_give_mentions_that_are_the_text_and_do_not_overlap(
    drawn: tuple[geo.Geoparser, list[tuple[int, int]]], data: st.DataObject, text: str
) -> None:
    geoparser, spans = drawn
    edge = st.integers(0, len(text))
    edges = data.draw(st.lists(st.tuples(edge, edge), max_size=6))
    spans[:] = [(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]]
    found = geoparser.parse(Article(id="1", text=text))
    for one in (*found.sites, *found.unplaced, *found.rejected):
        assert text[one.mention.start : one.mention.end] == one.mention.text != ""
    plain = [site for site in found.sites if site.source == "gazetteer"]
    taken = np.zeros(len(text), dtype=int)
    for one in (*plain, *(u for u in found.unplaced if u.reason == "not in the gazetteer")):
        taken[one.mention.start : one.mention.end] += 1
    assert taken.max(initial=0) <= 1


def test_the_examples_of_the_documentation_run(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nlp = Pipeline(Raqqa="GPE")
    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=lambda name: nlp))
    page = (checkout / "docs" / "extending.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(examples) >= 2
    for example in examples:
        exec(example, {})
    assert capsys.readouterr().out == "['Raqqa'] ['ZORKVILLE']\n"
