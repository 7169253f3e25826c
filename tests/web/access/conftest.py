"""A server that asks for tokens: it listens on every address, and its archive has a token of each role."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from msgspec import Struct

from web.access.tokens import Tokens


class Guarded(Struct, frozen=True, eq=False):
    """The server, its archive's tokens, and what let their bearers in."""

    server: Any
    tokens: Tokens
    read: str
    write: str

    def client(self, secret: str | None = None, **headers: str) -> httpx2.Client:
        """One that bears the token `secret`."""
        bearer = {"Authorization": f"Bearer {secret}"} if secret else {}
        return httpx2.Client(base_url=self.server.url, timeout=60, trust_env=False, headers=bearer | headers)

    @contextmanager
    def signed_in(self, secret: str | None = None, **headers: str) -> Iterator[httpx2.Client]:
        """A browser that signed in with `secret`."""
        with self.client(**headers) as browser:
            response = browser.post("sign-in", data={"token": secret or self.read})
            assert response.status_code == 303, response.text
            yield browser


Guard = Callable[..., Guarded]


@pytest.fixture
def guard(own_archive: Path, serve: Any) -> Guard:
    """Starts one over an archive of the test's own: `guard(*arguments, **variables)`."""

    def start(*arguments: str, **variables: str) -> Guarded:
        tokens = Tokens(own_archive)
        read, write = tokens.add("reader", "read"), tokens.add("writer", "write")
        return Guarded(serve(own_archive, *(arguments or ("--host", "0.0.0.0")), **variables), tokens, read, write)

    return start


@pytest.fixture(scope="module")
def guarded(archive: Path, serve_all: Any, tmp_path_factory: pytest.TempPathFactory) -> Guarded:
    """One that several tests share; they neither change its archive nor its tokens."""
    folder = shutil.copytree(archive, tmp_path_factory.mktemp("guarded") / "archive")
    tokens = Tokens(folder)
    read, write = tokens.add("reader", "read"), tokens.add("writer", "write")
    unbounded = {"ONRECORD_SERVE_RATE": "0", "ONRECORD_SERVE_SIGN_INS": "1000"}
    return Guarded(serve_all(folder, "--host", "0.0.0.0", **unbounded), tokens, read, write)
