"""Load a user's table of N places over the shipped gazetteer: seconds, and times pandas' reading.

python benchmarks/gazetteer.py --rows 50000

The rows are made up: names and aliases in both scripts, a kind each, a column that is not ours.
"Laid over" is the first use of a table, "mapped" every later one. Best of five, in the processor's
seconds, so that other work on the machine does not count, and in seconds by the clock.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pandas as pd

from geo.gazetteer import Gazetteer
from geo.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 20251122
TRIES = 5
COLUMNS = ("id", "name", "name_ar", "aliases", "kind", "country", "lat", "lon", "radius_km", "seen")
HEADS = ("تل", "دير", "عين", "كفر", "مخيم", "بيت")
TAILS = ("الطاحونة", "الرمان", "السنديان", "الجسر", "الشمالي", "النبع")
LATIN = ("Mill", "Upper", "Stone", "Old", "River", "Cedar", "Hill", "Bridge", "Well", "Market")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "mine.csv"
        write(table, wanted.rows)
        Gazetteer.open(cache=folder / "cache")
        pandas = best(lambda: pd.read_csv(table))
        print(f"pandas reads it   {pandas[0]:6.2f} s of processor {pandas[1]:6.2f} s by the clock")

        def laid() -> None:
            for compiled in sorted((folder / "cache").iterdir(), key=lambda f: f.stat().st_mtime)[
                1:
            ]:
                compiled.unlink()
            Gazetteer.open(cache=folder / "cache", extra=[table])

        def mapped() -> None:
            Gazetteer.open(cache=folder / "cache", extra=[table])

        for what, run in (("laid over", laid), ("mapped", mapped)):
            cpu, clock = best(run)
            print(f"{what:<17} {cpu:6.2f} s of processor {clock:6.2f} s by the clock", end=" ")
            print(f"= {cpu / pandas[0]:.1f} times pandas")


def best(run: Callable[[], object]) -> tuple[float, float]:
    """Return the least seconds of processor and by the clock of some runs."""
    cpu, clock = [], []
    for _ in range(TRIES):
        began = time.process_time(), time.perf_counter()
        run()
        cpu.append(time.process_time() - began[0])
        clock.append(time.perf_counter() - began[1])
    return min(cpu), min(clock)


def write(path: Path, rows: int) -> None:
    random = Random(SEED)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in range(rows):
            english = f"{random.choice(LATIN)} {random.choice(LATIN)}ton {row}"
            arabic = f"{random.choice(HEADS)} {random.choice(TAILS)} {row}"
            aliases = f"{random.choice(LATIN)}-{row} {random.choice(LATIN)}|{arabic} القديمة"
            lat, lon = random.uniform(30, 37), random.uniform(36, 48)
            place = (f"{lat:.4f}", f"{lon:.4f}", random.choice(("", "2.5")), f"visit {row % 9}")
            kind = random.choice(KINDS[6:])
            writer.writerow((f"my:{row}", english, arabic, aliases, kind, "SY", *place))


if __name__ == "__main__":
    main()
