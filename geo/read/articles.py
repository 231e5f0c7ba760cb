"""The one way in: whatever a user names → articles."""

from __future__ import annotations

import io
import os
import re
import sys
from dataclasses import replace
from glob import glob, has_magic
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from geo.errors import ArticleError
from geo.model import Article
from geo.read.dates import iso_date
from geo.read.decoding import clean, decode
from geo.read.plain import read_plain
from geo.read.records import read_json, read_lines
from geo.read.web import fetch, is_address
from geo.read.webpage import declared_encoding, read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["SUFFIXES", "read_articles"]

SUFFIXES: Final = {
    ".txt": "text",
    ".md": "text",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
}
"""The file names that are read, and as what."""

_UNREADABLE: Final = re.compile(
    r"\.(pdf|docx?|odt|rtf|epub|xlsx?|ods|csv|xml|warc|zip|gz|bz2|xz)", re.IGNORECASE
)
_MEDIA: Final = {"html": "page", "xhtml+xml": "page", "json": "json", "x-ndjson": "lines"}
_SUPPORTED: Final = "supported: .txt .md .html .json .jsonl"
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_JSON_START = re.compile(r"\s*(?:\[\s*)?\{\s*\"")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_LATIN = re.compile(r"[A-Za-z]")

_Fields = dict[str, str] | ArticleError


def read_articles(
    *sources: str | os.PathLike[str],
    on_error: Callable[[ArticleError], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of each source, one at a time, in a fixed order.

    Parameters
    ----------
    *sources : str or path
        A file; a folder (read with its subfolders, in the order of their names, files of other
        kinds passed over); a glob pattern; an http or https address; or ``-`` for standard input.
        Files are read as plain text with or without front matter (.txt, .md), records (.json,
        .jsonl) or pages (.html); any other file by what it begins with.
    on_error : callable, optional
        Called with the error of each input that cannot be read; the others are still yielded.
        Without it the first such error is raised.

    Yields
    ------
    Article
        With an id that no other one of this call has, a language where the letters tell it, and
        the date in ISO 8601 or None. The text is as it stands in the file, save that a NUL or a
        lone surrogate in a record becomes U+FFFD, one for one.

    Raises
    ------
    ArticleError
        While iterating, unless ``on_error`` is given.
    """
    taken: dict[str, int] = {}
    for source in sources:
        for found in _read_source(os.fspath(source)):
            if isinstance(found, Article):
                yield _with_own_id(found, taken=taken)
            elif on_error is None:
                raise found
            else:
                on_error(found)


def _read_source(source: str) -> Iterator[Article | ArticleError]:
    """Yield the articles of one source, and an error for each part of it that is unreadable."""
    if source == "-":
        yield from _read_stream(sys.stdin.buffer, name="standard input", stem="stdin", form=None)
    elif is_address(source):
        yield from _read_address(source)
    elif not source or "\0" in source:
        yield ArticleError(f"{source!r}: no path is empty or holds a NUL; check the path")
    else:
        try:
            yield from _read_path(Path(source))
        except OSError as error:
            yield _unreadable(source, error)


def _read_path(path: Path) -> Iterator[Article | ArticleError]:
    if path.is_dir():
        yield from _read_folder(path)
    elif has_magic(str(path)) and not path.exists():
        # Path.glob takes no absolute pattern.
        names = sorted(glob(str(path), recursive=True))  # noqa: PTH207
        files = [name for name in names if Path(name).is_file()]
        if not files:
            yield ArticleError(f"{path}: no file matches; check the pattern")
        for name in files:
            yield from _read_file(Path(name), stem=Path(name).stem)
    else:
        yield from _read_file(path, stem=path.stem)


def _read_folder(folder: Path) -> Iterator[Article | ArticleError]:
    paths = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not paths:
        yield ArticleError(f"{folder}: no articles in this folder; {_SUPPORTED}")
    for path in paths:
        yield from _read_file(path, stem=path.relative_to(folder).with_suffix("").as_posix())


def _read_file(path: Path, *, stem: str) -> Iterator[Article | ArticleError]:
    if _UNREADABLE.fullmatch(path.suffix):
        yield ArticleError(f"{path}: {path.suffix} is not read yet; {_SUPPORTED}")
        return
    try:
        with path.open("rb") as stream:
            form = SUFFIXES.get(path.suffix.lower())
            yield from _read_stream(stream, name=str(path), stem=stem, form=form)
    except OSError as error:
        yield _unreadable(path, error)


def _unreadable(path: Path | str, error: OSError) -> ArticleError:
    return ArticleError(f"{path}: {(error.strerror or str(error)).lower()}; check the path")


def _read_address(address: str) -> Iterator[Article | ArticleError]:
    try:
        page = fetch(address)
    except ArticleError as error:
        yield error
        return
    form = _MEDIA.get(page.media.partition("/")[2])
    stream = io.BytesIO(page.data)
    yield from _read_stream(
        stream, name=address, stem=address, form=form, charset=page.charset, url=address
    )


def _read_stream(
    stream: IO[bytes],
    *,
    name: str,
    stem: str,
    form: str | None,
    charset: str | None = None,
    url: str | None = None,
) -> Iterator[Article | ArticleError]:
    """Yield the articles in a stream of bytes, read as ``form`` or as what it begins with."""
    first = stream.readline()
    if form is None and first.lstrip()[:1] == b"{" and first.rstrip()[-1:] == b"}":
        form = "lines"
    if form == "lines":
        # The one form read as it comes: a stream of records may have no end.
        lines = read_lines(chain([first], stream), name=name)
        yield from _articles(lines, name=name, stem=stem, url=url)
        return
    data = first + stream.read()
    try:
        text = decode(data, name=name, declared=charset or declared_encoding(data))
    except ArticleError as error:
        yield error if form else ArticleError(f"{error}; {_SUPPORTED}")
        return
    found: Iterable[_Fields]
    match form or _form(text):
        case "page":
            found = [read_page(text)]
        case "json":
            found = read_json(text, name=name)
        case _:
            found = [read_plain(text)]
    yield from _articles(found, name=name, stem=stem, url=url)


def _form(text: str) -> str:
    """Return what a text of unknown kind begins like."""
    if _PAGE_START.match(text):
        return "page"
    return "json" if _JSON_START.match(text) else "text"


def _articles(
    found: Iterable[_Fields], *, name: str, stem: str, url: str | None
) -> Iterator[Article | ArticleError]:
    """Turn fields into articles; those without an id are numbered where there are several."""
    for number, fields in enumerate(found, start=1):
        if isinstance(fields, ArticleError):
            yield fields
        elif not fields["text"].strip():
            yield ArticleError(f"{name}: holds no text; leave it out or fill it")
        else:
            yield _article(fields, stem=stem if number == 1 else f"{stem}-{number}", url=url)


def _article(fields: dict[str, str], *, stem: str, url: str | None) -> Article:
    text = clean(fields["text"])
    line = {key: " ".join(clean(value).split()) for key, value in fields.items() if key != "text"}
    return Article(
        id=line.get("id") or clean(stem),
        text=text,
        title=line.get("title") or None,
        date=iso_date(line.get("date")),
        source=line.get("source") or None,
        url=line.get("url") or url,
        language=line.get("language") or _language(text),
    )


def _language(text: str) -> str | None:
    """Return ``ar`` or ``en`` by the letters that prevail at the beginning, or None."""
    start = text[:4000]
    arabic, latin = len(_ARABIC.findall(start)), len(_LATIN.findall(start))
    if not arabic and not latin:
        return None
    return "ar" if arabic >= latin else "en"


def _with_own_id(article: Article, *, taken: dict[str, int]) -> Article:
    """Return the article, renamed ``id-2``, ``id-3`` … where its id is taken already."""
    own, count = article.id, taken.get(article.id, 0)
    while own in taken:
        count += 1
        own = f"{article.id}-{count}"
    taken[article.id] = max(count, 1)
    taken.setdefault(own, 1)
    return article if own == article.id else replace(article, id=own)
