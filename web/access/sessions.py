"""Sessions: browsers that signed in with a token, known by a random id in a cookie, in memory alone.

Nothing on the disk would let anybody in, and the cookie tells nothing of the token. A session ends
when its time is over, when its token is revoked, with the server, or when somebody signs out.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from time import monotonic

from msgspec import Struct

from web.access.tokens import Token

MOST = 10_000
"""Sessions that are kept; one more ends the oldest."""


class Session(Struct, frozen=True):
    """Of the token with `digest`, until `ends`; a request of the page that changes something bears `csrf_token`."""

    digest: str
    csrf_token: str
    ends: float


class Sessions:
    """Of one server. `seconds`: how long each lasts."""

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._sessions: dict[str, Session] = {}

    def begin(self, token: Token) -> str:
        """The id of a new one."""
        while len(self._sessions) >= MOST:
            del self._sessions[next(iter(self._sessions))]
        id = secrets.token_urlsafe(32)
        self._sessions[id] = Session(token.digest, secrets.token_urlsafe(32), self._clock() + self.seconds)
        return id

    def find(self, id: str) -> Session | None:
        """The one with this id, if it has not ended."""
        session = self._sessions.get(id)
        if session is not None and self._clock() >= session.ends:
            self.end(id)
            return None
        return session

    def end(self, id: str) -> None:
        """Let nobody in with it any more."""
        self._sessions.pop(id, None)
