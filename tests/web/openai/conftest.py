"""OpenAI's own client, as any program uses it, and a language model on a socket that does as a test says."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from typing import TYPE_CHECKING

import openai
import pytest

from tests.qa.models.servers import Scripted

if TYPE_CHECKING:
    from tests.web.conftest import Server


def client_of(server: Server, key: str = "none") -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{server.url}v1", api_key=key, max_retries=0)


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[openai.OpenAI]:
    """Over the samples."""
    with client_of(server) as one:
        yield one


@pytest.fixture
def model() -> Iterator[Scripted]:
    with Scripted() as scripted:
        thread = Thread(target=scripted.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield scripted
        scripted.shutdown()
        thread.join()
