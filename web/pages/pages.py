"""The routes of the pages."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from web.pages import archive, transcript
from web.pages.asking import ask_page

ROUTES: tuple[ControllerRouterHandler, ...] = (ask_page, *archive.ROUTES, *transcript.ROUTES)
