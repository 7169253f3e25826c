"""Errors on pages: for whoever reads pages, what went wrong in words and where to go; programs get problem details."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection

from web.pages.templates import page

_PROGRAMS = ("/api", "/v1", "/mcp", "/schema", "/health", "/metrics", "/static")


def wants_page(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Whether a request comes from somebody who reads pages."""
    accepted = connection.headers.get("accept", "")
    path = connection.scope["path"]
    for_programs = any(path == one or path.startswith(f"{one}/") for one in _PROGRAMS)
    return "text/html" in accepted and "json" not in accepted and not for_programs


def error_page(connection: ASGIConnection[Any, Any, Any, Any], status: int, title: str, detail: str) -> str:
    """The page that says it."""
    kind, _, rest = connection.scope["path"].strip("/").partition("/")
    return page(
        connection,
        "error.html",
        status=status,
        title=title,
        detail=detail,
        kind=kind,
        name=rest.split("/")[0],
    )
