"""The compiled gazetteer in the user's cache folder: made once, then memory-mapped."""

from __future__ import annotations

import sys
import unicodedata
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import GazetteerError
from geo.gazetteer.container import map_arrays, write_arrays
from geo.gazetteer.roles import FORMAT
from geo.gazetteer.tables import SHAPES
from geo.lang import word_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["cache_folder", "compiled"]

_KEPT = 8
"""Compiled files kept; the oldest go first when another one is written."""


def cache_folder() -> Path:
    """Return the folder of the user's cache."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("mawaqi"))


def compiled(
    folder: Path, paths: Sequence[Path], extra: Sequence[Path], cache: Path
) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the gazetteer, from the cache if it holds them, else compiled.

    Those of the shipped tables ``paths`` are kept by themselves, so that a user's tables,
    ``extra``, are only laid over them.
    Several processes may start at once: each writes a whole file under its own name and puts it in
    place in one step. Where the cache cannot be written, the arrays stay in memory.

    Raises
    ------
    GazetteerError
        If a table cannot be read.
    """
    digest = _digest(folder, paths)
    path = cache / f"gazetteer-{_digest_of(extra, digest) if extra else digest}.bin"
    found = map_arrays(path)
    if found is not None:
        return found
    from geo.gazetteer.compile import compile_tables, lay_over

    if extra:
        arrays = compiled(folder, paths, (), cache)
        for table in extra:
            arrays = lay_over(arrays, table)
    else:
        arrays = compile_tables(folder, paths)
    try:
        write_arrays(path, arrays)
    except OSError:
        return arrays
    _forget(cache, keep=path)
    return map_arrays(path) or arrays


def _digest(folder: Path, paths: Sequence[Path]) -> str:
    """Return a digest of the shipped tables and of all that decides how any are compiled."""
    shapes = folder / SHAPES
    # Folding follows the Unicode version of the Python that compiles, the cores of names follow the
    # head nouns of the languages.
    start = f"{FORMAT} {unicodedata.unidata_version} {sys.byteorder}"
    return _digest_of([*paths, *([shapes] if shapes.is_file() else []), *word_files()], start)


def _digest_of(paths: Iterable[Path], start: str) -> str:
    """Return a digest of some files' names and bytes, after another text."""
    digest = blake2b(start.encode())
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise GazetteerError(f"{path}: cannot be read ({error.strerror})") from error
        digest.update(f"{path.name} {len(content)}\n".encode(errors="surrogateescape"))
        digest.update(content)
    return digest.hexdigest()[:32]


def _forget(cache: Path, *, keep: Path) -> None:
    """Delete all but the newest compiled files; one that is in use elsewhere may stay."""
    with suppress(OSError):
        files = sorted(cache.glob("gazetteer-*.bin"), key=lambda path: path.stat().st_mtime)
        for path in files[:-_KEPT]:
            if path != keep:
                path.unlink(missing_ok=True)
