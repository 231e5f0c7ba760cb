"""Parses → files: records, map layers and tables, each file written whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import stat
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from geo.errors import ExportError
from geo.frame import COLUMNS, to_geodataframe, to_json, to_record, to_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geo.model import Parse

__all__ = ["FORMATS", "check_output", "write"]

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def write(parses: Iterable[Parse], path: str | os.PathLike[str]) -> None:
    """Write parses to ``path`` in the format of its suffix; ``-`` is JSONL on standard output.

    ``.jsonl`` holds the records, one article a line; every other format one site a row or feature.
    ``.jsonl``, ``.geojson`` and ``.csv`` are written as the parses come, in constant memory. A file
    that exists is replaced once the new one is complete.

    Raises
    ------
    ExportError
        If the suffix is unknown or the file cannot be written.
    """
    if os.fspath(path) == "-":
        _write_jsonl(parses, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    check_output(target, suffixes=FORMATS)
    writer = FORMATS[target.suffix.lower()]
    with _errors_named(target), _replacing(target) as part:
        if isinstance(writer, str):
            _write_layer(parses, part, driver=writer)
        else:
            with part.open("wb") as file:
                writer(parses, file)


def check_output(path: Path, *, suffixes: Iterable[str] = ()) -> None:
    """Raise what writing ``path`` would raise, before any work is done for it.

    Raises
    ------
    ExportError
        If the suffix is none of ``suffixes`` (any will do where there are none), the path is a
        folder, or its folder is missing or closed to us.
    """
    known = tuple(suffixes)
    if known and path.suffix.lower() not in known:
        raise ExportError(f"{path}: unknown format; end the name in {', '.join(known)}")
    with _errors_named(path):
        if path.is_dir():
            raise ExportError(f"{path}: is a folder; name a file in it")
        if not path.parent.is_dir():
            raise ExportError(f"{path}: no folder {path.parent}; make it or choose another")
        for touched in (path, path.parent):
            if touched.exists() and not os.access(touched, os.W_OK):
                raise PermissionError(0, "permission denied")


@contextmanager
def _errors_named(path: Path) -> Iterator[None]:
    """Turn what the system says about a file into an error that names it and the remedy."""
    try:
        yield
    except ExportError:
        raise
    except OSError as error:
        reason = (error.strerror or " ".join(str(error).split())).lower()
        raise ExportError(f"{path}: cannot be written ({reason}); choose another place") from error


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to, and put that file in the place of ``path`` if all goes well."""
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        # A pipe or device: it cannot be replaced, only written to.
        yield path
        return
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as folder:
        part = Path(folder) / path.name
        yield part
        # Through a link, what it points to is replaced, and not the link.
        part.replace(path.resolve())


def _write_jsonl(parses: Iterable[Parse], file: IO[bytes]) -> None:
    for parse in parses:
        file.write(to_json(parse) + b"\n")


def _write_geojson(parses: Iterable[Parse], file: IO[bytes]) -> None:
    file.write(b'{"type": "FeatureCollection", "features": [')
    between = b"\n"
    for parse in parses:
        for row in to_rows(to_record(parse)):
            geometry = row.pop("geometry")
            feature = {"type": "Feature", "geometry": geometry, "properties": row}
            file.write(between + _json(feature))
            between = b",\n"
    file.write(b"\n]}\n")


def _write_csv(parses: Iterable[Parse], file: IO[bytes]) -> None:
    rows = csv.writer(_Encoded(file), lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for parse in parses:
        for row in to_rows(to_record(parse)):
            rows.writerow([_cell(row[key]) for key in COLUMNS])


def _write_layer(parses: Iterable[Parse], path: Path, *, driver: str) -> None:
    """Write a frame with one of the libraries behind geopandas."""
    frame = to_geodataframe(parses)
    # The articles would be written into the file's metadata a second time.
    frame.attrs.clear()
    if driver == "parquet":
        frame.to_parquet(path, compression="zstd", index=False)
        return
    from pyogrio.errors import DataSourceError  # heavy, and only layers need it

    try:
        frame.to_file(path, driver=driver, layer="sites", engine="pyogrio", index=False)
    except DataSourceError as error:
        reason = " ".join(str(error).split())
        raise ExportError(f"{path.name}: not written ({reason}); use .geojson instead") from error


def _json(value: dict[str, Any]) -> bytes:
    # A lone surrogate becomes the escape by which JSON itself writes it, and so survives.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", errors="backslashreplace")


def _cell(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; numbers are left as they are."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value


class _Encoded:
    """The text side of a binary file, for csv, which writes text only."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        return self._file.write(text.encode("utf-8"))


FORMATS: Final[dict[str, str | Callable[[Iterable[Parse], IO[bytes]], None]]] = {
    ".jsonl": _write_jsonl,
    ".geojson": _write_geojson,
    ".csv": _write_csv,
    ".gpkg": "GPKG",
    ".parquet": "parquet",
    ".kml": "KML",
}
"""How each suffix is written: by a function, or as a layer with the driver of that name."""
