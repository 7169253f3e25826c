"""Listening: the name of a host and a port in, a bound socket and its address out."""

from __future__ import annotations

import socket
from ipaddress import ip_address

from index.errors import OnrecordError

BACKLOG = 1024
"""Connections that the system lets wait until they are taken."""


class CannotListen(OnrecordError):
    """The address is nobody's here, in use, or not allowed; the message says which."""


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address of `host`, IPv4 where it has both; `port` 0 is any free one. CannotListen."""
    address, family = _address(host)
    both = family is socket.AF_INET6 and ip_address(address).is_unspecified and socket.has_dualstack_ipv6()
    try:
        listener = socket.create_server((address, port), family=family, backlog=BACKLOG, dualstack_ipv6=both)
    except OSError as error:
        where = f"{shown(address)}:{port}"
        raise CannotListen(f"{where}: {_reason(error)}; choose another with --host or --port") from None
    # Connections inherit it. Without it the second packet of an answer waits 40 ms for word of the first, and asyncio
    # sets it only where a socket says that it is TCP's, which this one does not.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def shown(address: str) -> str:
    """As it stands in the address of a page."""
    return f"[{address}]" if ":" in address else address


def _address(host: str) -> tuple[str, socket.AddressFamily]:
    """The numeric address of `host`."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise CannotListen(f"{host}: no address is known for this host") from None
    family, *_, (address, *_) = min(found, key=lambda one: one[0] is not socket.AF_INET)
    return str(address), family


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).split(" (while")[0].lower()
