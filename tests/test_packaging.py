"""The wheel holds its data, is small, and maps an article where nothing else is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
ARTICLE = CHECKOUT / "data" / "articles" / "damascus-water.txt"
LARGEST_WHEEL = 20_000_000

pytestmark = pytest.mark.slow


def _run(*command: str | Path, cwd: Path, cache: Path | None = None) -> str:
    """Run a command as a user would, outside the checkout; return what it printed."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    env |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if cache is not None:
        env["XDG_CACHE_HOME"] = str(cache)
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "-q")
    _run(*pip, "wheel", "--no-deps", "--wheel-dir", folder, CHECKOUT, cwd=folder)
    (built,) = folder.glob("mawaqi-*.whl")
    return built


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of a new environment with the wheel and what it declares."""
    folder = tmp_path_factory.mktemp("clean")
    _run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    _run(programs / "python", "-m", "pip", "-q", "install", wheel, cwd=folder)
    return programs


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size <= LARGEST_WHEEL


def test_the_wheel_holds_every_file_of_the_package_and_its_data(wheel: Path) -> None:
    expected = {
        f"geo/_data/{path.relative_to(CHECKOUT / 'data').as_posix()}"
        for path in (CHECKOUT / "data").rglob("*")
        if path.is_file()
    } | {
        path.relative_to(CHECKOUT).as_posix()
        for path in (CHECKOUT / "geo").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == expected


def test_the_wheel_carries_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())


def test_an_installed_wheel_maps_an_article(clean: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    _run(clean / "mawaqi", "map", ARTICLE, "-o", "map.html", cwd=tmp_path, cache=cache)
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "<html" in page
    assert "الغوطة الغربية" in page


def test_an_installed_wheel_uses_its_own_data(clean: Path, tmp_path: Path) -> None:
    code = "from geo.resources import data_folder; print(data_folder('gazetteer'))"
    printed = _run(clean / "python", "-c", code, cwd=tmp_path)
    assert Path(printed.strip()).is_relative_to(clean.parent)
