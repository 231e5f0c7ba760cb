"""The ranker against a slow, obvious version of itself."""

from __future__ import annotations

import json
import math
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeoError
from geo.resolve.candidates import CandidateTable, runs, spread
from geo.resolve.context import COMMA, NEAR, SAID, SUPPORT, beside, standing, support
from geo.resolve.ranker import (
    ALONE,
    FEATURES,
    NONE,
    Weights,
    load_weights,
    rank,
    shipped_weights,
    softmax_by,
)

if TYPE_CHECKING:
    from pathlib import Path

ONES = Weights(features=np.ones((2, len(FEATURES))), none=np.zeros(2))


@st.composite
def tables(draw: st.DrawFn) -> CandidateTable:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    article = np.sort(draw(st.lists(st.integers(0, 2), min_size=len(sizes), max_size=len(sizes))))
    count = sum(sizes)

    def column(values: st.SearchStrategy[float]) -> np.ndarray:
        return np.array(draw(st.lists(values, min_size=count, max_size=count)))

    toponyms = st.integers(0, len(sizes) - 1)
    pairs = draw(st.lists(st.tuples(toponyms, toponyms, st.integers(0, 3)), max_size=4))
    country = column(st.integers(-1, 2))
    names = draw(st.lists(st.integers(0, 2), min_size=len(sizes), max_size=len(sizes)))
    return CandidateTable(
        toponym=np.repeat(np.arange(len(sizes)), sizes),
        article=np.unique(article, return_inverse=True)[1],
        sense=np.unique(article * 3 + np.array(names), return_inverse=True)[1],
        row=np.arange(count),
        country=country,
        country_itself=np.where(column(st.integers(0, 1)) == 1, country, -1),
        admin1=column(st.integers(-1, 2)),
        lat=column(st.floats(30, 40)),
        lon=column(st.floats(30, 40)),
        alone=np.zeros((count, len(ALONE))),
        neighbours=np.array(pairs, dtype=np.int64).reshape(-1, 3),
    )


def kilometres(table: CandidateTable, one: int, two: int) -> float:
    a, b = (np.radians([table.lat[n], table.lon[n]]) for n in (one, two))
    cosine = math.sin(a[0]) * math.sin(b[0]) + math.cos(a[0]) * math.cos(b[0]) * math.cos(
        a[1] - b[1]
    )
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))


def beliefs(table: CandidateTable, generator: object) -> np.ndarray:
    scores = [2 * generator.random() for _ in table.row]  # type: ignore[attr-defined]
    return softmax_by(table.toponym, np.array(scores), 0.0)


@given(tables(), st.randoms(use_true_random=False))
def test_support_sums_what_the_other_toponyms_of_the_article_believe(
    table: CandidateTable, generator: object
) -> None:
    probability = beliefs(table, generator)
    fast = support(table, probability)
    assert fast.shape == (len(table), len(SUPPORT))
    article = table.article[table.toponym]
    for one in range(len(table)):
        sense = table.sense[table.toponym]
        names = (table.article == article[one]) & (table.sense != sense[one])
        others = max(names.sum(), 1)
        rivals = [
            two
            for two in range(len(table))
            if article[two] == article[one] and sense[two] != sense[one]
        ]
        possible = np.sqrt(probability)
        mine = table.country[one]
        country = sum(probability[t] for t in rivals if mine == table.country[t] >= 0)
        assert fast[one, 0] == pytest.approx(country / others)
        for belief, column in ((probability, 1), (possible, 5)):
            admin1 = sum(belief[t] for t in rivals if table.admin1[t] == table.admin1[one])
            admin1 = admin1 if table.admin1[one] >= 0 else 0.0
            assert fast[one, column] == pytest.approx(admin1 / others)
        likely = [t for t in rivals if probability[t] >= 0.0025]
        columns = ((probability, 2, 30.0), (probability, 3, 100.0), (probability, 4, 300.0))
        for belief, column, reach in (*columns, (possible, 6, 30.0), (possible, 7, 100.0)):
            if all(abs(kilometres(table, one, t) - reach) > 0.01 for t in likely):
                mass = sum(belief[t] for t in likely if kilometres(table, one, t) < reach)
                assert fast[one, column] == pytest.approx(mass / others, abs=1e-6)
        vague = fast[one, 5:8] * others
        assert fast[one, 8:] == pytest.approx(vague / (vague + 1), abs=1e-6)


@given(tables(), st.randoms(use_true_random=False))
def test_beside_sums_what_the_neighbours_believe_of_the_places_that_hold_a_candidate(
    table: CandidateTable, generator: object
) -> None:
    probability = beliefs(table, generator)
    fast = beside(table, probability)
    for one in range(len(table)):
        expected, outside = [0.0, 0.0, 0.0], 0.0
        for inner, outer, follows in table.neighbours.tolist():
            if inner != table.toponym[one]:
                continue
            for other in np.flatnonzero(table.toponym == outer).tolist():
                held = table.admin1[one] == table.row[other]
                country = table.country_itself[other]
                held |= country >= 0 and country == table.country[one]
                likely = probability[other] >= 0.0025
                governorate = table.admin1[other] == table.row[other]
                likely &= governorate or table.country_itself[other] >= 0
                likely &= table.row[one] != table.row[other]
                if held and likely:
                    expected[0] += probability[other]
                    if follows in {COMMA, SAID}:
                        expected[follows] += probability[other]
                elif likely and follows == SAID:
                    outside += probability[other]
        assert fast[one, :4] == pytest.approx(np.minimum([*expected, outside], 1.0))


@given(tables(), st.randoms(use_true_random=False))
def test_a_governorate_stands_beside_those_of_its_country_that_the_neighbours_may_mean(
    table: CandidateTable, generator: object
) -> None:
    probability = beliefs(table, generator)
    fast = beside(table, probability)
    governorates = np.flatnonzero(table.admin1 == table.row)
    pairs = {(inner, outer) for inner, outer, _ in table.neighbours.tolist()}
    for one in range(len(table)):
        equals = [
            other
            for other in governorates.tolist()
            if one in governorates
            and other != one
            and table.country[other] == table.country[one]
            and (table.toponym[one], table.toponym[other]) in pairs
        ]
        assert fast[one, 4] == pytest.approx(min(sum(probability[equals]), 1.0))


@given(tables(), st.randoms(use_true_random=False))
def test_a_place_is_where_it_is_said_to_be_near_another(
    table: CandidateTable, generator: object
) -> None:
    probability = beliefs(table, generator)
    fast = beside(table, probability)
    for one in range(len(table)):
        near = [
            other
            for inner, outer, how in table.neighbours.tolist()
            if how == NEAR and inner == table.toponym[one]
            for other in np.flatnonzero(table.toponym == outer).tolist()
            if probability[other] >= 0.0025
            # The middle of a division or a country says nothing.
            and table.admin1[one] != table.row[one]
            and table.country_itself[one] < 0
        ]
        if all(abs(kilometres(table, one, other) - 60) > 0.01 for other in near):
            close = [other for other in near if kilometres(table, one, other) < 60]
            assert fast[one, 5] == pytest.approx(min(sum(probability[close]), 1.0))


@given(tables())
def test_the_probabilities_of_a_toponym_leave_a_share_for_none_of_them(
    table: CandidateTable,
) -> None:
    probability, features = rank(table, ONES)
    sums = np.bincount(table.toponym, weights=probability)
    assert (sums < 1).all()
    assert (probability > 0).all()
    assert features.shape == (len(table), len(FEATURES))


@given(tables())
def test_articles_ranked_together_and_alone_come_out_the_same(table: CandidateTable) -> None:
    together, _ = rank(table, ONES)
    cut = table.article[table.toponym] == 0
    toponyms = table.article == 0
    neighbours = table.neighbours
    same = (table.article[neighbours[:, 0]] == 0) & (table.article[neighbours[:, 1]] == 0)
    crossing = table.article[neighbours[:, 0]] != table.article[neighbours[:, 1]]
    if crossing.any():
        return  # names of two articles never stand beside each other
    columns = {
        name: getattr(table, name)[cut]
        for name in (
            "toponym",
            "row",
            "country",
            "country_itself",
            "admin1",
            "lat",
            "lon",
            "alone",
        )
    }
    alone = CandidateTable(
        **columns,
        article=table.article[toponyms],
        sense=table.sense[toponyms],
        neighbours=neighbours[same],
    )
    assert rank(alone, ONES)[0] == pytest.approx(together[cut])


@given(tables(), st.randoms(use_true_random=False))
def test_importance_counts_by_how_far_the_article_keeps_to_one_part_of_the_world(
    table: CandidateTable, generator: object
) -> None:
    supported = support(table, beliefs(table, generator))
    weight = np.arange(len(table)) + 1.0
    found = standing(table, supported, weight)
    for one in range(len(table)):
        mine = table.toponym == table.toponym[one]
        most = weight[one] * supported[mine][:, [0, 1, 3]].max(axis=0)
        assert found[one, :3] == pytest.approx(most)


@given(tables(), st.randoms(use_true_random=False))
def test_a_place_is_as_far_from_an_article_as_it_names_more_of_another_country(
    table: CandidateTable, generator: object
) -> None:
    supported = support(table, beliefs(table, generator))
    away = standing(table, supported, np.ones(len(table)))[:, -1]
    article = table.article[table.toponym]
    for one in range(len(table)):
        country = supported[article == article[one], 0]
        # A sea is in no country and away from none.
        expected = 0.0 if table.country[one] < 0 else country.max() - supported[one, 0]
        assert away[one] == pytest.approx(expected)


@given(st.lists(st.integers(0, 2), max_size=12))
def test_runs_are_the_stretches_of_equal_numbers(group: list[int]) -> None:
    start, count = runs(np.array(group, dtype=np.int64))
    stretches = [(key, len(list(run))) for key, run in groupby(group)]
    assert [(group[at], size) for at, size in zip(start, count, strict=True)] == stretches
    assert start.tolist() == [0, *np.cumsum(count)][: len(start)]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=10))
def test_spread_counts_through_every_run(runs: list[tuple[int, int]]) -> None:
    start, count = np.array(runs, dtype=np.int64).reshape(-1, 2).T
    expected = [number for low, size in runs for number in range(low, low + size)]
    assert spread(start, count).tolist() == expected


def test_an_article_of_thousands_of_names_takes_little_memory() -> None:
    count = 20_000
    table = CandidateTable(
        toponym=np.arange(count),
        article=np.zeros(count, dtype=np.int64),
        sense=np.arange(count),
        row=np.arange(count),
        country=np.zeros(count, dtype=np.int64),
        country_itself=np.full(count, -1),
        admin1=np.full(count, -1),
        lat=np.linspace(30, 40, count),
        lon=np.linspace(30, 40, count),
        alone=np.zeros((count, len(ALONE))),
        neighbours=np.zeros((0, 3), dtype=np.int64),
    )
    probability, _ = rank(table, ONES)
    assert np.isfinite(probability).all()


def test_nothing_to_rank_is_nothing_ranked() -> None:
    empty = np.zeros(0, dtype=np.int64)
    table = CandidateTable(
        toponym=empty,
        article=empty,
        sense=empty,
        row=empty,
        country=empty,
        country_itself=empty,
        admin1=empty,
        lat=empty.astype(float),
        lon=empty.astype(float),
        alone=np.zeros((0, len(ALONE))),
        neighbours=np.zeros((0, 3), dtype=np.int64),
    )
    probability, _ = rank(table, ONES)
    assert len(probability) == 0


def test_the_shipped_weights_value_what_a_person_would() -> None:
    weights = shipped_weights().features[1]
    for name in ("importance", "own name", "kind named", "focus", "inside a place named beside it"):
        assert weights[FEATURES.index(name)] > 0, name


def test_weights_of_another_version_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"weights": [{"gone": 1.0, NONE: 0.0}] * 2}), "utf-8")
    with pytest.raises(GeoError, match="train it again"):
        load_weights(path)
