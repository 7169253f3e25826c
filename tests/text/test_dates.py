"""The stretch of time that words mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.dates import bears_out, dates, on, periods

SAID = date(2021, 5, 13)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
WAYS = (
    "{d:%B} {d.day}, {d.year}",
    "{d.day} {d:%B} {d.year}",
    "the {d.day}th of {d:%B} {d.year}",
    "{d:%Y-%m-%d}",
    "{d:%b}. {d.day}, {d.year}",
    "{d.day}.{d.month}.{d.year}",
)
words = st.sampled_from(
    """in May 2021 March 13, the second quarter of last year 5/6/2021 yesterday spring two weeks ago 1990s on 14th .
    early next
    Tuesday 0000 the day before twenty nineteen '99 31.2.2021 February 30 centuries ago 9999 1500 mid- this week
    Christmas""".split()
)


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
        ("5/13/2021", "2021-05-13", "2021-05-13"),
        ("13.5.2021", "2021-05-13", "2021-05-13"),
        ("in the second quarter of 2021", "2021-04-01", "2021-06-30"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("back in the '90s", "1990-01-01", "1999-12-31"),
        ("in nineteen ninety-nine", "1999-01-01", "1999-12-31"),
        ("in twenty twenty-one", "2021-01-01", "2021-12-31"),
        ("since '08", "2008-01-01", "2008-12-31"),
        ("in FY22", "2022-01-01", "2022-12-31"),
        ("the twenty-first of May, 2021", "2021-05-21", "2021-05-21"),
        ("in early 2022", "2022-01-01", "2022-12-31"),
    ],
)
def test_reads_periods(text: str, since: str, until: str) -> None:
    (found,) = periods(text)
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        "last spring",
        "in March",
        "12,021 people",
        "$2022",
        "may we",
        "20210 votes",
        "2000 people",
        "on Tuesday",
        "1.2021",
    ],
)
def test_words_without_a_year_name_no_period(text: str) -> None:
    assert periods(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "May we march on?",
        "may well fall",
        "Jan Egeland",
        "a march on Washington",
        "the second dose",
        "a spring in his step",
        "day",
        "$2021",
    ],
)
def test_words_that_only_look_like_dates(text: str) -> None:
    assert dates(text, SAID) == ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("in March we met", ["2021-03-01/2021-03-31"]),
        ("in March we will meet", ["2022-03-01/2022-03-31"]),
        ("March of this year", ["2021-03-01/2021-03-31"]),
        ("in August of last year", ["2020-08-01/2020-08-31"]),
        ("last spring", ["2020-03-01/2020-05-31", "2021-03-01/2021-05-31"]),
        ("yesterday", ["2021-05-12/2021-05-12"]),
        ("tomorrow morning", ["2021-05-14/2021-05-14"]),
        ("a year ago", ["2020-01-01/2020-12-31"]),
        ("two months ago", ["2021-03-01/2021-03-31"]),
        ("this week", ["2021-05-10/2021-05-16"]),
        ("next month", ["2021-06-01/2021-06-30"]),
        ("on Tuesday", ["2021-05-11/2021-05-11", "2021-05-18/2021-05-18"]),
        ("on Tuesday we will", ["2021-05-18/2021-05-18"]),
        ("on May 3", ["2021-05-03/2021-05-03"]),
        ("on the 3rd.", ["2021-05-03/2021-05-03"]),
        ("the day before", []),
        ("in March, as in 1999", ["1999-03-01/1999-03-31", "2021-03-01/2021-03-31"]),
    ],
)
def test_what_was_meant_on_the_day_it_was_said(text: str, meant: list[str]) -> None:
    assert [f"{first}/{last}" for first, last in dates(text, SAID)[0].meant] == meant


@pytest.mark.parametrize(
    ("found", "stated"),
    [
        ("May 13, 2021", "in May 2021"), ("May 13, 2021", "13 May"), ("May 13, 2021", "on Thursday"),
        ("May 13, 2021", "2021"),
        ("in March", "in March 2021"), ("last year", "in 2020"), ("March of this year", "this year"),
        ("March of this year", "this March"),
        ("last Tuesday", "on Tuesday"), ("yesterday morning", "yesterday"), ("yesterday", "the day before"),
        ("last week", "the previous week"),
        ("in 1994", "the 1990s"), ("February 3, 2021", "in early 2021"), ("on the ninth it", "on the 9th"),
        ("April 2021", "spring 2021"),
        ("twenty nineteen", "2019"), ("the second of July", "2 July"), ("5/6/2021", "June 5, 2021"),
        ("earlier this year", "this year"),
    ],
)  # fmt: skip
def test_what_says_as_much_bears_out(found: str, stated: str) -> None:
    assert any(bears_out(one, dates(stated)[0]) for one in dates(found, SAID))


@pytest.mark.parametrize(
    ("found", "stated"),
    [
        ("in May 2021", "May 13, 2021"), ("May 13", "May 14"), ("May 13, 2021", "on Friday"),
        ("in March", "in March 2020"),
        ("in 2021", "early 2021"), ("this year", "this week"), ("today", "yesterday"), ("in 2020", "last year"),
        ("the day before", "yesterday"),
        ("yesterday", "yesterday morning"), ("last spring", "last summer"), ("the 1990s", "1994"),
        ("late 2021", "early 2021"),
        ("in June", "in July"), ("this year", "earlier this year"), ("Q1 2021", "Q2 2021"),
        ("tomorrow", "Christmas Eve"),
    ],
)  # fmt: skip
def test_what_says_less_or_else_does_not(found: str, stated: str) -> None:
    assert not any(bears_out(one, dates(stated)[0]) for one in dates(found, SAID))


@given(days, st.sampled_from(WAYS))
def test_a_date_as_written_is_that_day(day: date, way: str) -> None:
    written = way.format(d=day).replace("May.", "May")
    text = f"It was on {written}, they said."
    (found,) = dates(text)
    assert bears_out(on(day), found)
    if found.meant == ((day, day),):
        assert bears_out(found, on(day))
    assert text[found.span.start : found.span.end] in (written, written.removeprefix("the "))


@given(days, days)
def test_only_the_same_day_bears_out_a_day(day: date, other: date) -> None:
    stated = dates(f"{day:%B} {day.day}, {day.year}")[0]
    assert bears_out(on(other), stated) == (day == other)


@given(st.text(max_size=200) | st.lists(words, max_size=25).map(" ".join), st.none() | st.dates())
def test_any_text_gives_ordered_dates_that_bear_themselves_out(text: str, said: date | None) -> None:
    found = dates(text, said)
    assert [one.span for one in found] == sorted(one.span for one in found)
    assert all(first <= last for one in found for first, last in one.meant)
    for stated in dates(text):
        assert any(bears_out(one, stated) for one in found)
    assert all(one.since <= one.until for one in periods(text))
