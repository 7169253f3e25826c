"""Refusals: answers given at the door, before the application is reached."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from litestar.types import Send

from web.problems import MEDIA_TYPE, problem


async def refuse(send: Send, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
    """Answer with problem details."""
    body = msgspec.json.encode(problem(status, detail))
    await _answer(
        send, status, {"content-type": MEDIA_TYPE, "content-length": str(len(body))} | dict(headers or {}), body
    )


async def redirect(send: Send, to: str) -> None:
    """Send whoever reads pages to `to`, a path of ours."""
    await _answer(send, 303, {"location": to, "content-length": "0"}, b"")


async def _answer(send: Send, status: int, headers: Mapping[str, str], body: bytes) -> None:
    encoded = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": body, "more_body": False})
