"""The commands under ``mawaqi gazetteer``: look into the gazetteer, check and build tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.lines import complain, shown
from geo.cli.options import country_codes, gazetteer_option

if TYPE_CHECKING:
    from geo.build.sourced import Built

__all__ = ["gazetteer"]

_SHOWN = 20


@click.group(no_args_is_help=False)
def gazetteer() -> None:
    """Look into the gazetteer, check tables of places, and build them from open sources."""


@gazetteer.command()
@click.argument("name")
@gazetteer_option
@click.pass_context
def search(context: click.Context, *, name: str, gazetteer: tuple[Path, ...]) -> None:
    """List the places called NAME, or else those called nearly so."""
    places = context.obj.gazetteer(extra=gazetteer)
    found = places.lookup(name)
    if not found:
        complain(f"no place is called {name}; these are called nearly so")
        found = [place for place, _ in places.similar(name)]
    if not found:
        complain(f"no place is called {name} or nearly so; try another spelling, or Arabic")
        context.exit(1)
    from geo.cli.tables import place_table

    place_table(found)
    for place in found[:_SHOWN]:
        ids = ", ".join([place.id, *places.other_ids(places.id_row(place.id))])
        details = "".join(f"; {name}: {value}" for name, value in place.details)
        click.echo(shown(f"{ids}: {_map_link(place)} ({place.source}{details})"))


def _map_link(place: Any) -> str:
    at = f"{place.lat:.5f}/{place.lon:.5f}"
    return f"https://www.openstreetmap.org/#map=12/{at}"


@gazetteer.command()
@gazetteer_option
@click.pass_context
def info(context: click.Context, *, gazetteer: tuple[Path, ...]) -> None:
    """Say what the gazetteer holds, and where it comes from."""
    from geo.cli.tables import contents
    from geo.gazetteer.summary import summaries

    places = context.obj.gazetteer(extra=gazetteer)
    contents(places)
    for table in summaries(gazetteer):
        told = "; ".join(f"{key}: {value}" for key, value in table.credit.items())
        size = f"{table.size / 1e6:.2f} MB"
        click.echo(shown(f"{table.name:<24}{table.rows:>10,} rows {size:>10}  {told}"))
    click.echo(f"compiled: {places.nbytes / 1e6:.1f} MB, mapped into memory when needed")


@gazetteer.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, *, file: Path) -> None:
    """Name what is wrong with the places of FILE, row by row, and what to do about it."""
    from geo.gazetteer.check import findings

    found = findings(file, context.obj.gazetteer(extra=()))
    for line in found:
        click.echo(shown(line))
    if found:
        complain(f"{file}: {len(found)} finding{'s' if len(found) > 1 else ''}")
        context.exit(1)
    click.echo(f"{shown(file)}: nothing is wrong")


@gazetteer.group(no_args_is_help=False)
def build() -> None:
    """Build a file of places, for --gazetteer, from an open source."""


_SOURCE_FILE = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
_OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The .parquet file to write.",
)


@build.command()
@click.option(
    "--country",
    "countries",
    metavar="CODES",
    callback=country_codes,
    help="Countries to take, as in SY,IQ; all of them by default.",
)
@click.option(
    "--from",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with GeoNames' files; by default they are fetched and kept in the cache.",
)
@_OUTPUT
def geonames(*, countries: tuple[str, ...], folder: Path | None, output: Path) -> None:
    """Take the places of GeoNames' dumps: XX.zip or allCountries.zip, and what names them."""
    from geo.build.sourced import build_geonames
    from geo.gazetteer.cache import cache_folder

    built = build_geonames(
        output, countries=countries, folder=folder, cache=cache_folder() / "geonames"
    )
    _report(built, output)


@build.command()
@_SOURCE_FILE
@_OUTPUT
def wikidata(*, file: Path, output: Path) -> None:
    """Take the places of FILE, an answer of Wikidata's query service saved as JSON."""
    from geo.build.sourced import build_wikidata

    _report(build_wikidata(output, answer=file), output)


@build.command()
@_SOURCE_FILE
@_OUTPUT
def osm(*, file: Path, output: Path) -> None:
    """Take the places of FILE, an extract of OpenStreetMap (.osm.pbf or .osm)."""
    from geo.build.sourced import build_osm

    _report(build_osm(output, extract=file), output)


@build.command()
@_SOURCE_FILE
@click.option(
    "--boundaries",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Outlines of the units (GeoJSON or GeoPackage), where the workbook has no points; may be "
    "given several times.",
)
@_OUTPUT
def hdx(*, file: Path, boundaries: tuple[Path, ...], output: Path) -> None:
    """Take the units of FILE, a workbook (.xlsx) of OCHA: COD-AB or populated places."""
    from geo.build.sourced import build_hdx

    _report(build_hdx(output, workbook=file, boundaries=boundaries), output)


def _report(built: Built, output: Path) -> None:
    """Print the file that was written, how many places of each kind are in it, what is not."""
    click.echo(shown(output))
    for kind, number in sorted(built.kinds.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"{kind.replace('_', ' '):<18}{number:>11,}")
    click.echo(f"{'places':<18}{built.places:>11,}")
    for line in built.told:
        complain(f"left out: {line}")
    if built.skipped > len(built.told):
        complain(f"left out: {built.skipped - len(built.told):,} more")
