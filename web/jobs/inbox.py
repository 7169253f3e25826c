"""Requests as they arrive in the process that writes: removals and posted transcripts before files."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Condition, Thread, Timer

from web.jobs.messages import Request, StoreFile, request

_LAST_MOMENTS = 5.0
"""Seconds for what can't be broken off, once nobody listens any more."""


class Ended(Exception):
    """Whoever sent requests is gone, and so are the reasons for any work."""


class Inbox:
    """Reads `lines` in a thread of its own until they end, then calls `hopeless` a few seconds later."""

    def __init__(self, lines: Iterable[bytes], hopeless: Callable[[], None]) -> None:
        self._files: deque[Request] = deque()
        self._urgent: deque[Request] = deque()
        self._ended = False
        self._changed = Condition()
        self._hopeless = hopeless
        Thread(target=self._read, args=[lines], daemon=True).start()

    def take(self) -> Request:
        """The next request, waited for. Ended."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._urgent or self._files)
            if self._ended:
                raise Ended
            return self._urgent.popleft() if self._urgent else self._files.popleft()

    def urgent(self) -> Request | None:
        """One that can't wait for a file, if there is one. Ended."""
        with self._changed:
            if self._ended:
                raise Ended
            return self._urgent.popleft() if self._urgent else None

    def check(self) -> None:
        """Ended."""
        with self._changed:
            if self._ended:
                raise Ended

    def _read(self, lines: Iterable[bytes]) -> None:
        with suppress(ValueError):  # The last line, where its sender was killed in the middle of it.
            for line in lines:
                arrived = request(line)
                with self._changed:
                    (self._files if isinstance(arrived, StoreFile) else self._urgent).append(arrived)
                    self._changed.notify()
        with self._changed:
            self._ended = True
            self._changed.notify()
        last = Timer(_LAST_MOMENTS, self._hopeless)
        last.daemon = True
        last.start()
