"""The pages' templates: in `web/templates`, everything escaped, a name nobody gave is an error.

Every page is given: `static` (where its scripts and styles lie), `csrf_token` and `signed_in` (as
whoever lets people in has put them into the request's state; "" and False where nobody signs in),
`version` and `path`.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar.connection import ASGIConnection

from web.pages import wording
from web.pages.static import static_path

FILTERS = {
    "clock": wording.clock,
    "count": wording.count,
    "day": wording.day,
    "harmless": wording.harmless,
    "several": wording.several,
    "web_address": wording.web_address,
}


def section(path: str) -> str:
    """The entry of the navigation that the page at `path` belongs to."""
    first = path.split("/", 2)[1]
    return {"": "/", "check": "/check", "answers": "/", "sign-in": ""}.get(first, "/archive")


@cache
def templates() -> Environment:
    """The one environment; a template is compiled when it is first rendered."""
    environment = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(section=section)
    return environment


def page(request: ASGIConnection[Any, Any, Any, Any], template: str, **values: object) -> str:
    """The page `template` with `values`, for whoever sent `request`."""
    state = request.scope.get("state", {})
    return rendered(
        template,
        static=static_path(),
        csrf_token=state.get("csrf_token", ""),
        signed_in=state.get("signed_in", False),
        version=version("onrecord"),
        path=request.url.path,
        **values,
    )


def rendered(template: str, **values: object) -> str:
    """The template with `values` alone: a part of a page, or one without the layout."""
    return templates().get_template(template).render(**values)
