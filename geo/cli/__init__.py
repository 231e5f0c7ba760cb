"""The command ``mawaqi``: what its exit code means, and how it fails.

0 done; 1 some inputs could not be read, the rest is written; 2 wrong usage, nothing readable, or an
output that cannot be written; 130 interrupted. An error is one line on standard error.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

import click

from geo.cli.commands import mawaqi
from geo.cli.diff import diff
from geo.cli.evaluate import evaluate
from geo.cli.lines import complain
from geo.errors import FixWarning, GeoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.cli.commands import Rooms

__all__ = ["main"]

mawaqi.add_command(diff)
mawaqi.add_command(evaluate)

_SELDOM: Final = 200_000
"""Objects made between two searches for garbage that refers to itself."""

_FAILED: Final = 2
_INTERRUPTED: Final = 130
_PIPE_CLOSED: Final = 141


def main(args: Sequence[str] | None = None, *, rooms: Rooms | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    args : sequence of str, optional
        The words after ``mawaqi``; by default those of the command line.
    rooms : Rooms, optional
        What the commands work with; by default the geoparser and gazetteer of this package.
    """
    for stream in (sys.stdout, sys.stderr):
        _never_fail_to_encode(stream)
    words = list(sys.argv[1:] if args is None else args)
    code, trouble = 0, None
    try:
        # Not click's own main(): it prints errors over several lines, and exits 1 for all.
        with (
            _seldom_collected(ends=args is None),
            _plain_warnings(),
            mawaqi.make_context("mawaqi", words, obj=rooms) as context,
        ):
            mawaqi.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        code = leaving.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "mawaqi"
        code, trouble = _FAILED, f"{error.format_message().rstrip('.')}; see {command} --help"
    except BrokenPipeError:
        # The reader has what it wanted; keep the interpreter from flushing into it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = _PIPE_CLOSED
    except GeoError as error:
        code, trouble = _FAILED, str(error)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        code, trouble = _FAILED, f"{error.filename or 'the system says'}: {reason}"
    except KeyboardInterrupt:
        code, trouble = _INTERRUPTED, "interrupted; nothing more is written"
    if trouble is not None:
        complain(trouble)
    return code


def _never_fail_to_encode(stream: TextIO) -> None:
    """Let a terminal that lacks Arabic letters show their codes instead of an error."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")


@contextmanager
def _seldom_collected(*, ends: bool) -> Iterator[None]:
    """Search for garbage that refers to itself seldom: a run makes hardly any.

    Python searches all over again while libraries are loaded, and through all of them when the
    process ends: each takes a tenth of the time of a short run. ``ends`` says that the process ends
    with the run, so that nothing need be searched any more.
    """
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    if ends:
        atexit.register(gc.freeze)
    try:
        yield
    finally:
        if not ends:
            gc.set_threshold(*before)


@contextmanager
def _plain_warnings() -> Iterator[None]:
    """Print what is warned of fixes as lines of trouble, each once; other warnings as ever."""
    with warnings.catch_warnings():
        warnings.simplefilter("default", FixWarning)
        otherwise = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
            if issubclass(category, FixWarning):
                complain(message)
            else:
                otherwise(message, category, *place, **more)

        warnings.showwarning = cast("Any", show)
        yield
