"""The ranker against a slow, obvious version of itself."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.resolve.ranker import FEATURES, CandidateTable, context, rank, softmax_by

Row = tuple[int, int, int, float, float, float]


@st.composite
def tables(draw: st.DrawFn) -> CandidateTable:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    article = np.sort(draw(st.lists(st.integers(0, 2), min_size=len(sizes), max_size=len(sizes))))
    count = sum(sizes)

    def column(values: st.SearchStrategy[float]) -> np.ndarray:
        return np.array(draw(st.lists(values, min_size=count, max_size=count)))

    return CandidateTable(
        toponym=np.repeat(np.arange(len(sizes)), sizes),
        article=np.unique(article, return_inverse=True)[1],
        row=np.arange(count),
        country=column(st.integers(0, 2)),
        admin1=column(st.integers(-1, 2)),
        lat=column(st.floats(30, 40)),
        lon=column(st.floats(30, 40)),
        alone=np.zeros((count, FEATURES.index("country in focus of the article"))),
        inside_neighbour=np.zeros(count),
    )


def kilometres(table: CandidateTable, one: int, two: int) -> float:
    a, b = (np.radians([table.lat[n], table.lon[n]]) for n in (one, two))
    cosine = math.sin(a[0]) * math.sin(b[0]) + math.cos(a[0]) * math.cos(b[0]) * math.cos(
        a[1] - b[1]
    )
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))


@given(tables(), st.randoms(use_true_random=False))
def test_context_sums_what_the_other_toponyms_of_the_article_believe(
    table: CandidateTable, generator: object
) -> None:
    probability = softmax_by(
        table.toponym,
        np.array([generator.random() for _ in table.row]),  # type: ignore[attr-defined]
    )
    fast = context(table, probability)
    article = table.article[table.toponym]
    for one in range(len(table.row)):
        others = max(np.sum(table.article == article[one]) - 1, 1)
        rivals = [
            two
            for two in range(len(table.row))
            if article[two] == article[one] and table.toponym[two] != table.toponym[one]
        ]
        country = sum(probability[t] for t in rivals if table.country[t] == table.country[one])
        admin1 = sum(probability[t] for t in rivals if table.admin1[t] == table.admin1[one])
        assert fast[one, 0] == pytest.approx(country / others)
        assert fast[one, 1] == pytest.approx(admin1 / others if table.admin1[one] >= 0 else 0)
        for column, reach in ((2, 30.0), (3, 100.0), (4, 300.0)):
            near = [t for t in rivals if abs(kilometres(table, one, t) - reach) > 0.01]
            if len(near) == len(rivals):
                mass = sum(probability[t] for t in near if kilometres(table, one, t) < reach)
                assert fast[one, column] == pytest.approx(mass / others)


@given(tables())
def test_the_probabilities_of_a_toponym_sum_to_one(table: CandidateTable) -> None:
    probability, features = rank(table, np.ones(len(FEATURES)))
    sums = np.bincount(table.toponym, weights=probability)
    assert sums == pytest.approx(np.ones(len(sums)))
    assert features.shape == (len(table.row), len(FEATURES))


def test_nothing_to_rank_is_nothing_ranked() -> None:
    empty = np.zeros(0, dtype=np.int64)
    table = CandidateTable(
        toponym=empty,
        article=empty,
        row=empty,
        country=empty,
        admin1=empty,
        lat=empty.astype(float),
        lon=empty.astype(float),
        alone=np.zeros((0, FEATURES.index("country in focus of the article"))),
        inside_neighbour=empty.astype(float),
    )
    probability, _ = rank(table, np.ones(len(FEATURES)))
    assert len(probability) == 0
