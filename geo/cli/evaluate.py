"""The command ``evaluate``: how well the parser does on articles whose toponyms are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.lines import progress, shown
from geo.cli.options import geoparser_options
from geo.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["evaluate"]

_GROUPS = ("language", "kind", "use")
_MOST_GROUPS = 12
"""Lines of one grouping that are printed; the report holds them all."""

Figures = dict[str, Any]


@click.command()
@click.argument("gold", metavar="GOLD...", nargs=-1, required=True, type=click.Path(path_type=Path))
@geoparser_options
@click.option(
    "--worst",
    metavar="N",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How many errors of each sort to list.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write all figures to this JSON file."
)
@click.pass_context
def evaluate(
    context: click.Context,
    /,
    *,
    gold: tuple[Path, ...],
    worst: int,
    output: Path | None,
    **options: Any,
) -> None:
    """Measure recognition and resolution on articles whose toponyms are known.

    GOLD is JSONL (toponyms with start, end, lat, lon; or records of mawaqi parse), the XML of LGL,
    TR-News or GeoWebNews, or CoNLL. Several files are measured as one.
    """
    from geo.evaluate import evaluate as figures_of  # loads numpy and pyproj
    from geo.evaluate import read_gold

    articles = [article for path in gold for article in read_gold(path)]
    geoparser = context.obj.geoparser(**options)
    parses = progress(geoparser.parse_many(one.article for one in articles), what="articles")
    report = figures_of(articles, parses, geoparser.gazetteer, worst=worst)
    for line in _lines(report):
        click.echo(line)
    if output is not None:
        _write(report, output)
        click.echo(shown(output))


def _write(report: Figures, output: Path) -> None:
    try:
        output.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ExportError(f"{output}: cannot be written ({reason}); choose another file") from error


def _lines(report: Figures) -> Iterator[str]:
    """Yield the report as aligned lines."""
    yield f"{report['articles']:,} articles, {report['toponyms']:,} toponyms"
    yield ""
    yield f"{'recognition':<24}{'precision':>10}{'recall':>10}{'F1':>10}"
    for name, scores in report["recognition"].items():
        cells = (scores[key] for key in ("precision", "recall", "f1"))
        yield f"  {name:<22}" + "".join(f"{_number(cell):>10}" for cell in cells)
    yield from _resolution(report)
    for group in _GROUPS:
        yield from _group(group, report["by"][group])
    yield from _calibration(report["calibration"])
    yield from _worst(report["worst"])


def _resolution(report: Figures) -> Iterator[str]:
    names = [name for name in report["matched"] if name != "count"]
    if not names:
        return
    yield ""
    yield f"{'resolution':<24}{'placed':>10}{'all gold':>10}"
    for name in ("count", *names):
        cells = (report[part].get(name) for part in ("matched", "all"))
        yield f"  {name:<22}" + "".join(f"{_number(cell):>10}" for cell in cells)


def _group(name: str, groups: Figures) -> Iterator[str]:
    if len(groups) < 2:
        return
    yield ""
    heads = ("toponyms", "mentions", "precision", "recall", "F1", "161 km")
    yield f"{'by ' + name:<28}" + "".join(f"{head:>10}" for head in heads)
    for label, part in list(groups.items())[:_MOST_GROUPS]:
        scores = part["recognition"]["overlap"]
        cells = (
            part["toponyms"],
            part["mentions"],
            *(scores[key] for key in ("precision", "recall", "f1")),
            part["all"].get("within 161 km"),
        )
        yield f"  {shown(label):<26}" + "".join(f"{_number(cell):>10}" for cell in cells)


def _calibration(calibration: Figures) -> Iterator[str]:
    if not calibration["table"]:
        return
    yield ""
    yield f"{'confidence':<14}{'sites':>10}{'said':>10}{'right':>10}"
    for row in calibration["table"]:
        span = f"{row['from']:.1f} to {row['to']:.1f}"
        cells = (row[key] for key in ("sites", "confidence", "right"))
        yield f"  {span:<12}" + "".join(f"{_number(cell):>10}" for cell in cells)
    yield f"  expected calibration error {_number(calibration['expected error'])}"


def _worst(worst: Figures) -> Iterator[str]:
    if worst["far off"]:
        yield ""
        yield "placed far off"
    for error in worst["far off"]:
        place = f"{error['name']}, {error['country'] or 'no country'}"
        yield f"  {shown(error['text'])} -> {shown(place)}, {error['km']:,.0f} km off" + _where(
            error
        )
    if worst["no toponym"]:
        yield ""
        yield "taken for a toponym"
    for error in worst["no toponym"]:
        yield f"  {shown(error['text'])}, {error['confidence']:.0%} sure" + _where(error)
    if worst["missed"]:
        yield ""
        yield "missed"
    for error in worst["missed"]:
        yield f"  {shown(error['text'])}, {error['times']} times"


def _where(error: Figures) -> str:
    return f" (article {shown(error['article'])} at {error['start']})"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, int) or value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value > 1 else f"{value:.3f}"
