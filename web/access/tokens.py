"""Tokens: who may ask and who may change, in a file of the data folder that holds their digests alone.

A token is 256 random bits, so its plain SHA-256 tells nothing of it: nobody can try so many, and a
slow hash, which passwords need because they can be guessed, would only slow every request down.
The file is replaced as a whole, so that a server that reads it meanwhile sees the one or the
other, and heeds at its next request what was added or revoked.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from index.errors import OnrecordError
from web.access.role import Role

FILE = "tokens.json"
"""Its name in the data folder."""

PATIENCE = 10.0
"""Seconds that a change waits for another one to be done."""

PREFIX = "onrecord_"
"""What every token begins with, so that one left in a text is known for what it is."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class TokenError(OnrecordError):
    """A token can't be added, revoked or looked up; the message says why."""


class Token(Struct, frozen=True):
    """What is kept of one. `created` and `used` (last; None: never) are days, in UTC."""

    name: str
    role: Role
    created: str
    used: str | None
    digest: str


class _Kept(Struct, frozen=True, forbid_unknown_fields=True):
    tokens: tuple[Token, ...] = ()


class Tokens:
    """Those of the archive in `folder`. Safe for several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._seen: object = None
        self._by_digest: dict[str, Token] = {}

    def listed(self) -> tuple[Token, ...]:
        """All, in the order they were added. TokenError."""
        return tuple(self._read().values())

    def add(self, name: str, role: Role) -> str:
        """A new token, which is told this once. TokenError where the name is taken or can't be one."""
        if not _NAME.fullmatch(name):
            raise TokenError(
                f"{name!r} is no name for a token: 1 to 64 letters (A to Z), digits, dots, hyphens and underscores"
            )
        secret = PREFIX + secrets.token_urlsafe(32)
        with self._written() as tokens:
            if any(one.name == name for one in tokens.values()):
                raise TokenError(f"there is a token called {name!r}; revoke it first, or take another name")
            digest = _digest(secret)
            tokens[digest] = Token(name, role, today(), None, digest)
        return secret

    def revoke(self, name: str) -> None:
        """No request with it is answered from now on. TokenError where there is none."""
        with self._written() as tokens:
            digest = next((one.digest for one in tokens.values() if one.name == name), None)
            if digest is None:
                known = ", ".join(one.name for one in tokens.values()) or "none"
                raise TokenError(f"no token is called {name!r}; there is: {known}")
            del tokens[digest]

    def of_secret(self, secret: str) -> Token | None:
        """The one that somebody showed, if it is one of these. TokenError."""
        return self.of_digest(_digest(secret))

    def of_digest(self, digest: str) -> Token | None:
        """The one with this digest, if it is not revoked. TokenError."""
        return self._read().get(digest)

    def note_use(self, token: Token) -> None:
        """Note that it was used today. TokenError, OSError."""
        with self._written() as tokens:
            if token.digest in tokens:
                tokens[token.digest] = structs.replace(tokens[token.digest], used=today())

    def _read(self) -> dict[str, Token]:
        """As they are now; the file is read again only where it was replaced."""
        try:
            state = self._file.stat()
            seen = (state.st_ino, state.st_mtime_ns, state.st_size)
            if seen != self._seen:
                kept = msgspec.json.decode(self._file.read_bytes(), type=_Kept)
                self._by_digest = {one.digest: one for one in kept.tokens}
                self._seen = seen
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise TokenError(f"{FILE} in the data folder can't be read: {error.strerror}") from None
        except ValueError:
            raise TokenError(
                f"{FILE} in the data folder is damaged, and no token is known; remove it and add the tokens again"
            ) from None
        return self._by_digest

    @contextmanager
    def _written(self) -> Iterator[dict[str, Token]]:
        """Them all, to change; kept where nothing is raised. One process at a time."""
        from filelock import FileLock, Timeout  # here, for it costs a command that needs no lock too much

        self._file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._file.with_suffix(".lock"))
        try:
            lock.acquire(timeout=PATIENCE)
        except Timeout:
            raise TokenError("another process is changing the tokens; try again when it is done") from None
        try:
            tokens = dict(self._read())
            yield tokens
            self._replace(msgspec.json.format(msgspec.json.encode(_Kept(tuple(tokens.values()))), indent=2))
        finally:
            lock.release()

    def _replace(self, content: bytes) -> None:
        """Nobody but the user can read it, at no moment."""
        new = self._file.with_suffix(".new")
        new.unlink(missing_ok=True)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 (its mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._file)


def _digest(secret: str) -> str:
    return sha256(secret.encode(errors="surrogateescape")).hexdigest()


def today() -> str:
    """The day in UTC."""
    return datetime.now(UTC).date().isoformat()
