"""What of the archive a request may see: the one place where an access narrows the filters."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection

from index.filters import Filters


def seen(connection: ASGIConnection[Any, Any, Any, Any], filters: Filters) -> Filters:  # noqa: ARG001 (the seam)
    """`filters`, within what the request's access may see. Every access sees the whole archive."""
    return filters
