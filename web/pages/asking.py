"""`/`: where one asks. What the archive holds is told on the page; the rest is the scripts' and the endpoint's."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import MediaType, Request, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from web.pages.templates import page
from web.services import Services


@get("/", media_type=MediaType.HTML, include_in_schema=False)
async def ask_page(request: Request[Any, Any, Any], services: NamedDependency[SkipValidation[Services]]) -> str:
    """The page."""
    listed = await asyncio.to_thread(services.listed)
    return page(request, "ask.html", models=listed)
