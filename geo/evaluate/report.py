"""The figures: how many toponyms were found, how far off they were put, how sure it was."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.evaluate.borders import Borders
from geo.evaluate.matching import match
from geo.model import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.evaluate.gold import GoldArticle
    from geo.evaluate.matching import Answer, Extra
    from geo.gazetteer import Gazetteer
    from geo.model import Parse

__all__ = ["REACHES_KM", "evaluate"]

REACHES_KM: Final = (10, 25, 161)
"""A place is taken for right within so many kilometres; 161 km, a hundred miles, is customary."""

_RIGHT_KM: Final = 161.0
_FARTHEST_KM: Final = 20039.0
"""Half the way round the Earth: the worst error there is."""

_BINS: Final = 10
_ARABIC: Final = ("\u0600", "\u06ff")

Figures = dict[str, Any]


def evaluate(
    gold: Iterable[GoldArticle],
    parses: Iterable[Parse],
    gazetteer: Gazetteer,
    *,
    worst: int = 20,
) -> Figures:
    """Return the figures for some articles and their parses, in the same order, as plain JSON.

    ``recognition`` holds precision, recall and F1, strict and overlapping, of all mentions and of
    those that were placed; ``matched`` distances,
    their AUC and country accuracy over toponyms that were placed, ``all`` the same over all with
    a known point (a miss is wrong, and as far off as can be); ``by`` both again by language, kind
    and use; ``calibration`` a reliability table; ``worst`` up to so many errors of each sort.
    """
    pairs = [match(article, parse) for article, parse in zip(gold, parses, strict=True)]
    answers = list(chain.from_iterable(found for found, _ in pairs))
    extras = list(chain.from_iterable(found for _, found in pairs))
    borders = Borders(gazetteer)
    return {
        "articles": len(pairs),
        "toponyms": len(answers),
        **_figures(answers, extras, borders),
        "by": {
            "language": _by(answers, extras, borders, gold=_language, found=_language),
            "kind": _by(answers, extras, borders, gold=_gold_kind, found=_found_kind),
            "use": _by(answers, extras, borders, gold=_gold_use, found=_found_use),
        },
        "calibration": calibration(answers, extras),
        "worst": _worst(answers, extras, worst),
    }


def _figures(answers: Sequence[Answer], extras: Sequence[Extra], borders: Borders) -> Figures:
    placed = [one for one in extras if isinstance(one.found, Site)]
    met = [one.site is not None for one in answers]
    exact = [one.strict for one in answers]
    return {
        "recognition": {
            "strict": _f1([one.strict for one in extras], exact),
            "overlap": _f1([one.overlaps for one in extras], [one.found for one in answers]),
            "strict, placed": _f1(
                [one.strict for one in placed],
                [strict and found for strict, found in zip(exact, met, strict=True)],
            ),
            "overlap, placed": _f1([one.overlaps for one in placed], met),
        },
        "matched": _distances([one for one in answers if one.km is not None], borders),
        "all": _distances([one for one in answers if one.gold.lat is not None], borders),
    }


def _f1(found: Sequence[bool], gold: Sequence[bool]) -> Figures:
    """Return precision, recall and their harmonic mean; ``None`` where nothing can be right."""
    precision = sum(found) / len(found) if found else None
    recall = sum(gold) / len(gold) if gold else None
    f1 = None
    if precision is not None and recall is not None:
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": _round(precision), "recall": _round(recall), "f1": _round(f1)}


def _distances(answers: Sequence[Answer], borders: Borders) -> Figures:
    """Return the figures of distance; an answer without a site is as far off as can be."""
    if not answers:
        return {"count": 0}
    km = np.array([_FARTHEST_KM if one.km is None else one.km for one in answers])
    countries = [borders.of(one.gold) for one in answers]
    judged = [
        one.site is not None and one.site.place.country == country
        for one, country in zip(answers, countries, strict=True)
        if country is not None
    ]
    return {
        "count": len(answers),
        **{f"within {reach} km": _round(float((km <= reach).mean())) for reach in REACHES_KM},
        "median km": _round(float(np.median(km)), 1),
        "mean km": _round(float(km.mean()), 1),
        "auc": _round(log_error_auc(km)),
        "country": _round(sum(judged) / len(judged)) if judged else None,
    }


def log_error_auc(km: Sequence[float] | np.ndarray[Any, Any]) -> float:
    """Return the area under the sorted log errors, 0 (all exact) to 1 (all at the antipodes)."""
    error = np.sort(np.log1p(np.asarray(km, dtype=float))) / math.log1p(_FARTHEST_KM)
    error = np.minimum(error, 1.0)
    if len(error) < 2:
        return float(error.mean())
    return float((error[1:] + error[:-1]).sum() / 2 / (len(error) - 1))


def _by(
    answers: Sequence[Answer],
    extras: Sequence[Extra],
    borders: Borders,
    *,
    gold: Callable[[Answer], str],
    found: Callable[[Extra], str],
) -> Figures:
    """Return figures by group; recall is over its true toponyms, precision over its mentions."""
    groups: dict[str, tuple[list[Answer], list[Extra]]] = defaultdict(lambda: ([], []))
    for answer in answers:
        groups[gold(answer)][0].append(answer)
    for extra in extras:
        groups[found(extra)][1].append(extra)
    return {
        name: {"toponyms": len(mine), "mentions": len(theirs), **_figures(mine, theirs, borders)}
        for name, (mine, theirs) in sorted(groups.items(), key=lambda item: -len(item[1][0]))
    }


def _language(one: Answer | Extra) -> str:
    article = one.article.article
    if article.language:
        return article.language
    arabic = sum(_ARABIC[0] <= letter <= _ARABIC[1] for letter in article.text)
    return "ar" if arabic * 3 > len(article.text) else "en"


def _gold_kind(answer: Answer) -> str:
    return answer.gold.kind or "not said"


def _found_kind(extra: Extra) -> str:
    return extra.found.place.kind if isinstance(extra.found, Site) else "unplaced"


def _gold_use(answer: Answer) -> str:
    return answer.gold.use or "not said"


def _found_use(extra: Extra) -> str:
    return extra.found.use if isinstance(extra.found, Site) else "unplaced"


def calibration(answers: Sequence[Answer], extras: Sequence[Extra]) -> Figures:
    """Return a reliability table and the expected calibration error of the sites' confidence.

    A site is right if a true toponym overlaps it and lies within 161 km of it, or in its circle.
    Sites on toponyms whose point the corpus does not give are left out, unless it gives none.
    """
    pointless = all(one.gold.lat is None for one in answers)
    met = {id(one.site): one for one in answers if one.site is not None}
    sure: list[float] = []
    right: list[bool] = []
    for extra in extras:
        if not isinstance(extra.found, Site):
            continue
        answer = met.get(id(extra.found))
        if answer is not None and answer.gold.lat is None and not pointless:
            continue
        reach = max(_RIGHT_KM, extra.found.place.radius_km)
        near = answer is not None and (answer.km or 0.0) <= reach
        sure.append(extra.found.confidence)
        right.append(near if not pointless else extra.overlaps)
    confidence, correct = np.array(sure), np.array(right, dtype=float)
    which = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    table = []
    error = 0.0
    for number in np.unique(which):
        chosen = which == number
        mean, share = float(confidence[chosen].mean()), float(correct[chosen].mean())
        error += abs(mean - share) * int(chosen.sum()) / len(which)
        table.append(
            {
                "from": number / _BINS,
                "to": (number + 1) / _BINS,
                "sites": int(chosen.sum()),
                "confidence": _round(mean),
                "right": _round(share),
            }
        )
    return {"sites": len(which), "expected error": _round(error), "table": table}


def _worst(answers: Sequence[Answer], extras: Sequence[Extra], most: int) -> Figures:
    """Return the errors that cost most, each sort by itself."""
    far = [one for one in answers if one.km is not None and one.km > REACHES_KM[0]]
    far.sort(key=lambda one: -(one.km or 0.0))
    wrong = [
        (one.found.confidence, one)
        for one in extras
        if isinstance(one.found, Site) and not one.overlaps
    ]
    wrong.sort(key=lambda pair: -pair[0])
    missed = Counter(
        one.article.article.text[one.gold.start : one.gold.end] for one in answers if not one.found
    )
    return {
        "far off": [_far(one) for one in far[:most]],
        "no toponym": [
            {
                "article": one.article.article.id,
                "text": one.found.mention.text,
                "start": one.found.mention.start,
                "confidence": confidence,
                "why": list(one.found.why) if isinstance(one.found, Site) else [],
            }
            for confidence, one in wrong[:most]
        ],
        "missed": [{"text": text, "times": times} for text, times in missed.most_common(most)],
    }


def _far(answer: Answer) -> Figures:
    site = answer.site
    return {
        "article": answer.article.article.id,
        "text": answer.article.article.text[answer.gold.start : answer.gold.end],
        "start": answer.gold.start,
        "km": _round(answer.km, 1),
        "place_id": site.place.id if site else None,
        "name": site.place.name if site else None,
        "country": site.place.country if site else None,
        "confidence": site.confidence if site else None,
    }


def _round(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round(value, digits)
