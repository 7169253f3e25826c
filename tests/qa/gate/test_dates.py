"""Dates of a draft are those of the words it cites, or of their transcript."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.transcript import Span, Transcript, Turn
from qa.gate.dates import fault
from qa.gate.evidence import Evidence, Stretch


def cited(text: str, day: str | None = "2021-05-13", title: str | None = None) -> Evidence:
    transcript = Transcript(turns=(Turn(text, "MS. PSAKI", "MS. PSAKI"),), date=day, title=title)
    return Evidence((Stretch("t", transcript, Span(0, len(text)), 1),))


@pytest.mark.parametrize(
    ("draft", "record"),
    [
        ("in March 2021", "in March of this year"),
        ("in May 2021", "on May 11, 2021"),
        ("in 2020", "last year"),
        ("In May 2021 Psaki said that it rains", "It rains."),
        ("It rains, Psaki said on Thursday", "It rains, as on Monday."),
        ("on May 12, 2021", "yesterday"),
        ("the day before", "yesterday"),
        ("yesterday", "yesterday"),
        ("in the 1990s", "in 1994"),
        ("two months earlier", "two months ago"),
        ("on July 2", "on the second of July"),
        ("in early 2021", "in February of this year"),
        ("over three years", "over three years"),
        ("on September 11", "on 9/11"),
        ("44 on 9 July", "On the second of July it was 47. On the ninth it was 44."),
        ("47 on 2 June and 44 on 9 June", "from the second to the ninth of June"),
        ("on 2, 9 and 16 July", "on the second of July, on the ninth and on the sixteenth"),
        ("It was to start in August", "It starts in August."),
        ("in the first six months of 2022", "in the first half of 2022"),
        ("She had overseen 1900 convictions", "1,900 marijuana convictions"),
        ("the previous autumn", "last fall"),
        ("It took office two months ago", "It was the two months since they've taken office."),
    ],
)
def test_borne_out(draft: str, record: str) -> None:
    assert fault(draft, cited(record)) is None


@pytest.mark.parametrize(
    ("draft", "record", "named"),
    [
        ("in March 2020", "in March of this year", "March 2020"),
        ("on May 12", "in May", "May 12"),
        ("It had warned the previous autumn", "It warned yesterday.", "the previous autumn"),
        ("It took office two months ago", "It was the two months before they took office.", "two months ago"),
        ("in 2019", "last year", "2019"),
        ("today", "yesterday", "today"),
        ("yesterday", "on May 12", "yesterday"),
        ("this week they met", "they met", "this week"),
        ("on Friday", "it rains", "Friday"),
        ("In May we met", "In March we met.", "May"),
        ("on Christmas Eve", "tomorrow", "Christmas Eve"),
        ("last spring", "yesterday", "last spring"),
        ("in August 2022", "in August of last year", "August 2022"),
        ("on 2, 8 and 16 July", "on the second of July, on the ninth and on the sixteenth", "8"),
        ("44 on 9 July", "On the second of June it was 47. On the ninth it was 44.", "9 July"),
        ("in the last six months of 2022", "From August on and in the first half of 2022", "last six months of 2022"),
    ],
)
def test_not_borne_out(draft: str, record: str, named: str) -> None:
    found = fault(draft, cited(record))
    assert found is not None
    assert found.reason == "date_not_in_source"
    assert f"“{named}”" in found.detail


def test_without_a_date_of_its_own_a_record_bears_out_only_its_words_and_title() -> None:
    assert fault("in March 2021", cited("in March", None)) is not None
    assert fault("in March", cited("in March", None)) is None
    assert fault("On 14 June 2022 she said so", cited("It is so.", None, "Hearing of June 14, 2022")) is None


def test_no_number_is_a_date() -> None:
    assert fault("in 2019", cited("There were 2019 people.")) is not None
    assert fault("on the 14th.", cited("It was the 14th of them.")) is None


def test_every_real_sentence_bears_itself_out(real: list[Evidence]) -> None:
    assert [(text, fault(text, one)) for one in real for text in one.texts if fault(text, one)] == []


_MONTHS = "January February April June July August September October November December".split()
_NAMED = re.compile(rf"(?P<month>\b(?:{'|'.join(_MONTHS)})\b)|(?P<year>\b(?:19|20)[0-9][0-9]\b)")


def _altered(text: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    for found in _NAMED.finditer(text):
        month, year = found["month"], found["year"]
        other = (
            chance.choice([one for one in _MONTHS if one != month])
            if month
            else str(int(year) + chance.choice((-1, 1)))
        )
        yield other, text[: found.start()] + other + text[found.end() :]


def test_every_altered_month_and_year_of_a_real_sentence_is_caught(real: list[Evidence]) -> None:
    chance, missed, tried = random.Random(6), [], 0
    for one in real:
        (stretch,) = one.stretches
        said = date.fromisoformat(stretch.transcript.date) if stretch.transcript.date else None
        for other, altered in _altered(stretch.text, chance):
            if other in stretch.text or (said and other in (f"{said:%B}", f"{said:%Y}")):
                continue
            tried += 1
            if fault(altered, one) is None:
                missed.append((altered, stretch.text))
    assert tried > 50
    assert not missed, "\n".join(map(str, missed))


_PIECES = st.sampled_from(
    """in May 2021 March 13, the second quarter of last year 5/6/2021 yesterday spring two weeks ago 1990s on 14th .
    early next late
    Tuesday 0000 the day before twenty nineteen '99 31.2.2021 February 30 centuries ago 9999 1500 mid- this week said
    that""".split()
)


@given(st.text(max_size=150) | st.lists(_PIECES, max_size=30).map(" ".join), st.none() | st.dates().map(date.isoformat))
def test_any_text_bears_itself_out(text: str, day: str | None) -> None:
    assert fault(text, cited(text, day)) is None


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=12), st.text(max_size=30))
def test_any_two_texts_are_judged(text: str, record: str, day: str, title: str) -> None:
    found = fault(text, cited(record, day, title))
    assert found is None or found.reason == "date_not_in_source"


def test_months_to_the_day_name_no_day() -> None:
    record = cited("He comes almost two months to the day from taking office.")
    assert fault("He came nearly two months to the day after taking office.", record) is None
    assert fault("He came the day after taking office.", record) is not None


def test_a_lone_day_is_of_the_month_named_before_in_its_turn() -> None:
    text = "In June it rained. On the ninth it was 44."
    transcript = Transcript(turns=(Turn("It was May.", "A"), Turn(text, "B")), date="2021-07-13")
    start = transcript.text.index("On the ninth")
    evidence = Evidence((Stretch("t", transcript, Span(start, len(transcript.text)), 1),))
    assert fault("44 on 9 June", evidence) is None
    assert fault("44 on 9 June 2021", evidence) is None
    assert fault("44 on 9 May", evidence) is not None
    assert fault("44 on 9 July", evidence) is not None
    assert fault("44 on 9 July", cited("On the ninth it was 44.", "2021-07-13")) is None
