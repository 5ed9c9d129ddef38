"""Who is near: a program on this machine that asks by itself, not a proxy for a stranger.

`/healthz` tells only those why the service is degraded. No address can prove it: a proxy on this
machine has this machine's address, and it may say nothing of whom it asks for. So this is careful
in small things, and what must never be public has a listener of its own (inside.py).
"""

import re
from ipaddress import ip_address

from starlette.types import Scope

_FOR_ANOTHER = {
    b"cdn-loop", b"forwarded", b"origin", b"referer", b"sec-fetch-site", b"true-client-ip", b"via",
    b"x-client-ip", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip",
}  # fmt: skip
"""Who sends one of these asks for another: a proxy, or a browser for a page."""


def is_near(scope: Scope) -> bool:
    """Return True if a request comes from this machine, and not through a proxy or a browser.

    The Host header must name the very port that was asked: a proxy has a port of its own. HTTP/1.0
    is what nginx speaks, if nobody tells it otherwise.
    """
    headers, client, server = scope["headers"], scope["client"], scope["server"]
    if not client or not server or scope["http_version"] == "1.0":
        return False
    if any(name in _FOR_ANOTHER for name, _ in headers):
        return False
    host = next((value.decode("latin-1") for name, value in headers if name == b"host"), "")
    return _is_loopback(client[0]) and _is_here(host, server[1])


def _is_loopback(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _is_here(host: str, port: int | None) -> bool:
    """Return True if a Host header names this machine and this port."""
    name, _, asked = re.sub(r"^\[(.*)\]", r"\1", host).rpartition(":")
    return asked == str(port) and (name.lower() == "localhost" or _is_loopback(name))
