"""The archive in a folder: SQLite holds the truth, FAISS and tantivy are made from it.

    store = open_store(folder)
    with store.writer(embedder.identity, settings) as writer: ...
    view = store.view()
"""

from __future__ import annotations

from pathlib import Path

from index.store.local import LocalStore
from index.store.nouns import Facts, Moved, Ranked, Same, Scope, StoredPassage, Summary, SummarySpeaker, Voice
from index.store.status import Status
from index.store.view import View

__all__ = [
    "Facts",
    "LocalStore",
    "Moved",
    "Ranked",
    "Same",
    "Scope",
    "Status",
    "StoredPassage",
    "Summary",
    "SummarySpeaker",
    "View",
    "Voice",
    "open_store",
]


def open_store(folder: Path) -> LocalStore:
    """The archive in `folder`; nothing is opened or made before it is used."""
    return LocalStore(folder)
