import json
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mgrs import MGRS
from openlocationcode import openlocationcode
from pyproj import Geod, Proj

from geo.recognize.coordinates import (
    choose_order,
    find_coordinates,
    grids,
    links,
    signals,
    tokens,
)
from geo.recognize.coordinates.forms import Form

GEOD = Geod(ellps="WGS84")
SHARED = Path(__file__).parents[3] / "shared" / "cases" / "coordinates_dev.jsonl"
ARABIC_DIGITS = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")
PERSIAN_DIGITS = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")

latitudes = st.floats(-89.99, 89.99)
longitudes = st.floats(-179.99, 179.99)


def kilometres(found, lat, lon):
    return GEOD.inv(found.lon, found.lat, lon, lat)[2] / 1000


def only(text):
    found = find_coordinates(text)
    assert len(found) == 1, (text, found)
    assert text[found[0].mention.start : found[0].mention.end] == found[0].mention.text
    return found[0]


def letters(lat, lon):
    return "NS"[lat < 0], "EW"[lon < 0]


def decimal(lat, lon):
    return f"{lat:.5f}, {lon:.5f}"


def hemispheres(lat, lon):
    north, east = letters(lat, lon)
    return f"{abs(lat):.5f}°{north} {abs(lon):.5f}°{east}"


def hemispheres_first(lat, lon):
    north, east = letters(lat, lon)
    return f"{north}{abs(lat):.5f} {east}{abs(lon):.5f}"


def labels(lat, lon):
    return f"longitude {lon:.5f} and latitude {lat:.5f}"


def arabic_labels(lat, lon):
    return f"خط العرض {lat:.5f} وخط الطول {lon:.5f}"


def arabic_words(lat, lon):
    north = "جنوباً" if lat < 0 else "شمالاً"
    east = "غرباً" if lon < 0 else "شرقاً"
    return f"{abs(lat):.5f} {north}، {abs(lon):.5f} {east}".translate(ARABIC_DIGITS)


def persian_digits(lat, lon):
    north, east = letters(lat, lon)
    return f"{abs(lat):.5f}° {north}، {abs(lon):.5f}° {east}".translate(PERSIAN_DIGITS)


def sexagesimal(value, parts, decimals):
    """Return degrees, minutes (and seconds) of ``value``, rounded without ever reaching 60."""
    unit = 60 ** (parts - 1) * 10**decimals
    whole = round(abs(value) * unit)
    last, rest = whole % (60 * 10**decimals), whole // (60 * 10**decimals)
    text = f"{last / 10**decimals:0{decimals + 3 if decimals else 2}.{decimals}f}"
    return [*divmod(rest, 60), text] if parts == 3 else [rest, text]


def minutes(lat, lon):
    north, east = letters(lat, lon)
    (d1, m1), (d2, m2) = sexagesimal(lat, 2, 3), sexagesimal(lon, 2, 3)
    return f"{d1}° {m1}′ {north} {d2}° {m2}′ {east}"


def seconds(degree, minute, second, separator):
    def write(lat, lon):
        north, east = letters(lat, lon)
        d1, m1, s1 = sexagesimal(lat, 3, 1)
        d2, m2, s2 = sexagesimal(lon, 3, 1)
        return (
            f"{d1}{degree}{m1:02d}{minute}{s1}{second}{north}{separator}"
            f"{d2}{degree}{m2:02d}{minute}{s2}{second}{east}"
        )

    return write


def arabic_seconds(lat, lon):
    north = "جنوباً" if lat < 0 else "شمالاً"
    east = "غرباً" if lon < 0 else "شرقاً"
    d1, m1, s1 = sexagesimal(lat, 3, 1)
    d2, m2, s2 = sexagesimal(lon, 3, 1)
    return (
        f"{d1} درجة و{m1} دقيقة و{s1} ثانية {north} و{d2} درجة و{m2} دقيقة و{s2} ثانية {east}"
    ).translate(ARABIC_DIGITS)


def packed(lat, lon):
    north, east = letters(lat, lon)
    d1, m1, s1 = sexagesimal(lat, 3, 1)
    d2, m2, s2 = sexagesimal(lon, 3, 1)
    return f"{d1:02d}{m1:02d}{s1}{north}{d2:03d}{m2:02d}{s2}{east}"


def geo_uri(lat, lon):
    return f"geo:{lat:.5f},{lon:.5f};u=5"


def google(lat, lon):
    return f"https://www.google.com/maps/place/Gate/@1.5,2.5,17z/data=!3d{lat:.5f}!4d{lon:.5f}"


def google_query(lat, lon):
    return f"https://maps.google.com/?q={lat:.5f}%2C{lon:.5f}"


def bing(lat, lon):
    return f"https://www.bing.com/maps?lvl=12&cp={lat:.5f}~{lon:.5f}"


def openstreetmap(lat, lon):
    return f"https://www.openstreetmap.org/#map=16/{lat:.5f}/{lon:.5f}"


def yandex(lat, lon):
    return f"https://yandex.com/maps/?ll={lon:.5f}%2C{lat:.5f}&z=9"


def geojson(lat, lon):
    return f'{{"type": "Point", "coordinates": [{lon:.5f}, {lat:.5f}]}}'


def plus_code(lat, lon):
    return openlocationcode.encode(lat, lon, 11)


def mgrs(lat, lon):
    return MGRS().toMGRS(lat, lon, MGRSPrecision=5)


def utm(lat, lon):
    zone = min(60, int((lon + 180) // 6) + 1)
    east, north = Proj(proj="utm", zone=zone, south=lat < 0, ellps="WGS84")(lon, lat)
    return f"UTM zone {zone} {'south' if lat < 0 else 'north'}, {east:.0f} {north:07.0f}"


ANYWHERE = [
    decimal,
    hemispheres,
    hemispheres_first,
    labels,
    arabic_labels,
    arabic_words,
    persian_digits,
    minutes,
    seconds("°", "'", '"', " "),
    seconds("º ", "’ ", "” ", ", "),
    seconds("˚", "′", "″", " / "),
    seconds("° ", "' ", "'' ", "; "),
    seconds(" degrees ", " minutes ", " seconds ", " and "),
    seconds("-", "-", "", " "),
    seconds(" ", " ", " ", " "),
    arabic_seconds,
    packed,
    geo_uri,
    google,
    google_query,
    bing,
    openstreetmap,
    yandex,
    geojson,
    plus_code,
]


@pytest.mark.parametrize("write", ANYWHERE)
@settings(max_examples=60, deadline=None)
@given(lat=latitudes, lon=longitudes)
def test_what_is_written_is_read_back_to_its_precision(write, lat, lon):
    lat, lon = round(lat, 5), round(lon, 5)
    text = f"Coordinates at {write(lat, lon)} as reported"
    found = only(text)
    swapped = found.other is not None and abs(lat) <= 90 and abs(lon) <= 90
    assert kilometres(found, lat, lon) <= found.radius_km + 0.002
    assert swapped or found.other is None
    assert found.why


@pytest.mark.parametrize("write", [mgrs, utm])
@settings(max_examples=100, deadline=None)
@given(lat=st.floats(-79.5, -0.001) | st.floats(0, 83.5), lon=longitudes)
def test_grid_coordinates_are_read_back_to_the_metre(write, lat, lon):
    found = only(f"grid {write(lat, lon)} as reported")
    assert kilometres(found, lat, lon) <= 0.003


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *"0123456789°'\".,;:/+-NSEWm و\n",
                *("35.1234", "٤٠٫٥", "36.5", "lat ", "خط العرض ", "شمالاً ", "geo:", "37SFV"),
                *("https://maps.google.com/?q=", "UTM ", "8G7RVR4G+", "\u200f", "\ud800"),
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_any_mixture_gives_ordered_spans_on_earth(text):
    end = 0
    for found in find_coordinates(text):
        assert found.mention.start >= end
        end = found.mention.end
        assert text[found.mention.start : end] == found.mention.text
        assert abs(found.lat) <= 90
        assert abs(found.lon) <= 180
        assert math.isfinite(found.radius_km)
        assert found.radius_km > 0


@given(st.text())
def test_no_text_makes_it_fail(text):
    find_coordinates(text)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Nd",)), max_size=300))
def test_text_without_digits_is_silent(text):
    assert find_coordinates(text) == []
    assert signals.read_signals(text, ()).windows == ()


SPANS = {
    "The hut (N 34.512, E 36.221) burned.": ["N 34.512, E 36.221"],
    "قرب خطي عرض 33 وطول 41 تقريباً": ["خطي عرض 33 وطول 41"],
    "بخط عرض 33.25 وخط طول 41.5 وفق البيان": ["خط عرض 33.25 وخط طول 41.5"],
    "أُبلغ عن ٣٤٫٢° شمـالاً و٤١٫٥° شَرقاً أمس": ["٣٤٫٢° شمـالاً و٤١٫٥° شَرقاً"],
    "عند ٣٤٫٢ شمال خط الاستواء و٤١٫٥ شرق غرينتش": None,
    "(see https://maps.google.com/?q=33.51,36.29).": ["https://maps.google.com/?q=33.51,36.29"],
    '{\'x\': 1} {"lat": 34.25, "lng": 41.5}': ['{"lat": 34.25, "lng": 41.5}'],
    'They wrote "34.2512, 41.5031" on it': ["34.2512, 41.5031"],
    "\u200f34.2512, 41.5031\u200f": ["34.2512, 41.5031"],
    "A 34.2512, 41.5031 then B 34.3512, 41.6031": ["34.2512, 41.5031", "34.3512, 41.6031"],
    "Coordinates (lon, lat): 41.5031, 34.2512": ["41.5031, 34.2512"],
    "storm near 15N 42E today": ["15N 42E"],
    "log: 34,2512; 41,5031 read": ["34,2512; 41,5031"],
}


@pytest.mark.parametrize(("text", "spans"), SPANS.items())
def test_the_span_is_the_coordinate_and_nothing_else(text, spans):
    found = [coordinate.mention.text for coordinate in find_coordinates(text)]
    assert found == spans if spans else found


SILENT = [
    "The fare rose from 34.25 to 41.50 in a week.",
    "The pound fixed at 1.2745, 1.0832 against its peers.",
    "The judges scored her 14.266, 14.533 on the bars.",
    "Release 4.12.1 replaces 4.11.9.",
    "Server 10.34.41.7 and 10.35.40.12 were down.",
    "Dial 0933 412 345 or +963 33 412 3456.",
    "ISBN 978-0-306-40615-7, printed 12.05.2021, 13.05.2021",
    "10 km north of the dam and 12.5 km east of it",
    "The 34 N and 41 E lines of the bus network",
    "Held from 34°12' to 41°30' of tilt",
    "His numbers: 1.2345, 2.3456, 3.4567",
    "12,345, 67,890 displaced",
    "34 TKA 1923 was parked outside",
    "lat 95.2, lon 36.1 was rejected",
    "34°72'10\"N 41°10'90\"E is impossible",
    "Open https://www.google.com/maps and look",
    "https://news.example/2024/34.2512,41.5031/story",
    "قتل 34 شمالاً و41 شرقاً خلال أسبوع",
    "ارتفع السعر إلى 13.250، 13.475 ليرة",
    "بعرض 3.5 متر وطول 4.2 متر",
    "الإصدار 14.2 والإصدار 15.3",
    "حرارة 34° نهاراً و21° ليلاً",
]


@pytest.mark.parametrize("text", SILENT)
def test_other_numbers_are_left_alone(text):
    assert find_coordinates(text) == []


def test_an_undecided_order_is_chosen_by_the_places_of_the_article():
    found = only("A shell fell at 40.8501, 34.7374 yesterday")
    assert found.other == (34.7374, 40.8501)
    swapped = choose_order(found, [(35.0, 40.4), (36.2, 37.1)])
    assert (swapped.lat, swapped.lon) == found.other
    assert "longitude first" in swapped.why[-1]
    assert choose_order(swapped, [(35.0, 40.4)]) == choose_order(
        choose_order(swapped, [(35.0, 40.4)]), [(35.0, 40.4)]
    )
    assert choose_order(found, [(40.9, 34.8)]).lat == found.lat
    assert choose_order(found, []) == found


def test_a_decided_order_is_never_swapped():
    found = only("lat 34.7374, lon 40.8501")
    assert found.other is None
    assert choose_order(found, [(40.9, 34.7)]) == found


def test_the_radius_follows_the_digits():
    radii = [
        only(f"coordinates {text}").radius_km
        for text in ("34.2, 41.5", "34.25, 41.51", "34.251, 41.512", "34.2513, 41.5123")
    ]
    assert radii == sorted(radii, reverse=True)
    assert radii[0] == pytest.approx(7.2, abs=0.6)
    assert only("geo:34.25123,41.51234;u=250").radius_km == 0.25


def test_long_runs_of_signs_stay_linear_in_work():
    # No timing: the finder must simply come back, which a backtracking pattern would not.
    for run in (
        "1",
        "35.1234 ",
        "35°",
        "°",
        "N35",
        "+",
        "https://",
        "35, ",
        "UTM 37N 1",
        "lat ",
        "(35",
        "1.",
        "a\u064b",
    ):
        find_coordinates(run * 20_000)


def test_every_repeat_in_the_scanning_pattern_is_bounded_or_possessive_or_a_group_at_its_end():
    ending_group = re.compile(r"(?<=\))(?:\*|\{\d*,\})(?=\s*\)\s*(?:\||\Z))")
    for module in (grids, links, signals, tokens):
        for name, pattern in vars(module).items():
            forms = pattern if isinstance(pattern, tuple) else (pattern,)
            for form in forms:
                if isinstance(form, Form | re.Pattern):
                    written = (form.regex if isinstance(form, Form) else form).pattern
                    bare = ending_group.sub("", re.sub(r"\\.|\[[^\]]*\]", "x", written))
                    assert not re.search(r"(?<![*+?}])[*+](?!\+)|\{\d*,\}(?!\+)", bare), (
                        name,
                        written,
                    )


def test_the_grid_libraries_are_loaded_only_when_needed():
    code = (
        "import sys; from geo.recognize.coordinates import find_coordinates as find;"
        "find('at 34.2512, 41.5031');"
        "print({'mgrs', 'pyproj', 'openlocationcode'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not beside this checkout")
def test_the_development_cases_reach_their_target():
    right = total = 0
    for line in SHARED.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        found = find_coordinates(item["text"])
        total += 1
        right += len(found) == len(item["expect"]) and all(
            each.mention.start == expected["start"]
            and kilometres(each, expected["lat"], expected["lon"]) <= expected["tol_km"]
            for each, expected in zip(found, item["expect"], strict=True)
        )
    assert right / total >= 0.97
