"""Send requests over HTTP: implements `Sender` with httpx, over the connections of aiohttp.

It follows no redirect and keeps no cookie. It uses the proxy that the config names, and none from
the environment variables (proxies.py, tunnels.py). A failure says whether the request may have
reached the server (failures.py). Opened by app/sending.py.

Why the transport of httpx is called directly, without the client of httpx: the client adds logging,
redirects, cookies and logins. We want none of them, and they take half of the time of a request.
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any, NamedTuple, Self, cast

import httpx
from httpx_aiohttp import AiohttpTransport
from yarl import URL

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

_EXTENSIONS = {"timeout": {"connect": CONNECT, "pool": CONNECT}}
"""Seconds, for the transport. Once the connection is made, only TOTAL limits the time."""

_HEADERS = (("user-agent", f"onthisday/{__version__}"), ("accept-encoding", "identity"))


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
            url, proxy = _address_of(request.url), self._proxy()
            way = proxy and way_of(proxy, str(url))
            return await self._reply(request, url, way)
        except Exception as error:  # noqa: BLE001 - after any error, a notice must be settled
            return failure_of(error, request.url, self._total, way)

    async def _reply(self, request: Request, url: URL, way: Way | None) -> Reply | Failure:
        """Return the reply to a request.

        Once the status line has come, it is a reply. The rest of it may be against the rules of
        HTTP, or break off, or never end.

        An `https://` request goes through a tunnel, so the reply is the service's own. Otherwise
        the proxy reads its login from the request, and the reply may be the proxy's.
        """
        transport = self._pools.transport(public_only=not request.private_addresses, way=way)
        outgoing = _prepared(request, url)
        if way is None or url.scheme == "https":
            return await self._heard(transport, outgoing)
        passed_on = outgoing._replace(headers=(*outgoing.headers, *way.headers))
        reply = await self._heard(transport, passed_on)
        failure = refusal_of(reply, request.url, way)
        return failure or reply._replace(body=way.without_login(reply.body))

    async def _heard(self, transport: AiohttpTransport, outgoing: "_Outgoing") -> Reply:
        keeper = Heard()
        heard.set(keeper)
        try:
            async with asyncio.timeout(self._total):
                return await _whole_reply(transport, outgoing)
        except Exception:
            reply = read_reply(bytes(keeper.raw), MOST)
            if reply is None:
                raise
            return reply


class _Outgoing(NamedTuple):
    """A request for the transport: those fields of an `httpx.Request` that it reads.

    Why no `httpx.Request`: it reads the URL and the headers, and then aiohttp reads them again.
    That took a sixth of the time of a message.
    """

    method: str
    url: URL
    headers: tuple[tuple[str, str], ...]
    content: bytes
    extensions: Mapping[str, Any]


async def _whole_reply(transport: AiohttpTransport, outgoing: _Outgoing) -> Reply:
    """Return a reply that keeps to the rules of HTTP. Otherwise raise."""
    response = await transport.handle_async_request(cast("httpx.Request", outgoing))
    try:
        body = await _beginning(response)
    finally:
        await response.aclose()
    raw = response.headers.raw
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}
    return Reply(response.status_code, headers, unpacked(headers, body, MOST))


def _prepared(request: Request, url: URL) -> _Outgoing:
    headers = (*_HEADERS, *request.headers)
    return _Outgoing(request.method, url, headers, request.body, _EXTENSIONS)


def _address_of(url: str) -> URL:
    """Return a URL as aiohttp reads it.

    Raise httpx.InvalidURL if it has no host, or a control character in it. aiohttp would leave the
    character out, and send to another address.
    """
    if not has_a_host(url) or _CONTROLS.search(url):
        raise httpx.InvalidURL("no host")
    return URL(url)


_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


async def _beginning(response: httpx.Response) -> bytes:
    """Return the first bytes of a body. Nobody needs the rest."""
    body = bytearray()
    async for chunk in response.stream:  # type: ignore[union-attr]
        body += chunk
        if len(body) >= MOST:
            break
    return bytes(body[:MOST])
