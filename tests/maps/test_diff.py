"""Two runs compared: pairs, what became of them, and the page that shows it."""

from __future__ import annotations

import copy
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import invented
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ArticleError
from geo.maps.diff import CHANGES, compare, read_records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "Raqqa, Tabqa, Homs and again Raqqa"
NAMES = ["Raqqa", "Tabqa", "Homs"]


def record(*sites: invented.Record, text: str = TEXT, name: str = "a") -> invented.Record:
    return {"id": name, "text": text, "sites": list(sites), "unplaced": [], "rejected": []}


def site(needle: str, lat: float = 35, *, text: str = TEXT, **more: Any) -> invented.Record:
    return invented.site(text, needle, needle, "settlement", lat, 40, **more)


def told(old: list[invented.Record], new: list[invented.Record]) -> list[tuple[str, str]]:
    return [(change.kind, change.site["text"]) for change in compare(old, new).changes]


def test_a_run_compared_with_itself_has_not_changed() -> None:
    diff = compare(invented.records(), invented.records())
    assert {change.kind for change in diff.changes} == {"same"}
    assert diff.records == invented.records()


def test_new_gone_and_moved_sites_are_told_apart() -> None:
    old = [record(site("Raqqa"), site("Tabqa"))]
    new = [record(site("Raqqa"), site("Tabqa", 36), site("Homs"))]
    assert told(old, new) == [("same", "Raqqa"), ("moved", "Tabqa"), ("new", "Homs")]
    assert told(new, old) == [("same", "Raqqa"), ("moved", "Tabqa"), ("gone", "Homs")]
    [moved] = compare(old, new).of("moved")
    assert moved.km == pytest.approx(111, abs=1)
    assert moved.was is not None
    assert moved.was["lat"] == 35


def test_a_point_that_was_only_rounded_has_not_moved() -> None:
    assert told([record(site("Raqqa", 35.0))], [record(site("Raqqa", 35.0005))]) == [
        ("same", "Raqqa")
    ]


def test_a_longer_span_of_the_same_text_is_the_same_mention() -> None:
    longer = invented.site(TEXT, "Tabqa, Homs", "x", "camp", 36, 40)
    assert told([record(site("Homs"))], [record(longer)]) == [("moved", "Tabqa, Homs")]


def test_in_a_text_that_was_rewritten_words_and_places_are_paired() -> None:
    text = "Homs, then Raqqa and RAQQA and the town of Thawra"
    thawra = site("Thawra", text=text) | {"place_id": "test:Tabqa"}
    new = record(
        site("Homs", 36, text=text),
        site("Raqqa", text=text),
        site("RAQQA", text=text),
        thawra,
        text=text,
    )
    old = record(site("Raqqa"), site("Tabqa"), site("Homs"))
    assert told([old], [new]) == [
        ("moved", "Homs"),
        ("same", "Raqqa"),
        ("new", "RAQQA"),
        ("same", "Thawra"),
    ]


def test_what_is_gone_from_a_text_that_was_rewritten_stands_in_the_old_one() -> None:
    diff = compare([record(site("Homs"))], [record(text="Nothing")])
    assert [one["text"] for one in diff.records] == ["Nothing", TEXT]
    assert [change.kind for change in diff.changes] == ["gone"]


def test_articles_of_one_run_alone_are_new_or_gone() -> None:
    old, new = record(site("Homs")), record(site("Raqqa"), name="b")
    assert sorted(told([old], [new])) == [("gone", "Homs"), ("new", "Raqqa")]


SITES = st.lists(st.builds(site, st.sampled_from(NAMES), st.sampled_from([35.0, 36.0])), max_size=4)
RECORDS = st.lists(
    st.builds(
        lambda sites, text, name: record(
            *(
                invented.site(text, one["text"], one["text"], "camp", one["lat"], 40)
                for one in sites
            ),
            text=text,
            name=name,
        ),
        SITES,
        st.sampled_from([TEXT, f"Once more: {TEXT}"]),
        st.sampled_from("ab"),
    ),
    max_size=3,
)


@given(RECORDS, RECORDS)
def test_every_site_of_either_run_is_told_of_once(
    old: list[invented.Record], new: list[invented.Record]
) -> None:
    diff = compare(old, new)
    counts = Counter(change.kind for change in diff.changes)
    before = sum(len(one["sites"]) for one in old)
    after = sum(len(one["sites"]) for one in new)
    assert counts["same"] + counts["moved"] + counts["gone"] == before
    assert counts["same"] + counts["moved"] + counts["new"] == after
    drawn = [site for one in diff.records for site in one["sites"]]
    assert drawn == [change.site for change in diff.changes]
    back = Counter(change.kind for change in compare(new, old).changes)
    assert back["gone"] == counts["new"]
    for one in diff.records:
        for each in one["sites"]:
            assert one["text"][each["start"] : each["end"]] == each["text"]


def write(path: Path, records: list[Any]) -> Path:
    lines = [json.dumps(one, ensure_ascii=False) for one in records]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_records_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", invented.records())
    assert read_records(path) == invented.records()


@pytest.mark.parametrize(
    "bad",
    [
        [],
        "text",
        {"id": "a", "text": "x"},
        {"id": "a", "text": "x", "sites": {}},
        {"text": TEXT, "sites": []},
        record(site("Homs") | {"start": -1}),
        record(site("Homs") | {"end": 10**6}),
        record(site("Homs") | {"start": "1"}),
        record(site("Homs") | {"lat": None}),
        record(site("Homs") | {"lat": 91}),
        record(site("Homs") | {"lon": 10**400}),
        record(site("Homs") | {"radius_km": float("nan")}),
        record(site("Homs") | {"why": 7}),
        record(site("Homs") | {"alternatives": [{}]}),
        record(site("Homs") | {"alternatives": 5}),
        record(site("Homs") | {"geometry": {"type": "Polygon", "coordinates": [[1, 2]]}}),
        record(site("Homs") | {"geometry": {"type": "Circle", "coordinates": [1, 2]}}),
        record() | {"rejected": [5]},
    ],
)
def test_a_line_that_is_no_record_is_named(tmp_path: Path, bad: Any) -> None:
    path = write(tmp_path / "a.jsonl", [record(site("Homs")), bad])
    with pytest.raises(ArticleError, match=r"a\.jsonl, line 2: .*; write it with") as caught:
        read_records(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"[" * 100_000])
def test_a_file_that_is_none_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(content)
    with pytest.raises(ArticleError, match="mawaqi parse INPUT"):
        read_records(tmp_path / "a.jsonl")
    with pytest.raises(ArticleError, match="check the path"):
        read_records(tmp_path / "gone.jsonl")


def runs() -> tuple[list[invented.Record], list[invented.Record]]:
    """Return two runs: the oil field moved, the camp and the crossing gone, two sites new."""
    old, new = invented.records(), copy.deepcopy(invented.records())
    moved = {"lat": 34.2, "lon": 39.1, "name": "Al-Tim village", "name_ar": None}
    moved["geometry"] = {"type": "Point", "coordinates": [39.1, 34.2]}
    new[0]["sites"][3] |= moved
    for record_, names in (
        (new[0], {"مخيم الهول", "معبر اليعربية"}),
        (old[1], {"Raqqa", "Mayadin"}),
    ):
        record_["sites"] = [one for one in record_["sites"] if one["text"] not in names]
    return old, new


@pytest.fixture
def show_diff(open_file: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    def shower(old: list[invented.Record], new: list[invented.Record], language: str = "en") -> Any:
        path = tmp_path / "diff.html"
        compare(old, new).map(language=language).save(path)
        return open_file(path).page

    return shower


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_counts_lists_and_draws_the_changes(
    show_diff: Callable[..., Any], language: str
) -> None:
    page = show_diff(*runs(), language)
    rows = page.locator(".changes tbody tr")
    counts = [row.split("\t")[1:] for row in rows.all_inner_texts()]
    assert counts == [["2", "2", "1"], ["2", "2", "1"], ["1", "1", "1"], ["14", "14", "2"]]
    assert page.locator("#list-changes .place").count() == 5
    assert page.locator(".move-line").count() == 1
    assert page.locator(".review-turn").count() == 0
    gone = page.locator('.point[data-change="gone"]')
    assert gone.count() >= 1
    page.locator("#list-changes .c-moved").click()
    assert "146" in page.locator(".popup .badge", has_text="146").inner_text()


@pytest.mark.browser
def test_what_is_unchanged_waits_until_it_is_asked_for(show_diff: Callable[..., Any]) -> None:
    same = '.changes [data-layer="same"]'
    page = show_diff(*runs())
    assert page.locator(same).get_attribute("aria-pressed") == "false"
    page = show_diff(runs()[0], runs()[0])
    assert page.locator(same).get_attribute("aria-pressed") == "true"
    assert page.locator("#list-changes").inner_text() == "Nothing changed."


@pytest.mark.browser
def test_each_kind_of_change_is_a_layer(show_diff: Callable[..., Any]) -> None:
    page = show_diff(*runs())
    page.evaluate("map_sites.setView([36.6, 41.6], 10, {animate: false})")
    for change in CHANGES[:3]:
        page.click(f'.changes [data-layer="{change}"]')
        assert page.locator(f'.point[data-change="{change}"]').count() == 0
    assert page.locator(".move-line").count() == 0
    pressed = [
        button.get_attribute("aria-pressed") for button in page.locator(".changes .chip").all()
    ]
    assert pressed == ["false"] * 4
    page.click('.changes [data-layer="same"]')
    assert page.locator('.point[data-change="same"]').count() > 0
    page.click("#list-changes .c-gone >> nth=0")
    assert page.locator('.changes [data-layer="gone"]').get_attribute("aria-pressed") == "true"


@pytest.mark.browser
def test_the_address_keeps_the_changes_that_are_shown(show_diff: Callable[..., Any]) -> None:
    page = show_diff(*runs())
    for change in ("new", "same"):
        page.click(f'.changes [data-layer="{change}"]')
    page.wait_for_url(lambda url: "changes=new" in url and "changes=same" not in url)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    pressed = [one.get_attribute("aria-pressed") for one in page.locator(".changes .chip").all()]
    assert pressed == ["false", "true", "true", "true"]


@pytest.mark.browser
def test_hostile_text_changes_nothing_but_the_text(show_diff: Callable[..., Any]) -> None:
    evil = "<img src=x onerror=alert(1)></script>${alert(2)}\u202e"
    old = record(site("Homs") | {"name": evil})
    new = record(site("Homs", 36) | {"name": evil}, name="a")
    page = show_diff([old | {"title": evil}], [new | {"title": evil}])
    page.click("#list-changes .place")
    assert "<img src=x" in page.locator(".popup").inner_text()
