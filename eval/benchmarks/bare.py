"""What the server is measured against: a Litestar handler that embeds the question, and nothing else.

    python -m eval.benchmarks.bare

It takes a free port and says which on standard error, as `onrecord serve` does.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import uvicorn
from litestar import Litestar, post
from litestar.params import JSONBody
from msgspec import Struct

from index.embedding import load_embedder

EMBEDDER = load_embedder()


class Asked(Struct, frozen=True):
    """As much of a question as is embedded."""

    question: str


class Embedded(Struct, frozen=True):
    """Tokens embedded."""

    tokens: int


@post("/api/bare", status_code=200)
async def bare(data: JSONBody[Asked]) -> Embedded:
    """How many tokens the question has."""
    question = await asyncio.to_thread(EMBEDDER.question, data.question)
    return Embedded(len(question.tokens))


@asynccontextmanager
async def threads(_: Litestar) -> AsyncGenerator[None]:
    """As many as the server has."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        asyncio.get_running_loop().set_default_executor(pool)
        yield


def main() -> None:
    """Serve until stopped."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(f"at http://127.0.0.1:{listener.getsockname()[1]}/", file=sys.stderr, flush=True)
    app = Litestar([bare], lifespan=[threads], openapi_config=None)
    uvicorn.Server(uvicorn.Config(app, log_config=None)).run(sockets=[listener])


if __name__ == "__main__":
    main()
