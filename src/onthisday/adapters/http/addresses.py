"""Which addresses may be sent to: what a channel names must not reach into a private network.

A name is looked up once, all its addresses are judged, and the connection is made to those very
addresses, so that a second answer of the name server changes nothing (checklist 10 of
notes/delivery.md). Used by http_sender.py.
"""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

LookUp = Callable[..., list[tuple[Any, ...]]]
"""``socket.getaddrinfo``, or what stands for it."""

_NAT64 = ip_network("64:ff9b::/96")


class RefusedAddress(OSError):
    """A host has an address that is not public."""


def is_public(address: str) -> bool:
    """Say whether an address is one of the whole internet, also what it carries inside."""
    return all(found.is_global and not found.is_multicast for found in _meant(address))


def _meant(address: str) -> tuple[IPv4Address | IPv6Address, ...]:
    """Return an address, or the IPv4 addresses that an IPv6 one stands for."""
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return (found,)
    if found.ipv4_mapped:
        return (found.ipv4_mapped,)
    if found in _NAT64:
        return (IPv4Address(int(found) & 0xFFFFFFFF),)
    return (found, *filter(None, (found.sixtofour,)), *(found.teredo or ()))


def literal(host: str) -> str | None:
    """Return the address that a URL's host is, or None where it is a name."""
    try:
        return str(ip_address(host))
    except ValueError:
        return None


class Resolver(AbstractResolver):
    """Looks names up, in threads of its own: a slow name server holds up no other name.

    With ``public_only`` a name with any address that is not public is refused.
    """

    def __init__(self, look_up: LookUp, *, public_only: bool) -> None:
        self._look_up, self._public_only = look_up, public_only
        self._threads = ThreadPoolExecutor(64, "look-up")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return a host's addresses; raise OSError."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._threads, self._look_up, host, port, family, socket.SOCK_STREAM
        )
        results = [_result(host, port, info) for info in found]
        if self._public_only and not all(is_public(result["host"]) for result in results):
            raise RefusedAddress
        return results

    async def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _result(host: str, port: int, info: tuple[Any, ...]) -> ResolveResult:
    family, _, proto, _, address = info
    scope = f"%{address[3]}" if family == socket.AF_INET6 and address[3] else ""
    return ResolveResult(
        hostname=host,
        host=f"{address[0].partition('%')[0]}{scope}",
        port=port,
        family=family,
        proto=proto,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
