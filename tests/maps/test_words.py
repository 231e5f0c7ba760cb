from __future__ import annotations

import re
from pathlib import Path

import pytest

import geo.maps
from geo.maps.assets import scripts, styles, words
from geo.model import KINDS

PAGE = Path(geo.maps.__file__).parent / "page"


@pytest.mark.parametrize("language", sorted(words()))
def test_every_kind_has_a_name(language: str) -> None:
    assert set(words()[language]["kinds"]) == set(KINDS)


def test_the_languages_have_the_same_words() -> None:
    arabic, english = words()["ar"], words()["en"]
    assert set(arabic) == set(english)
    assert set(arabic["counts"]) == set(english["counts"])
    for name, text in english.items():
        if isinstance(text, str):
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", arabic[name])), (
                name
            )


def test_every_word_the_page_asks_for_is_there() -> None:
    asked = set()
    for path in PAGE.glob("*.js"):
        asked |= set(re.findall(r"\bword\(\"(\w+)\"", path.read_text("utf-8")))
    assert asked <= set(words()["en"])
    assert len(asked) > 20


def test_every_kind_has_a_group_and_every_group_a_colour() -> None:
    kinds = (PAGE / "kinds.js").read_text("utf-8")
    groups = dict(re.findall(r"^  (\w+): \"(\w+)\",$", kinds.split("OUTLINES")[0], re.MULTILINE))
    assert set(groups) == set(KINDS)
    theme = (PAGE / "colours.css").read_text("utf-8")
    for group in set(groups.values()):
        assert theme.count(f"--{group}: #") == 2, f"{group} lacks a colour in one of the themes"


def test_scripts_and_styles_name_no_file_elsewhere() -> None:
    assert "sourceMappingURL" not in scripts()
    assert not re.findall(r"url\((?!data:|none|#)", styles())
    assert "@import" not in styles()


@pytest.mark.parametrize("path", sorted(PAGE.glob("*.js")), ids=lambda path: path.name)
def test_the_page_builds_text_as_text(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text
    )
    assert len(text.splitlines()) <= 400
