"""`/sign-in` and `/sign-out`: a browser is let in with a token, which it sends this once; then it has a session."""

from __future__ import annotations

import asyncio
from hmac import compare_digest
from math import ceil
from typing import Annotated, Any

from litestar import MediaType, Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from web.access.access import access
from web.access.door import Door, address, cookie
from web.access.needs import CHALLENGE
from web.limits.rate import sender
from web.pages.templates import page

LONGEST = 64_000
"""Bytes of a form: a token, and an address as long as the head of a request lets it be. Anybody may send one."""


class SigningIn(Struct, frozen=True):
    """What the form sends: a token, and where its sender wanted to go."""

    token: Annotated[str, Meta(max_length=1000)] = ""
    next: str = "/"


class SigningOut(Struct, frozen=True):
    """What the button in the header sends."""

    csrf_token: str = ""


Asking = Request[Any, Any, Any]


@get("/sign-in", media_type=MediaType.HTML, include_in_schema=False)
async def sign_in_page(request: Asking, next: FromQuery[str] = "/") -> Response[Any]:
    """The form; where nobody is asked for a token, or who asks is in already, there is nothing to do here."""
    if access(request).role is not None:
        return Redirect(_ours(next), status_code=303)
    return await _form(request, next)


@post("/sign-in", media_type=MediaType.HTML, include_in_schema=False, request_max_body_size=LONGEST)
async def sign_in(
    request: Asking, door: NamedDependency[SkipValidation[Door]], data: URLEncodedBody[SigningIn]
) -> Response[Any]:
    """In, and on; or the form again, which says why not."""
    if not door.exposed.tokens:
        return Redirect(_ours(data.next), status_code=303)
    waits = door.attempts.wait(sender(address(request)))
    if waits:
        said = f"Too many attempts; try again in {ceil(waits)} seconds."
        return await _form(request, data.next, said, 429, {"Retry-After": str(ceil(waits))})
    token = door.tokens.of_secret(data.token.strip())
    if token is None:
        said = "This token is not known here; perhaps it was revoked, or a part of it is missing."
        return await _form(request, data.next, said, 401, {"WWW-Authenticate": CHALLENGE})
    answer = Redirect(_ours(data.next), status_code=303)
    answer.set_cookie(_cookie(request, door.sessions.begin(token), ceil(door.sessions.seconds)))
    return answer


@post("/sign-out", include_in_schema=False, request_max_body_size=LONGEST)
async def sign_out(
    request: Asking, door: NamedDependency[SkipValidation[Door]], data: URLEncodedBody[SigningOut]
) -> Response[Any]:
    """Out: the session is over, whatever becomes of its cookie."""
    who = access(request)
    if who.signed_in:
        if not compare_digest(data.csrf_token.encode(), who.csrf_token.encode()):
            raise PermissionDeniedException("the field csrf_token is missing or wrong; load the page again")
        door.sessions.end(request.cookies[cookie(request)])
    answer = Redirect("/sign-in", status_code=303)
    answer.set_cookie(_cookie(request, "", 0))
    return answer


async def _form(
    request: Asking, next: str, said: str = "", status: int = 200, headers: dict[str, str] | None = None
) -> Response[Any]:
    content = await asyncio.to_thread(page, request, "sign_in.html", next=_ours(next), said=said)
    return Response(content, media_type=MediaType.HTML, status_code=status, headers=headers)


def _cookie(request: Asking, value: str, seconds: int) -> Cookie:
    """Sent to us alone, over TLS where that is how it came, and by no page of anybody else's; no script sees it."""
    secure = request.url.scheme == "https"
    return Cookie(cookie(request), value=value, max_age=seconds, httponly=True, samesite="strict", secure=secure)


def _ours(path: str) -> str:
    """`path`, if it leads to a page of this server and nowhere else, else the first page."""
    harmless = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if harmless else "/"


ROUTES: tuple[ControllerRouterHandler, ...] = (sign_in_page, sign_in, sign_out)
