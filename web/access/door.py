"""The door: every request comes through here before the application sees it.

It has to name this server, must not be another page's unless somebody follows a link, and where tokens
are asked for it brings one, or the cookie of a session that began with one. What each may do then
is in `needs`. The application finds the access, and the token that the page's own requests bear,
in the request's state.
"""

from __future__ import annotations

import asyncio
import logging
from hmac import compare_digest
from math import ceil
from typing import Any
from urllib.parse import quote

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send
from litestar.utils import normalize_path

from index.errors import OnrecordError
from web.access.access import ANYBODY, NOBODY, Access, method_of
from web.access.exposure import Exposure
from web.access.needs import ASKING, CHALLENGE, FORMS, SIGNING, changes, is_open
from web.access.origin import is_followed, is_of_another_page, names_us
from web.access.refusal import redirect, refuse
from web.access.sessions import Sessions
from web.access.tokens import Token, Tokens, today
from web.limits.rate import Rate, sender

log = logging.getLogger(__name__)

_COOKIE = "onrecord_session"
CSRF_HEADER = "x-csrf-token"

LONGEST_HEAD = 16 * 1024
"""Bytes of an address and headers. uvicorn takes more of them where they come at once."""

Connection = ASGIConnection[Any, Any, Any, Any]


class Refused(Exception):
    """A request that is not let in."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers


class Door:
    """Of one server, `exposed` so, over the archive whose `tokens` these are. `attempts`: how often one may sign in."""

    def __init__(self, exposed: Exposure, tokens: Tokens, sessions: Sessions, attempts: Rate) -> None:
        self.exposed = exposed
        self.tokens = tokens
        self.sessions = sessions
        self.attempts = attempts
        self._rate = Rate(exposed.rate)
        self._noted: dict[str, str] = {}
        """The day for which the use of a token was last noted, by its digest."""
        self._noting: set[asyncio.Task[None]] = set()

    def before(self, app: ASGIApp) -> ASGIApp:
        """`app` behind this door."""

        async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != ScopeType.HTTP:
                await app(scope, receive, send)
                return
            connection: Connection = ASGIConnection(scope)
            try:
                who = self._let_in(connection)
            except Refused as refused:
                if refused.status == 401 and _wants_page(connection):
                    await redirect(send, _sign_in(scope))
                else:
                    await refuse(send, refused.status, refused.detail, refused.headers)
                return
            scope["state"].update(access=who, csrf_token=who.csrf_token, signed_in=who.signed_in)
            await app(scope, receive, send)

        return asgi

    def _let_in(self, connection: Connection) -> Access:
        """Who it is. Refused."""
        method, path = method_of(connection), connection.scope["path"]
        headers = connection.headers
        if _head(connection.scope) > LONGEST_HEAD:
            raise Refused(431, f"the head of the request is larger than the {LONGEST_HEAD:,} bytes that are taken")
        if not names_us(headers, self.exposed.hosts):
            raise Refused(421, "this server is not known by that name; the setting `hosts` adds names")
        open_to_all = is_open(method, path)
        if is_of_another_page(headers) and (changes(method) or not (open_to_all or is_followed(headers))):
            raise Refused(
                403, "this was sent by a page of another site, and only this server's own may ask or change anything"
            )
        who = self._known(connection, open_to_all)
        if changes(method) and path not in FORMS:
            self._check_page(who, headers.get(CSRF_HEADER, ""))
        # The router takes `/search/` and `//search` for `/search`.
        if normalize_path(path) in ASKING or (changes(method) and path not in SIGNING):
            self._check_rate(who, connection)
        return who

    def _known(self, connection: Connection, open_to_all: bool) -> Access:
        """Whose token or cookie it bears, if one is asked for. Refused."""
        if not self.exposed.tokens:
            return ANYBODY
        try:
            known = self._of_token(connection) or self._of_session(connection)
        except OnrecordError as error:
            if open_to_all:
                return NOBODY
            raise Refused(503, str(error)) from None
        if known is None and not open_to_all:
            raise _unknown(connection)
        return known or NOBODY

    def _of_token(self, connection: Connection) -> Access | None:
        scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
        token = self.tokens.of_secret(secret.strip()) if scheme.lower() == "bearer" else None
        return Access(self._used(token).name, token.role) if token else None

    def _of_session(self, connection: Connection) -> Access | None:
        session = self.sessions.find(connection.cookies.get(cookie(connection), ""))
        token = self.tokens.of_digest(session.digest) if session else None
        return Access(self._used(token).name, token.role, session.csrf_token) if session and token else None

    def _check_page(self, who: Access, shown: str) -> None:
        """A cookie comes along with whatever a browser is made to send; this token our own pages alone know."""
        if who.signed_in and not compare_digest(shown.encode(), who.csrf_token.encode()):
            raise Refused(403, "the header X-CSRF-Token is missing or wrong; load the page again")

    def _check_rate(self, who: Access, connection: Connection) -> None:
        waits = self._rate.wait(sender_of(connection, who))
        if waits:
            detail = f"more than {self.exposed.rate} requests a minute; ask again in a while"
            raise Refused(429, detail, {"retry-after": str(ceil(waits))})

    def _used(self, token: Token) -> Token:
        """The token, whose use is noted once a day, in its own time."""
        day = today()
        if day not in (token.used, self._noted.get(token.digest)):
            self._noted[token.digest] = day
            noting = asyncio.create_task(self._note(token))
            self._noting.add(noting)
            noting.add_done_callback(self._noting.discard)
        return token

    async def _note(self, token: Token) -> None:
        try:
            await asyncio.to_thread(self.tokens.note_use, token)
        except (OnrecordError, OSError):
            log.warning("that a token was used could not be written down")


def cookie(connection: Connection) -> str:
    """The name of a session's cookie; over https one that no other host of the same domain can have set."""
    return f"__Host-{_COOKIE}" if connection.scope["scheme"] == "https" else _COOKIE


def address(connection: Connection) -> str:
    """That of the machine that asks, as far as it can be told."""
    return connection.client.host if connection.client else ""


def sender_of(connection: Connection, who: Access) -> str:
    """Whose share of what the server does a request takes: of all that bear a token, or come from one machine."""
    return f"token {who.name}" if who.name else sender(address(connection))


def _unknown(connection: Connection) -> Refused:
    """What is said to whom no token lets in."""
    if "authorization" in connection.headers:
        invalid = {"www-authenticate": f'{CHALLENGE}, error="invalid_token"'}
        return Refused(401, "the token is not known here, or was revoked", invalid)
    if cookie(connection) in connection.cookies:
        return Refused(401, "you are signed in no longer; sign in again", {"www-authenticate": CHALLENGE})
    return Refused(401, "a token is needed: Authorization: Bearer …", {"www-authenticate": CHALLENGE})


def _wants_page(connection: Connection) -> bool:
    """Whether somebody follows a link or types an address; what a script fetches is no page."""
    path = connection.scope["path"]
    for_programs = path.startswith(("/api/", "/v1/", "/mcp", "/metrics", "/schema"))
    headers = connection.headers
    wants = "text/html" in headers.get("accept", "") and headers.get("sec-fetch-mode", "navigate") == "navigate"
    return wants and method_of(connection) == "GET" and not for_programs


def _head(scope: Scope) -> int:
    """How many bytes of the head of a request say something."""
    fields = sum(len(name) + len(value) for name, value in scope["headers"])
    return len(scope["raw_path"] or b"") + len(scope["query_string"]) + fields


def _sign_in(scope: Scope) -> str:
    """Where one signs in and is led on to what was wanted, if that is not too long to be sent along."""
    there = f"/sign-in?next={quote(_address(scope))}"
    return there if len(there) <= LONGEST_HEAD * 3 // 4 else "/sign-in"


def _address(scope: Scope) -> str:
    """Path and query as they came."""
    query = scope["query_string"].decode("latin-1")
    path = (scope["raw_path"] or b"/").decode("latin-1")
    return f"{path}?{query}" if query else path
