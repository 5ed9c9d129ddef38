"""Send requests over HTTP: implements `Sender` with httpx, over the connections of aiohttp.

It follows no redirect and keeps no cookie. It uses no proxy from the environment variables. A
failure says whether the request may have reached the server. Its words name at most the host,
because the rest of the URL may be a secret. Opened by app/sending.py.

Why the transport of httpx is called directly, without the client of httpx: the client adds logging,
redirects, cookies and logins. We want none of them, and they take half of the time of a request.
"""

import asyncio
import os
import socket
import ssl
from contextlib import AsyncExitStack
from functools import cache
from types import TracebackType
from typing import Self

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport
from yarl import URL

from onthisday.adapters.http.addresses import LookUp, RefusedAddress, Resolver, public_socket
from onthisday.adapters.http.hearing import Heard, HearingConnector, heard
from onthisday.delivery.raw_reply import read_reply, unpacked
from onthisday.delivery.request_reply import Failure, Reply, Request
from onthisday.version import __version__

CONNECT, TOTAL = 10.0, 20.0
"""Seconds to wait for a connection, and for the whole reply (Standard Webhooks says 15 to 30)."""

AT_ONCE = 64
"""The most connections of a process."""

MOST = 256 * 1024
"""The most bytes of a reply's body that are read. A post that comes back whole must fit."""

HEAD = 64 * 1024
"""The most bytes of a header that aiohttp reads. Its own limit is 8,190, and some have more."""

IDLE = 2.0
"""Seconds to keep a connection open for the next message.

Servers close a connection that is not used for five seconds or more. If we send a request at that
moment, nobody knows whether it arrived. So we close the connection earlier.
"""

_TIMEOUT = {"connect": CONNECT, "pool": CONNECT}
"""Seconds, for the transport. Once the connection is made, only TOTAL limits the time."""

_HEADERS = [("user-agent", f"onthisday/{__version__}"), ("accept-encoding", "identity")]


class HttpSender:
    """Implements `Sender`. Use it inside ``async with``.

    - ``look_up``: finds the addresses of a name, as getaddrinfo does.
    - ``total``: how many seconds a request and its reply may take.
    """

    def __init__(self, look_up: LookUp = socket.getaddrinfo, total: float = TOTAL) -> None:
        self._look_up, self._total = look_up, total
        self._closing = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Open two pools of connections: one for public addresses only, one for any address."""
        tls = _tls()
        self._public = self._opened(tls, public_only=True)
        self._any = self._opened(tls, public_only=False)
        return self

    def _opened(self, tls: ssl.SSLContext, *, public_only: bool) -> AiohttpTransport:
        resolver = Resolver(self._look_up, public_only=public_only)
        connector = HearingConnector(
            limit=AT_ONCE,
            keepalive_timeout=IDLE,
            ssl=tls,
            resolver=resolver,
            socket_factory=public_socket if public_only else None,
        )
        session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            max_line_size=HEAD,
            max_field_size=HEAD,
        )
        self._closing.push_async_callback(resolver.close)
        self._closing.push_async_callback(session.close)
        return AiohttpTransport(verify=tls, trust_env=False, client=session)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close all connections."""
        await self._closing.aclose()

    async def send(self, request: Request) -> Reply | Failure:
        """Send a request.

        Return the reply, or a failure. Raises nothing, unless it is cancelled.
        """
        try:
            return await self._reply(request)
        except Exception as error:  # noqa: BLE001 - after any error, a notice must be settled
            return failure_of(error, _host(request.url), self._total)

    async def _reply(self, request: Request) -> Reply:
        """Return the reply to a request.

        Once the status line has come, it is a reply. The rest of it may be against the rules of
        HTTP, or break off, or never end.
        """
        transport = self._any if request.private_addresses else self._public
        keeper = Heard()
        heard.set(keeper)
        try:
            async with asyncio.timeout(self._total):
                return await _whole_reply(transport, _prepared(request))
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


@cache
def _tls() -> ssl.SSLContext:
    """Return the certificates that TLS trusts.

    To read them takes a tenth of a second, so a process does it only once.
    """
    tls = httpx.create_ssl_context()
    tls.load_default_certs()  # the certificates of this machine, in addition to those of certifi
    return tls


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
    if not prepared.url.host or _host(str(prepared.url)) == _NO_HOST:
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


def _host(url: str) -> str:
    """Return the host of a URL as aiohttp reads it; "its URL" if it has none."""
    try:
        return URL(url).host or _NO_HOST
    except Exception:  # noqa: BLE001 - for `http://[::1]:@/` yarl raises IndexError
        return _NO_HOST


_NO_HOST = "its URL"


def failure_of(error: BaseException, host: str, total: float) -> Failure:
    """Say what failed, and whether the request may have reached the server.

    We look at the cause of httpx's error, because httpx-aiohttp turns different errors of aiohttp
    into one. For example, "the server disconnected" becomes a ConnectTimeout.
    """
    below = error.__cause__ if isinstance(error, httpx.HTTPError) and error.__cause__ else error
    unsent = _unsent(below, host)
    if unsent is not None:
        return Failure(sent=False, detail=unsent)
    if isinstance(below, TimeoutError):
        return Failure(sent=True, detail=f"{host} did not answer within {total:g} s")
    if isinstance(below, (ConnectionError, aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
        return Failure(sent=True, detail=f"{host} closed the connection without an answer")
    return Failure(sent=True, detail=f"{host} gave no valid answer ({type(below).__name__})")


def _unsent(error: BaseException, host: str) -> str | None:
    """Say what failed before anything was sent; None if something may have been sent."""
    reason = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(reason, RefusedAddress):
        return (
            f"{host} has an address that is not public; private_addresses: true allows to send "
            "there"
        )
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return f"no secure connection to {host}: {_tls_words(error)}"
    words = {
        aiohttp.ConnectionTimeoutError: f"{host} took no connection within {CONNECT:.0f} s",
        aiohttp.ClientConnectorDNSError: f"the name server does not know {host}",
        aiohttp.ClientConnectorError: f"{host} took no connection: {_system_words(reason)}",
        aiohttp.InvalidURL: "the URL is not valid",
        aiohttp.NonHttpUrlClientError: "the URL is not valid",
        httpx.InvalidURL: "the URL is not valid",
        httpx.UnsupportedProtocol: "the URL is not valid",
    }
    return next((said for kind, said in words.items() if isinstance(error, kind)), None)


def _system_words(error: BaseException) -> str:
    """Return the system's words for an error. The error's own text may hold the URL, a secret."""
    number = getattr(error, "errno", None)
    return os.strerror(number) if number else type(error).__name__


def _tls_words(error: BaseException) -> str:
    cause = getattr(error, "certificate_error", None) or getattr(error, "os_error", error)
    return str(getattr(cause, "verify_message", None) or getattr(cause, "reason", None) or "TLS")
