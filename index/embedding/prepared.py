"""A model made ready once, kept in the cache: exported to ONNX, with what running it needs to know.

The export runs in a child process, so that torch's memory goes with it. An entry of the cache
is a folder, written under another name and renamed, so it is whole or absent.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import platformdirs
from msgspec import Struct

from index.embedding.embedder import EmbedderIdentity
from index.embedding.late import late_interaction
from index.embedding.source import Source
from index.errors import ModelError

EXPORT_VERSION = 1
"""Raised whenever what `export.py` writes changes."""

MODEL, TOKENIZER, FACTS = "model.onnx", "tokenizer.json", "facts.json"

log = logging.getLogger(__name__)


class Facts(Struct, frozen=True):
    """What is known of a prepared model; `sha256` is None where it could not be exported."""

    identity: EmbedderIdentity
    specials: int
    """Special tokens that are added to every text."""
    pad: int
    sha256: str | None = None
    size: int = 0
    mtime_ns: int = 0


class Prepared(Struct, frozen=True):
    folder: Path
    facts: Facts

    @property
    def model(self) -> Path:
        return self.folder / MODEL

    @property
    def tokenizer(self) -> Path:
        return self.folder / TOKENIZER

    def damaged(self, failed: Exception) -> ModelError:
        """The error of a prepared model that looks whole and can't be opened."""
        return ModelError(f"the prepared embedding model can't be opened: {failed}; remove {self.folder}")


def prepared(source: Source) -> Prepared:
    """The cache's entry for `source`, made where it is missing or damaged; about 20 seconds then."""
    folder = cache_folder() / _entry_name(source)
    found = _read(folder)
    if found is None:
        log.info("preparing the embedding model %s, once", source.name)
        _make(source, folder)
        found = _read(folder)
    if found is None:
        raise ModelError(f"embedding model {source.name}: its prepared form in {folder} can't be read; remove it")
    return found


def cache_folder() -> Path:
    """`ONRECORD_CACHE`, else the platform's cache folder for this user; models lie under `models`."""
    chosen = os.environ.get("ONRECORD_CACHE")
    return (Path(chosen) if chosen else platformdirs.user_cache_path("onrecord")) / "models"


def _entry_name(source: Source) -> str:
    late = late_interaction().digest if source.bundled else ""
    return hashlib.sha256(f"{source.name} {source.key} {late} {EXPORT_VERSION}".encode()).hexdigest()[:24]


def _read(folder: Path) -> Prepared | None:
    """The entry, or None where it is absent or not what was written."""
    try:
        facts = msgspec.json.decode((folder / FACTS).read_bytes(), type=Facts)
        return Prepared(folder, facts) if _is_whole(folder, facts) else None
    except (OSError, msgspec.MsgspecError):
        return None


def _is_whole(folder: Path, facts: Facts) -> bool:
    """Whether the model is the one that was written; it is hashed only when its size or time differ."""
    if not (folder / TOKENIZER).is_file():
        return False
    if facts.sha256 is None:
        return True
    status = (folder / MODEL).stat()
    if status.st_size != facts.size:
        return False
    return status.st_mtime_ns == facts.mtime_ns or file_digest(folder / MODEL) == facts.sha256


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _make(source: Source, folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=folder.parent) as scratch:
            _export(source, Path(scratch))
            _put(Path(scratch), folder)
    except OSError as failed:
        raise ModelError(
            f"the prepared embedding model can't be written to {folder.parent}: {failed}; "
            "make room or rights there, or name another folder in ONRECORD_CACHE"
        ) from failed


def _export(source: Source, target: Path) -> None:
    command = [sys.executable, "-m", "index.embedding.export", source.name, str(source.folder), str(target)]
    offline = os.environ | {"HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(command, env=offline, capture_output=True, text=True, errors="replace")
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise ModelError(f"embedding model {source.name} can't be loaded from {source.folder}: {said[-1]}")


def _put(made: Path, folder: Path) -> None:
    """Rename `made` to `folder`; what lies there is either damaged or another process's same work."""
    whole = made / "entry"
    whole.mkdir()
    for path in list(made.iterdir()):
        if path != whole:
            path.rename(whole / path.name)
    if folder.exists() and _read(folder) is None:
        shutil.rmtree(folder)
    try:
        whole.rename(folder)
    except OSError:
        if _read(folder) is None:
            raise
