"""Decide which addresses we may send to: a channel's URL must not reach into a private network.

A name is looked up once, and all its addresses are checked. The connection is then made to one of
these addresses. Why: if the name were looked up again, the name server could give another address,
which nobody has checked. Used by http_sender.py.
"""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

LookUp = Callable[..., list[tuple[Any, ...]]]
"""The function that finds the addresses of a name: ``socket.getaddrinfo``, or another in a test."""

_NAT64 = ip_network("64:ff9b::/96")


class RefusedAddress(OSError):
    """A host has an address that is not public, so nothing is sent to it."""


def is_public(address: str) -> bool:
    """Return True if an address is public: global by Python's `ipaddress`, and not multicast.

    Some IPv6 addresses contain an IPv4 address. Then the IPv4 address must be public too.
    """
    return all(found.is_global and not found.is_multicast for found in _meant(address))


def _meant(address: str) -> tuple[IPv4Address | IPv6Address, ...]:
    """Return the addresses to check: the address itself, and the IPv4 addresses that it contains.

    If an IPv6 address only stands for an IPv4 address, only the IPv4 address is returned.
    """
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return (found,)
    if found.ipv4_mapped:
        return (found.ipv4_mapped,)
    if found in _NAT64:
        return (IPv4Address(int(found) & 0xFFFFFFFF),)
    return (found, *filter(None, (found.sixtofour,)), *(found.teredo or ()))


def literal(host: str) -> str | None:
    """Return the host of a URL if it is an address; None if it is a name."""
    try:
        return str(ip_address(host))
    except ValueError:
        return None


class Resolver(AbstractResolver):
    """Finds the addresses of names, in its own threads. So a slow name server delays no other name.

    With ``public_only``, a name is refused if one of its addresses is not public.
    """

    def __init__(self, look_up: LookUp, *, public_only: bool) -> None:
        self._look_up, self._public_only = look_up, public_only
        self._threads = ThreadPoolExecutor(64, "look-up")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return a host's addresses.

        Raise OSError; raise RefusedAddress if one of them is not public.
        """
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._threads, self._look_up, host, port, family, socket.SOCK_STREAM
        )
        results = [_result(host, port, info) for info in found]
        if self._public_only and not all(is_public(result["host"]) for result in results):
            raise RefusedAddress
        return results

    async def close(self) -> None:
        """End the threads, without waiting for them."""
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
