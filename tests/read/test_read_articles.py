"""Articles come from files, folders, patterns and pipes; what is no article costs one line."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ArticleError
from geo.model import Article
from geo.read import read_articles
from geo.read.plain import read_plain

ARABIC = "وصلت القافلة إلى البلدة صباح أمس.\n"


def put(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def one(path):
    (article,) = read_articles(path)
    return article


def failures(*sources):
    errors = []
    articles = list(read_articles(*sources, on_error=errors.append))
    assert all(isinstance(error, ArticleError) for error in errors)
    assert all("\n" not in str(error) for error in errors)
    return articles, [str(error) for error in errors]


def test_plain_text_is_left_exactly_as_it_is(tmp_path):
    text = "\n\n  First line.\r\nSecond\tline.\n\n"
    article = one(put(tmp_path, a_txt=text) / "a.txt")
    assert article == Article(id="a", text=text, language="en")


def test_front_matter_names_the_article_and_its_text_starts_after_it(tmp_path):
    front = (
        '---\ntitle: "حريق: في الحقل"\ndate: 4 أيار 2025\nSource: وكالة\nurl: https://x.example/1\n'
        "language: ar\nauthor: nobody\nid:\n---\n\n \n"
    )
    for end in ("\n", "\r\n"):
        article = one(put(tmp_path, a_md=(front + ARABIC).replace("\n", end)) / "a.md")
        assert article == Article(
            id="a",
            text=ARABIC.replace("\n", end),
            title="حريق: في الحقل",
            date="2025-05-04",
            source="وكالة",
            url="https://x.example/1",
            language="ar",
        )


@pytest.mark.parametrize(
    "text",
    ["---\nno pair here\n---\nText", "---\ntitle: never closed\nText", "-- -\ntitle: x\n---\n"],
)
def test_what_only_looks_like_front_matter_is_text(tmp_path, text):
    assert one(put(tmp_path, a_txt=text) / "a.txt").text == text


@given(st.text(alphabet="-\n: ab\r", max_size=60))
def test_the_text_is_always_the_end_of_the_file(text):
    assert text.endswith(read_plain(text)["text"])


def test_a_long_row_of_blank_lines_does_not_stall(tmp_path):
    text = "---\n" + "\n" * 200_000 + "x"
    assert read_plain(text) == {"text": text}


def test_records_are_read_a_line_each_with_unknown_keys_ignored(tmp_path):
    records = [
        {"id": "one", "text": ARABIC, "date": "2025-05-04", "sites": [1], "other": {}},
        {"id": 7, "text": "Two \ud800 and \0 three", "title": None},
        {"text": "No id here"},
    ]
    lines = "\n\n".join(json.dumps(record) for record in records)
    first, second, third = read_articles(put(tmp_path, a_jsonl=lines) / "a.jsonl")
    assert first == Article(id="one", text=ARABIC, date="2025-05-04", language="ar")
    assert second == Article(id="7", text="Two \ufffd and \ufffd three", language="en")
    assert third.id == "a-3"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_records_are_read_in_other_encodings(tmp_path, encoding):
    line = json.dumps({"text": ARABIC}, ensure_ascii=False) + "\n"
    path = put(tmp_path, a_jsonl=(line * 2).encode(encoding)) / "a.jsonl"
    assert [article.text for article in read_articles(path)] == [ARABIC] * 2


@pytest.mark.parametrize("many", [False, True])
def test_json_holds_one_record_or_a_list(tmp_path, many):
    record = {"text": ARABIC, "title": "T"}
    document = json.dumps([record, record] if many else record, indent=2)
    articles = list(read_articles(put(tmp_path, a_json=document) / "a.json"))
    assert [article.id for article in articles] == (["a", "a-2"] if many else ["a"])


def test_a_folder_is_read_in_order_with_its_subfolders(tmp_path):
    put(
        tmp_path,
        b_txt="B is here",
        a__z_md="Z is here",
        a__c_html="<p>C is here</p>",
        skipped_png=b"\x89PNG\0",
        _hidden__x_txt="hidden",
    )
    assert [article.id for article in read_articles(tmp_path)] == ["a/c", "a/z", "b"]


def test_a_pattern_is_read_in_order(tmp_path):
    put(tmp_path, b_txt="B", a_txt="A", c_md="C", **{"odd[1]_txt": "O"})
    assert [a.id for a in read_articles(tmp_path / "*.txt")] == ["a", "b", "odd[1]"]
    assert one(tmp_path / "odd[1].txt").text == "O"


def test_ids_are_unique_over_all_sources(tmp_path):
    put(tmp_path, x__a_txt="1", y__a_txt="2", **{"z__a-2_txt": "3"})
    sources = [tmp_path / name for name in ("x/a.txt", "z/a-2.txt", "y/a.txt", "x/a.txt")]
    assert [article.id for article in read_articles(*sources)] == ["a", "a-2", "a-3", "a-4"]


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (ARABIC, [ARABIC]),
        ('{"text": "One"}\n{"text": "Two"}\n', ["One", "Two"]),
        ('{\n  "text": "Pretty"\n}\n', ["Pretty"]),
        ('[{"text": "Listed"}]', ["Listed"]),
        ("<!doctype html>\n<p>Page</p>", ["Page"]),
    ],
)
def test_standard_input_is_read_as_what_it_begins_with(monkeypatch, data, texts):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data.encode())))
    assert [article.text for article in read_articles("-")] == texts


def test_records_on_standard_input_are_read_as_they_come(monkeypatch):
    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            line = b'{"text": "again"}\n'
            buffer[: len(line)] = line
            return len(line)

    stream = io.BufferedReader(Endless())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    articles = read_articles("-")
    assert [next(articles).text for _ in range(3)] == ["again"] * 3


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "holds no text"),
        ("a.txt", b" \n\t\n", "holds no text"),
        ("a.txt", b"---\ntitle: x\n---\n", "holds no text"),
        ("a.txt", b"some\0text", "not text"),
        ("a.bin", b"\x7fELF\0\0", "supported: .txt"),
        ("a.pdf", b"%PDF-1.7", "supported: .txt .md .html .json .jsonl"),
        ("a.docx", b"PK", "not read yet"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b'{"title": "x"}', '"text"'),
        ("a.json", b'{"text": 5}', '"text"'),
        ("a.json", b'{"text": "x", "title": ["y"]}', '"title" is not a string'),
        ("a.json", b'{"text": ' + b"9" * 10_000 + b"}", "not JSON"),
        ("a.jsonl", b"\x89PNG\0\n\0\n\0", "not JSONL"),
        ("a.html", b"<html><script>x</script></html>", "holds no text"),
    ],
)
def test_what_is_no_article_costs_one_line_and_the_rest_is_read(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.md").write_text("Good text")
    articles, errors = failures(tmp_path / name, tmp_path / "good.md")
    assert [article.id for article in articles] == ["good"]
    assert len(errors) == 1
    assert errors[0].startswith(str(tmp_path / name))
    assert message in errors[0]
    with pytest.raises(ArticleError):
        list(read_articles(tmp_path / name))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("missing.txt", "no such file"),
        ("*.nothing", "no file matches"),
        ("", "check the path"),
        ("x" * 5000, "too long"),
        ("a\0b", "NUL"),
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/hostname", "only http and https"),
    ],
)
def test_a_source_that_leads_nowhere_costs_one_line(tmp_path, monkeypatch, source, message):
    monkeypatch.chdir(put(tmp_path, empty__x_png=b""))
    articles, errors = failures(source)
    assert not articles
    assert len(errors) == 1
    assert message in errors[0]


def test_a_folder_without_articles_costs_one_line(tmp_path):
    assert failures(tmp_path) == (
        [],
        [f"{tmp_path}: no articles in this folder; supported: .txt .md .html .json .jsonl"],
    )


def test_a_bad_line_costs_one_line_and_a_file_of_them_is_given_up(tmp_path):
    lines = ['{"text": "One"}', "{", '{"text": "Three"}', "[]"]
    put(tmp_path, a_jsonl="\n".join(lines), b_jsonl="not a record\n" * 1000)
    articles, errors = failures(tmp_path / "a.jsonl")
    assert [article.text for article in articles] == ["One", "Three"]
    assert [error.split(":")[0].split(", ")[1] for error in errors] == ["line 2", "line 4"]
    articles, errors = failures(tmp_path / "b.jsonl")
    assert not articles
    assert "no record in 10 lines" in errors[-1]


def test_fifty_megabytes_of_one_line_are_read(tmp_path):
    sentence = "وصلت القافلة إلى البلدة ثم عادت "
    times = 50_000_000 // len(sentence.encode("cp1256"))
    article = one(put(tmp_path, a_txt=(sentence * times).encode("cp1256")) / "a.txt")
    assert len(article.text) == len(sentence) * times


def test_the_language_is_told_by_the_letters(tmp_path):
    put(tmp_path, a_txt=ARABIC, b_txt="English text", c_txt="12345 …")
    assert [article.language for article in read_articles(tmp_path)] == ["ar", "en", None]
