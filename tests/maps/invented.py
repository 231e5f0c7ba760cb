"""Articles invented for the map's tests, as records: what `geo.frame.to_record` would write."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

Record = dict[str, Any]

ARABIC = """وصلت قافلة مساعدات إلى مدينة الرقة صباح الأحد قادمة من حلب، \
وتوزعت حمولتها على قرى ريف دير الزور الشرقي.
وقال مهندس في حقل التيم إن الكهرباء عادت إلى الحقل بعد انقطاع دام أسبوعا، \
فيما بقيت قرية المطلع بلا ماء.
وزار وفد من بلديات الغوطة الغربية مخيم الهول في محافظة الحسكة، ثم عاد عبر معبر اليعربية، \
ولم تعلق واشنطن على الزيارة.
وذكرت صحيفة النهار أن سد الفرات يعمل بكامل طاقته في عموم سوريا."""

ENGLISH = """Engineers reopened the road between Raqqa and Deir ez-Zor on Tuesday. Lorries queued
near the al-Tim field, and a second column left Qamishli airport 😀 for al-Hol camp.
Officials in Damascus said the bridge at Mayadin would follow. A spokesman for
Baghdad declined to comment, and Jordan Miller, who runs the depot, asked for patience."""


def ring(lat: float, lon: float, size: float, sides: int = 24) -> Record:
    """Return a rough round polygon of ``size`` degrees."""
    turns = [2 * pi * step / sides for step in range(sides)]
    points = [[round(lon + size * cos(t), 5), round(lat + 0.8 * size * sin(t), 5)] for t in turns]
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}


def site(  # noqa: PLR0917  a table of sites reads better without keywords
    text: str, needle: str, name: str, kind: str, lat: float, lon: float, **more: Any
) -> Record:
    """Return the site of the first ``needle`` of a text."""
    start = text.index(needle)
    return {
        "start": start,
        "end": start + len(needle),
        "text": needle,
        "place_id": f"test:{name}",
        "name": name,
        "name_ar": None,
        "kind": kind,
        "country": "SY",
        "admin1": None,
        "lat": lat,
        "lon": lon,
        "radius_km": 3.0,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "confidence": 0.95,
        "use": "literal",
        "source": "gazetteer",
        "why": ["the only place of this name", "named beside its governorate"],
        "alternatives": [],
        "place_source": "GeoNames",
        "verified": True,
    } | more


def gap(text: str, needle: str, reason: str) -> Record:
    """Return a mention without a place."""
    start = text.index(needle)
    return {"start": start, "end": start + len(needle), "text": needle, "reason": reason}


def area(lat: float, lon: float, size: float) -> Record:
    """Return the fields that make a site an area."""
    return {"geometry": ring(lat, lon, size), "radius_km": round(size * 100, 1)}


def arabic_record() -> Record:
    """Return an Arabic article with points, areas, a country, and what could not be drawn."""
    text = ARABIC
    raqqa = {"name_ar": "الرقة", "admin1": "SY-RA"}
    other = {
        "place_id": "test:other",
        "name": "Al-Tim village",
        "country": "SY",
        "lat": 34.2,
        "lon": 39.1,
        "confidence": 0.21,
    }
    return {
        "id": "ar-1",
        "title": "قافلة مساعدات تصل إلى الرقة",
        "date": "2025-03-09",
        "source": "وكالة السهل",
        "url": "https://example.org/ar/1",
        "language": "ar",
        "text": text,
        "sites": [
            site(text, "الرقة", "Raqqa", "settlement", 35.9528, 39.0079, **raqqa),
            site(
                text,
                "حلب",
                "Aleppo",
                "settlement",
                36.2012,
                37.1612,
                name_ar="حلب",
                confidence=0.91,
            ),
            site(
                text,
                "ريف دير الزور الشرقي",
                "Eastern Deir ez-Zor countryside",
                "countryside",
                35.05,
                40.75,
                name_ar="ريف دير الزور الشرقي",
                confidence=0.82,
                source="relation",
                **area(35.05, 40.75, 0.55),
            ),
            site(
                text,
                "حقل التيم",
                "Al-Tim oil field",
                "oil_field",
                35.2300,
                40.0980,
                name_ar="حقل التيم",
                confidence=0.78,
                alternatives=[other],
            ),
            site(
                text,
                "الغوطة الغربية",
                "Western Ghouta",
                "region",
                33.44,
                36.18,
                name_ar="الغوطة الغربية",
                confidence=0.55,
                verified=False,
                **area(33.44, 36.18, 0.15),
            ),
            site(text, "مخيم الهول", "Al-Hol camp", "camp", 36.3772, 41.1489, name_ar="مخيم الهول"),
            site(
                text,
                "محافظة الحسكة",
                "Al-Hasakah",
                "governorate",
                36.45,
                40.85,
                name_ar="الحسكة",
                **area(36.45, 40.85, 0.8),
            ),
            site(
                text,
                "معبر اليعربية",
                "Al-Yaarubiyah crossing",
                "border_crossing",
                36.8090,
                42.0660,
                name_ar="معبر اليعربية",
                confidence=0.5,
            ),
            site(
                text,
                "واشنطن",
                "Washington",
                "settlement",
                38.895,
                -77.036,
                country="US",
                name_ar="واشنطن",
                use="associative",
            ),
            site(
                text,
                "سد الفرات",
                "Euphrates Dam",
                "dam",
                35.8580,
                38.5590,
                name_ar="سد الفرات",
            ),
            site(
                text,
                "سوريا",
                "Syria",
                "country",
                35.0,
                38.5,
                name_ar="سوريا",
                **area(35.0, 38.5, 3.0),
            ),
        ],
        "unplaced": [gap(text, "المطلع", "no place of this name is known")],
        "rejected": [gap(text, "النهار", "the title of a newspaper")],
    }


def english_record() -> Record:
    """Return an English article that names some of the same places, with an emoji before one."""
    text = ENGLISH
    return {
        "id": "en-1",
        "title": "Road to Deir ez-Zor reopens",
        "date": "2025-03-11",
        "source": "Plain Wire",
        "url": "javascript:alert(1)",
        "language": "en",
        "text": text,
        "sites": [
            site(
                text,
                "Raqqa",
                "Raqqa",
                "settlement",
                35.9528,
                39.0079,
                name_ar="الرقة",
                admin1="SY-RA",
            ),
            site(
                text,
                "Deir ez-Zor",
                "Deir ez-Zor",
                "settlement",
                35.3359,
                40.1408,
                name_ar="دير الزور",
            ),
            site(
                text,
                "al-Tim field",
                "Al-Tim oil field",
                "oil_field",
                35.2300,
                40.0980,
                name_ar="حقل التيم",
                confidence=0.7,
            ),
            site(
                text,
                "Qamishli airport",
                "Qamishli airport",
                "airport",
                37.0206,
                41.1914,
                name_ar="مطار القامشلي",
            ),
            site(
                text, "al-Hol camp", "Al-Hol camp", "camp", 36.3772, 41.1489, name_ar="مخيم الهول"
            ),
            site(text, "Damascus", "Damascus", "settlement", 33.5131, 36.2919, name_ar="دمشق"),
            site(text, "Mayadin", "Mayadin", "settlement", 35.0197, 40.4534, name_ar="الميادين"),
            site(
                text,
                "Baghdad",
                "Baghdad",
                "settlement",
                33.3406,
                44.4009,
                country="IQ",
                name_ar="بغداد",
                use="associative",
            ),
        ],
        "unplaced": [],
        "rejected": [gap(text, "Jordan", "part of a person's name: Jordan Miller")],
    }


def records() -> list[Record]:
    """Return both articles."""
    return [arabic_record(), english_record()]
