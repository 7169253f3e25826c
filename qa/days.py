"""Days and stretches of them in words: "20 June 2022", "June 2022", "6 June 2022 to 12 June 2022"."""

from __future__ import annotations

from datetime import date

from index.text.dated import month_of

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def in_words(day: date) -> str:
    """The day with its month and year."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def stretch_in_words(first: date, last: date) -> str:
    """From the first to the last day, both inclusive: a day, a whole month or two days."""
    if first == last:
        return in_words(first)
    if (first, last) == month_of(first.year, first.month):
        return f"{MONTH_NAMES[first.month - 1]} {first.year}"
    return f"{in_words(first)} to {in_words(last)}"
