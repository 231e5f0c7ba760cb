"""Texts that try to run, to break a page or to leave a cell, in every field that carries text."""

from __future__ import annotations

import shapely

from geo.model import (
    AREA_KINDS,
    Article,
    Candidate,
    Mention,
    Parse,
    Place,
    Rejection,
    Site,
    Unplaced,
)

RUN = "window.__pwned=1"
TEXTS = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><svg onload="{RUN}">',
    f"' onfocus='{RUN}' autofocus='",
    f'" onmouseover="{RUN}" style="position:fixed;inset:0',
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"<details open ontoggle={RUN}>",
    f"</script><script>{RUN}</script>",
    f"</title></style></textarea><script>{RUN}</script>",
    f"<!--<script>{RUN}",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"${{{RUN}}}",
    f"`;{RUN};`${{{RUN}}}",
    f"');{RUN};//",
    f'");{RUN};//',
    f"\\');{RUN};//",
    "ends in a backslash \\",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;b&#62;",
    "{{ 111111 * 111111 }} {% raise %} {# gone #} {{ cycler.__init__.__globals__ }}",
    "}}{{ '<script>' }}",
    f"javascript:{RUN}",
    f" JaVaScRiPt:{RUN}",
    f"java\nscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f'https://example.org/" onclick="{RUN}',
    "https://example.org/\u202egnp.exe",
    "\u202eright to left override\u2066isolate\u200f",
    "line\u2028and\u2029paragraph",
    '=HYPERLINK("https://example.org","x")',
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    '"=1+1',
    "\x00nul\x07bell\x1bescape",
    "lone \ud800 surrogate \udfff",
    "\ufeffbyte order mark \uffff",
    "__proto__",
    "constructor",
    "../../../etc/passwd",
    "%s%n%x",
    "\U0001f600 emoji e\u0301\u0301\u0301\u0301",
]
LONG = f"<b onclick={RUN}>" + "A" * 1_000_000


def place(text: str, at: int, *, kind: str = "settlement", name: str | None = None) -> Place:
    """Return a place whose every text is ``text``."""
    return Place(
        id=f"{at}{text}",
        name=text if name is None else name,
        name_ar=text,
        lat=30 + at % 7,
        lon=36 + at % 11,
        kind=kind,
        country=text,
        admin1=text,
        radius_km=20,
        verified=bool(at % 2),
        source=text,
    )


def site(text: str, at: int, mention: Mention, *, kind: str, name: str | None = None) -> Site:
    """Return a site whose every text is ``text``, an area if its kind is one."""
    here = place(text, at, kind=kind, name=name)
    other = place(text, at + 1)
    spot = shapely.Point(here.lon, here.lat)
    is_area = kind in AREA_KINDS
    return Site(
        mention=mention,
        place=here,
        footprint=spot.buffer(0.2) if is_area else spot,
        confidence=0.3 + at % 6 / 10,
        source="relation" if is_area else "gazetteer",
        why=(text, f"contradicts {text}"),
        alternatives=(Candidate(place=other, confidence=0.2),),
        anchors=(other,) if is_area else (),
    )


def parse(text: str, at: int, *, name: str | None = None) -> Parse:
    """Return the parse of an article whose every text is ``text``: a point, an area, two asides."""
    words = [text, "one", "two", "three"]
    mentions = []
    for word in words:
        start = sum(len(before.text) + 1 for before in mentions)
        mentions.append(Mention(start=start, end=start + len(word), text=word))
    first, second, third, fourth = mentions
    article = Article(
        id=f"{at}{text}",
        text="\n".join(words),
        title=text,
        date=text,
        source=text,
        url=text,
        language=text[:10],
    )
    return Parse(
        article=article,
        sites=(
            site(text, at, first, kind="camp", name=name),
            site(text, at, second, kind="region", name=name),
        ),
        unplaced=(Unplaced(mention=third, reason=text),),
        rejected=(Rejection(mention=fourth, reason=text),),
    )


def parses() -> list[Parse]:
    """Return a parse for each of the texts."""
    return [parse(text, at) for at, text in enumerate(TEXTS)]
