"""A language model that does as a test says, beside the server's fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest

from tests.qa.models.servers import Scripted
from tests.web.faults.model import Model


@pytest.fixture
def model() -> Iterator[Model]:
    with Scripted() as scripted:
        thread = Thread(target=scripted.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Model(scripted)
        scripted.shutdown()
        thread.join()
