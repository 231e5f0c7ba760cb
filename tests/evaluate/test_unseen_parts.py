"""The parts of the benchmarks on unseen text: nothing that is judged was seen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

import geo
from geo.build.train_tagger import untrained
from geo.build.unseen import by_text, parts_of
from geo.evaluate import GoldArticle
from geo.model import Article
from geo.recognize.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path


def gold(*ids: str) -> list[GoldArticle]:
    """Return articles, each with its id as its text."""
    return [GoldArticle(article=Article(id=name, text=name), toponyms=()) for name in ids]


@pytest.fixture
def benchmark(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what imports a script of the benchmarks."""
    monkeypatch.syspath_prepend(str(checkout / "benchmarks"))
    return import_module


def test_what_was_written_on_one_event_is_in_one_part() -> None:
    names = [f"{event}/{n}" for n in range(5) for event in ("flood", "fire", "siege", "storm")]
    parts = parts_of(gold(*names), 3)
    of_event = {name.split("/")[0]: set() for name in names}
    for name, part in zip(names, parts, strict=True):
        of_event[name.split("/")[0]].add(part)
    assert all(len(found) == 1 for found in of_event.values())
    assert set(parts) == {0, 1, 2}


@pytest.mark.parametrize("prefix", ["", "news/"])
def test_articles_without_events_are_parted_in_runs(prefix: str) -> None:
    names = [f"{prefix}{number}" for number in range(7)]
    assert parts_of(gold(*names), 3) == [0, 0, 0, 1, 1, 2, 2]


def test_a_text_that_two_corpora_share_is_in_one_part() -> None:
    first, second = gold("a", "b", "c"), gold("c", "d", "a")
    part = by_text([first, second], 3)
    assert part == {"a": 0, "b": 1, "c": 2, "d": 1}


def test_the_first_step_takes_every_name_at_its_most_important_place(benchmark: Any) -> None:
    ablation = benchmark("ablation")
    geoparser = geo.Geoparser(detector=ablation.every_name(), ranker=ablation.by_importance())
    text = "Paris Haddad read the Homs Gazette in Texas, near Zorkville."
    found = geoparser.parse(Article(id="1", text=text))
    assert {site.mention.text for site in found.sites} >= {"Paris", "Homs", "Texas"}
    assert found.sites[0].place.country == "FR"
    assert not found.unplaced


def test_an_untrained_tagger_names_nothing() -> None:
    reading = Reader(geo.Gazetteer.open()).read(["They left Aleppo for Zorkville.", "من حلب"])
    first, last = untrained().tag(reading).names()
    assert (len(first), len(last)) == (0, 0)
