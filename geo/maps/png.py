"""A map as a picture, taken by a Chromium that is already on the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.maps.folium_map import SiteMap

__all__ = ["SIZE", "find_browser", "save_png"]

SIZE: Final = (1600, 1000)
"""Width and height of a picture in pixels, where none is asked for."""

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--no-first-run",
    # The page needs nothing from the network; this holds it to that.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # The page's own clock runs this far before the picture is taken, in milliseconds.
    "--virtual-time-budget=10000",
)
_PATIENCE = 120
"""Seconds until a browser that has not drawn the map is given up."""


def save_png(
    site_map: SiteMap, outfile: str | os.PathLike[str], *, size: tuple[int, int] = SIZE
) -> None:
    """Write the first view of a map to a PNG file: heading, map and legend.

    Parameters
    ----------
    site_map
        The map to take a picture of.
    outfile
        The file to write, whole or not at all.
    size
        Width and height in pixels.

    Raises
    ------
    ExportError
        If there is no Chromium on the PATH, it fails, or the file cannot be written.
    """
    path = Path(outfile)
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="mawaqi-") as name:
        folder = Path(name)
        page, picture = folder / "map.html", folder / "map.png"
        page.write_text(site_map.as_picture(), "utf-8", newline="\n")
        command = _command(browser, folder / "profile", page, picture, size=size)
        _run(command, path)
        if not picture.is_file():
            raise ExportError(f"{path}: {browser} drew no picture: try another Chromium")
        try:
            shutil.copyfile(picture, path)
        except OSError as error:
            raise ExportError(
                f"{path}: cannot be written ({error.strerror}): choose another place for it"
            ) from error


def find_browser() -> str:
    """Return the path of the Chromium that pictures are taken with.

    Raises
    ------
    ExportError
        If there is none on the PATH.
    """
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise ExportError(
            f"a picture needs a Chromium, and none of {', '.join(_NAMES)} is on the PATH: install "
            "one, or print the page from a browser"
        )
    return found


def _command(
    browser: str, profile: Path, page: Path, picture: Path, *, size: tuple[int, int]
) -> list[str]:
    width, height = size
    # Chromium refuses its sandbox to root, and would not start.
    rooted = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [
        browser,
        *_OPTIONS,
        *rooted,
        f"--user-data-dir={profile}",
        f"--window-size={width},{height}",
        f"--screenshot={picture}",
        page.as_uri(),
    ]


def _run(command: Sequence[str], path: Path) -> None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise ExportError(
            f"{path}: {command[0]} took over {_PATIENCE} s: draw fewer articles"
        ) from error
    except OSError as error:
        raise ExportError(
            f"{path}: {command[0]} does not start ({error.strerror}): install Chromium again"
        ) from error
    if done.returncode:
        raise ExportError(
            f"{path}: {command[0]} ended with code {done.returncode}: try another Chromium"
        )
