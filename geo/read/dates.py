"""A date as it is printed → an ISO 8601 date, or nothing: a guess would be an invented fact."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Final

__all__ = ["iso_date"]

_LOCALES: Final = ("en", "en_GB", "ar_EG", "ar_SY", "ar_MA", "ar_TN")
"""The month names of these, together, are those that Arabic and English papers print."""

_DAY_MONTH_YEAR = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(\D{3,30}?)[\s,،]*(\d{4})(?!\d)"
)
_MONTH_DAY_YEAR = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?!\d)")


def iso_date(value: str | None) -> str | None:
    """Return ``value`` as ``YYYY-MM-DD``, or None where it is no date or could be two dates.

    Reads ISO 8601, RFC 2822, a day with a month's name in English or Arabic (Gregorian, both the
    Levantine and the Egyptian names), and numbers whose order is certain (``25/12/2025``, not
    ``04/05/2025``). Digits of any script count.
    """
    if not value:
        return None
    value = " ".join(value.split())[:100]
    for read in (_from_iso, _from_names, _from_numbers, _from_mail):
        try:
            found = read(value)
        except (ValueError, OverflowError):
            continue
        if found is not None:
            return found.isoformat()
    return None


def _from_iso(value: str) -> date:
    if "W" in value.upper():
        raise ValueError("a week is not a day")
    return datetime.fromisoformat(value).date()


def _from_names(value: str) -> date | None:
    lowered = value.casefold()
    months = _months()
    for match in _DAY_MONTH_YEAR.finditer(lowered):
        # "4 May", but also a month of two words, or two names of one month with a slash between.
        first = match[2].split("/")[0].strip(" .,،")
        if first in months:
            return date(int(match[3]), months[first], int(match[1]))
    for match in _MONTH_DAY_YEAR.finditer(lowered):
        if match[1] in months:
            return date(int(match[3]), months[match[1]], int(match[2]))
    return None


def _from_numbers(value: str) -> date | None:
    if year_first := _YEAR_FIRST.search(value):
        year, month, day = map(int, year_first.groups())
        return date(year, month, day)
    if numbers := _NUMBERS.search(value):
        first, second, year = map(int, numbers.groups())
        readings = {*_dates(year, second, first), *_dates(year, first, second)}
        return readings.pop() if len(readings) == 1 else None
    return None


def _dates(year: int, month: int, day: int) -> list[date]:
    """Return the date, or none where there is no such day."""
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _from_mail(value: str) -> date:
    return parsedate_to_datetime(value).date()


@cache
def _months() -> dict[str, int]:
    """Return the number of each month's name, wide and abbreviated, case-folded (CLDR)."""
    # Imported here since most dates are ISO 8601 already and need none of this.
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): number
        for locale in _LOCALES
        for width in ("abbreviated", "wide")
        for number, name in get_month_names(width, locale=locale).items()
    }
