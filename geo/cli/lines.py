"""What the commands print: single lines that nothing from an article can break or colour."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from geo.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Tally", "complain", "progress", "shown"]

_T = TypeVar("_T")

_UNSAFE = re.compile(
    # Control characters move the cursor or change colours, bidi controls reorder a whole line.
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
)
_EVERY_SECONDS: Final = 0.2


def shown(value: object) -> str:
    """Return ``value`` as one line of text that is safe to print on a terminal."""
    return _UNSAFE.sub(" ", str(value)).strip()


def complain(message: object) -> None:
    """Print one line of trouble on standard error."""
    click.echo(f"mawaqi: {shown(message)}", err=True)


def progress(items: Iterable[_T], *, what: str) -> Iterator[_T]:
    """Yield the items, counting them on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    number, last = 0, 0.0
    for number, item in enumerate(items, start=1):
        yield item
        if (now := time.monotonic()) - last > _EVERY_SECONDS:
            click.echo(f"\r{number} {what}", nl=False, err=True)
            last = now
    click.echo("\r\x1b[K", nl=False, err=True)


class Tally:
    """Counts what goes by, for the summary at the end."""

    def __init__(self) -> None:
        self.articles = self.failed = self.unplaced = self.rejected = 0
        self.kinds: Counter[str] = Counter()

    def fail(self, error: object) -> None:
        """Name an input that could not be read, and remember that there was one."""
        self.failed += 1
        complain(error)

    def add(self, record: Mapping[str, Any]) -> None:
        """Count the article of a record and its mentions."""
        self.articles += 1
        self.unplaced += len(record["unplaced"])
        self.rejected += len(record["rejected"])
        self.kinds.update(site["kind"] for site in record["sites"])

    def lines(self) -> Iterator[str]:
        """Yield the summary as an aligned table: a count and what it counts, a line each."""
        sites = self.kinds.total()
        order = {kind: place for place, kind in enumerate(KINDS)}
        counts = [
            ("articles", self.articles),
            ("mentions", sites + self.unplaced + self.rejected),
            ("sites", sites),
            *(
                (f"  {kind.replace('_', ' ')}", self.kinds[kind])
                for kind in sorted(self.kinds, key=lambda kind: order.get(kind, len(order)))
            ),
            ("unplaced", self.unplaced),
            ("rejected", self.rejected),
        ]
        label = max(len(name) for name, _ in counts)
        digits = max(len(f"{count:,}") for _, count in counts)
        for name, count in counts:
            yield f"{name:<{label}}  {count:>{digits},}"
