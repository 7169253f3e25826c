"""A configured model as users and programs see it, without being asked anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct

from index.errors import OnrecordError
from qa.answer import Style
from qa.models.model import Model

T = TypeVar("T")


class Listed(Struct, frozen=True, kw_only=True):
    """A configured model; what only the model can tell is None where it still needs something."""

    id: str
    default: bool
    streams: bool | None = None
    offline: bool | None = None
    style: Style | None = None
    needs: list[str] = []


def listed(id: str, default: bool, make: Callable[[], Model | list[str]]) -> Listed:
    """The model that `make` makes, or what it says is still needed."""
    made = or_why_not(make)
    if isinstance(made, list):
        return Listed(id=id, default=default, needs=made)
    return Listed(id=id, default=default, streams=made.streams, offline=made.offline, style=made.style)


def or_why_not(make: Callable[[], T]) -> T | list[str]:
    """What `make` makes, or why it can't."""
    try:
        return make()
    except OnrecordError as error:
        return [str(error)]
    except Exception as error:  # Others' providers fail as they like, and this list is where one looks for why.
        return [f"it can't be used: {type(error).__name__}: {error}"]
