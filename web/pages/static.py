"""Scripts, styles and pictures: served under a path that changes with their content, so browsers keep them for good."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from litestar.datastructures import CacheControlHeader
from litestar.router import Router
from litestar.static_files import create_static_files_router

FOLDER = Path(__file__).parents[1] / "static"
_YEAR = 365 * 24 * 3600


@cache
def static_path() -> str:
    """Where they are served: `/static/` and a digest of them all."""
    digest = sha256()
    for file in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(file.relative_to(FOLDER).as_posix().encode() + b"\0" + file.read_bytes())
    return f"/static/{digest.hexdigest()[:12]}"


def static_files() -> Router:
    """What serves them."""
    kept = CacheControlHeader(public=True, max_age=_YEAR, immutable=True)
    return create_static_files_router(static_path(), directories=[FOLDER], cache_control=kept)
