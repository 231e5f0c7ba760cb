from __future__ import annotations

import json
from typing import Any

import invented
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.maps.payload import island, main_language, payload
from geo.maps.polyline import decode

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANY_TEXT)
def test_an_island_never_ends_its_script_and_always_fits_utf8(text: str) -> None:
    data = island({"text": text})
    assert "<" not in data
    data.encode("utf-8")
    back = json.loads(data)["text"]
    assert len(back) == len(text)
    assert all(a in (b, "\ufffd") for a, b in zip(back, text, strict=True))


@pytest.mark.parametrize("mark", ["</script>", "<!--", "]]>", "\u2028", "\u2029", "&amp;"])
def test_marks_that_end_scripts_or_lines_are_escaped(mark: str) -> None:
    assert mark not in island([mark])
    assert json.loads(island([mark])) == [mark]


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.text("ab😀𐤀 ", min_size=1), st.data())
def test_offsets_are_utf16_units_of_the_same_span(before: str, word: str, data: Any) -> None:
    text = before + word + data.draw(st.text(max_size=20))
    record = {"id": "x", "text": text, "sites": [_site(len(before), len(before) + len(word))]}
    site = payload([record])["sites"][0]
    units = text.encode("utf-16-le", "surrogatepass")
    found = units[site["start"] * 2 : site["end"] * 2].decode("utf-16-le", "surrogatepass")
    assert found == word
    assert site["from"] <= site["start"] <= site["end"] <= site["to"]


def _site(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "text": "", "name": "N", "kind": "settlement"} | {
        "lat": 1.0,
        "lon": 2.0,
        "confidence": 0.9,
        **more,
    }


def test_a_place_named_twice_travels_once() -> None:
    data = payload(invented.records())
    names = [place["name"] for place in data["places"]]
    assert names.count("Raqqa") == 1
    assert len(data["sites"]) == sum(len(record["sites"]) for record in invented.records())


def test_places_of_one_id_and_two_footprints_stay_two() -> None:
    one, other = _site(0, 1, place_id="a"), _site(0, 1, place_id="a", lat=5.0)
    assert len(payload([{"id": "x", "text": "ab", "sites": [one, other]}])["places"]) == 2


def test_an_area_carries_its_rings_and_a_point_none() -> None:
    data = payload([invented.arabic_record()])
    ghouta = next(p for p in data["places"] if p["name"] == "Western Ghouta")
    ring = decode(ghouta["shape"]["rings"][0][0], scale=ghouta["shape"]["scale"])
    assert ring[0] == ring[-1]
    assert len(ring) == 25
    assert "shape" not in next(p for p in data["places"] if p["name"] == "Raqqa")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=1", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("javascript:alert(1)", False),
        (" https://example.org", False),
        ("https://example.org/\njavascript:", False),
        ("data:text/html,x", False),
        ('https://example.org/"onclick=', False),
        ("", False),
    ],
)
def test_only_plain_web_links_are_kept(url: str, *, kept: bool) -> None:
    article = payload([{"id": "x", "text": "", "url": url}])["articles"][0]
    assert (article["url"] == url) is kept


def test_the_page_is_arabic_when_half_of_the_articles_are() -> None:
    arabic, english = invented.arabic_record(), invented.english_record()
    assert main_language([arabic, english]) == "ar"
    assert main_language([arabic, english, english]) == "en"
    assert main_language([{"text": "دمشق"}]) == "ar"
    assert main_language([]) == "en"


def test_an_unknown_kind_is_drawn_as_a_landmark() -> None:
    data = payload([{"id": "x", "text": "ab", "sites": [_site(0, 1, kind="<b>")]}])
    assert data["places"][0]["kind"] == "landmark"


def test_records_are_not_changed() -> None:
    records = invented.records()
    payload(records, title="t")
    assert records == invented.records()
