"""The proxy of what Apprise sends. Used by apprise.py.

Apprise sends with the library requests. For each address, also that of a redirect, requests asks
functions of its own which proxy to use. We put others in their place, which answer what the config
says. So requests never uses a proxy that the config does not name.

Why not the environment variables themselves: they belong to the whole process, and the config may
read them.

What cannot be sent through a proxy of HTTP goes out directly: mail, MQTT, XMPP. docs/services.md
says so.
"""

import importlib
import socket
from contextlib import suppress
from typing import Any

from yarl import URL

from onthisday.adapters.http.addresses import RefusedAddress
from onthisday.adapters.http.apprise_connections import watching
from onthisday.adapters.http.judging import judge_host
from onthisday.adapters.http.proxies import NoWay, Way, way_of
from onthisday.config import Proxy


class _Said:
    """What the config says now. One process has one config."""

    proxy: Proxy | None = None


def go_through(proxy: Proxy | None) -> None:
    """Have Apprise send through a proxy from now on; None: directly."""
    _Said.proxy = proxy
    with suppress(ImportError):  # without requests, nothing can be sent anyway
        requests = importlib.import_module("requests")
        requests.adapters.select_proxy = _proxy_for
        requests.sessions.get_environ_proxies = requests.utils.get_environ_proxies = _none


def _none(*_: Any, **__: Any) -> dict[str, str]:
    """Return the proxies of the environment variables: none is used."""
    return {}


def _proxy_for(url: str, _: Any) -> str | None:
    """Return the proxy for a URL, with its login; None if its request goes out directly.

    Raise the error of requests that means "no connection" if the URL's host is refused.
    """
    try:
        way = _Said.proxy and way_of(_Said.proxy, url)
        if way:
            _judge(url, way)
    except (RefusedAddress, NoWay, ValueError) as error:
        raise importlib.import_module("requests").ConnectionError from error
    return way.whole if way else None


def _judge(url: str, way: Way) -> None:
    """Judge a URL's host, if only public addresses are allowed, and allow the proxy's address."""
    watch = watching()
    if watch is None:
        return
    try:
        if watch.public_only:
            judge_host(URL(url).raw_host or "")
    except RefusedAddress:
        watch.refused = True
        raise
    watch.proxies |= _addresses(way)


def _addresses(way: Way) -> set[tuple[str, int]]:
    """Return the addresses of a proxy, with its port."""
    url = URL(way.address)
    with suppress(OSError):
        found = socket.getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
        return {(str(address[0]), int(address[1])) for *_, address in found}
    return set()
