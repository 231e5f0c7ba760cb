"""The page on the commands names every one of them, and every option."""

from __future__ import annotations

import click
import pytest

from geo.cli.commands import mawaqi


def commands(group=mawaqi, name="mawaqi"):
    for key, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {key}")
        else:
            yield f"{name} {key}", command


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda value: str(value)[:30])
def test_every_command_and_option_is_on_the_page(checkout, name, command):
    page = (checkout / "docs" / "commands.md").read_text("utf-8")
    section = page.partition(f"\n## `{name}")[2].partition("\n## ")[0]
    assert section, f"no section on {name}"
    for parameter in command.params:
        for option in parameter.opts if isinstance(parameter, click.Option) else ():
            assert f"`{option}" in section, f"{name} {option}"
