"""Origins: which host a request names, and whether a page of somebody else's makes a browser send it.

A name of an attacker's that suddenly means 127.0.0.1 (DNS rebinding) would let any page in the
world ask a server that asks for no token: it answers to its own names alone. And a page may send to
any address without being able to read the answer: what changes something has to come from our own
pages, or from no page at all, and of the rest another page's may only be followed, as a link. No
page of another origin is let read anything (no CORS).
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
"""Methods that change nothing."""


def host_of(header: str) -> str | None:
    """The name in a Host header without its port, in small letters; None where it is none."""
    try:
        name = urlsplit(f"//{header}").hostname
    except ValueError:
        return None
    wellformed = name is not None and not set(header) & set("/?#@\\ ,")
    return name.rstrip(".") if name is not None and wellformed else None


def names_us(headers: Mapping[str, str], hosts: frozenset[str] | None) -> bool:
    """Whether the request names one of `hosts`, or any where that is None."""
    name = host_of(headers.get("host", ""))
    return name is not None and (hosts is None or name in hosts)


def is_of_another_page(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that a page which is not ours sends it. What is no browser says nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    # The scheme is left out: behind a proxy that ends TLS ours is not the browser's.
    return origin is not None and _place(origin) != headers.get("host", "").lower()


def is_followed(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that somebody goes there: it is no picture, frame or script of a page that stays."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _place(origin: str) -> str | None:
    """Host and port of an origin; None where it has none (`null`)."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None
