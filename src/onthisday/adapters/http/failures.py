"""Say what failed when a request got no reply, and whether it may have reached the service.

The words name at most the hosts of the service and of the proxy, because the rest of an address may
be a secret. Used by http_sender.py.
"""

import os
import socket
import ssl
from http import HTTPStatus

import aiohttp
import httpx
from yarl import URL

from onthisday.adapters.http.addresses import RefusedAddress
from onthisday.adapters.http.proxies import NoWay, Way
from onthisday.delivery.request_reply import Failure, Reply

CONNECT = 10.0
"""Seconds to wait for a connection."""


def failure_of(error: BaseException, url: str, total: float, way: Way | None = None) -> Failure:
    """Return the failure for an error.

    - ``total``: for how many seconds the request was tried.
    - ``way``: the proxy that the request went through.

    We look at the cause of httpx's error, because httpx-aiohttp turns different errors of aiohttp
    into one. For example, "the server disconnected" becomes a ConnectTimeout.
    """
    host = _host(url)
    below = error.__cause__ if isinstance(error, httpx.HTTPError) and error.__cause__ else error
    no_way = isinstance(below, (NoWay, aiohttp.ConnectionTimeoutError))
    if way is not None and no_way:
        return Failure(sent=False, detail=_no_way(below.__cause__ or below, host, way))
    unsent = _unsent(below, host)
    if unsent is not None:
        return Failure(sent=False, detail=unsent, no_such_name=_is_no_name(below))
    if isinstance(below, TimeoutError):
        return Failure(sent=True, detail=f"{host} did not answer within {total:g} s")
    if isinstance(below, (ConnectionError, aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
        return Failure(sent=True, detail=f"{host} closed the connection without an answer")
    return Failure(sent=True, detail=f"{host} gave no valid answer ({type(below).__name__})")


def refusal_of(reply: Reply, url: str, way: Way) -> Failure | None:
    """Return a failure if a reply to an `http://` request may be the proxy's own; otherwise None.

    - 407 is always the proxy's: it did not pass the request on (RFC 9110, 15.5.8).
    - 502 and 504 may come from the proxy or the service. The request may have arrived before, so
      the outcome is unknown.
    - All else counts as the service's answer. A proxy that reaches no service says 503 or 500.
    """
    if reply.status == 407:
        return Failure(sent=False, detail=_proxy_said(407, _host(url), way))
    if reply.status in {502, 504}:
        said = f"{_host(url)} or the proxy {way.host} answered {_status(reply.status)}"
        return Failure(sent=True, detail=f"{said}; the message may have arrived all the same")
    return None


def has_a_host(url: str) -> bool:
    """Return True if aiohttp finds a host in a URL."""
    return _host(url) != _NO_HOST


def _host(url: str) -> str:
    """Return the host of a URL as aiohttp reads it; "its URL" if it has none."""
    try:
        return URL(url).host or _NO_HOST
    except Exception:  # noqa: BLE001 - for `http://[::1]:@/` yarl raises IndexError
        return _NO_HOST


_NO_HOST = "its URL"


def _is_no_name(error: BaseException) -> bool:
    """Return True if a name server says that there is no such name.

    Otherwise the name may be there, and only the name server did not answer.
    """
    found = getattr(error, "os_error", None)
    return isinstance(found, socket.gaierror) and found.errno in _NO_NAME


_NO_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
"""Not every system has a number for a name without addresses."""


def _unsent(error: BaseException, host: str) -> str | None:
    """Say what failed before anything was sent; None if something may have been sent."""
    reason = getattr(error, "os_error", error)  # in aiohttp 3.12, a wrong certificate has none
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
        NoWay: "the address of the proxy cannot be read; look at proxy in config",
        httpx.InvalidURL: "the URL is not valid",
        httpx.UnsupportedProtocol: "the URL is not valid",
    }
    return next((said for kind, said in words.items() if isinstance(error, kind)), None)


def _no_way(error: BaseException, host: str, way: Way) -> str:
    """Say why no connection came about through a proxy."""
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return _proxy_said(error.status, host, way)
    if isinstance(error, TimeoutError):
        return f"the proxy {way.host} gave no connection to {host} within {CONNECT:.0f} s"
    if isinstance(error, (RefusedAddress, aiohttp.InvalidURL)):
        return _unsent(error, host) or ""
    # the certificate is the proxy's or the service's, and the error has the host
    said = _unsent(error, getattr(error, "host", None) or host)
    broke_off = f"it broke off ({type(error).__name__})"
    return f"no way through the proxy {way.host}: {said or broke_off}"


def _proxy_said(status: int, host: str, way: Way) -> str:
    """Say what a proxy's refusal means."""
    if status == 407 and way.login:
        return f"the proxy {way.host} does not take the login that stands in proxy: (407)"
    if status == 407:
        mend = "write proxy: http://USER:PASSWORD@HOST:PORT"
        return f"the proxy {way.host} wants a login (407); {mend}"
    return f"the proxy {way.host} gave no connection to {host}: it answered {_status(status)}"


def _status(status: int) -> str:
    """Return a status with its phrase, such as ``502 Bad Gateway``."""
    known = {each.value: f"{status} {each.phrase}" for each in HTTPStatus}
    return known.get(status, str(status))


def _system_words(error: BaseException) -> str:
    """Return the system's words for an error. The error's own text may hold the URL, a secret."""
    number = getattr(error, "errno", None)
    return os.strerror(number) if number else type(error).__name__


def _tls_words(error: BaseException) -> str:
    cause = getattr(error, "certificate_error", None) or getattr(error, "os_error", error)
    return str(getattr(cause, "verify_message", None) or getattr(cause, "reason", None) or "TLS")
