"""A small archive of invented transcripts, embedded by the tiny embedder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedding.tiny import TinyEmbedder
from index.ingest import ingest
from index.search import Search
from index.store import open_store
from qa.asking import Answerer
from qa.models import load

BRIDGE = """Town Council on the Bridge

Ada M. Quill, Mayor
March 3, 2024

MAYOR QUILL: Good evening. The bridge over the Wend was built in 1931. We will close it on April 12 for repairs.

The repairs cost 4.2 million crowns. That is half a million more than we had planned, because the piers are cracked.

ENGINEER BOLT: Thank you, Mayor Quill. Two of the nine piers are cracked. (Laughter.) The work takes eleven months.

Q Will the school bus still run?

MAYOR QUILL: It will. The bus goes by way of Hollow Lane.

Q Who pays for the detour signs in Hollow Lane?

ENGINEER BOLT: The county pays for the signs.

MAYOR QUILL: The tram depot was sold in May. (Applause.) It fetched 9 million crowns.

ENGINEER BOLT: The old mill was sold in June. It fetched 7 million crowns.
"""

FERRY = """Remarks on the Ferry

Tomas Rell, Harbour Master
June 9, 2024

HARBOUR MASTER RELL: The ferry carries three hundred people a day. It has never been late in a winter.

The Mayor told me that the ferry would be free while the bridge is closed.
"""


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds two transcripts."""
    files = tmp_path_factory.mktemp("files")
    (files / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (files / "ferry.txt").write_text(FERRY, encoding="utf-8")
    data = tmp_path_factory.mktemp("data") / "archive"
    outcome = ingest([files], open_store(data), TinyEmbedder())
    assert len(outcome.added) == 2
    return data


@pytest.fixture(scope="session")
def answerer_of() -> Callable[[Path], Answerer]:
    """Makes the extractive answerer of a data folder."""

    def make(data: Path) -> Answerer:
        return Answerer(Search(open_store(data), TinyEmbedder), load("extractive"), "test")

    return make
