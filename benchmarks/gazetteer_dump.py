"""Build a gazetteer from a generated dump of N rows in GeoNames' layout: time, memory, size.

python benchmarks/gazetteer_dump.py --rows 12000000

GeoNames' own ``allCountries.txt`` has some 12 million rows. The rows are made up, and as long as
real ones: eight alternate names a row, a third of them in Arabic script, every feature class in
turn. A quarter as many lines of ``alternateNamesV2.txt`` come with them, a fifth of those Arabic.
The build runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20251122
BLOCK = 10_000
CODES = (
    *("P.PPL", "P.PPLX", "P.PPLA3", "H.STM", "T.MT", "S.AIRF", "S.DAM", "A.ADM2", "L.RGN"),
    *("S.HTL", "S.SCH", "T.HLL", "P.PPL", "P.PPL", "H.WLL", "S.BDG"),
)
LATIN = ("tal", "qar", "mar", "dey", "rum", "kaf", "sha", "bil", "zor", "had", "nah", "umm")
ARABIC = (
    "تل",
    "دير",
    "قرية",
    "عين",
    "كفر",
    "بيت",
    "باب",
    "رأس",
)
COUNTRIES = ("SY", "IQ", "TR", "US", "FR", "RU", "CN", "BR")

BUILD = """
import resource, sys, time
from pathlib import Path
from geo.build.sourced import build_geonames
folder, out = map(Path, sys.argv[1:])
began = time.perf_counter()
built = build_geonames(out, folder=folder, cache=folder)
took = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"built: {built.places:,} places in {took:.0f} s, peak {peak:.0f} MB, "
      f"file {out.stat().st_size / 1e6:.0f} MB")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.perf_counter()
        written(folder, "allCountries", dump(wanted.rows))
        written(folder, "alternateNamesV2", alternates(wanted.rows // 4))
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"written: {wanted.rows:,} rows, {size:.0f} MB zipped", end=", ")
        print(f"{time.perf_counter() - began:.0f} s", flush=True)
        out = folder / "all.parquet"
        subprocess.run([sys.executable, "-c", BUILD, folder, out], check=True)
    print(f"this script: peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def written(folder: Path, name: str, lines: Iterator[str]) -> None:
    """Write lines as ``name.txt`` in ``name.zip``, as GeoNames packs its files."""
    with (
        zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack,
        pack.open(f"{name}.txt", "w", force_zip64=True) as file,
    ):
        for block in lines:
            file.write(block.encode())


def dump(rows: int) -> Iterator[str]:
    """Yield blocks of lines with the 19 columns of allCountries.txt."""
    random = Random(SEED)
    for first in range(0, rows, BLOCK):
        yield "".join(line(random, row) for row in range(first, min(rows, first + BLOCK)))


def line(random: Random, row: int) -> str:
    words = random.choices(LATIN, k=6)
    name = f"{words[0]}{words[1]} {words[2]}{row % 997}".title()
    arabic = random.choices(ARABIC, k=3)
    others = [f"{word.title()}{words[3]} {row % 89:x}".title() for word in words]
    told = ",".join([*others, " ".join(arabic[:2]), " ".join(arabic[1:])])
    kind, code = CODES[row % len(CODES)].split(".")
    lat, lon = random.uniform(-60, 75), random.uniform(-180, 180)
    people = random.randrange(50_000) if kind == "P" else 0
    fields = [row + 1, name, name, told, f"{lat:.5f}", f"{lon:.5f}", kind, code]
    fields += [COUNTRIES[row % len(COUNTRIES)], "", "07", "170", "", "", people, "", 300]
    return "\t".join(map(str, [*fields, "Asia/Damascus", "2024-01-01"])) + "\n"


def alternates(rows: int) -> Iterator[str]:
    """Yield blocks of lines with the columns of alternateNamesV2.txt."""
    random = Random(SEED)
    for first in range(0, rows, BLOCK):
        lines = []
        for row in range(first, min(rows, first + BLOCK)):
            arabic = row % 5 == 0
            words = random.choices(ARABIC if arabic else LATIN, k=3)
            language = "ar" if arabic else "en"
            lines.append(f"{row}\t{row * 4 + 1}\t{language}\t{' '.join(words)}\t\t\t\t\t\t\n")
        yield "".join(lines)


if __name__ == "__main__":
    main()
