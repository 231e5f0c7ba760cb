"""The page's scripts and styles: Leaflet from its packages, the rest from the folder ``page``."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from geo.errors import GazetteerError, GeoError
from geo.resources import data_folder

__all__ = ["basemap", "csp_hash", "scripts", "styles", "words"]

_PAGE = Path(__file__).parent / "page"
_SCRIPTS = (
    "dom.js",
    "fold.js",
    "kinds.js",
    "data.js",
    "words.js",
    "state.js",
    "labels.js",
    "basemap.js",
    "areas.js",
    "points.js",
    "popup.js",
    "articles.js",
    "layers.js",
    "timeline.js",
    "takeaway.js",
    "panel.js",
    "search.js",
    "views.js",
    "address.js",
    "controls.js",
    "choose.js",
    "page.js",
)
_STYLES = ("theme.css", "map.css", "panel.css", "phone.css", "print.css")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_COMMENT_BLOCK = re.compile(r"^[ ]*/\*.*?\*/[ ]*$", re.MULTILINE | re.DOTALL)
_CSS_URL = re.compile(r"url\(([^)]+)\)")
_TYPES = {".png": "image/png", ".svg": "image/svg+xml"}


@cache
def scripts() -> str:
    """Return every script of the page as one: Leaflet, its clusters, then ours in one scope."""
    ours = "\n".join(_trimmed((_PAGE / name).read_text("utf-8")) for name in _SCRIPTS)
    own = f'const mawaqi = (() => {{\n"use strict";\n{ours}\nreturn open;\n}})();'
    libraries = (
        _package("leaflet") / "leaflet.js",
        _package("leaflet_markercluster") / "leaflet.markercluster.js",
    )
    texts = [_SOURCE_MAP.sub("", path.read_text("utf-8")).strip() for path in libraries]
    return "\n".join([*texts, own])


@cache
def styles() -> str:
    """Return every style sheet of the page as one, with Leaflet's pictures inside it."""
    libraries = (
        _package("leaflet") / "leaflet.css",
        _package("leaflet_markercluster") / "MarkerCluster.css",
    )
    ours = [_trimmed((_PAGE / name).read_text("utf-8")) for name in _STYLES]
    return "\n".join([*map(_with_pictures, libraries), *ours])


@cache
def words() -> dict[str, Any]:
    """Return the words of the interface by language, then by name."""
    table: dict[str, Any] = json.loads((_PAGE / "words.json").read_text("utf-8"))
    return table


@cache
def basemap() -> str:
    """Return the basemap that ships with the gazetteer, as JSON text.

    Raises
    ------
    GazetteerError
        If the installation lacks it.
    """
    path = data_folder("gazetteer") / "basemap.json"
    try:
        return path.read_text("utf-8").strip()
    except OSError as error:
        raise GazetteerError(
            f"{path}: no basemap ({error.strerror}): install mawaqi again"
        ) from error


def csp_hash(text: str) -> str:
    """Return the source expression that lets a page run or apply exactly this inline text."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _trimmed(text: str) -> str:
    """Return a script or style of ours without indents and lines that are only a comment.

    Nothing else is touched: our files hold no text of several lines that an indent belongs to.
    """
    text = _COMMENT_BLOCK.sub("", text)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _package(name: str) -> Path:
    try:
        module = import_module(f"xstatic.pkg.{name}")
    except ImportError as error:
        raise GeoError(f"xstatic.pkg.{name} is not installed: pip install mawaqi again") from error
    return Path(str(module.BASE_DIR))


def _with_pictures(path: Path) -> str:
    """Return a style sheet with the pictures it names as data, so that it asks for nothing."""

    def data(found: re.Match[str]) -> str:
        name = found[1].strip("\"'")
        picture = path.parent / name
        if name.startswith("#") or not picture.is_file():
            return "none"
        body = base64.b64encode(picture.read_bytes()).decode("ascii")
        return f"url(data:{_TYPES[picture.suffix]};base64,{body})"

    return _CSS_URL.sub(data, path.read_text("utf-8"))
