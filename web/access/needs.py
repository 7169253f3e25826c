"""What each route needs: the one table of who may do what. A route that is not in it needs the most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler

from web.access.access import access, method_of
from web.access.origin import SAFE

Need = Literal["open", "read", "write"]

SIGNING = frozenset(("/sign-in", "/sign-out"))
"""Their forms bear what lets them in among their fields, and have a bound of their own."""

FORMS = SIGNING | {"/check"}
"""Forms that work without a script, and so without a header of ours; none changes the archive."""

ASKING = frozenset(("/search",))
"""Pages that cost as much as a question."""

SCHEMA = "/schema"
"""What describes the calls: Litestar's own routes."""

STATIC = "/static/"
"""Scripts, styles and pictures are open, whatever they are called."""

NEEDS: Mapping[str, Need] = {
    "GET /health/live": "open",
    "GET /health/ready": "open",
    "GET /sign-in": "open",
    "POST /sign-in": "open",
    "POST /sign-out": "open",
    "GET /": "read",
    "GET /archive": "read",
    "GET /search": "read",
    "GET /check": "read",
    "POST /check": "read",
    "GET /answers/{id}": "read",
    "GET /answers/{id}/export": "read",
    "GET /transcripts/{id}": "read",
    "GET /transcripts/{id}/reading": "read",
    "GET /transcripts/{id}/export": "read",
    "POST /api/questions": "read",
    "POST /api/search": "read",
    "POST /api/check": "read",
    "POST /api/receipts/verify": "read",
    "POST /api/answers": "read",
    "GET /api/answers/{id}": "read",
    "GET /api/transcripts": "read",
    "POST /api/transcripts": "write",
    "GET /api/transcripts/{id}": "read",
    "DELETE /api/transcripts/{id}": "write",
    "GET /api/jobs": "read",
    "GET /api/jobs/{id}": "read",
    "GET /api/speakers": "read",
    "GET /api/collections": "read",
    "GET /api/models": "read",
    "POST /v1/chat/completions": "read",
    "GET /v1/models": "read",
    "GET /v1/models/{model}": "read",
    "* /mcp": "read",
    "GET /metrics": "read",
}
"""Method and template of a route; `*` is any method."""

CHALLENGE = 'Bearer realm="onrecord"'
"""How to come in, for WWW-Authenticate."""


def need(method: str, template: str) -> Need:
    """That of the route with this template; what only describes routes needs reading."""
    if template.startswith(STATIC):
        return "open"
    if method == "OPTIONS" or template.startswith(SCHEMA):
        return "read"
    return NEEDS.get(f"{method} {template}") or NEEDS.get(f"* {template}") or "write"


def is_open(method: str, path: str) -> bool:
    """Whether anybody may have `path`, before it is known whether a route takes it."""
    return path.startswith(STATIC) or NEEDS.get(f"{method} {path}") == "open"


def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Refuse what the access of a request does not allow."""
    wanted = need(method_of(connection), connection.scope["path_template"])
    who = access(connection)
    if wanted == "open":
        return
    if who.role is None:
        raise NotAuthorizedException("a token is needed", headers={"WWW-Authenticate": CHALLENGE})
    if wanted == "write" and not who.may_change:
        raise PermissionDeniedException(
            f"the token {who.name!r} may ask and look, and not change the archive",
            headers={"WWW-Authenticate": f'{CHALLENGE}, error="insufficient_scope"'},
        )


def changes(method: str) -> bool:
    """Whether a request by `method` may change something."""
    return method not in SAFE
