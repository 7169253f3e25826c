"""`GET /metrics`: the metrics, as Prometheus reads them."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from web.services import Services


@get("/metrics", include_in_schema=False)
async def metrics(
    request: Request[Any, Any, Any], services: NamedDependency[SkipValidation[Services]]
) -> Response[bytes]:
    """What the server counts and measures; in OpenMetrics' form for who accepts that."""
    accept = request.headers.get("accept", "")
    content, media_type = await asyncio.to_thread(services.metrics.exposed, accept)
    return Response(content, headers={"Content-Type": media_type})
