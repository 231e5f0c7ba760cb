"""Each command does its job, says how it went by its exit code, and fails in one line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from fake_geoparser import COUNTRY, OTHER_TOWN, TOWN, FakeGeoparser

from geo.cli import main
from geo.cli.commands import Rooms
from geo.model import KINDS

ARABIC = "نقلت صحيفة الفرات أن حريقاً اندلع في حقل الجفرة شرقي سوريا أمس."
ENGLISH = "Talks on Syria were held in Sabha, near Nowhere.\n"


class FakeGazetteer:
    def __init__(self, extra):
        self.extra = extra
        self.kind = SimpleNamespace(
            tolist=lambda: [KINDS.index("country"), *[KINDS.index("camp")] * 2]
        )

    def __len__(self):
        return 1003

    nbytes = 0

    def similar(self, name):
        return []

    def id_row(self, identity):
        return 0

    def other_ids(self, row):
        return []

    def lookup(self, name):
        return [OTHER_TOWN, TOWN, COUNTRY] if name == "Sabha" else []


class Command:
    """Runs commands with the fakes, and keeps what they were given and what they printed."""

    def __init__(self, capsys):
        self.capsys = capsys
        self.given = {}

    def __call__(self, *args):
        rooms = Rooms(geoparser=self._geoparser, gazetteer=self._gazetteer)
        code = main([str(arg) for arg in args], rooms=rooms)
        self.out, self.err = self.capsys.readouterr()
        return code

    def _geoparser(self, **options):
        self.given = options
        return FakeGeoparser()

    def _gazetteer(self, *, extra):
        self.given = {"extra": extra}
        return FakeGazetteer(extra)


@pytest.fixture
def run(capsys):
    return Command(capsys)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(ARABIC, "utf-8")
    (tmp_path / "news" / "b.txt").write_text(ENGLISH, "utf-8")
    return tmp_path


def one_line(text):
    return text.startswith("mawaqi: ") and text.count("\n") == 1 and text.endswith("\n")


def test_map_writes_the_page_and_prints_its_path_and_a_summary(run, folder):
    output = folder / "out.html"
    assert (
        run("map", folder / "news", "-o", output, "--title", "Two fires", "--language", "en") == 0
    )
    assert "Two fires" in output.read_text("utf-8")
    lines = run.out.splitlines()
    assert lines[0] == str(output)
    assert [line.split() for line in lines[1:]] == [
        ["articles", "2"],
        ["mentions", "6"],
        ["sites", "4"],
        ["country", "2"],
        ["settlement", "1"],
        ["oil", "field", "1"],
        ["unplaced", "1"],
        ["rejected", "1"],
    ]
    assert run.err == ""


def test_map_writes_map_html_where_nothing_is_said(run, folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert run("map", "news/*.txt") == 0
    assert (folder / "map.html").is_file()


def test_common_options_reach_the_geoparser(run, folder):
    options = ["--gazetteer", "a.csv", "--gazetteer", "b.csv", "--focus", "sy, IQ"]
    assert run("parse", folder / "news", "-o", "-", *options) == 0
    assert run.given["focus"] == ("SY", "IQ")
    assert [path.name for path in run.given["gazetteer"]] == ["a.csv", "b.csv"]


def test_parse_writes_a_record_an_article(run, folder):
    assert run("parse", folder / "news", "-o", folder / "out.jsonl") == 0
    lines = (folder / "out.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a", "b"]
    assert run.out == run.err == ""


def test_records_written_can_be_parsed_again(run, folder):
    assert run("parse", folder / "news", "-o", folder / "one.jsonl") == 0
    assert run("parse", folder / "one.jsonl", "-o", folder / "two.jsonl") == 0
    assert (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes()


def test_parse_reads_standard_input_and_writes_standard_output(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(ARABIC.encode())))
    assert run("parse", "-", "-o", "-") == 0
    (record,) = map(json.loads, run.out.splitlines())
    assert [site["text"] for site in record["sites"]] == ["حقل الجفرة", "سوريا"]


def test_explain_shows_every_mention_with_its_reasons(run, folder):
    assert run("explain", folder / "news") == 0
    for expected in (
        "sites: 2",
        "حقل الجفرة",
        "Jafra oil field",
        "the only place of this name",
        "81%",
        "Sabha, LY 20%",
        "stands for others",
        "unplaced: 1",
        "not in the gazetteer",
        "rejected: 1",
        "صحيفة الفرات",
        "the name of a newspaper",
    ):
        assert expected in run.out


def test_nothing_in_an_article_can_steer_the_terminal(run, folder):
    (folder / "x.txt").write_text(
        "---\ntitle: \x1b[31m[bold]T\u202e\n---\nSabha \x1b]0;x\x07", "utf-8"
    )
    assert run("explain", folder / "x.txt") == 0
    assert "\x1b" not in run.out
    assert "\u202e" not in run.out
    assert "[bold]T" in run.out


def test_some_failed_inputs_are_named_and_the_rest_is_written(run, folder):
    (folder / "news" / "bad.json").write_text("{")
    (folder / "news" / "binary.txt").write_bytes(b"\0\1\2")
    assert run("map", folder / "news", folder / "gone\nfile.txt", "-o", folder / "m.html") == 1
    assert (folder / "m.html").is_file()
    errors = run.err.splitlines()
    assert len(errors) == 3
    assert all(line.startswith("mawaqi: ") for line in errors)
    assert "bad.json" in errors[0]
    assert "binary.txt" in errors[1]
    assert "gone file.txt" in errors[2]
    assert run("parse", folder / "news", "-o", folder / "m.csv") == 1
    assert run("explain", folder / "news") == 1


def test_where_nothing_is_readable_nothing_is_written(run, folder):
    for command in (
        ["map", "-o", folder / "m.html"],
        ["parse", "-o", folder / "m.csv"],
        ["explain"],
    ):
        assert run(*command, folder / "gone.txt") == 2
        assert len(run.err.splitlines()) == 2
        assert "nothing is written" in run.err
    assert not (folder / "m.html").exists()
    assert not (folder / "m.csv").exists()


@pytest.mark.parametrize("output", ["no/such/folder/out", "news", "folder.html"])
@pytest.mark.parametrize("command", ["map", "parse"])
def test_an_unwritable_output_costs_one_line_and_no_work(run, folder, command, output):
    (folder / "folder.html").mkdir()
    if output == "no/such/folder/out":
        output += {"map": ".html", "parse": ".csv"}[command]
    assert run(command, folder / "news", "-o", folder / output) == 2
    assert one_line(run.err)
    assert run.given == {}


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["gazetteer"],
        ["map"],
        ["map", "x.txt", "-o", "-"],
        ["map", "x.txt", "-o", "/dev/null"],
        ["parse", "x.txt"],
        ["nonsense"],
        ["map", "x.txt", "--nonsense"],
        ["map", "x.txt", "--focus", "Syria"],
        ["map", "x.txt", "--language", "xx"],
        ["gazetteer", "search"],
        ["gazetteer", "nonsense"],
        ["parse", "x.txt", "-o", "out.shp"],
    ],
)
def test_wrong_usage_costs_one_line(run, args):
    assert run(*args) == 2
    assert one_line(run.err)
    assert run.out == ""


@pytest.mark.parametrize(
    "args", [["--help"], ["map", "-h"], ["gazetteer", "--help"], ["--version"]]
)
def test_help_and_version_are_printed(run, args):
    assert run(*args) == 0
    assert "mawaqi" in run.out


def test_gazetteer_search_lists_places_in_the_order_given(run):
    assert run("gazetteer", "search", "Sabha", "--gazetteer", "x.csv") == 0
    assert run.out.index("t:other") < run.out.index("t:town")
    assert "90,000" in run.out
    assert "سوريا" in run.out
    assert len(run.given["extra"]) == 1


def test_gazetteer_search_says_when_there_is_none(run):
    assert run("gazetteer", "search", "No\nsuch") == 1
    assert run.err.splitlines()[-1].startswith("mawaqi: no place is called No such or nearly so")


def test_gazetteer_info_counts_by_kind_and_names_the_licences(run):
    assert run("gazetteer", "info") == 0
    assert "1,003" in run.out
    assert [line.split() for line in run.out.splitlines() if "camp" in line] == [["camp", "2"]]
    assert "CC BY 4.0" in run.out


def test_an_interruption_costs_one_line_and_130(run, folder, monkeypatch):
    def interrupted(self, articles):
        raise KeyboardInterrupt

    monkeypatch.setattr(FakeGeoparser, "parse_many", interrupted)
    assert run("parse", folder / "news", "-o", folder / "out.csv") == 130
    assert one_line(run.err)
    assert not (folder / "out.csv").exists()


def test_a_reader_that_leaves_early_is_no_error(folder):
    code = (
        "import sys; from fake_geoparser import FakeGeoparser; from geo.cli import main\n"
        "from geo.cli.commands import Rooms\n"
        "sys.exit(main(rooms=Rooms(geoparser=FakeGeoparser)))"
    )
    (folder / "many.jsonl").write_text((json.dumps({"text": ENGLISH * 50}) + "\n") * 200)
    words = [sys.executable, "-c", code, "parse", str(folder / "many.jsonl"), "-o", "-"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, env=environment, **pipes) as running:
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


def test_a_terminal_without_arabic_gets_escapes_and_no_error(monkeypatch, folder):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["explain", str(folder / "news")], rooms=Rooms(geoparser=FakeGeoparser)) == 0
    stream.flush()
    assert b"\\u062d" in stream.buffer.getvalue()


def test_the_commands_load_no_tables_and_no_maps():
    code = (
        "import sys, geo.cli\n"
        "heavy = {'pandas', 'geopandas', 'folium', 'numpy', 'shapely', 'rich', 'pyarrow'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
