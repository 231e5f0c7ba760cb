"""Every reason of a record has its words in Arabic: those that are parsed, those in the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import geo
from geo.frame import to_record
from geo.maps.assets import words
from geo.recognize.evidence import COLUMNS, USAGE
from geo.resolve.footprints.drawing import DRAWINGS
from geo.resolve.ranker import FEATURES
from geo.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PACKAGE = Path(geo.__file__).parent
SPEAKER = (PACKAGE / "maps" / "page" / "words.js").read_text("utf-8")
# What can stand wherever something is filled in.
SLOT = "border of 7"
# Written so in Arabic texts as well.
LATIN = {"MGRS", "UTM", "ISO", "URI", "geo", "degrees"}

OURS = """وصلت قافلة إلى شمال شرقي حلب على بعد 20 كيلومترا من الرقة، ثم إلى الحدود السورية العراقية.
وانتشرت دوريات قرب سوريا وعلى الطريق بين بغداد وباريس، وفي ريف العراق، وعلى ضفة دمشق، وبين حلب
والعراق، وقبالة ساحل طرطوس، ومنتصف الطريق بين حمص وتدمر، وعند 36.2, 37.1 قرب القامشلي.
وقال أحمد الحلبي لصحيفة النهار إن ضفتي الفرات آمنتان وإن حقل البطمة ومطار الخزامى يعملان."""


def told(browser: Browser, reasons: list[str], names: set[str]) -> dict[str, str]:
    """Return what an Arabic page says for each reason, names of places aside."""
    page = browser.new_page()
    script = """([code, own, places, reasons]) => {
        const tell = new Function(code)()(own, places);
        return reasons.map(tell);
    }"""
    code = f"const UNSURE_BELOW = 0.6;\n{SPEAKER}\nreturn reasonTeller;"
    places = [{"name": name, "name_ar": "مكان"} for name in names]
    own: Any = words()["ar"]
    said = page.evaluate(script, [code, own, places, reasons])
    page.close()
    return dict(zip(reasons, said, strict=True))


def foreign(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{2,}", text)) - LATIN


def test_what_is_parsed_is_told_in_arabic(browser: Browser) -> None:
    articles = [*geo.read_articles(data_folder("articles")), geo.Article(id="ours", text=OURS)]
    records = [to_record(parse) for parse in geo.parse(articles)]
    reasons, names = set(), set()
    for record in records:
        for site in record["sites"]:
            reasons.update(site["why"])
            others = [*site["alternatives"], *site.get("anchors", ())]
            names |= {site["name"], *(other["name"] for other in others)}
        reasons |= {one["reason"] for one in [*record["unplaced"], *record["rejected"]]}
    assert len(reasons) > 100
    english = {
        one: said for one, said in told(browser, sorted(reasons), names).items() if foreign(said)
    }
    assert english == {}


def written() -> Iterator[str]:
    """Yield the reasons written in the code, with a number for whatever is filled in."""
    for room in ("resolve", "recognize"):
        for path in sorted((PACKAGE / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.keyword) and node.arg in {"reason", "why"}:
                    parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                    yield from filter(None, map(text_of, parts))


def text_of(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else SLOT for part in node.values
        )
    return None


def test_what_the_code_can_say_is_told_in_arabic(browser: Browser) -> None:
    rules = [f"rule: {kind.replace('_', ' ')}" for kind in DRAWINGS]
    evidence = {name.rpartition(": ")[2] for name in COLUMNS}
    reasons = {*written(), *FEATURES, *evidence, *USAGE, *rules} - {""}
    assert len(reasons) > 100
    english = {
        one: said for one, said in told(browser, sorted(reasons), set()).items() if foreign(said)
    }
    assert english == {}
