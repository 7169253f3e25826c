"""What is tried again, when, and what a refusal means."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import ModelBrokeOff, ModelNotReady
from qa.models.connection import LONGEST_WAIT, Busy, is_loopback, persistently, refusal, seconds


@pytest.mark.parametrize(("header", "meant"), [(None, None), ("7", 7.0), ("0.5", 0.5), ("-3", 0.0), ("soon", None)])
def test_reads_retry_after(header: str | None, meant: float | None) -> None:
    assert seconds(header) == meant


def test_reads_retry_after_as_a_date() -> None:
    ahead = seconds(format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True))
    assert ahead is not None
    assert 3000 < ahead <= 3600
    assert seconds(format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)) == 0.0


@given(st.text(max_size=40))
def test_any_retry_after_is_read_or_left(header: str) -> None:
    assert (seconds(header) or 0.0) >= 0.0


@pytest.mark.parametrize(
    ("status", "said", "error"),
    [
        (401, "no", ModelNotReady),
        (403, "no", ModelNotReady),
        (400, "This model's maximum context length is 8192 tokens", ModelNotReady),
        (418, "no", ModelNotReady),
    ],
)
def test_a_refusal_for_good(status: int, said: str, error: type[Exception]) -> None:
    assert isinstance(refusal("openai:m", status, said, None), error)


@pytest.mark.parametrize(("status", "error"), [(429, ModelNotReady), (500, ModelBrokeOff), (529, ModelBrokeOff)])
def test_a_refusal_for_now(status: int, error: type[Exception]) -> None:
    busy = refusal("openai:m", status, "later", "2")
    assert isinstance(busy, Busy)
    assert (type(busy.error), busy.after) == (error, 2.0)


class _Attempts:
    """Busy so many times, then done."""

    def __init__(self, busy: int, after: float | None = None) -> None:
        self.busy = busy
        self.after = after
        self.made = 0

    async def __call__(self) -> str:
        self.made += 1
        if self.made <= self.busy:
            raise Busy(ModelNotReady("busy"), self.after)
        return "done"


@pytest.mark.parametrize("busy", [0, 1, 2])
def test_tries_once_more_than_it_waits(busy: int) -> None:
    attempts = _Attempts(busy)
    assert asyncio.run(persistently(attempts, (0.0, 0.0))) == "done"
    assert attempts.made == busy + 1


@pytest.mark.parametrize(("after", "made"), [(None, 3), (0.0, 3), (LONGEST_WAIT + 1, 1), (float("inf"), 1)])
def test_gives_up(after: float | None, made: int) -> None:
    attempts = _Attempts(9, after)
    with pytest.raises(ModelNotReady, match="busy"):
        asyncio.run(persistently(attempts, (0.0, 0.0)))
    assert attempts.made == made


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("http://localhost:11434/v1", True),
        ("http://127.0.0.1:8080/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://192.168.1.4:11434/v1", False),
        ("https://api.openai.com/v1", False),
        ("http://localhost.example.com/v1", False),
        ("http://127.0.0.1.example.com/v1", False),
    ],
)
def test_what_does_not_leave_this_machine(address: str, own: bool) -> None:
    assert is_loopback(address) is own
