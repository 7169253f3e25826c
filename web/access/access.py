"""An access: who sends a request, as far as that is known, and what it may do."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from msgspec import Struct

from web.access.role import Role


class Access(Struct, frozen=True):
    """`name` is its token's, None where nobody asks for one. `role` None may only have what is open to all.

    `csrf_token` is that of its session, "" where no cookie lets it in.
    """

    name: str | None
    role: Role | None
    csrf_token: str = ""

    @property
    def signed_in(self) -> bool:
        """Whether a cookie lets it in: who signed in can sign out."""
        return bool(self.csrf_token)

    @property
    def may_change(self) -> bool:
        """Whether it may add and remove transcripts."""
        return self.role == "write"


ANYBODY = Access(None, "write")
"""Where no token is asked for."""

NOBODY = Access(None, None)
"""Where one is, and there is none."""


def access(connection: ASGIConnection[Any, Any, Any, Any]) -> Access:
    """That of a request that came in at the door."""
    known: Access = connection.scope["state"]["access"]
    return known


def method_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """By which method the request was sent."""
    return str(connection.scope.get("method", ""))
