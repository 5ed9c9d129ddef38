"""Make the HTTP answer for a page: ETag, compression and caching (RFC 9110, RFC 9111).

An answer is made once and then sent many times. Only two things in a request matter: whether the
reader has the page already (its conditions), and whether it accepts gzip. server.py knows the paths
and calls this.
"""

import gzip
import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

from onthisday.site.page import Page
from onthisday.site.traces import NOTHING, Trace

LONGEST = 3600
"""The most seconds that a browser or proxy may keep a page. If the day ends sooner, it is less."""

_SMALLEST_GZIPPED = 400
"""Bytes. A smaller page is not compressed: the extra header would be as long as what is saved."""

_ASKS = {b"accept-encoding", b"if-none-match", b"if-modified-since"}

Headers = list[tuple[bytes, bytes]]

_CONTENT = (
    "default-src 'none'; style-src 'self'; img-src 'self' https: http:; "
    "base-uri 'none'; form-action 'self'"
)

FRAMED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer-when-downgrade",
    "content-security-policy": f"{_CONTENT}; script-src 'self'",
}
"""The headers of `/embed/`, which other sites show in a frame. deploy/nginx.conf has the same ones.

Pictures may come from any host, because entries name them. Frames and fonts may come from no host,
and scripts only from the site itself.
"""

SECURE = {
    **FRAMED,
    "content-security-policy": f"{_CONTENT}; frame-ancestors 'none'",
    "x-frame-options": "DENY",
}
"""The headers of every other answer, and of errors too: no other site may show it in a frame."""


SEARCHING = {
    **SECURE,
    "content-security-policy": f"{_CONTENT}; script-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'",
}
"""The headers of `/search/`. Its script asks the site itself while a person types."""


def _headers(secure: dict[str, str]) -> Headers:
    return [
        (b"vary", b"Accept-Encoding"),
        (b"access-control-allow-origin", b"*"),
        (b"access-control-expose-headers", b"ETag"),
        *((name.encode(), value.encode()) for name, value in secure.items()),
    ]


ALWAYS = _headers(SECURE)
"""The headers of every answer. Pages of all sites may read answers, and ask with an ETag (CORS)."""

_FRAMED = _headers(FRAMED)

_SEARCHING = _headers(SEARCHING)


def headers_for(path: str) -> Headers:
    """Return the headers of every answer for the page of a path."""
    if path.endswith("/embed/"):
        return _FRAMED
    return _SEARCHING if path.endswith("/search/") else ALWAYS


PREFLIGHT: Headers = [
    *ALWAYS,
    (b"allow", b"GET, HEAD, OPTIONS"),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"86400"),
]
"""The headers of the answer to OPTIONS.

A browser asks before it lets a page send If-None-Match (Fetch, section 4.9).
"""


class Variant:
    """One form of a page, plain or compressed: its bytes, its ETag (strong) and its headers.

    The first header says that it may be kept for LONGEST. In the last hour of a day, another header
    is put in its place (`CachedAnswer.chosen`).
    """

    __slots__ = ("body", "etag", "full", "unchanged")

    def __init__(
        self, page: Page, body: bytes, etag: bytes, coding: Headers, always: Headers
    ) -> None:
        self.body, self.etag = body, etag
        modified = format_datetime(page.modified, usegmt=True).encode()
        ours = [(b"etag", etag), (b"last-modified", modified), *_links(page), *always]
        self.unchanged = [_age(LONGEST), *ours]
        self.full = [
            _age(LONGEST),
            (b"content-type", page.media_type.encode()),
            (b"content-length", str(len(body)).encode()),
            *coding,
            *ours,
        ]


def _links(page: Page) -> Headers:
    """Return the header with the links of a page (RFC 8288), if it has some."""
    said = ", ".join(f'<{address}>; rel="{what}"' for what, address in page.links)
    return [(b"link", said.encode())] if said else []


class CachedAnswer:
    """A page in two forms: plain and compressed. ``now`` is the time at which it is made.

    Pictures and very small pages have only the plain one. ``always``: the headers of every answer
    for its path.

    ``modified`` is what a reader's date is compared with. The date that readers are told is never
    in the future (RFC 9110, section 8.8.2.1). It is another one only if there were several changes
    in one second. Then the next reader gets the whole page, which is right.

    ``trace``: what the page was made from.
    """

    __slots__ = ("gzipped", "modified", "plain", "trace")

    def __init__(
        self, page: Page, now: datetime, always: Headers = ALWAYS, trace: Trace = NOTHING
    ) -> None:
        self.trace = trace
        digest = hashlib.sha256(page.body).hexdigest()[:32]
        self.modified = page.modified.replace(microsecond=0)
        page = page._replace(modified=min(page.modified, now).astimezone(UTC))
        self.plain = Variant(page, page.body, f'"{digest}"'.encode(), [], always)
        self.gzipped = self.plain
        if len(page.body) >= _SMALLEST_GZIPPED and not page.media_type.startswith("image/"):
            body = gzip.compress(page.body, 9, mtime=0)
            coding = [(b"content-encoding", b"gzip")]
            self.gzipped = Variant(page, body, f'"{digest}-gz"'.encode(), coding, always)

    @property
    def size(self) -> int:
        """How many bytes of memory this takes."""
        return len(self.plain.body) + len(self.gzipped.body)

    def chosen(
        self, headers: Iterable[tuple[bytes, bytes]], left: float
    ) -> tuple[int, Headers, bytes]:
        """Return status, headers and body for a request that has these headers.

        ``left``: in how many seconds the day ends. A browser or proxy may not keep the answer for
        longer.
        """
        variant = self.plain
        none_match: bytes | None = None
        since: bytes | None = None
        for name, value in headers:
            if name not in _ASKS:
                continue
            if name == b"accept-encoding":
                variant = self.gzipped if takes_gzip(value) else self.plain
            elif name == b"if-none-match":
                none_match = value if none_match is None else none_match + b"," + value
            elif name == b"if-modified-since":
                since = value
        if none_match == variant.etag or self._is_unchanged(variant, none_match, since):
            return 304, _kept_for(left, variant.unchanged), b""
        return 200, _kept_for(left, variant.full), variant.body

    def _is_unchanged(
        self, variant: Variant, none_match: bytes | None, since: bytes | None
    ) -> bool:
        """Return True if the reader has this page already, so that it need not be sent.

        If the request has both conditions, only If-None-Match counts (RFC 9110, section 13.2.2).
        """
        if none_match is not None:
            return matches(none_match, variant.etag)
        return False if since is None else not_after(self.modified, since)


def _kept_for(left: float, headers: Headers) -> Headers:
    """Return headers that say for how long they may be kept, if the day ends in some seconds."""
    return headers if left >= LONGEST else [_age(int(left)), *headers[1:]]


def _age(seconds: int) -> tuple[bytes, bytes]:
    return b"cache-control", b"public, max-age=%d" % seconds


def matches(condition: bytes, etag: bytes) -> bool:
    """Return True if the value of an If-None-Match header names this ETag.

    A weak ETag (`W/"…"`) counts like a strong one (RFC 9110, section 13.1.2).
    """
    if condition == etag:
        return True
    tags = [tag.strip().removeprefix(b"W/") for tag in condition.split(b",")]
    return etag in tags or condition.strip() == b"*"


def not_after(modified: datetime, since: bytes) -> bool:
    """Return True if a page has not been changed after the date in an If-Modified-Since header.

    Return False if the header's value is not a date. Why every error: the library raises other ones
    than ValueError for some values, and whatever a stranger writes must only be no date.
    """
    try:
        asked = parsedate_to_datetime(since.decode("latin-1"))
        return modified <= (asked if asked.tzinfo else asked.replace(tzinfo=UTC))
    except Exception:  # noqa: BLE001
        return False


@lru_cache(maxsize=64)
def takes_gzip(accepted: bytes) -> bool:
    """Return True if an Accept-Encoding header allows gzip (RFC 9110, section 12.5.3)."""
    if b"gzip" not in accepted and b"*" not in accepted:
        return False
    weights = {}
    for part in accepted.lower().split(b","):
        coding, _, weight = part.partition(b";")
        weights[coding.strip()] = weight.replace(b" ", b"")
    given = weights.get(b"gzip", weights.get(b"*", b"q=0"))
    return given not in {b"q=0", b"q=0.0", b"q=0.00", b"q=0.000"}
