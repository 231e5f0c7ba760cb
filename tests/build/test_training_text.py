"""Texts with gold toponyms: the two forms of a corpus, and the texts that ship for training."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.build.training_text import Text, in_company, marked, own_texts, read_corpus

if TYPE_CHECKING:
    from pathlib import Path

plain = st.text(
    st.characters(exclude_characters="[]|\n\r", exclude_categories=["Cs", "Cc", "Zl", "Zp"])
)


@given(st.lists(st.tuples(plain, plain, plain)), plain)
def test_marks_become_spans_with_their_places(marks: list[tuple[str, str, str]], rest: str) -> None:
    line = "".join(
        f"{before}[[{name}|{place}]]" if place else f"{before}[[{name}]]"
        for before, name, place in marks
    )
    text = marked(line + rest)
    assert text.text == "".join(before + name for before, name, _ in marks) + rest
    assert [text.text[start:end] for start, end in text.spans] == [name for _, name, _ in marks]
    assert list(text.places) == [place for *_, place in marks]


@pytest.mark.parametrize("line", ["[[Homs", "Homs]]", "[[Homs [[Hama]]", "]]Homs[["])
def test_brackets_that_do_not_match_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match="brackets"):
        marked(line)


def test_texts_on_words_are_no_usual_ones(tmp_path: Path) -> None:
    for folder, usual in (("words", False), ("news", True)):
        path = tmp_path / folder / "c.txt"
        path.parent.mkdir()
        path.write_text("Rain in [[Reading]].\n", "utf-8")
        assert [text.usual for text in read_corpus(path)] == [usual]


def test_a_corpus_of_records_loses_overlapping_spans(tmp_path: Path) -> None:
    toponyms = [{"start": 0, "end": 12}, {"start": 5, "end": 12}]
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps({"text": "Deir ez-Zor.", "toponyms": toponyms}), "utf-8")
    assert read_corpus(path)[0].spans == ((0, 12),)


def test_comments_and_empty_lines_are_no_texts(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_text("# written for training\n\n#حلب: سوق [[حلب]]\n", "utf-8")
    assert [text.text for text in read_corpus(path)] == ["#حلب: سوق حلب"]


def test_the_texts_written_for_training_are_well_formed() -> None:
    texts = [text for path in own_texts() for text in read_corpus(path)]
    assert len(texts) > 500
    assert len({text.text for text in texts}) == len(texts)
    for text in texts:
        for start, end in text.spans:
            name = text.text[start:end]
            assert name == name.strip()
            assert name


@given(st.lists(st.tuples(plain, plain), min_size=1, max_size=9), st.integers(1, 9))
def test_a_text_in_company_keeps_its_names_and_gains_those_beside_it(
    lines: list[tuple[str, str]], count: int
) -> None:
    corpus = [marked(f"{before}[[{name}]]") for before, name in lines]
    news = [marked(f"[[News{number}]] of the day") for number in range(count)]
    beside = in_company(corpus, news)
    assert len(beside) == len(corpus)
    for number, (text, (_, name)) in enumerate(zip(beside, lines, strict=True)):
        names = [text.text[start:end] for start, end in text.spans]
        assert sorted(names) == sorted([name, f"News{number * count // len(corpus)}"])


def test_what_teaches_words_teaches_no_usage_in_company() -> None:
    [text] = in_company([Text("a word", (), usual=False)], [Text("Homs", ((0, 4),))])
    assert not text.usual
