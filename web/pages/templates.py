"""The pages' templates: in `web/templates`, everything escaped, a name nobody gave is an error."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from web.pages import wording
from web.pages.harmless import harmless

FILTERS = {
    "harmless": harmless,
    "day": wording.day,
    "time_code": wording.time_code,
    "number": wording.number,
    "counted": wording.counted,
    "web_address": wording.web_address,
}


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
    return environment


def rendered(template: str, **values: object) -> str:
    """The page `template` with `values`."""
    return templates().get_template(template).render(**values)
