"""The pages' templates: in `web/templates`, everything escaped, a name nobody gave is an error."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def templates() -> Environment:
    """The one environment; a template is compiled when it is first rendered."""
    return Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(template: str, **values: object) -> str:
    """The page `template` with `values`."""
    return templates().get_template(template).render(**values)
