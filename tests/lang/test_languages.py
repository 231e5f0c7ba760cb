"""A language is data that the engine can trust."""

from __future__ import annotations

import pytest

from geo.lang import Language, languages, native_countries
from geo.lang.clitics import ARABIC
from geo.lang.language import WordClass, load_language
from geo.model import KINDS
from geo.text.folding import fold


def test_every_class_of_words_has_words() -> None:
    met = WordClass(0)
    for language in languages():
        for _, classes, _ in language.entries():
            met |= classes
    assert met == ~WordClass(0)


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_every_head_noun_is_one_word_that_announces_a_kind(language: Language) -> None:
    for head in language.heads:
        assert head.kind in KINDS
        assert len(fold(head.word).split()) == 1


def test_a_head_noun_of_an_unknown_kind_is_refused(tmp_path: pytest.TempPathFactory) -> None:
    lists = "\n".join(
        f'{name} = ""'
        for name in (
            "countries",
            "function_words",
            "months",
            "locatives",
            "directions",
            "agency",
            "government",
            "titles",
            "given_names",
            "outlet_nouns",
            "organisation_nouns",
            "kinship",
            "genitives",
            "dealings",
            "sides",
            "nearness",
            "coordinators",
            "bearers",
            "outlet_tails",
            "loose_heads",
            "outlets",
        )
    )
    text = f'{lists}\n[list]\njoints = ""\n[heads.palace]\none = "palace"\nmany = ""\n'
    (tmp_path / "words.toml").write_text(text, encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(KeyError, match="palace"):
        load_language(tmp_path, code="xx", heads_first=False)  # type: ignore[arg-type]


def test_a_word_is_known_behind_every_clitic() -> None:
    assert {"مدينه", "بمدينه", "ومدينه", "وبمدينه", "فلمدينه"} <= set(ARABIC.attached("مدينه"))
    assert "للحقل" in ARABIC.attached("الحقل")
    assert "وللحقل" in ARABIC.attached("الحقل")


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("تل أبيض", ["تلأبيض"]),
        ("السويداء", ["السويدا"]),
        ("خان الشيح الغربي", []),
        ("حمص", []),
        ("ماء", []),
    ],
)
def test_names_are_also_known_as_written_in_haste(name: str, forms: list[str]) -> None:
    [arabic] = [language for language in languages() if language.code == "ar"]
    assert list(arabic.hasty(name)) == forms


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Ar Rahad", ["al rahad", "el rahad"]),
        ("Aş Şadr", ["al sadr", "el sadr"]),
        ("Al-Rutba", ["al rutbah", "al rutbeh", "el rutba", "el rutbah", "el rutbeh"]),
        ("El Fasher", ["al fasher"]),
        ("Basra", ["basrah", "basreh"]),
        ("Karrādah", ["karrada", "karradeh"]),
        ("Nāşirīyah", ["nasirieh", "nasiriya", "nasiriyeh", "nasiriyya", "nasiriyyah"]),
        ("Rafah", []),
        ("An Binh", []),
        ("Homs", []),
        ("Al", []),
        ("", []),
    ],
)
def test_arabic_names_are_spelled_with_other_articles_and_endings_too(
    name: str, forms: list[str]
) -> None:
    [english] = [language for language in languages() if language.code == "en"]
    assert list(english.respelled(fold(name))) == forms


def test_native_are_the_countries_of_every_language() -> None:
    assert native_countries() == {code for each in languages() for code in each.countries}
