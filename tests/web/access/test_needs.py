"""The table of what each route needs: whole, and of no route that is not there."""

from __future__ import annotations

from pathlib import Path

from onrecord.archive import Archive
from web.access.door import Door
from web.access.exposure import exposure
from web.access.needs import NEEDS, SCHEMA, STATIC, is_open, need
from web.access.sessions import Sessions
from web.access.tokens import Tokens
from web.app import routed
from web.limits.rate import Rate


def routes(folder: Path) -> set[str]:
    """Method and template of each that the application has."""
    services = Archive(folder, {}).services()
    door = Door(exposure("127.0.0.1", services.settings), Tokens(folder), Sessions(1), Rate(1))
    found: set[str] = set()
    for route in routed(services, door).routes:
        methods = getattr(route, "methods", None) or ("*",)
        found |= {f"{method} {route.path_format}" for method in methods if method != "OPTIONS"}
    return {one for one in found if not one.split()[1].startswith((STATIC, SCHEMA))}


def test_every_route_says_what_it_needs_and_nothing_else_does(tmp_path: Path) -> None:
    assert routes(tmp_path) == set(NEEDS)


def test_only_what_has_to_be_is_open() -> None:
    assert {one for one, needed in NEEDS.items() if needed == "open"} == {
        "GET /health/live",
        "GET /health/ready",
        "GET /sign-in",
        "POST /sign-in",
        "POST /sign-out",
    }
    assert not is_open("GET", "/")
    assert not is_open("GET", "/health/live/")
    assert not is_open("GET", "/statics")


def test_what_changes_the_archive_needs_more_than_reading() -> None:
    assert {one for one, needed in NEEDS.items() if needed == "write"} == {
        "POST /api/transcripts",
        "DELETE /api/transcripts/{id}",
    }


def test_a_route_that_is_not_in_the_table_needs_the_most() -> None:
    assert need("GET", "/new") == need("POST", "/new") == "write"
    assert need("OPTIONS", "/new") == "read"
    assert need("POST", "/mcp") == need("GET", "/mcp") == "read"
