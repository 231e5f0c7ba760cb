"""JSON and JSON Lines → the fields of articles, one record at a time."""

from __future__ import annotations

import codecs
import json
from itertools import chain
from typing import TYPE_CHECKING, Final

from geo.errors import ArticleError
from geo.read.decoding import decode, is_binary
from geo.read.plain import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["read_json", "read_lines"]

_PATIENCE: Final = 10
"""Bad lines read before giving up on a file that has shown no good one."""


def read_json(text: str, *, name: str) -> Iterator[dict[str, str] | ArticleError]:
    """Yield the fields of each record in a JSON document: one object, or a list of them."""
    try:
        document = _loads(text)
    except ValueError as error:
        yield ArticleError(f"{name}: not JSON ({error}); correct it, or name it .txt")
        return
    records = document if isinstance(document, list) else [document]
    for number, record in enumerate(records, start=1):
        where = f"{name}, record {number}" if len(records) > 1 else name
        yield _fields(record, where=where)


def read_lines(lines: Iterable[bytes], *, name: str) -> Iterator[dict[str, str] | ArticleError]:
    """Yield the fields of each line of a JSONL stream, holding one line in memory at a time.

    A bad line comes out as the error that names it, so that the lines after it are still read.
    """
    good = bad = 0
    for number, line in enumerate(_utf8(lines, name=name), start=1):
        where = f"{name}, line {number}"
        if is_binary(line):
            yield ArticleError(f"{where}: holds NUL bytes, so it is not JSONL; save it as UTF-8")
            return
        if not line.strip():
            continue
        fields = _line(line, where=where)
        yield fields
        good += isinstance(fields, dict)
        bad += not isinstance(fields, dict)
        if bad == _PATIENCE and not good:
            yield ArticleError(f"{name}: no record in {bad} lines, the rest is not read")
            return


def _utf8(lines: Iterable[bytes], *, name: str) -> Iterable[bytes]:
    """Return the lines, re-encoded where the stream is UTF-16, whose line ends are two bytes."""
    start = iter(lines)
    first = next(start, b"")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(first + b"".join(start), name=name).encode().splitlines()
    return chain([first], start)


def _line(line: bytes, *, where: str) -> dict[str, str] | ArticleError:
    try:
        return _fields(_loads(decode(line, name=where)), where=where)
    except ArticleError as error:
        return error
    except ValueError as error:
        return ArticleError(f"{where}: not JSON ({error}); write one JSON object a line")


def _loads(text: str) -> object:
    try:
        document: object = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return document


def _fields(record: object, *, where: str) -> dict[str, str] | ArticleError:
    """Return the known fields of a record, or what is wrong with it."""
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return ArticleError(f'{where}: no article; write an object with its "text" as a string')
    fields = {"text": record["text"]}
    for key in FIELDS & record.keys():
        value = record[key]
        if isinstance(value, str | int) and not isinstance(value, bool):
            fields[key] = str(value)
        elif value is not None:
            return ArticleError(f'{where}: "{key}" is not a string; quote it or leave it out')
    return fields
