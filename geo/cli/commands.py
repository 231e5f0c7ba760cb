"""The commands and their options; each is a few calls of the rooms below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo import __version__
from geo.cli.gazetteer import gazetteer
from geo.cli.lines import Tally, progress, shown
from geo.cli.options import geoparser_options, page_options
from geo.errors import ArticleError
from geo.read import read_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from geo.model import Article, Parse

__all__ = ["Rooms", "mawaqi"]

_F = TypeVar("_F", bound="Callable[..., Any]")


def _geoparser(**options: Any) -> Any:
    from geo.geoparser import Geoparser  # only for commands that parse

    return Geoparser(**options)


def _gazetteer(*, extra: Sequence[Path]) -> Any:
    from geo.gazetteer import Gazetteer

    return Gazetteer.open(extra=extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """What the commands work with. Tests put smaller ones in their place."""

    geoparser: Callable[..., Any] = _geoparser
    gazetteer: Callable[..., Any] = _gazetteer


def _inputs(command: _F) -> _F:
    """Give a command its inputs and the options of a geoparser, common to all that parse."""
    inputs = click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
    return inputs(geoparser_options(command))


def _pixels(_: click.Context, option: click.Parameter, value: str) -> tuple[int, int]:
    """Return the width and height in a text such as 1600x1000."""
    found = re.fullmatch(r"([1-9]\d{2,3})x([1-9]\d{2,3})", value)
    if found is None:
        raise click.BadParameter(
            f"{value!r} is no size: write width x height in pixels, 100 to 9999, as in 1600x1000",
            param=option,
        )
    return int(found[1]), int(found[2])


def _check_extras(*, tiles: str | None, picture: Path | None) -> None:
    """Fail before the work is done, not after, where tiles or a picture cannot be had."""
    if tiles:
        from geo.maps.tiles import tiles_of

        tiles_of(tiles)
    if picture:
        from geo.export import check_output
        from geo.maps.png import find_browser

        check_output(picture, suffixes=(".png",))
        find_browser()


@click.group(
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="INPUT is a file, a folder, "
    "a glob pattern, an http(s) address, or - for standard input.",
)
@click.version_option(__version__, prog_name="mawaqi")
@click.pass_context
def mawaqi(context: click.Context) -> None:
    """Find the places that news articles name, and draw them on a map that works offline."""
    context.obj = context.obj or Rooms()


@mawaqi.command("map")
@_inputs
@page_options(output="map.html")
@click.option(
    "--tiles",
    metavar="NAME",
    help="An online background to offer in the page, as xyzservices calls it "
    "(OpenStreetMap.Mapnik); it is off until a reader chooses it.",
)
@click.option(
    "--png",
    metavar="[FILE]",
    is_flag=False,
    flag_value="",
    help="Take a picture of the map too, with a Chromium on the PATH; beside the map if no FILE is "
    "named.",
)
@click.option(
    "--png-size",
    metavar="WIDTHxHEIGHT",
    default="1600x1000",
    show_default=True,
    callback=_pixels,
    help="The size of the picture in pixels.",
)
@click.pass_context
def map_(
    context: click.Context,
    /,
    *,
    inputs: tuple[str, ...],
    output: Path,
    title: str | None,
    language: str | None,
    tiles: str | None,
    png: str | None,
    png_size: tuple[int, int],
    **options: Any,
) -> None:
    """Draw the sites of all INPUTs on one map, a single HTML file."""
    from geo.export import check_output  # each command loads its own rooms
    from geo.frame import to_record

    check_output(output, suffixes=(".html", ".htm"))
    picture = None if png is None else Path(png or output.with_suffix(".png"))
    _check_extras(tiles=tiles, picture=picture)
    tally = Tally()
    parses = _parses(context, inputs, tally=tally, **options)
    records = []
    for parse in parses:
        records.append(to_record(parse))
        tally.add(records[-1])
    from geo.maps import SiteMap  # after the first article: a bad one fails fast

    drawn = SiteMap(records, title=title, language=language, tiles=tiles)
    drawn.save(output)
    click.echo(shown(output))
    if picture:
        from geo.maps.png import save_png

        save_png(drawn, picture, size=png_size)
        click.echo(shown(picture))
    for line in tally.lines():
        click.echo(line)
    context.exit(1 if tally.failed else 0)


@mawaqi.command()
@_inputs
@click.option(
    "-o",
    "--output",
    required=True,
    help="The file to write: .jsonl .geojson .csv .gpkg .parquet .kml, or - for JSONL on standard "
    "output.",
)
@click.pass_context
def parse(
    context: click.Context,
    /,
    *,
    inputs: tuple[str, ...],
    output: str,
    **options: Any,
) -> None:
    """Write the sites of all INPUTs to a file, for other programs."""
    from geo.export import FORMATS, check_output, write

    if output != "-":
        check_output(Path(output), suffixes=FORMATS)
    tally = Tally()
    write(_parses(context, inputs, tally=tally, **options), output)
    context.exit(1 if tally.failed else 0)


@mawaqi.command()
@_inputs
@click.pass_context
def explain(
    context: click.Context,
    /,
    *,
    inputs: tuple[str, ...],
    **options: Any,
) -> None:
    """Show every mention in INPUT: where it was placed and why, or why it was not."""
    from geo.cli.tables import explanation
    from geo.frame import to_record

    tally = Tally()
    for found in _parses(context, inputs, tally=tally, **options):
        explanation(to_record(found))
    context.exit(1 if tally.failed else 0)


mawaqi.add_command(gazetteer)


def _parses(
    context: click.Context,
    inputs: Sequence[str],
    *,
    tally: Tally,
    **options: Any,
) -> Iterator[Parse]:
    """Return the parses of all inputs, as they come; inputs that fail are named and counted.

    ``options`` are those of a geoparser.

    Raises
    ------
    ArticleError
        If there is no article at all: before anything is parsed or written.
    """
    articles = read_articles(*inputs, on_error=tally.fail)
    first = next(articles, None)
    if first is None:
        raise ArticleError("no article could be read, so nothing is written")
    geoparser = context.obj.geoparser(**options)
    everything: Iterable[Article] = chain([first], articles)
    parses: Iterator[Parse] = geoparser.parse_many(everything)
    return progress(parses, what="articles")
