"""The routes of the pages."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from web.pages import answers, archive, checking, searching, transcript
from web.pages.asking import ask_page

ROUTES: tuple[ControllerRouterHandler, ...] = (
    ask_page,
    *archive.ROUTES,
    *searching.ROUTES,
    *transcript.ROUTES,
    *checking.ROUTES,
    *answers.ROUTES,
)
