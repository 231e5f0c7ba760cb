"""Measure what the spatial step costs where a text holds no relation and no coordinate.

    python benchmarks/spatial.py [ROUNDS]

The sample articles, without the sentences in which the step finds something, are repeated and
parsed by one geoparser with the step and without it, in turns; the ratio of the best processor
times is printed for each language and for both together, then what the step costs on the whole
articles, relations and all.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from time import process_time
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np

import geo
from geo.geoparser import Geoparser
from geo.recognize.relations import Signs
from geo.resources import data_folder
from geo.text.sentences import sentences

if TYPE_CHECKING:
    from geo.model import Article

SPATIAL = {"relation", "coordinates"}
COPIES = 60


def silent(parse: geo.Parse) -> Article:
    """Return the article without the sentences that hold a relation or a coordinate."""
    spans = [site.mention for site in parse.sites if site.source in SPATIAL]
    kept = [
        parse.article.text[start:end]
        for start, end in sentences(parse.article.text)
        if not any(span.start < end and start < span.end for span in spans)
    ]
    return replace(parse.article, text=" ".join(kept))


def seconds(parser: Geoparser, articles: list[Article]) -> float:
    start = process_time()
    for _ in parser.parse_many(articles):
        pass
    return process_time() - start


def ratio(parser: Geoparser, articles: list[Article], rounds: int) -> float:
    """Return how many times as long parsing takes with the spatial step."""
    with_step, without = [], []
    for _ in range(rounds):
        with_step.append(seconds(parser, articles))
        with (
            patch("geo.geoparser.may_hold_coordinates", lambda _, all_: np.zeros(len(all_), bool)),
            patch.object(Signs, "told", lambda *_: {}),
            patch.object(Signs, "directions", lambda _, reading, __: np.zeros(len(reading), bool)),
        ):
            without.append(seconds(parser, articles))
    return min(with_step) / min(without)


def main(rounds: int) -> None:
    parser = Geoparser()
    articles = list(geo.read_articles(data_folder("articles")))
    plain = [silent(parse) for parse in parser.parse_many(articles)]
    groups = {
        "Arabic": [article for article in plain if article.language == "ar"],
        "English": [article for article in plain if article.language == "en"],
        "both": plain,
        "with their phrases": articles,
    }
    for name, group in groups.items():
        many = [
            replace(article, id=f"{article.id}-{i}") for i in range(COPIES) for article in group
        ]
        size = sum(len(article.text.encode()) for article in many) / 1e6
        print(f"{name}: {ratio(parser, many, rounds):.3f} times as long, {size:.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
