"""How fast Arabic articles are parsed, beside a bare Aho-Corasick scan; what a cold start costs.

    python benchmarks/parse.py [--megabytes 20] [--corpus TEXTS.jsonl] [--article FILE]

Prints megabytes of UTF-8 a second of one core for the whole parse (fold, match, decide, resolve,
draw) of the mixture of `scan.py`, which names a place in every sixteenth word or so, and the ratio
to the bare scan of the same run. With ``--corpus`` it parses the texts of a corpus, joined to
articles of about 4 kB, instead: the first pass also draws what its relations mean, which later ones
remember. With ``--article`` it also prints the median wall time and memory of ``mawaqi map`` on
it, beside those of importing folium, alone and with geopandas; all run in turns, with bytecode
compiled before, as an installer does.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from scan import aho_corasick, mixture

import geo

BYTECODE = tempfile.TemporaryDirectory()
PASSES = 5
ROUNDS = 10
ARTICLE = 4_000
"""Bytes of an article that is made of a corpus."""


def run(*command: str) -> tuple[float, float]:
    """Return the seconds and the megabytes of memory of a command."""
    code = (
        "import resource, subprocess, sys, time; before = time.perf_counter();"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "print(time.perf_counter() - before,"
        "resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": BYTECODE.name},
    )
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def in_turns(commands: dict[str, tuple[str, ...]]) -> dict[str, tuple[float, float]]:
    """Return what `run` says of each command, the medians of `ROUNDS`.

    They run in turns, so that what else the machine does meanwhile slows all of them alike; a first
    round, which writes bytecode and may compile the gazetteer, does not count.
    """
    rounds = [
        {name: run(*command) for name, command in commands.items()} for _ in range(ROUNDS + 1)
    ]
    return {
        name: (
            median(one[name][0] for one in rounds[1:]),
            median(one[name][1] for one in rounds[1:]),
        )
        for name in commands
    }


def cold_start(article: Path) -> None:
    """Print what ``mawaqi map`` costs on one article, beside the imports it cannot do without."""
    mapped, folium, both = "mawaqi map, one article", "import folium", "import folium, geopandas"
    light, bare = "import geo", "bare interpreter"
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "map.html")
        took = in_turns(
            {
                mapped: (sys.executable, "-m", "geo", "map", str(article), "-o", page),
                **{name: (sys.executable, "-c", name) for name in (folium, both, light)},
                bare: (sys.executable, "-c", "pass"),
            }
        )
    for name in (mapped, folium, both):
        seconds, megabytes = took[name]
        print(f"  {name:<42}{seconds:8.2f} s{megabytes:8.0f} MB")
    for name, other in ((mapped, folium), (mapped, both), (light, bare)):
        told = f"{name.partition(',')[0]} / {other}"
        print(f"  {told:<42}{took[name][0] / took[other][0]:8.2f}")


def joined(corpus: Path) -> list[str]:
    """Return the texts of a corpus joined to articles."""
    articles: list[str] = [""]
    for line in corpus.read_text(encoding="utf-8").splitlines():
        if len(articles[-1].encode()) >= ARTICLE:
            articles.append("")
        articles[-1] += json.loads(line)["text"] + "\n"
    return articles


def throughput(texts: list[str], geoparser: geo.Geoparser) -> None:
    """Print the speed of the whole parse and its ratio to a bare scan."""
    articles = [geo.Article(id=str(number), text=text) for number, text in enumerate(texts)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    seconds = []
    for _ in range(PASSES):
        before = time.process_time()
        sites = sum(len(parsed.sites) for parsed in geoparser.parse_many(articles))
        seconds.append(time.process_time() - before)
    print(f"{len(articles)} articles, {size:.1f} MB, {sites} sites")
    print(f"  {'parse, the first time':<42}{size / seconds[0]:8.2f} MB/s")
    print(f"  {f'parse, the best of {PASSES}':<42}{size / min(seconds):8.2f} MB/s")
    bare = aho_corasick(geoparser.gazetteer, texts)
    if bare:
        print(f"  {'bare ahocorasick_rs on folded text':<42}{size / bare:8.1f} MB/s")
        print(f"  {'parse / bare':<42}{bare / min(seconds):8.3f} of its speed")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {'peak memory of this run':<42}{peak:8.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure parsing and the cold start.")
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--corpus", type=Path, help="one JSON object a line, with a text")
    parser.add_argument("--article", type=Path)
    options = parser.parse_args()
    if options.article:
        cold_start(options.article)
    geoparser = geo.Geoparser()
    if options.corpus:
        throughput(joined(options.corpus), geoparser)
    else:
        size = int(options.megabytes * 1e6)
        throughput(mixture(geoparser.gazetteer, arabic=True, size=size), geoparser)


if __name__ == "__main__":
    main()
