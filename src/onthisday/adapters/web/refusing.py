"""What is no valid request, and the answer to it. Used by connections.py."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from onthisday.adapters.web.cached_answers import ALWAYS

_HOST = re.compile(rb"[\w.~%!$&'()*+,;=-]*(:\d*)?|\[[\w.:%]+\](:\d*)?", re.ASCII)
"""A host and its port (RFC 3986, sections 3.2.2 and 3.2.3)."""

_REASONS = {400: "Bad Request", 431: "Request Header Fields Too Large"}


def names_one_host(headers: Iterable[tuple[bytes, bytes]], version: str) -> bool:
    """Return True if a request has one Host header that is a host (RFC 9112, section 3.2).

    ``version``: of HTTP. 1.0 does not ask for the header. Two of them, or junk in it, may mean one
    host to a proxy and another one to us.
    """
    named = None
    for name, value in headers:
        if name == b"host":
            if named is not None:
                return False
            named = value
    if named is None:
        return version == "1.0"
    return _is_host(named)


@lru_cache(maxsize=64)
def _is_host(value: bytes) -> bool:
    return _HOST.fullmatch(value) is not None


def refusal(status: int, said: str) -> bytes:
    """Return the whole answer to what is no request. The connection ends with it."""
    headers: dict[str, Any] = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": len(said),
        "connection": "close",
        **{name.decode(): value.decode() for name, value in ALWAYS},
    }
    lines = (f"{name}: {value}" for name, value in headers.items())
    return "\r\n".join((f"HTTP/1.1 {status} {_REASONS[status]}", *lines, "", said)).encode()
