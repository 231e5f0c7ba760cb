"""The options that several commands share, each a decorator."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["country_codes", "gazetteer_option", "geoparser_options", "page_options"]

_F = TypeVar("_F", bound="Callable[..., Any]")
_COUNTRY = re.compile(r"[A-Z]{2}")


def country_codes(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Return the country codes of an option as SY,IQ.

    Raises
    ------
    click.BadParameter
        If one has not two letters.
    """
    codes = tuple(code.strip().upper() for code in (value or "").split(",") if code.strip())
    for code in codes:
        if not _COUNTRY.fullmatch(code):
            raise click.BadParameter(f"{code!r} is no two-letter country code, as in SY,IQ")
    return codes


gazetteer_option = click.option(
    "--gazetteer",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file of places to add to the gazetteer (CSV, GeoJSON, GeoPackage, or built); may "
    "be given several times.",
)
_fixes_option = click.option(
    "--fixes",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file of corrections (CSV or GeoJSON), as the map's review mode downloads it; may be "
    "given several times.",
)
_focus_option = click.option(
    "--focus",
    metavar="CODES",
    callback=country_codes,
    help="Countries the articles are about, as in SY,IQ: their places are preferred.",
)


def geoparser_options(command: _F) -> _F:
    """Give a command the options of a geoparser: gazetteer, fixes, focus."""
    return gazetteer_option(_fixes_option(_focus_option(command)))


def page_options(*, output: str) -> Callable[[_F], _F]:
    """Return what gives a command the options of a page, which it writes to ``output``."""

    def decorate(command: _F) -> _F:
        command = click.option(
            "--language",
            type=click.Choice(["ar", "en"]),
            help="The language of the page; by default that of most articles.",
        )(command)
        command = click.option("--title", help="The heading of the map.")(command)
        return click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            default=output,
            show_default=True,
            help="The HTML file to write.",
        )(command)

    return decorate
