"""Connect to a mail server, and judge its address where it is connected to.

A name is looked up once, and all its addresses are checked. If one of them is not public, nothing
is sent to the name, unless the channel allows it. The connection is made to one of these addresses
and to no other. Used by smtp_sender.py.
"""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import Executor
from ipaddress import ip_address
from typing import Any, NamedTuple

from onthisday.adapters.public_addresses import is_public
from onthisday.messages.email_addresses import MailServer

LookUp = Callable[..., list[tuple[Any, ...]]]
"""The function that finds the addresses of a name: ``socket.getaddrinfo``, or another in a test."""


class RefusedAddress(OSError):
    """A host has an address that is not public, so nothing is sent to it."""


class Peer(NamedTuple):
    """A connection to a server.

    - ``public``: its address is public.
    - ``loopback``: the server is on this machine.
    """

    connection: socket.socket
    public: bool
    loopback: bool


async def connected(
    server: MailServer, look_up: LookUp, threads: Executor, *, public_only: bool
) -> Peer:
    """Return a connection to a server. Raise OSError; RefusedAddress if it may not be made.

    The addresses are tried one after the other. The caller limits the time.
    """
    loop = asyncio.get_running_loop()
    host, port = server.host, server.port
    found = await loop.run_in_executor(
        threads, look_up, host, port, socket.AF_UNSPEC, socket.SOCK_STREAM
    )
    if public_only and not all(is_public(str(info[4][0])) for info in found):
        raise RefusedAddress
    last: OSError = OSError("no address")
    for index, info in enumerate(found):
        try:
            async with asyncio.timeout(_SHARE if index + 1 < len(found) else None):
                return await _connected_to(info)
        except TimeoutError as error:
            last = error
        except OSError as error:
            last = error
    raise last


_SHARE = 3.0
"""Seconds for an address that is not the last one: one that does not answer delays the others."""


async def _connected_to(info: tuple[Any, ...]) -> Peer:
    family, kind, proto, _, address = info
    connection = socket.socket(family, kind, proto)
    try:
        connection.setblocking(False)  # noqa: FBT003 - its name says it
        await asyncio.get_running_loop().sock_connect(connection, address)
    except BaseException:
        connection.close()
        raise
    plain = str(address[0])
    return Peer(connection, is_public(plain), ip_address(plain.partition("%")[0]).is_loopback)
