"""Sessions: found by their id, until they end."""

from __future__ import annotations

from web.access import sessions
from web.access.sessions import Sessions
from web.access.tokens import Token

TOKEN = Token("newsroom", "read", "2026-01-01", None, "d1935e57")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_lasts_as_long_as_it_may_and_no_longer() -> None:
    clock = Clock()
    kept = Sessions(60, clock)
    id = kept.begin(TOKEN)
    clock.now = 59.9
    found = kept.find(id)
    assert found is not None
    assert found.digest == TOKEN.digest
    clock.now = 60.0
    assert kept.find(id) is None
    clock.now = 0.0
    assert kept.find(id) is None


def test_neither_id_nor_csrf_token_is_another_sessions_or_tells_of_the_token() -> None:
    kept = Sessions(60)
    ids = {kept.begin(TOKEN) for _ in range(50)}
    tokens = {found.csrf_token for id in ids if (found := kept.find(id))}
    assert len(ids) == len(tokens) == 50
    assert not ids & tokens
    assert not any(TOKEN.digest in one for one in ids | tokens)


def test_one_that_ended_lets_nobody_in_and_an_unknown_one_neither() -> None:
    kept = Sessions(60)
    id = kept.begin(TOKEN)
    kept.end(id)
    kept.end(id)
    assert kept.find(id) is None
    assert kept.find("") is None


def test_there_are_no_more_than_are_kept() -> None:
    kept = Sessions(60)
    ids = [kept.begin(TOKEN) for _ in range(sessions.MOST + 1)]
    assert kept.find(ids[0]) is None
    assert kept.find(ids[1]) is not None
    assert kept.find(ids[-1]) is not None
