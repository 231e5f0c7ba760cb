"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import socket
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import geo

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCES = sorted((CHECKOUT / "geo").rglob("*.py"))
HEAVY = ["dask", "folium", "geopandas", "numpy", "pandas", "pyarrow", "rich", "shapely"]
FORBIDDEN = {"entity", "entities", "manager", "helper", "helpers", "util", "utils"}
POSSESSIVE_GROUP = re.compile(r"\)(?:[?*+]|\{+[\d,]*\}+)\+|\(\?>")
BIDI_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ids = [str(path.relative_to(CHECKOUT)) for path in SOURCES]


def test_importing_geo_loads_no_heavy_library() -> None:
    code = f"import sys, geo; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_every_exported_name_exists() -> None:
    missing = [name for name in geo.__all__ if not hasattr(geo, name)]
    assert missing == []


def test_exported_names_are_the_documented_ones() -> None:
    page = (CHECKOUT / "docs" / "python.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `geo\.(\w+)` \|", page, re.MULTILINE))
    assert documented == set(geo.__all__) - {"__version__"}


def test_version_is_the_one_in_pyproject() -> None:
    text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{geo.__version__}"' in text


def test_no_python_file_lies_in_the_data() -> None:
    assert list((CHECKOUT / "data").rglob("*.py")) == []


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_a_file_stays_under_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_a_function_fits_a_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno > 60
    ]
    assert long == []


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_names_use_the_words_of_the_house(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bad = [name for name in [path.stem, *_defined(tree)] if FORBIDDEN & set(_words(name))]
    assert bad == []


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_the_source_holds_no_bidi_mark(path: Path) -> None:
    assert BIDI_MARKS.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_no_group_of_an_expression_is_possessive(path: Path) -> None:
    """Python before 3.11.5 does not go back to where a possessive group began that fails."""
    assert POSSESSIVE_GROUP.search(path.read_text(encoding="utf-8")) is None


def test_the_network_is_blocked() -> None:
    with pytest.raises(RuntimeError, match="must not use the network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(RuntimeError, match="must not use the network"):
        socket.getaddrinfo("example.org", 80)


def test_the_loopback_is_open() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()),
    ):
        pass


def _defined(tree: ast.AST) -> Iterator[str]:
    """Yield every name that a module gives: functions, classes, parameters, variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def _words(name: str) -> list[str]:
    """Split ``snake_case`` and ``CamelCase`` into lower-case words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")


def test_pytest_looks_into_every_folder_of_tests(pytestconfig: pytest.Config) -> None:
    left_out = pytestconfig.getini("norecursedirs")
    folders = {path.parent.name for path in Path(__file__).parent.rglob("test_*.py")}
    assert "build" in folders
    assert not [name for name in folders if any(fnmatch(name, each) for each in left_out)]
