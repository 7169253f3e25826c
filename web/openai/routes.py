"""The routes of the protocol, under `/v1`."""

from __future__ import annotations

from litestar import Router

from web.openai import completions, models
from web.openai.refusals import HANDLERS

ROUTES = Router("/v1", route_handlers=[completions.complete, models.listed, models.one], exception_handlers=HANDLERS)
