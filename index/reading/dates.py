"""Dates as a record prints them: the day a line or a field states, in ISO 8601; never a guess."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])",
    )
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_ALONE = tuple(re.compile(rf"\W*(?:date:\s*)?{_WEEKDAY}{form.pattern}\W*", re.IGNORECASE) for form in _FORMS)


def stated(text: str) -> str | None:
    """The one date `text` states, in ISO form; None where there is none or several."""
    found = {iso for form in _FORMS for match in form.finditer(text) if (iso := _iso(match))}
    return found.pop() if len(found) == 1 else None


def alone(text: str) -> str | None:
    """The date in ISO form where `text` is nothing but one date."""
    for form in _ALONE:
        match = form.fullmatch(text.strip())
        if match:
            return _iso(match)
    return None


def of_field(value: object) -> str | None:
    """A date field of a header as an ISO date; None where it is none."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return alone(value) or stated(value[:40])
    return None


def _iso(match: re.Match[str]) -> str | None:
    month = match["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS[month[:3]]
    try:
        return date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return None
