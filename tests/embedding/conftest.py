"""The bundled model as an embedder, and as sentence-transformers runs it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.embedding import Embedder, load_embedder
from index.embedding.source import BUNDLED, locate


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="session")
def sentence_transformer() -> Callable[[Path], Any]:
    """Loads the model of a folder by its own library."""

    def load(folder: Path) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its own dependencies' deprecations
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    return load


@pytest.fixture(scope="session")
def reference(sentence_transformer: Callable[[Path], Any]) -> Any:
    """The bundled model as its own library runs it."""
    return sentence_transformer(locate(BUNDLED).folder)
