"""Exposure: where a server is bound, and so whom it must ask for a token and which names it answers to."""

from __future__ import annotations

from ipaddress import ip_address

from msgspec import Struct

from web.settings import ServeSettings

_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


class Exposure(Struct, frozen=True):
    """`tokens`: every request needs one. `hosts`: the names it answers to, None for any."""

    tokens: bool
    hosts: frozenset[str] | None
    rate: int
    """Requests a minute of one sender that ask or change something; 0 is no bound."""


ELSEWHERE_A_MINUTE = 120
"""The rate where others can reach it and no setting says otherwise."""


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches `address`, which is numeric."""
    return ip_address(address).is_loopback


def exposure(address: str, settings: ServeSettings) -> Exposure:
    """That of a server bound to `address`, which is numeric."""
    local = is_loopback(address)
    added = frozenset(name.strip().lower().strip("[]") for name in settings.hosts.split(",") if name.strip())
    rate = settings.rate if settings.rate is not None else 0 if local else ELSEWHERE_A_MINUTE
    if local:
        return Exposure(settings.require_tokens, _LOOPBACK | {address} | added, rate)
    # A foreign page that gives its own name our address finds nobody signed in under that name.
    return Exposure(True, _LOOPBACK | {address} | added if added else None, rate)
