from __future__ import annotations

import shutil
import struct
from typing import TYPE_CHECKING

import invented
import pytest

from geo.errors import ExportError
from geo.maps import SiteMap
from geo.maps.png import save_png

if TYPE_CHECKING:
    from pathlib import Path

needs_chromium = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="no command chromium on the PATH"
)


@needs_chromium
@pytest.mark.browser
@pytest.mark.slow
def test_a_picture_has_the_size_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    save_png(SiteMap(invented.records()), path, size=(700, 500))
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (700, 500)
    assert len(set(data)) > 100
    assert list(tmp_path.iterdir()) == [path]


@needs_chromium
@pytest.mark.browser
@pytest.mark.slow
def test_a_picture_that_cannot_be_written_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"gone.map\.png: cannot be written"):
        save_png(SiteMap([]), tmp_path / "gone" / "map.png")


def test_without_a_chromium_the_error_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExportError, match=r"needs a Chromium.*install one") as raised:
        save_png(SiteMap([]), tmp_path / "map.png")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("script", "message"), [("exit 3", "ended with code 3"), ("exit 0", "drew no picture")]
)
def test_a_browser_that_fails_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    fake = tmp_path / "chromium"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExportError, match=message):
        save_png(SiteMap([]), tmp_path / "map.png")


def test_the_page_of_a_picture_keeps_its_policy() -> None:
    drawn = SiteMap(invented.records())
    shown, pictured = drawn._page.render(), drawn.as_picture()
    assert pictured.replace(" data-picture>", ">", 1) == shown
