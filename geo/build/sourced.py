"""Building one gazetteer file from a source: found or fetched, written in batches, credited."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from geo.build import hdx, osm, wikidata
from geo.build.fetch import fetch
from geo.build.geonames import CREDIT, dump_rows, read_names
from geo.build.schema import SCHEMA, arrow_table
from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geo.build.schema import Row

__all__ = [
    "GEONAMES",
    "Built",
    "build_geonames",
    "build_hdx",
    "build_osm",
    "build_wikidata",
    "write_built",
]

GEONAMES = "https://download.geonames.org/export/dump"
"""Where GeoNames puts its files, afresh every night."""

_BATCH = 50_000
_TOLD = 20
"""How many of what is passed over are named: there may be millions."""

_SCHEMA = pa.unify_schemas(
    [SCHEMA, pa.schema([("geonames_id", pa.string()), ("wikidata_id", pa.string())])]
)
"""A built file also says by which numbers other sources know its places."""

_WHOLE = "allCountries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build wrote: the number of places, in all and by kind, and of what it passed over.

    ``told`` says what the first of these were, and why.
    """

    places: int
    kinds: Mapping[str, int]
    skipped: int
    told: Sequence[str] = ()


def build_geonames(
    out: Path,
    *,
    countries: Sequence[str] = (),
    folder: Path | None = None,
    cache: Path,
    address: str = GEONAMES,
) -> Built:
    """Write the places of GeoNames in ``countries`` (all of them: none given) to ``out``.

    The files are those in ``folder``; without one, they are fetched from ``address`` into
    ``cache``.

    Raises
    ------
    GazetteerError
        If a file is missing, damaged, or cannot be fetched or written.
    """
    source = _Folder(folder) if folder else _Server(address, cache)
    names = read_names(source.find)
    dumps = _dumps(source, countries)

    def rows(*, skipped: Callable[[str], None]) -> Iterator[Row]:
        for path, codes in dumps.items():
            yield from dump_rows(path, countries=codes, names=names, skipped=skipped)

    return _built(out, rows, CREDIT)


def _dumps(source: _Folder | _Server, countries: Sequence[str]) -> dict[Path, list[str]]:
    """Return the countries to take from each dump: its own file, else that of all countries."""
    found: dict[Path, list[str]] = {}
    for code in countries or [_WHOLE]:
        path = source.find(code) or source.find(_WHOLE)
        if path is None:
            raise GazetteerError(
                f"{source.name}: neither {code}.zip nor {_WHOLE}.zip is there; fetch one from "
                f"{GEONAMES}"
            )
        found.setdefault(path, []).extend([code] if countries else [])
    return found


def build_wikidata(out: Path, *, answer: Path) -> Built:
    """Write the places of a saved SPARQL answer of Wikidata (JSON) to ``out``.

    Raises
    ------
    GazetteerError
        If it is no such answer, names no place, or the file cannot be written.
    """
    return _built(out, partial(wikidata.answer_rows, answer), wikidata.CREDIT)


def build_osm(out: Path, *, extract: Path) -> Built:
    """Write the places of an extract of OpenStreetMap (``.osm.pbf``, ``.osm``) to ``out``.

    Raises
    ------
    GazetteerError
        If it cannot be read, names no place, or the file cannot be written.
    """
    return _built(out, partial(osm.extract_rows, extract), osm.CREDIT)


def build_hdx(out: Path, *, workbook: Path, boundaries: Sequence[Path] = ()) -> Built:
    """Write the units of a workbook of OCHA (``.xlsx``) to ``out``.

    ``boundaries`` are files with the outlines of its units, GeoJSON or GeoPackage.

    Raises
    ------
    GazetteerError
        If a file cannot be read or holds no units, or ``out`` cannot be written.
    """
    rows = partial(hdx.workbook_rows, workbook, boundaries=boundaries)
    return _built(out, rows, hdx.CREDIT)


def _built(out: Path, rows: Callable[..., Iterator[Row]], credit: Mapping[str, str]) -> Built:
    """Write the rows of a source, which tells of those it skips."""
    told: list[str] = []
    count = 0

    def skipped(what: str) -> None:
        nonlocal count
        count += 1
        if count <= _TOLD:
            told.append(what)

    places, kinds = write_built(rows(skipped=skipped), out, credit=credit)
    return Built(places=places, kinds=kinds, skipped=count, told=told)


@dataclass(frozen=True, slots=True)
class _Folder:
    """The files of a source in a folder, zipped or not."""

    path: Path

    @property
    def name(self) -> str:
        """What an error calls it."""
        return str(self.path)

    def find(self, name: str) -> Path | None:
        """Return the file called ``name``, None if it is not there."""
        for suffix in (".zip", ".txt"):
            path = self.path / f"{name}{suffix}"
            if path.is_file():
                return path
        return None


@dataclass(frozen=True, slots=True)
class _Server:
    """The files of a source on its server, fetched into a folder when asked for."""

    address: str
    cache: Path

    @property
    def name(self) -> str:
        """What an error calls it."""
        return self.address

    def find(self, name: str) -> Path | None:
        """Fetch the file called ``name``; the codes of divisions are the only ones not zipped."""
        suffix = ".txt" if "Codes" in name else ".zip"
        return fetch(f"{self.address}/{name}{suffix}", self.cache)


def write_built(
    rows: Iterable[Row], out: Path, *, credit: Mapping[str, str]
) -> tuple[int, dict[str, int]]:
    """Write ``rows`` as a gazetteer file with its licence inside; return their number, by kind too.

    Rows come and go in batches; the file appears when it is complete.

    Raises
    ------
    GazetteerError
        If there is no row, or the file cannot be written.
    """
    if out.suffix != ".parquet":
        raise GazetteerError(f"{out}: a built gazetteer is a .parquet file; name it so")
    kinds: Counter[str] = Counter()
    told = {**credit, "built": datetime.now(UTC).date().isoformat()}
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_name(f".{out.name}.{os.getpid()}.part")
        try:
            _write(iter(rows), part, told, kinds)
            if not kinds:
                raise GazetteerError(f"{out}: no place was found, so nothing is written")
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise GazetteerError(f"{out}: cannot be written ({error.strerror})") from error
    return kinds.total(), dict(kinds)


def _write(rows: Iterator[Row], path: Path, credit: Mapping[str, str], kinds: Counter[str]) -> None:
    schema = _SCHEMA.with_metadata(dict(credit))
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(rows, _BATCH)):
            kinds.update(row.kind for row in batch)
            writer.write_table(arrow_table(batch, schema=schema))
