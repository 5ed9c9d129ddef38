"""Send requests over HTTP: implements `Sender` with httpx, over the connections of aiohttp.

It follows no redirect and keeps no cookie. It uses the proxy that the config names, and none from
the environment variables (proxies.py, tunnels.py). A failure says whether the request may have
reached the server (failures.py). Opened by app/sending.py.

Why the transport of httpx is called directly, without the client of httpx: the client adds logging,
redirects, cookies and logins. We want none of them, and they take half of the time of a request.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Self

import httpx
from httpx_aiohttp import AiohttpTransport

from onthisday.adapters.http.addresses import LookUp
from onthisday.adapters.http.failures import CONNECT, failure_of, has_a_host, refusal_of
from onthisday.adapters.http.hearing import Heard, heard
from onthisday.adapters.http.pools import Pools, trusted
from onthisday.adapters.http.proxies import Way, way_of
from onthisday.config import Proxy
from onthisday.delivery.raw_reply import read_reply, unpacked
from onthisday.delivery.request_reply import Failure, Reply, Request
from onthisday.version import __version__

TOTAL = 20.0
"""Seconds to wait for the whole reply (Standard Webhooks says 15 to 30)."""

MOST = 256 * 1024
"""The most bytes of a reply's body that are read. A post that comes back whole must fit."""

_TIMEOUT = {"connect": CONNECT, "pool": CONNECT}
"""Seconds, for the transport. Once the connection is made, only TOTAL limits the time."""

_HEADERS = [("user-agent", f"onthisday/{__version__}"), ("accept-encoding", "identity")]


class HttpSender:
    """Implements `Sender`. Use it inside ``async with``.

    - ``look_up``: finds the addresses of a name, as getaddrinfo does.
    - ``total``: how many seconds a request and its reply may take.
    - ``proxy``: returns what the config says now; None: every request goes out directly.
    - ``tls``: the certificates to trust; None: those of this machine and of certifi.
    """

    def __init__(
        self,
        look_up: LookUp = socket.getaddrinfo,
        total: float = TOTAL,
        proxy: Callable[[], Proxy | None] = lambda: None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._look_up, self._total, self._proxy, self._tls = look_up, total, proxy, tls
        self._closing = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Open the pools of connections."""
        self._pools = Pools(self._look_up, self._tls or trusted(), self._closing)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all connections."""
        await self._closing.aclose()

    async def send(self, request: Request) -> Reply | Failure:
        """Send a request.

        Return the reply, or a failure. Raises nothing, unless it is cancelled.
        """
        way = None
        try:
            prepared, proxy = _prepared(request), self._proxy()
            way = proxy and way_of(proxy, str(prepared.url))
            return await self._reply(prepared, way, public_only=not request.private_addresses)
        except Exception as error:  # noqa: BLE001 - after any error, a notice must be settled
            return failure_of(error, request.url, self._total, way)

    async def _reply(
        self, request: httpx.Request, way: Way | None, *, public_only: bool
    ) -> Reply | Failure:
        """Return the reply to a request.

        Once the status line has come, it is a reply. The rest of it may be against the rules of
        HTTP, or break off, or never end.

        An `https://` request goes through a tunnel, so the reply is the service's own. Otherwise
        the proxy reads its login from the request, and the reply may be the proxy's.
        """
        transport = self._pools.transport(public_only=public_only, way=way)
        if way is None or request.url.scheme == "https":
            return await self._heard(transport, request)
        request.headers.update(way.headers)
        reply = await self._heard(transport, request)
        failure = refusal_of(reply, str(request.url), way)
        return failure or reply._replace(body=way.without_login(reply.body))

    async def _heard(self, transport: AiohttpTransport, request: httpx.Request) -> Reply:
        keeper = Heard()
        heard.set(keeper)
        try:
            async with asyncio.timeout(self._total):
                return await _whole_reply(transport, request)
        except Exception:
            reply = read_reply(bytes(keeper.raw), MOST)
            if reply is None:
                raise
            return reply


async def _whole_reply(transport: AiohttpTransport, request: httpx.Request) -> Reply:
    """Return a reply that keeps to the rules of HTTP. Otherwise raise."""
    response = await transport.handle_async_request(request)
    try:
        body = await _beginning(response)
    finally:
        await response.aclose()
    raw = response.headers.raw
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}
    return Reply(response.status_code, headers, unpacked(headers, body, MOST))


def _prepared(request: Request) -> httpx.Request:
    """Return a request in the form that httpx needs. Raise httpx.InvalidURL if its URL has no host.

    aiohttp would read `http:////host/`, which has no host, as `http://host/`.

    Why the body is given as a stream: for a body that is given as `content`, httpx works out
    headers that aiohttp makes anyway. This would take half of the time of this function.
    """
    prepared = httpx.Request(
        request.method,
        request.url,
        headers=[*_HEADERS, *request.headers],
        stream=httpx.ByteStream(request.body),
        extensions={"timeout": _TIMEOUT},
    )
    if not prepared.url.host or not has_a_host(str(prepared.url)):
        raise httpx.InvalidURL("no host")
    prepared.read()
    return prepared


async def _beginning(response: httpx.Response) -> bytes:
    """Return the first bytes of a body. Nobody needs the rest."""
    body = bytearray()
    async for chunk in response.stream:  # type: ignore[union-attr]
        body += chunk
        if len(body) >= MOST:
            break
    return bytes(body[:MOST])
