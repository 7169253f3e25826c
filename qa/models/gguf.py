"""A GGUF file as a language model within this process, through xllamacpp (llama.cpp).

In: a file, and requests as llama.cpp's server takes them. Out: the chunks of its replies. Nothing
here knows prompts. xllamacpp can't be had without a listener, which alone tells the context and
counts tokens: it is given a socket in a folder of its own that only this user may enter, and where
there can be none a loopback port; either way a key that is made up anew.
"""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import socket
import sys
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, cast
from urllib.parse import urlsplit

import msgspec

from qa.errors import ModelBrokeOff, ModelNotReady

Chunk = dict[str, Any]
"""A chunk of a reply, or an error, as llama.cpp prints it."""

Heard = Callable[[Chunk], bool]
"""Takes a chunk; True stops the model."""


class Gguf:
    """The model in `path`, loaded where it is first asked for. Every method blocks; safe from several threads.

    `context`: tokens of prompt and reply together. Errors are ModelErrors that begin with `id`.
    """

    def __init__(self, path: Path, id: str, context: int) -> None:
        self._path = path
        self.id = id
        self._wanted = context
        self._loading = Lock()
        self._loaded: Loaded | None = None

    def context(self) -> int:
        """Tokens it really takes: no more than the model was made for."""
        return cast(int, self._asked("GET", "/props")["default_generation_settings"]["n_ctx"])

    def count(self, text: str) -> int:
        """The tokens of `text` by itself."""
        return len(self._asked("POST", "/tokenize", {"content": text})["tokens"])

    def chat(self, body: Chunk, heard: Heard) -> None:
        """Gives `heard` the chunks of the reply to `body` as they are written; returns after the last."""
        self.open().server.handle_chat_completions(
            msgspec.json.encode(body).decode(),
            lambda chunk: heard(chunk if isinstance(chunk, dict) else msgspec.json.decode(chunk)),
        )

    def _asked(self, method: str, path: str, body: object = None) -> Chunk:
        loaded = self.open()
        connection = loaded.connection()
        try:
            connection.request(method, path, msgspec.json.encode(body), {"Authorization": f"Bearer {loaded.key}"})
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        if answer.status != http.client.OK:
            raise ModelBrokeOff(f"{self.id}: llama.cpp refused {path}: {said[:200].decode(errors='replace')}")
        return cast(Chunk, msgspec.json.decode(said))

    def open(self) -> Loaded:
        """The loaded model; the first who asks loads it."""
        with self._loading:
            if self._loaded is None:
                try:
                    self._loaded = Loaded(self._path, self._wanted)
                except ImportError as failed:
                    raise ModelNotReady(f"{self.id}: the package xllamacpp can't be used here: {failed}") from failed
                except RuntimeError as failed:
                    raise ModelNotReady(
                        f"{self.id}: llama.cpp can't load {self._path}; it is damaged, of a kind that this version "
                        "does not know, or too large for the memory"
                    ) from failed
            return self._loaded


class Loaded:
    """A loaded model and the way to its listener. RuntimeError where it can't be loaded.

    `loopback`: it listens on a port of this machine, as any server that speaks OpenAI's protocol.
    """

    def __init__(self, file: Path, context: int, loopback: bool = False) -> None:
        import xllamacpp

        self.key = secrets.token_urlsafe(32)
        given = xllamacpp.CommonParams()
        given.model.path = str(file)
        given.n_ctx = context
        given.n_batch = _BATCH
        given.cpuparams.n_threads = given.cpuparams_batch.n_threads = threads()
        given.cache_ram_mib = 0
        given.enable_reasoning = 0
        given.sse_ping_interval = -1
        given.verbosity = _SILENT
        given.ui = given.endpoint_slots = False
        given.api_keys = [self.key]
        if hasattr(socket, "AF_UNIX") and not loopback:
            folder = tempfile.mkdtemp(prefix="onrecord-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            path = str(Path(folder, "llama.sock"))
            if len(os.fsencode(path)) <= _LONGEST_PATH:
                given.hostnames = [path]
        self.server = xllamacpp.Server(given)

    def connection(self) -> http.client.HTTPConnection:
        """A new connection to the listener."""
        at = urlsplit(self.server.listening_address)
        if at.scheme == "unix":
            return _Local(at.path)
        return http.client.HTTPConnection(at.hostname or "", at.port)


def threads() -> int:
    """Processors that this process may use, up to eight: beyond that the memory is what takes longest."""
    ours = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(8, ours)


class _Local(http.client.HTTPConnection):
    """HTTP through a socket of the file system."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self._path)


_BATCH = 512
"""Tokens read at once: after each it says how far it is, and can be stopped."""

_LONGEST_PATH = 100
"""Bytes of a socket's path; macOS takes no more than 103."""

_SILENT = 0
"""Nothing on standard error; what goes wrong comes back."""
