"""The pools of connections of a process. Used by http_sender.py.

There are two for requests that go out directly, and two for those that go through a proxy. In each
pair, one is for public addresses only (addresses.py, tunnels.py), and one is for any address.
"""

import ssl
from contextlib import AsyncExitStack
from functools import cache

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from onthisday.adapters.http.addresses import LookUp, Resolver, public_socket
from onthisday.adapters.http.hearing import HearingConnector
from onthisday.adapters.http.judging import Judge
from onthisday.adapters.http.proxies import Way
from onthisday.adapters.http.tunnels import ProxyConnector

AT_ONCE = 64
"""The most connections of a process."""

HEAD = 64 * 1024
"""The most bytes of a header that aiohttp reads. Its own limit is 8,190, and some have more."""

IDLE = 2.0
"""Seconds to keep a connection open for the next message.

Servers close a connection that is not used for five seconds or more. If we send a request at that
moment, nobody knows whether it arrived. So we close the connection earlier.
"""


class Pools:
    """The pools. ``closing`` closes them."""

    def __init__(self, look_up: LookUp, tls: ssl.SSLContext, closing: AsyncExitStack) -> None:
        self._look_up, self._tls, self._closing = look_up, tls, closing
        self._direct = {only: self._opened(self._connector(only), None) for only in (True, False)}
        self._through: dict[tuple[bool, Way], AiohttpTransport] = {}

    def transport(self, *, public_only: bool, way: Way | None) -> AiohttpTransport:
        """Return the transport for a request. ``way``: the proxy; None if it goes out directly."""
        if way is None:
            return self._direct[public_only]
        if (public_only, way) not in self._through:
            connector = self._proxy_connector(public_only)
            self._through[public_only, way] = self._opened(connector, way)
        return self._through[public_only, way]

    def _connector(self, public_only: bool) -> HearingConnector:  # noqa: FBT001 - of a pair
        return HearingConnector(
            limit=AT_ONCE,
            keepalive_timeout=IDLE,
            ssl=self._tls,
            resolver=self._resolver(public_only=public_only),
            socket_factory=public_socket if public_only else None,
        )

    def _proxy_connector(self, public_only: bool) -> ProxyConnector:  # noqa: FBT001 - of a pair
        judge = Judge(self._look_up) if public_only else None
        if judge:
            self._closing.callback(judge.close)
        return ProxyConnector(
            judge,
            limit=AT_ONCE,
            keepalive_timeout=IDLE,
            ssl=self._tls,
            resolver=self._resolver(public_only=False),
        )

    def _resolver(self, *, public_only: bool) -> Resolver:
        resolver = Resolver(self._look_up, public_only=public_only)
        self._closing.push_async_callback(resolver.close)
        return resolver

    def _opened(self, connector: aiohttp.BaseConnector, way: Way | None) -> AiohttpTransport:
        session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            max_line_size=HEAD,
            max_field_size=HEAD,
        )
        self._closing.push_async_callback(session.close)
        proxy = httpx.Proxy(way.address, headers=way.headers) if way else None
        return AiohttpTransport(verify=self._tls, trust_env=False, client=session, proxy=proxy)


@cache
def trusted() -> ssl.SSLContext:
    """Return the certificates that TLS trusts.

    To read them takes a tenth of a second, so a process does it only once.
    """
    tls = httpx.create_ssl_context()
    tls.load_default_certs()  # the certificates of this machine, in addition to those of certifi
    return tls
