"""Keep a channel's URL out of private networks: each address is judged where it is connected to.

A socket is made for one address. `public_socket` makes it only if this address is public. Why
there: programs read the host of `http:////host/` or `http://[::1%25]/` in different ways. So a
judgement of the URL may be about another host than the one that is connected to.

A name is looked up once, and all its addresses are checked. If one of them is private, nothing is
sent to the name, whichever of its addresses would answer first. Used by http_sender.py.
"""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from onthisday.adapters.public_addresses import is_public

LookUp = Callable[..., list[tuple[Any, ...]]]
"""The function that finds the addresses of a name: ``socket.getaddrinfo``, or another in a test."""


class RefusedAddress(OSError):
    """A host has an address that is not public, so nothing is sent to it."""


def public_socket(info: tuple[Any, ...]) -> socket.socket:
    """Return a new socket for an address, which has the form of getaddrinfo.

    Raise RefusedAddress if the address is not public. A name is refused too: the system would look
    it up again, and connect to an address that nobody has checked.
    """
    family, kind, proto, _, address = info
    if not is_public(address[0]):
        raise RefusedAddress
    return socket.socket(family, kind, proto)


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
