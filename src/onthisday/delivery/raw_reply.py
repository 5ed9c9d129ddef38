"""Read a reply out of the bytes that a server sent, however badly it keeps to HTTP.

Used by adapters/http/ where the library for HTTP refuses a reply: because a header is too long, two
lengths are given, or a line ends wrongly. The service has taken the message all the same, or has
said that it did not. So the status line is read whatever follows, and the rest as far as it can be.

No input or output here. Whatever the bytes are, nothing here raises.
"""

import re
import zlib
from typing import NamedTuple

from onthisday.delivery.request_reply import Reply

Headers = tuple[tuple[str, str], ...]


class _Head(NamedTuple):
    """The first lines of a reply. ``end``: where its body begins; None if the head is not whole."""

    status: int
    headers: Headers
    end: int | None


_STATUS = re.compile(rb"\s*HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?=[ \t\r\n])[^\n]*\n?", re.IGNORECASE)
_BLANK = re.compile(rb"\n\r*\n")


def read_reply(raw: bytes, most: int) -> Reply | None:
    """Return the reply that the bytes hold; None if there is no status line.

    Replies with a status of 1xx come before the reply itself (RFC 9110, 15.2), and are left out.
    ``most``: how many bytes of the body are wanted. The body lacks what has not come.
    """
    found = _reply_in(raw)
    if found is None:
        return None
    head, rest = found
    body, _ = _body(head, rest)
    headers = dict(head.headers)
    return Reply(head.status, headers, unpacked(headers, body[:most], most))


def is_whole(raw: bytes) -> bool:
    """Return True if no more bytes of the reply are to come.

    Return False if only the end of the connection will tell.
    """
    found = _reply_in(raw)
    return found is not None and found[0].end is not None and _body(*found)[1]


def unpacked(headers: dict[str, str], body: bytes, most: int) -> bytes:
    """Return a body unpacked, if its server packed it (gzip, deflate). We do not ask for that.

    At most ``most`` bytes. If it cannot be unpacked, return it as it is.
    """
    packed = headers.get("content-encoding")
    if not packed or not re.search("gzip|deflate", packed, re.IGNORECASE):
        return body
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, most)
    except zlib.error:
        return body


def _reply_in(raw: bytes) -> tuple[_Head, bytes] | None:
    """Return the head of the first reply that is not 1xx, and all that follows it."""
    while head := _head(raw):
        rest = b"" if head.end is None else raw[head.end :]
        if not 100 <= head.status < 200:
            return head, rest
        raw = rest
    return None


def _head(raw: bytes) -> _Head | None:
    line = _STATUS.match(raw)
    if line is None:
        return None
    blank = _BLANK.search(raw, max(0, line.end() - 1))
    lines = raw[line.end() : blank.start() if blank else len(raw)].split(b"\n")
    whole = lines if blank else lines[:-1]  # the last line may have lost its end
    return _Head(int(line[1]), _headers(whole), blank and blank.end())


def _headers(lines: list[bytes]) -> Headers:
    """Return names in lower case, and values. A line without a colon is left out."""
    pairs = (line.decode("latin-1").partition(":") for line in lines)
    return tuple((name.strip().lower(), value.strip()) for name, colon, value in pairs if colon)


def _body(head: _Head, rest: bytes) -> tuple[bytes, bool]:
    """Return a body as far as it came, and whether it is whole.

    If two lengths are given, nobody knows which is right. Then the longer one is waited for, and
    nothing is cut off.
    """
    if any(name == "transfer-encoding" and "chunked" in value for name, value in head.headers):
        return _joined(rest)
    if head.status in {204, 304}:  # they have no body (RFC 9110, 6.4.1), but some servers send one
        return rest, True
    given = {value for name, value in head.headers if name == "content-length"}
    lengths = [int(value) for value in given if re.fullmatch("[0-9]{1,15}", value)]
    if not lengths:
        return rest, False
    body = rest[: lengths[0]] if len(given) == 1 else rest
    return body, len(rest) >= max(lengths)


_SIZE = re.compile(rb"\r*\n?[ \t]*([0-9a-f]{1,15})[^\n]*\n", re.IGNORECASE)


def _joined(rest: bytes) -> tuple[bytes, bool]:
    """Return a body whose parts ("chunks") are joined, and whether its last part has come.

    Where no size of a part stands, the joining ends. If that is at the beginning, the body is not
    in parts at all, and is returned as it is.
    """
    parts, at = list[bytes](), 0
    while size := _SIZE.match(rest, at):
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts), True
        at = size.end() + length
        parts.append(rest[size.end() : at])
    return b"".join(parts) if parts else rest, False
