"""A file of named arrays that can be memory-mapped: magic, header, arrays.

The header (JSON) says the type, place and length of each array and the length of the whole, and is
followed by its own digest, so that a file cut short or written over is told from a whole one
without reading it all.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[np.generic]]

__all__ = ["map_arrays", "write_arrays"]

_MAGIC = b"MAWAQI\r\n"
_ALIGN = 64
_DIGEST = 16


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write the arrays to ``path`` so that a reader sees the whole file or none.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    sections: dict[str, tuple[int, str, int]] = {}
    size = 0
    for name, array in arrays.items():
        sections[name] = (size, array.dtype.str, len(array))
        size = _aligned(size + array.nbytes)
    header = json.dumps({"sections": sections, "size": size}).encode()
    digest = blake2b(header, digest_size=_DIGEST).digest()
    head = _MAGIC + len(header).to_bytes(8, "little") + header + digest
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(head.ljust(_aligned(len(head)), b"\0"))
            for array in arrays.values():
                file.write(array.tobytes())
                file.write(b"\0" * (_aligned(array.nbytes) - array.nbytes))
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def map_arrays(path: Path) -> dict[str, NDArray[np.generic]] | None:
    """Return the arrays of a file as read-only views, ``None`` if it is missing or damaged."""
    try:
        whole = np.memmap(path, np.uint8, mode="r")
    except (OSError, ValueError):
        return None
    data = whole.view(np.ndarray)
    start = len(_MAGIC) + 8
    length = int.from_bytes(data[len(_MAGIC) : start].tobytes(), "little")
    header = data[start : start + length].tobytes()
    digest = data[start + length : start + length + _DIGEST].tobytes()
    if (
        data[: len(_MAGIC)].tobytes() != _MAGIC
        or digest != blake2b(header, digest_size=_DIGEST).digest()
    ):
        return None
    described = json.loads(header)
    base = _aligned(start + length + _DIGEST)
    if len(data) != base + described["size"]:
        return None
    arrays = {}
    for name, (offset, kind, count) in described["sections"].items():
        dtype = np.dtype(kind)
        first = base + offset
        arrays[name] = data[first : first + count * dtype.itemsize].view(dtype)
    return arrays
