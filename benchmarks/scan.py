"""How fast texts are scanned for names, beside a bare Aho-Corasick scan of the same folded text.

    python benchmarks/scan.py [--megabytes 20]

Prints megabytes of UTF-8 a second on one core, and ratios; compare only figures of one run. The
text is drawn from the shipped gazetteer's names and the words of the sample articles, with a
clitic before one name in four. The bare scan folds nothing, knows no clitics and collects nothing.
It needs ``pip install ahocorasick_rs``; without it only our figures are printed.
"""

from __future__ import annotations

import argparse
import random
import time
from typing import TYPE_CHECKING

from geo.gazetteer import Gazetteer
from geo.recognize.matcher import Matcher, longest
from geo.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLE = 2200
"""Characters of an article: about 4 kB of Arabic."""
PROSE = (
    "قال مصدر محلي إن القوات نفذت عملية قرب المنطقة صباح اليوم وأضاف أن عددا من السكان غادروا"
    " منازلهم بعد القصف الذي استهدف الطريق العام بين القرى فيما وصلت فرق الإغاثة إلى المكان"
)


def words(*, arabic: bool) -> list[str]:
    """Return words of the sample articles in one script."""
    found = PROSE.split() if arabic else []
    for path in sorted(data_folder("articles").glob("*.*")):
        for word in path.read_text(encoding="utf-8").split():
            if ("\u0600" <= word[0] <= "\u06ff") == arabic:
                found.append(word)
    return found or ["the", "army", "said", "on", "Tuesday", "that", "its", "forces", "left"]


def names(gazetteer: Gazetteer, *, arabic: bool) -> list[str]:
    """Return the main names of the places, in one script."""
    places = (gazetteer.place(row) for row in range(0, len(gazetteer), 5))
    chosen = (place.name_ar if arabic else place.name for place in places)
    return [name for name in chosen if name]


def mixture(gazetteer: Gazetteer, *, arabic: bool, size: int) -> list[str]:
    """Return articles of one script that are ``size`` bytes of UTF-8 together."""
    draw = random.Random(7)
    prose, toponyms = words(arabic=arabic), names(gazetteer, arabic=arabic)
    clitics = ["", "", "", "و"] if arabic else [""]
    articles, total = [], 0
    while total < size:
        parts: list[str] = []
        length = 0
        while length < ARTICLE:
            part = draw.choice(prose)
            if draw.random() < 0.06:
                part = draw.choice(clitics) + draw.choice(toponyms)
            parts.append(part)
            length += len(part) + 1
        articles.append(" ".join(parts))
        total += len(articles[-1].encode())
    return articles


def best(work: Callable[[], object], times: int = 3) -> float:
    """Return the least seconds that some work takes."""
    seconds = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - before)
    return min(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the scan for names.")
    parser.add_argument("--megabytes", type=float, default=20)
    size = int(parser.parse_args().megabytes * 1_000_000)
    gazetteer = Gazetteer.open()
    matcher = Matcher(gazetteer)
    print(f"{len(gazetteer)} places, {len(gazetteer.index)} names")
    for label, arabic in (("Arabic", True), ("English", False)):
        articles = mixture(gazetteer, arabic=arabic, size=size)
        hits = sum(map(len, matcher.scan_many(articles)))
        print(f"{label}: {len(articles)} articles, {hits} hits")
        measure(matcher, gazetteer, articles)


def measure(matcher: Matcher, gazetteer: Gazetteer, articles: list[str]) -> None:
    """Print the speeds for some articles."""
    megabytes = sum(len(article.encode()) for article in articles) / 1e6

    def show(what: str, seconds: float) -> None:
        print(f"  {what:<42}{megabytes / seconds:8.1f} MB/s")

    blocks = best(lambda: [*matcher.scan_many(articles)])
    show("scan, in blocks", blocks)
    show("scan in blocks, then longest", best(lambda: [*map(longest, matcher.scan_many(articles))]))
    show("scan, an article a call", best(lambda: [*map(matcher.scan, articles)], 1))
    bare = aho_corasick(gazetteer, articles)
    if bare:
        show("bare ahocorasick_rs on folded text", bare)
        print(f"  {'scan in blocks / bare':<42}{bare / blocks:8.2f} of its speed")


def aho_corasick(gazetteer: Gazetteer, articles: list[str]) -> float | None:
    """Return the seconds of a bare scan of the folded articles for all main names."""
    try:
        from ahocorasick_rs import AhoCorasick, Implementation
    except ImportError:
        print("  (ahocorasick_rs is not installed: no comparison)")
        return None
    fold = gazetteer.tokeniser.table.fold_many
    places = [gazetteer.place(row) for row in range(len(gazetteer))]
    spelled = {name for place in places for name in (place.name, place.name_ar) if name}
    patterns = sorted({f" {name} " for name in fold(sorted(spelled)) if len(name) > 2})
    automaton = AhoCorasick(patterns, implementation=Implementation.ContiguousNFA)
    folded = [" ".join(fold(articles[i : i + 50])) for i in range(0, len(articles), 50)]
    print(f"  (the bare scan looks for {len(patterns)} names)")
    return best(lambda: [automaton.find_matches_as_indexes(text) for text in folded])


if __name__ == "__main__":
    main()
