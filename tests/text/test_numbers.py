"""Numbers read as what they are, however they are written."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.hedges import hedge_holds
from index.text.number import COUNT, ORDINAL, Number, same_value
from index.text.numbers import numbers
from index.text.units import SHARE, UNITS, Unit, unit_at

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))


def spelled(value: int, joined: str = " and ") -> str:
    """`value` in words, as English has it."""
    for scale, word in _SCALES:
        if value >= scale:
            rest = value % scale
            link = joined if scale == 100 or rest < 100 else " "
            return f"{spelled(value // scale, joined)} {word}" + (link + spelled(rest, joined) if rest else "")
    if value >= 20:
        return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")
    return _ONES[value]


values = st.integers(2, 10**4) | st.integers(2, 10**15 - 1)
decimals = st.decimals(min_value="0.1", max_value="999.9", places=1, allow_nan=False).map(Fraction)
scales = st.sampled_from([(1000, "thousand"), (10**6, "million"), (10**9, "billion"), (10**12, "trillion")])


def only(text: str) -> Number:
    (found,) = numbers(text)
    return found


@given(values, st.sampled_from([" and ", " "]))
def test_words_read_back(value: int, joined: str) -> None:
    assert only(f"There were {spelled(value, joined)} of them").value == value


@given(values)
def test_figures_read_back(value: int) -> None:
    assert only(f"There were {value} of them").value == value
    assert only(f"There were {value:,} of them").value == value


@given(decimals, scales)
def test_figures_with_a_scale_read_back(value: Fraction, scale: tuple[int, str]) -> None:
    factor, word = scale
    written = f"{float(value):.1f}"
    assert only(f"about {written} {word} people").value == value * factor
    assert only(f"a {written}-{word} figure").value == value * factor
    suffix = {"thousand": "k", "million": "m", "billion": "bn", "trillion": "tn"}[word]
    money = only(f"It cost ${written}{suffix}.")
    assert (money.value, money.unit) == (value * factor, Unit("dollar"))


@given(st.integers(1, 99), st.integers(1, 9))
def test_spoken_decimals_read_back(whole: int, tenth: int) -> None:
    assert only(f"{spelled(whole)} point {_ONES[tenth]} percent").value == Fraction(whole * 10 + tenth, 10)


@given(
    st.integers(2, 99).map(spelled),
    st.sampled_from(sorted(UNITS)).filter(lambda word: len(word) > 2 and word.isalpha() and word != "second"),
)
def test_units_stay_with_their_number(number: str, unit: str) -> None:
    found = only(f"It was {number} {unit}.")
    expected = unit_at(unit, 0)
    assert expected is not None
    assert found.unit == expected[0]


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(
            """and a half of two third 2/3 $ 5 million - % point hundred 3 p.m. the seven in ten thousands K-12 1,2 ½
            quarter""".split()
        ),
        max_size=30,
    ).map(" ".join)
)
def test_any_text_gives_numbers_in_order_and_apart(text: str) -> None:
    found = numbers(text)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "spellings",
    [
        ("1.2 billion", "twelve hundred million", "1,200,000,000", "1.2B", "1.2bn", "1,200 million",
         "one point two billion"),
        ("$1.2bn", "1.2 billion dollars", "$1,200,000,000", "twelve hundred million dollars", "US$1.2 billion"),
        ("1,500,000", "a million and a half", "one and a half million", "1.5 million", "1½ million"),
        ("500,000", "half a million", "half-million", "a half million", "five hundred thousand"),
        ("two-thirds of it", "2/3 of it", "two thirds of it"),
        ("70%", "seventy percent", "70 per cent", "seven in ten", "7 out of 10", "seventy per cent"),
        ("50%", "half of them", "one half of them", "fifty percent"),
        ("a dozen eggs", "12 eggs", "twelve eggs"),
        ("$4.50", "four dollars and fifty cents", "450 cents", "4.50 dollars"),
        ("half an hour", "30 minutes", "thirty minutes"),
        ("two hours and a half", "2.5 hours", "two and a half hours", "150 minutes", "2 hours and 30 minutes"),
        ("an hour and a half", "90 minutes"),
        ("24 hours", "one day", "1 day"),
        ("14 days", "two weeks", "a couple of weeks", "a 14-day wait"),
        ("two years", "24 months"),
        ("1000 m", "1 km", "one kilometre", "a thousand metres", "1,000 meters"),
        ("40 miles an hour", "40 mph", "forty miles per hour"),
        ("25 basis points", "0.25 percentage points", "a quarter of a percentage point"),
        ("the twenty-first", "the 21st"),
        ("3 p.m.", "15:00", "3:00 pm", "3 PM"),
        ("half past seven", "7:30", "19:30", "7:30 in the evening", "7:30 p.m."),
        ("a quarter to one", "12:45 pm", "00:45"),
        ("5-year-old", "five years old", "5 years of age", "aged 5"),
        ("400 m³", "400 cubic metres"),
        ("£50", "50 pounds", "fifty pounds sterling"),
        ("₹5m", "₹5 million", "5 million rupees"),
        ("a quarter of a billion", "250 million"),
    ],
)  # fmt: skip
def test_every_spelling_is_the_same_amount(spellings: tuple[str, ...]) -> None:
    first = only(spellings[0])
    for other in map(only, spellings[1:]):
        assert same_value(first, other), (first, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("70 percent", "70 people"), ("70 percent", "70 percentage points"), ("70%", "$70"), ("5 million", "5 billion"),
        ("5 miles", "5 kilometers"), ("5 days", "5 weeks"), ("$5", "€5"), ("3 p.m.", "3 a.m."), ("the third", "three"),
        ("5 months", "5 years"), ("a third of them", "a quarter of them"), ("F-16", "F-15"), ("thousands", "1,000"),
        ("-5 degrees", "5 degrees"), ("5 litres", "5 gallons"), ("30 minutes", "30 hours"), ("G7", "G20"),
    ],
)  # fmt: skip
def test_other_amounts_are_not(one: str, other: str) -> None:
    assert not same_value(only(one), only(other))
    assert not same_value(only(other), only(one))


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("more than 70 percent", "over"), ("over $70", "over"), ("70-plus", "over"), ("at least 70", "least"),
        ("70 or more", "least"),
        ("nearly 70", "nearly"), ("just under 70", "nearly"), ("less than 70", "under"),
        ("fewer than seventy", "under"),
        ("up to 70", "most"), ("no more than 70", "most"), ("as many as 70", "most"), ("no fewer than 70", "least"),
        ("about a dozen", "about"), ("70 or so", "about"), ("over 70 years", "during"), ("talk to 70", ""), ("70", ""),
    ],
)  # fmt: skip
def test_hedges(text: str, hedge: str) -> None:
    assert only(text).hedge == hedge


def test_a_hedge_may_be_left_out_upwards_but_not_turned() -> None:
    assert hedge_holds("", "over")
    assert not hedge_holds("", "nearly")
    assert not hedge_holds("", "under")
    assert not hedge_holds("over", "")
    assert not hedge_holds("over", "nearly")
    assert not hedge_holds("nearly", "over")
    assert hedge_holds("least", "over")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("50 to 60 million doses", (50_000_000, 60_000_000)),
        ("$50-60 million", (50_000_000, 60_000_000)),
        ("between 50 and 60 percent", (50, 60)),
        ("two or three hundred homes", (200, 300)),
        ("ages 5 to 11", (5, 11)),
        ("between one hundred and two thousand people", (100, 2000)),
    ],
)
def test_the_ends_of_a_range_share_scale_and_unit(text: str, ends: tuple[int, int]) -> None:
    low, high = numbers(text)
    assert (int(low.value), int(high.value)) == ends
    assert low.unit == high.unit


@pytest.mark.parametrize(
    "text", ["a ferry", "an hour", "none of them", "several", "someone", "often", "the wonder", "May we"]
)
def test_no_numbers(text: str) -> None:
    assert numbers(text) == ()


def test_what_structures_a_sentence_is_weak() -> None:
    assert [one.weak for one in numbers("First, one of the reasons in COVID-19 is 1.")] == [True, True, True, False]


def test_what_is_counted() -> None:
    found = only("more than 70 percent of the older adults in Ohio")
    assert (found.counted, found.unit.measure) == (("older", "adult"), SHARE.measure)
    assert only("5 crowns per litre").per == UNITS["litre"]
    assert only("It rose to 70.").bare
    assert (only("the second dose").unit, only("two doses").unit) == (ORDINAL, COUNT)
