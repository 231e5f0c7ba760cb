"""The command ``diff``: what is new, gone and moved between two runs."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli.lines import shown
from geo.cli.options import page_options

__all__ = ["diff"]

_LISTED = 20
"""Sites of each sort that are listed on the terminal."""


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@page_options(output="diff.html")
def diff(*, old: Path, new: Path, output: Path, title: str | None, language: str | None) -> None:
    """Draw what is new, gone and moved between two runs, and print a table of it.

    OLD and NEW are files that mawaqi parse wrote as .jsonl.
    """
    from geo.export import check_output  # each command loads its own rooms
    from geo.maps.diff import compare, read_records

    check_output(output, suffixes=(".html", ".htm"))
    found = compare(read_records(old), read_records(new))
    found.map(language=language, title=title).save(output)
    click.echo(shown(output))
    from geo.cli.tables import changes

    changes(found, most=_LISTED)
