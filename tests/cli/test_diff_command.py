"""``diff`` and ``--fixes`` on the command line: what is written, printed and refused."""

from __future__ import annotations

import json

import pytest
from fake_geoparser import FakeGeoparser

from geo.cli import main
from geo.cli.commands import Rooms
from geo.export import write


@pytest.fixture
def run(capsys):
    def runner(*args):
        code = main([str(arg) for arg in args], rooms=Rooms(geoparser=runner.geoparser))
        runner.out, runner.err = capsys.readouterr()
        return code

    def geoparser(**options):
        runner.given = options
        return FakeGeoparser()

    runner.geoparser = geoparser
    return runner


@pytest.fixture
def runs(tmp_path):
    from fake_geoparser import parses

    write(parses(), tmp_path / "old.jsonl")
    records = [
        json.loads(line) for line in (tmp_path / "old.jsonl").read_text("utf-8").splitlines()
    ]
    first, second = records[0]["sites"][0], records[1]["sites"][1]
    records[0]["sites"].remove(first)
    second |= {"lat": 36.1, "geometry": {"type": "Point", "coordinates": [40.5, 36.1]}}
    lines = [json.dumps(record) for record in records]
    (tmp_path / "new.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path


def test_diff_writes_a_map_and_prints_a_table(run, runs):
    output = runs / "out.html"
    options = ["-o", output, "--title", "What is new", "--language", "en"]
    assert run("diff", runs / "old.jsonl", runs / "new.jsonl", *options) == 0
    assert "What is new" in output.read_text("utf-8")
    lines = [line.split() for line in run.out.splitlines()]
    assert lines[:2] == [[str(output)], ["changes:", "2"]]
    for row in (["new", "0", "0", "0"], ["gone", "1", "1", "1"], ["moved", "1", "1", "1"]):
        assert row in lines
    assert "Jafra oil field" in run.out
    assert "108.3 km away" in run.out
    assert run.err == ""


def test_diff_writes_diff_html_where_nothing_is_said(run, runs, monkeypatch):
    monkeypatch.chdir(runs)
    assert run("diff", "old.jsonl", "old.jsonl") == 0
    assert (runs / "diff.html").is_file()
    assert "changes: 0" in run.out


def test_long_lists_are_cut_on_the_terminal(run, tmp_path):
    sites = [
        {
            "start": 0,
            "end": 1,
            "text": "x",
            "place_id": f"t:{n}",
            "lat": n,
            "lon": n,
            "kind": "camp",
        }
        for n in range(50)
    ]
    record = {"id": "\x1b[31m", "text": "x" * 9, "sites": sites}
    (tmp_path / "new.jsonl").write_text(json.dumps(record), "utf-8")
    (tmp_path / "old.jsonl").write_text("", "utf-8")
    assert (
        run("diff", tmp_path / "old.jsonl", tmp_path / "new.jsonl", "-o", tmp_path / "d.html") == 0
    )
    assert "and 30 more; the map lists them all" in run.out
    assert "\x1b" not in run.out


@pytest.mark.parametrize(
    "args",
    [
        ["old.jsonl"],
        ["old.jsonl", "gone.jsonl"],
        ["old.jsonl", "bad.jsonl"],
        ["old.jsonl", "new.jsonl", "-o", "out.txt"],
        ["old.jsonl", "new.jsonl", "-o", "no/folder/out.html"],
    ],
)
def test_what_cannot_be_compared_costs_one_line(run, runs, monkeypatch, args):
    monkeypatch.chdir(runs)
    (runs / "bad.jsonl").write_text('{"id": 1}\n')
    assert run("diff", *args) == 2
    assert run.err.startswith("mawaqi: ")
    assert run.err.count("\n") == 1
    assert not (runs / "diff.html").exists()


@pytest.mark.parametrize("command", ["map", "parse", "explain"])
def test_fixes_reach_the_geoparser(run, tmp_path, command):
    (tmp_path / "a.txt").write_text("Sabha", "utf-8")
    output = {"map": ["-o", tmp_path / "m.html"], "parse": ["-o", "-"], "explain": []}[command]
    assert run(command, tmp_path / "a.txt", *output, "--fixes", "a.csv", "--fixes", "b.csv") == 0
    assert [path.name for path in run.given["fixes"]] == ["a.csv", "b.csv"]


def test_a_mistake_in_the_fixes_costs_one_line_and_no_output(capsys, tmp_path):
    (tmp_path / "a.txt").write_text("Sabha", "utf-8")
    (tmp_path / "f.csv").write_text("action,text\nmove,Sabha\n", "utf-8")
    words = ["parse", tmp_path / "a.txt", "-o", tmp_path / "o.csv", "--fixes", tmp_path / "f.csv"]
    assert main([str(word) for word in words]) == 2
    err = capsys.readouterr().err
    assert err.startswith("mawaqi: f.csv, line 2, column action: 'move'")
    assert err.count("\n") == 1
    assert not (tmp_path / "o.csv").exists()


def test_a_fix_that_no_longer_fits_costs_one_line_and_nothing_else(capsys, tmp_path):
    (tmp_path / "a.json").write_text('{"id": "one", "text": "They left Sabha."}', "utf-8")
    fixes = tmp_path / "f.csv"
    fixes.write_text("action,text,article,start\nsuppress,Sabha,one,3\n", "utf-8")
    words = ["parse", tmp_path / "a.json", "-o", tmp_path / "o.csv", "--fixes", fixes]
    assert main([str(word) for word in words]) == 0
    err = capsys.readouterr().err
    assert err.startswith("mawaqi: f.csv, line 2, column start: 'Sabha' does not stand at 3")
    assert err.count("\n") == 1
    assert (tmp_path / "o.csv").exists()
