from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import invented
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.maps.columns import to_rows
from geo.maps.payload import island, main_language, payload
from geo.maps.polyline import decode
from geo.text.excerpts import excerpt

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
    site = _rows([record], "sites")[0]
    units = text.encode("utf-16-le", "surrogatepass")
    found = units[site["start"] * 2 : site["end"] * 2].decode("utf-16-le", "surrogatepass")
    assert found == word
    assert site["from"] <= site["start"] <= site["end"] <= site["to"]


def _rows(records: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return to_rows(payload(records)[name])


def _site(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "text": "", "name": "N", "kind": "settlement"} | {
        "lat": 1.0,
        "lon": 2.0,
        "confidence": 0.9,
        **more,
    }


def test_a_place_named_twice_travels_once() -> None:
    records = invented.records()
    names = [place["name"] for place in _rows(records, "places")]
    assert names.count("Raqqa") == 1
    assert len(_rows(records, "sites")) == sum(
        len(record["sites"]) for record in invented.records()
    )


def test_places_of_one_id_and_two_footprints_stay_two() -> None:
    one, other = _site(0, 1, place_id="a"), _site(0, 1, place_id="a", lat=5.0)
    assert len(_rows([{"id": "x", "text": "ab", "sites": [one, other]}], "places")) == 2


def test_runners_up_that_sites_share_travel_once() -> None:
    other = {"place_id": "o", "name": "O", "country": "IQ", "lat": 1, "lon": 2, "confidence": 0.1}
    again, surer = dict(other), other | {"confidence": 0.2}
    sites = [_site(0, 1, alternatives=[other, surer]), _site(1, 2, alternatives=[again])]
    record = {"id": "x", "text": "ab", "sites": [*sites, _site(0, 2, anchors=[other])]}
    assert [row["confidence"] for row in _rows([record], "others")] == [0.1, 0.2]
    found = _rows([record], "sites")
    assert [site["alternatives"] for site in found] == [(0, 1), (0,), ()]
    assert [site["anchors"] for site in found] == [(), (), (0,)]


@given(st.text("abc .\n؟", min_size=1, max_size=900), st.data())
def test_an_excerpt_is_what_the_whole_text_would_give(text: str, data: Any) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    site = _rows([{"id": "x", "text": text, "sites": [_site(start, end)]}], "sites")[0]
    assert (site["from"], site["to"]) == excerpt(text, start, end, width=240)


def test_an_area_carries_its_rings_and_a_point_none() -> None:
    places = _rows([invented.arabic_record()], "places")
    scale, rings = next(p["shape"] for p in places if p["name"] == "Western Ghouta")
    ring = decode(rings[0][0], scale=scale)
    assert ring[0] == ring[-1]
    assert len(ring) == 25
    assert next(p["shape"] for p in places if p["name"] == "Raqqa") is None


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
    article = _rows([{"id": "x", "text": "", "url": url}], "articles")[0]
    assert (article["url"] == url) is kept


def test_the_page_is_arabic_when_half_of_the_articles_are() -> None:
    arabic, english = invented.arabic_record(), invented.english_record()
    assert main_language([arabic, english]) == "ar"
    assert main_language([arabic, english, english]) == "en"
    assert main_language([{"text": "دمشق"}]) == "ar"
    assert main_language([]) == "en"


def test_an_unknown_kind_is_drawn_as_a_landmark() -> None:
    record = {"id": "x", "text": "ab", "sites": [_site(0, 1, kind="<b>")]}
    assert _rows([record], "places")[0]["kind"] == "landmark"


def test_records_are_not_changed() -> None:
    records = invented.records()
    payload(records, title="t")
    assert records == invented.records()


def test_every_interpreter_writes_the_same_bytes() -> None:
    code = (
        "import hashlib, invented; from geo.maps import SiteMap;"
        "page = SiteMap(invented.records())._page.render();"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parent,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
