"""The routes of the pages."""

from __future__ import annotations

from litestar import MediaType, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.types import ControllerRouterHandler

from web.pages.templates import rendered
from web.services import Services


@get("/", media_type=MediaType.HTML, include_in_schema=False)
async def ask_page(services: NamedDependency[SkipValidation[Services]]) -> str:
    """Where one asks."""
    return rendered("ask.html", models=services.listed())


ROUTES: tuple[ControllerRouterHandler, ...] = (ask_page,)
