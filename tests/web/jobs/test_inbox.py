"""The order in which the process that writes takes its requests."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.jobs.inbox import Ended, Inbox
from web.jobs.messages import Remove, Request, StoreFile, StorePosted, line

kinds = st.lists(st.sampled_from(["file", "posted", "remove"]), max_size=20)


def made(kinds: list[str]) -> list[Request]:
    return [_made(kind, number) for number, kind in enumerate(kinds)]


def _made(kind: str, number: int) -> Request:
    if kind == "file":
        return StoreFile(number, f"/kept/{number}", f"{number}.txt")
    return StorePosted(number, f"/kept/{number}") if kind == "posted" else Remove(number, f"t{number}")


class Sent:
    """Lines that have all been read once `arrived` is set, and end when `over` is."""

    def __init__(self, requests: list[Request]) -> None:
        self._requests = requests
        self.arrived, self.over = Event(), Event()

    def __iter__(self) -> Iterator[bytes]:
        yield from map(line, self._requests)
        self.arrived.set()
        self.over.wait()


@given(kinds, st.integers(0, 20))
def test_what_cannot_wait_goes_before_files_and_each_in_its_order(kinds: list[str], urgent_first: int) -> None:
    requests = made(kinds)
    urgent = [one for one in requests if not isinstance(one, StoreFile)]
    files = [one for one in requests if isinstance(one, StoreFile)]
    sent = Sent(requests)
    inbox = Inbox(sent, hopeless=lambda: None)
    sent.arrived.wait()
    early = [inbox.urgent() for _ in range(urgent_first)]
    assert early == [*urgent, *[None] * urgent_first][:urgent_first]
    assert [inbox.take() for _ in range(len(urgent[urgent_first:]) + len(files))] == [*urgent[urgent_first:], *files]
    sent.over.set()
    with pytest.raises(Ended):
        inbox.take()


def test_the_end_goes_before_everything_and_gives_up_on_what_cannot_be_broken_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("web.jobs.inbox._LAST_MOMENTS", 0.0)
    gave_up = Event()
    inbox = Inbox(map(line, made(["file", "remove"])), gave_up.set)
    gave_up.wait()
    with pytest.raises(Ended):
        inbox.urgent()
    with pytest.raises(Ended):
        inbox.take()


def test_a_line_that_breaks_off_is_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.jobs.inbox._LAST_MOMENTS", 0.0)
    whole, gave_up = line(_made("remove", 1)), Event()
    inbox = Inbox([whole, whole[:-9]], gave_up.set)
    assert gave_up.wait(60)
    with pytest.raises(Ended):
        inbox.take()
