"""The command ``mawaqi``: what its exit code means, and how it fails.

0 done; 1 some inputs could not be read, the rest is written; 2 wrong usage, nothing readable, or an
output that cannot be written; 130 interrupted. An error is one line on standard error.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, TextIO

import click

from geo.cli.commands import mawaqi
from geo.cli.diff import diff
from geo.cli.evaluate import evaluate
from geo.cli.lines import complain
from geo.errors import GeoError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.cli.commands import Rooms

__all__ = ["main"]

mawaqi.add_command(diff)
mawaqi.add_command(evaluate)

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
        with mawaqi.make_context("mawaqi", words, obj=rooms) as context:
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
