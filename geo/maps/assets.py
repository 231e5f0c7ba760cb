"""The page's scripts and styles: Leaflet from its packages, the rest from the folder ``page``."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import GazetteerError, GeoError
from geo.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["basemap", "csp_hash", "layer_scripts", "layer_styles", "scripts", "styles", "words"]

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
    "groups.js",
    "points.js",
    "popup.js",
    "articles.js",
    "layers.js",
    "timeline.js",
    "takeaway.js",
    "review.js",
    "diff.js",
    "panel.js",
    "search.js",
    "views.js",
    "address.js",
    "controls.js",
    "choose.js",
    "page.js",
)
_STYLES = (
    "colours.css",
    "base.css",
    "theme.css",
    "map.css",
    "symbols.css",
    "popup.css",
    "panel.css",
    "review.css",
    "diff.css",
    "phone.css",
    "print.css",
    "picture.css",
)
# What a layer on somebody else's map takes from the page.
_LAYER_SCRIPTS = (
    "dom.js",
    "kinds.js",
    "data.js",
    "words.js",
    "areas.js",
    "groups.js",
    "popup.js",
    "articles.js",
    "layer.js",
)
_LAYER_STYLES = ("base.css", "symbols.css", "popup.css", "layer.css")
_LAYER = "mawaqi-layer"
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_COMMENT_BLOCK = re.compile(r"^[ ]*/\*.*?\*/[ ]*$", re.MULTILINE | re.DOTALL)
_CSS_URL = re.compile(r"url\([^)]+\)")


@cache
def scripts() -> str:
    """Return every script of the page as one: Leaflet, then ours in one scope."""
    own = f"const mawaqi = {_in_one_scope(_SCRIPTS, result='open')};"
    return f"{_library('leaflet', 'leaflet.js')}\n{own}"


@cache
def styles() -> str:
    """Return every style sheet of the page as one; what Leaflet's names elsewhere is left out."""
    leaflet = (_package("leaflet") / "leaflet.css").read_text("utf-8")
    own = map(_ours, _STYLES)
    return "\n".join([_CSS_URL.sub("none", _trimmed(leaflet)), *own])


@cache
def layer_scripts() -> str:
    """Return what a layer on a map of Folium's runs, beside the Leaflet that is there."""
    # Nothing is looked up before the first call: on our own page Leaflet comes after it.
    return f"const mawaqiLayer = (id) => {_in_one_scope(_LAYER_SCRIPTS, result='sitesOf')}(id);"


@cache
def layer_styles() -> str:
    """Return the styles of a layer, which touch nothing outside its own elements."""
    colours = _ours("colours.css").replace(":root", f".{_LAYER}")
    own = "\n".join(map(_ours, _LAYER_STYLES))
    return f"{colours}\n.{_LAYER} {{\n{own}\n}}"


@cache
def words() -> dict[str, Any]:
    """Return the words of the interface by language, then by name.

    ``reasons`` are the phrases that records give for their decisions, in the reader's language; a
    slot such as ``{place}`` stands for any text.
    """
    table: dict[str, Any] = json.loads((_PAGE / "words.json").read_text("utf-8"))
    reasons = json.loads((_PAGE / "reasons.json").read_text("utf-8"))
    return {language: own | {"reasons": reasons[language]} for language, own in table.items()}


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


def _in_one_scope(names: Iterable[str], *, result: str) -> str:
    ours = "\n".join(map(_ours, names))
    return f'(() => {{\n"use strict";\n{ours}\nreturn {result};\n}})()'


def _library(package: str, name: str) -> str:
    return _SOURCE_MAP.sub("", (_package(package) / name).read_text("utf-8")).strip()


def _ours(name: str) -> str:
    return _trimmed((_PAGE / name).read_text("utf-8"))


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
