"""Numbers of a draft are those of the words it cites."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.number import same_value
from index.text.numbers import numbers
from index.transcript import Span, Transcript, Turn
from qa.gate.dates import fault as date_fault
from qa.gate.evidence import Evidence, Stretch
from qa.gate.numbers import fault


def cited(*texts: str, label: str = "MS. PSAKI") -> Evidence:
    spoken = [Transcript(turns=(Turn(text, label, label),), date="2021-05-13") for text in texts]
    return Evidence(tuple(Stretch("t", one, Span(0, len(one.text)), 1) for one in spoken))


@pytest.mark.parametrize(
    ("draft", "record"),
    [
        ("70 percent of adults have had a shot", "Seventy per cent of adults have had a shot."),
        ("Seven in ten adults", "It is 70% of adults."),
        ("Half of the adults", "50 percent of adults"),
        ("It cost $1.2bn", "It cost twelve hundred million dollars."),
        ("It took 24 hours", "It took one day."),
        ("It took one hour", "It took an hour."),
        ("70 people", "more than 70 people"),
        ("at least 70 people", "70 people"),
        ("no more than four tests", "We limit it to four tests."),
        ("children of 5 to 11 years", "for kids ages 5 to 11"),
        ("15-year-olds", "who is 15"),
        ("It went from 50 to 60 percent", "It went from 50 percent to 60."),
        ("no more than 40 km/h", "if the speed is held to 40 kilometres an hour"),
        ("400 m³ a day", "400 cubic metres a day"),
        ("There were no cases: 0 of them", "There were no cases."),
        ("the two ministers", "both ministers"),
        ("One of the reasons is rain, and first of all rain", "It was the rain."),
        ("a K-12 school", "a K-through-12 school"),
        ("the G7", "the G seven"),
        ("It doubled", "It was twice as much."),
        ("On the 16th 41 came", "on the sixteenth it was 41"),
        ("two weeks earlier", "two weeks ago"),
        ("It fell by about a third since July", "It has decreased by about one third."),
        ("a third more than in May, cut by a quarter", "one third more, and cut by one quarter"),
        ("It doubled to $1 billion", "We doubled the funding for 2021 to $1 billion."),
        ("a further 2.7m first doses", "along with 2.7 million first doses"),
        ("1.5m Moderna doses", "1.5 million doses of Moderna"),
        ("two thousand seven hundred million", "2.7 billion"),
        ("It goes up to $3,000", "It rises from $2,000 to $3,000."),
        ("41 percent above the seven days before", "up 41 percent from the prior seven-day period"),
        ("Beyond the second two billion dollars, it costs", "It costs more than the second $2 billion."),
        ("over and above the $3 billion", "This builds on the $3 billion."),
        ("$5 billion more, over and above the three billion issued before", "$5 billion and the $3 billion of May"),
        ("no more than five are left", "It has shrunk to just 5."),
        ("the top 0.3%", "the top three tenths of 1 percent"),
        ("a total of $3.5bn", "so a total of $3.5 [billion], Josh"),
        ("Three states were named: Maine; Ohio, where it rains; and Iowa", "In Maine, in Ohio and in Iowa."),
        ("Both sides agree", "They and we agree."),
        ("He spoke of “70 percent”", "nearly 70 percent"),
        ("sixty million, plus or minus 5", "60 million, give or take five"),
        ("COVID-19 cases", "COVID cases"),
        ("1,900 convictions", "1900 convictions"),
        ("97 of the 100 ferries", "97 out of 100 ferries"),
        ("one of three sites", "three sites"),
    ],
)
def test_borne_out(draft: str, record: str) -> None:
    assert fault(draft, cited(record)) is None


@pytest.mark.parametrize(
    ("draft", "record", "named"),
    [
        ("70 adults", "70 percent of adults", "70"),
        ("70 percentage points", "70 percent", "70 percentage points"),
        ("more than 70", "nearly 70", "more than 70"),
        ("more than 70", "less than 70", "more than 70"),
        ("70", "nearly 70", "70"),
        ("70", "up to 70", "70"),
        ("about 70", "69.8", "about 70"),
        ("30 percent did not", "70 percent did", "30 percent"),
        ("5 billion", "5 million", "5 billion"),
        ("5 kilometres", "5 miles", "5 kilometres"),
        ("$5", "€5", "$5"),
        ("5 dollars per litre", "5 dollars per gallon", "5 dollars"),
        ("100 cases a week", "100 cases a day", "100"),
        ("2021 people", "in 2021, people", "2021"),
        ("13 people", "on May 13, people", "13"),
        ("300 million", "$300 million", "300 million"),
        ("One of the ferries", "Two of the ferries", "One"),
        ("the first dose", "the second dose", "first"),
        ("50 percent of seniors", "70 percent of seniors and 50 percent of adults", "50 percent"),
        ("40 buses", "12 buses and 40 ferries", "40"),
        ("both, and two ministers", "the ministers", "two"),
        ("It tripled", "It doubled.", "tripled"),
        ("at 3 p.m.", "at 3 a.m.", "3 p.m."),
        ("the AR-18", "the AR-15", "AR-18"),
        ("thousands of people", "hundreds of people", "thousands"),
        ("seven adults", "seven in ten adults", "seven"),
        ("a third of them", "a third dose", "a third"),
        ("It costs up to $3,000", "It costs $3,000.", "at most $3,000"),
        ("above 70 percent", "70 percent", "more than 70 percent"),
        ("no more than five are left", "It has shrunk to 5.", "at most five"),
        ("Four states were named: Maine, Ohio and Iowa", "In Maine, in Ohio and in Iowa.", "Four"),
    ],
)
def test_not_borne_out(draft: str, record: str, named: str) -> None:
    found = fault(draft, cited(record))
    assert found is not None
    assert found.reason == "number_not_in_source"
    assert f"“{named}”" in found.detail


def test_any_cited_sentence_may_bear_it_out_and_none_that_is_not_cited() -> None:
    assert fault("12 and 40", cited("It was 12.", "It was 40.")) is None
    assert fault("12 and 40", cited("It was 12.")) is not None
    assert fault("12", Evidence(())) is not None


def test_a_label_is_no_number() -> None:
    assert fault("Speaker 2 said so", cited("It is so.", label="Speaker 2")) is None
    assert fault("Speaker 3 said so", cited("It is so.", label="Speaker 2")) is not None


def test_every_real_sentence_bears_itself_out(real: list[Evidence]) -> None:
    assert [(text, fault(text, one)) for one in real for text in one.texts if fault(text, one)] == []


_FIGURE = re.compile(r"(?<![\w.,])[1-9][0-9]*(?![\w.,]*[0-9])")
_OTHERS = {
    "million": "billion", "billion": "million", "trillion": "billion", "thousand": "million", "miles": "kilometers",
    "percent": "percentage points", "weeks": "days", "days": "weeks", "hours": "minutes", "months": "years",
    "dollars": "euros",
}  # fmt: skip
_OTHER = re.compile(rf"(?<=[0-9] )(?:{'|'.join(_OTHERS)})\b")


def _altered(text: str, chance: random.Random) -> Iterator[str]:
    for found in _FIGURE.finditer(text):
        yield text[: found.start()] + str(int(found.group()) + chance.randint(1, 9)) + text[found.end() :]
    for found in _OTHER.finditer(text):
        yield text[: found.start()] + _OTHERS[found.group()] + text[found.end() :]


@pytest.mark.parametrize(
    ("text", "record", "holds"),
    [
        ("The two would discuss sanctions.", "Related to that, they will discuss sanctions.", True),
        ("The three will meet in May.", "President Ames, Chancellor Orr, and Mayor Varley will meet in May.", True),
        ("The two will meet in May.", "The President will meet with Chancellor Orr in May.", True),
        ("The two will meet in May.", "We will meet in May with no fuss.", False),
        ("The three will meet in May.", "They will meet in May.", False),
        ("The two would discuss sanctions.", "The three of them will discuss sanctions.", False),
        ("The two sides agreed to suspend it.", "We have agreed to suspend it against each other.", True),
        ("The two sides agreed to suspend it.", "We have agreed to suspend it.", False),
        ("Thirty-two million come through an exchange.", "One is 32 million barrels, through an exchange.", True),
        ("Thirty-three million come through an exchange.", "One is 32 million barrels, through an exchange.", False),
        ("Thirty-two million come.", "One is 32 million barrels, the other is 32 million dollars.", False),
        ("$32 million come through an exchange.", "One is 32 million barrels, through an exchange.", False),
        (
            "It is for those aged 3 and 4 and up to 12 weeks.",
            "It is for three- and four-year-olds, and up to 12 weeks.",
            True,
        ),
        ("It is for those aged 4 and up.", "It is for those up to 4.", False),
        ("They ended disputes over the 232 actions.", "They ended the disputes on the 232 actions.", True),
        ("They ended disputes over 232 actions.", "They ended disputes on 232 actions.", False),
        ("The two million were paid.", "They were paid 2 million dollars.", False),
        ("The two bridges are closed.", "They closed the bridges.", False),
        ("Two would discuss it.", "They will discuss it.", False),
        ("There is an agreement between the two.", "There’s an agreement by the FDA and Abbott.", True),
        ("There is an agreement between the two.", "There’s an agreement by the FDA, Abbott and Gerber.", False),
        ("There is an agreement between the two.", "There’s an agreement.", False),
        ("A hundred million goes to UNICEF.", "To UNICEF go $100 million.", True),
        ("A hundred million goes to UNICEF.", "To UNICEF go $100 million, to others €100 million.", False),
        ("A hundred million people go to UNICEF.", "To UNICEF go $100 million.", False),
        ("Two million children go there.", "Only 2 million three- and four-year-olds are in it.", True),
        ("It lasted close on half a century.", "It lasted nearly half a century.", True),
        ("It lasted close on half a century.", "It lasted half a century.", False),
        ("Four out of six showed corrosion.", "Four of the six showed corrosion.", True),
        ("Five out of six showed corrosion.", "Four of the six showed corrosion.", False),
        ("Four out of six showed corrosion.", "Four showed it, and six did not.", False),
        ("Of it, Lauenfurt paid a third.", "Lauenfurt has paid a third of it.", True),
        ("It was a third dose.", "Lauenfurt has paid a third of it.", False),
        ("The alliance is now 70 years old.", "We mark the 70th anniversary of the alliance.", True),
        ("The alliance is now 70 years old.", "We mark the 70th signing of the alliance.", False),
        ("Trains go faster than 40 km/h.", "The speed is held to 40 kilometres an hour.", False),
        ("Trains go no faster than 40 km/h.", "The speed is limited to 40 kilometres an hour.", True),
        ("All three readings – 47, 44 and 41 – were low.", "It was 47, then 44, then 41, so all was low.", True),
        ("All four readings – 47, 44 and 41 – were low.", "It was 47, then 44, then 41, so all was low.", False),
        ("The four readings – low, he said – were fine.", "The readings were low.", False),
    ],
)
def test_the_two_and_what_the_sentence_lists_are_no_figures_of_the_record(text: str, record: str, holds: bool) -> None:
    assert (fault(text, cited(record)) is None) == holds


def test_every_altered_figure_scale_and_unit_of_a_real_sentence_is_caught(real: list[Evidence]) -> None:
    chance, missed, tried = random.Random(5), [], 0
    for one in real:
        (text,) = one.texts
        for altered in _altered(text, chance):
            known = numbers(text)
            if all(any(same_value(number, other) for other in known) for number in numbers(altered)):
                continue  # what it was altered to stands in the sentence too
            if (one.stretches[0].transcript.date or "")[:4] in altered:
                continue  # the record's own year
            tried += 1
            if fault(altered, one) is None and date_fault(altered, one) is None:
                missed.append(altered)
    assert tried > 50
    assert not missed, "\n".join(map(str, missed))


_PIECES = st.sampled_from(
    """70 percent of the adults more than $1.2bn 1.2 billion dollars a half two-thirds in May 2021 nearly K-12 15:00
    3 p.m. up to 5 6 – and
    one first second “ ” . , ages 5-11 twice both °C 1/2 per day -5 G7 hundreds of thousands seven in ten an hour and
    a half""".split()
)


@given(st.text(max_size=150) | st.lists(_PIECES, max_size=30).map(" ".join))
def test_any_text_bears_itself_out(text: str) -> None:
    assert fault(text, cited(text)) is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_are_judged(text: str, record: str) -> None:
    found = fault(text, cited(record))
    assert found is None or found.reason == "number_not_in_source"


RATES = (
    "The rate for Black workers was 9.2 percent and was 8.6 percent for Hispanic workers, compared to 5.7 for whites."
)


@pytest.mark.parametrize(
    ("text", "record", "holds"),
    [
        ("Psaki said 117,000 Americans left.", "Some 117,000, people who are not American citizens, left.", False),
        ("Psaki said 117,000 people left.", "Some 117,000, people who are not American citizens, left.", True),
        ("It was not the number one factor.", "It was not the number one factor, but it did strike him.", True),
        ("The rate for Hispanic workers was 9.2 percent.", RATES, False),
        ("The rate for Hispanic workers was 8.6 percent.", RATES, True),
        ("The rate for Black workers was 9.2 percent.", RATES, True),
        ("The rate was 9.2 percent for Black and 8.6 percent for Hispanic workers.", RATES, True),
    ],
)
def test_a_figure_is_of_those_to_whom_the_record_gives_it(text: str, record: str, holds: bool) -> None:
    assert (fault(text, cited(record)) is None) == holds
