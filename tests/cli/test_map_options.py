"""The options of ``mawaqi map`` that reach beyond the page: online tiles and pictures."""

from __future__ import annotations

import pytest
from fake_geoparser import FakeGeoparser

from geo.cli import main
from geo.cli.commands import Rooms


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.txt").write_text("Talks on Syria were held in Sabha.", "utf-8")
    monkeypatch.chdir(tmp_path)

    def runner(*args):
        code = main(["map", *args], rooms=Rooms(geoparser=lambda **_: FakeGeoparser()))
        return code, capsys.readouterr()

    return runner


@pytest.fixture
def fake_chromium(tmp_path, monkeypatch):
    """Put a program on the PATH that writes down its words and draws something."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = '#!/bin/sh\nfor w; do case $w in --screenshot=*) echo "$@" > "${w#*=}";; esac; done\n'
    (folder / "chromium").write_text(script)
    (folder / "chromium").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize(
    ("words", "picture"), [(["--png"], "out.png"), (["--png", "other.png"], "other.png")]
)
def test_a_picture_lies_beside_the_map_or_where_it_is_told(
    run, fake_chromium, tmp_path, words, picture
):
    code, said = run("a.txt", "-o", "out.html", *words, "--png-size", "900x600")
    assert code == 0, said.err
    assert said.out.splitlines()[:2] == ["out.html", picture]
    assert "--window-size=900,600" in (tmp_path / picture).read_text()


def test_tiles_are_offered_in_the_page(run, tmp_path):
    code, _ = run("a.txt", "--tiles", "openstreetmap mapnik")
    assert code == 0
    assert "https://tile.openstreetmap.org" in (tmp_path / "map.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a.txt", "--tiles", "osm mapnik!"], "did you mean OpenStreetMap.Mapnik"),
        (["a.txt", "--png", "map.jpg"], "map.jpg"),
        (["a.txt", "--png-size", "huge"], "'huge' is no size"),
        (["a.txt", "--png-size", "0x100"], "'0x100' is no size"),
        (["--png", "a.txt", "a.txt"], "a.txt"),
        (["a.txt", "--png"], "needs a Chromium"),
    ],
)
def test_what_cannot_be_had_is_said_before_the_work_is_done(
    run, tmp_path, monkeypatch, words, said
):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    code, told = run(*words)
    assert code == 2
    assert told.err.startswith("mawaqi: ")
    assert told.err.count("\n") == 1
    assert said in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text("utf-8").startswith("Talks")
