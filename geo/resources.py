"""Where the files that ship with the package are, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from geo.errors import GazetteerError

__all__ = ["data_folder"]

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder of shipped data called ``name`` (``"gazetteer"`` or ``"articles"``).

    A wheel carries the data inside the package; a checkout keeps it beside the package.

    Raises
    ------
    GazetteerError
        If the installation holds no such folder.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / "data" / name):
        if folder.is_dir():
            return folder
    raise GazetteerError(f"no data folder {name!r} beside {_PACKAGE}: install mawaqi again")
