"""The command, from a corpus to its figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geo.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_figures_are_printed_and_written(
    lgl: Path, trnews: Path, conll: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    files = [str(path) for path in (lgl, trnews, conll)]
    assert main(["evaluate", *files, "-o", str(report), "--worst", "2"]) == 0
    printed = capsys.readouterr().out
    for heading in ("recognition", "resolution", "by kind", "confidence"):
        assert heading in printed
    figures = json.loads(report.read_text("utf-8"))
    assert figures["articles"] == 5
    assert figures["toponyms"] == 8
    for part in ("matched", "all"):
        assert figures[part].keys() == {
            *("count", "within 10 km", "within 25 km", "within 161 km"),
            *("median km", "mean km", "auc", "country"),
        }
    assert set(figures["by"]) == {"language", "kind", "use"}
    assert all(len(errors) <= 2 for errors in figures["worst"].values())


def test_what_cannot_be_read_or_written_is_one_line_and_exit_two(
    lgl: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", "utf-8")
    for words in (
        [str(empty)],
        [str(tmp_path / "absent.jsonl")],
        [str(lgl), "-o", str(tmp_path / "no" / "report.json")],
        [str(lgl), "--worst", "-1"],
    ):
        assert main(["evaluate", *words]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_text_of_a_corpus_cannot_colour_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "Ho\x1b[31mms"
    record = {"id": "\x1b[2J", "text": name, "toponyms": [{"start": 0, "end": len(name)}]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(record), "utf-8")
    assert main(["evaluate", str(path)]) == 0
    assert "\x1b" not in capsys.readouterr().out
