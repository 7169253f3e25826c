"""The rate of a sender: a minute's worth at once, then as time goes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.limits import rate
from web.limits.rate import Rate, sender


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@settings(deadline=None)
@given(st.integers(1, 600), st.lists(st.floats(0, 30), max_size=200))
def test_no_more_are_answered_in_any_time_than_the_rate_allows(a_minute: int, pauses: list[float]) -> None:
    clock = Clock()
    bounded = Rate(a_minute, clock)
    answered = []
    for pause in pauses:
        clock.now += pause
        waits = bounded.wait("someone")
        assert waits >= 0
        if waits == 0:
            answered.append(clock.now)
    for first, began in enumerate(answered):
        for last in range(first, len(answered)):
            assert last - first + 1 <= a_minute + (answered[last] - began) * a_minute / 60 + 1e-6


@settings(deadline=None)
@given(st.integers(1, 600))
def test_who_waits_as_long_as_told_is_answered(a_minute: int) -> None:
    clock = Clock()
    bounded = Rate(a_minute, clock)
    assert [bounded.wait("someone") for _ in range(a_minute)] == [0.0] * a_minute
    waits = bounded.wait("someone")
    assert 0 < waits <= 60 / a_minute
    clock.now += waits + 1e-9
    assert bounded.wait("someone") == 0


def test_one_sender_is_not_another_and_zero_is_no_bound() -> None:
    bounded = Rate(1, Clock())
    assert bounded.wait("one") == 0
    assert bounded.wait("two") == 0
    assert bounded.wait("one") > 0
    assert {Rate(0, Clock()).wait("one") for _ in range(1000)} == {0.0}


def test_no_more_senders_are_remembered_than_there_is_room_for() -> None:
    bounded = Rate(1, Clock())
    for at in range(rate.MOST + 1):
        bounded.wait(str(at))
    assert bounded.wait("0") == 0  # Forgotten.
    assert bounded.wait(str(rate.MOST)) > 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8:0:0:ffff::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("", "", True),
    ],
)
def test_who_is_the_same_sender(one: str, other: str, same: bool) -> None:
    assert (sender(one) == sender(other)) is same
