"""A date is read where it is certain, and left out where it is not."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.read.dates import iso_date


@pytest.mark.parametrize(
    "printed",
    [
        "2025-05-04",
        "2025-05-04T23:59:00+03:00",
        "20250504",
        "2025/5/4",
        "4 May 2025",
        "4th of May 2025",
        "May 4, 2025",
        "Sunday, May 4th, 2025",
        "Sun, 04 May 2025 10:00:00 +0300",
        "4 أيار 2025",
        "٤ أيار/مايو ٢٠٢٥",
        "الأحد 4 مايو، 2025",
    ],
)
def test_one_day_is_read_however_it_is_printed(printed):
    assert iso_date(printed) == "2025-05-04"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("5 كانون الثاني 2024", "2024-01-05"),
        ("30 نيسان / أبريل 2024", "2024-04-30"),
        ("25/12/2025", "2025-12-25"),
        ("12/25/2025", "2025-12-25"),
        ("04.04.2025", "2025-04-04"),
        ("Sept. 4, 2025", "2025-09-04"),
    ],
)
def test_the_names_and_orders_of_the_press_are_known(printed, expected):
    assert iso_date(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [None, "", "yesterday", "2025", "May 2025", "04/05/2025", "31/02/2025", "2025-W18", "9/9/99"],
)
def test_nothing_is_invented(printed):
    assert iso_date(printed) is None


@given(st.dates())
def test_every_iso_date_is_left_as_it_is(day):
    assert iso_date(day.isoformat()) == day.isoformat()


@given(st.text())
def test_any_text_is_read_or_left_out(text):
    assert iso_date(text) is None or len(iso_date(text)) == 10


def test_an_iso_date_loads_no_tables():
    code = "import sys; from geo.read.dates import iso_date; iso_date('2025-05-04')"
    subprocess.run([sys.executable, "-c", f"{code}; assert 'babel' not in sys.modules"], check=True)
