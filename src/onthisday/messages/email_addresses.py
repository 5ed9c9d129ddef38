"""Addresses of mail: what people write under `from` and `to`, and the server under `url`.

Used by email.py.
"""

import re
from ipaddress import IPv6Address
from typing import NamedTuple
from urllib.parse import urlsplit

from onthisday.messages.cutting import at_word, clean

_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"

ADDRESS = re.compile(rf"(?=.{{3,254}}$)(?=.{{1,64}}@){_PART}(?:\.{_PART})*@{_LABEL}(?:\.{_LABEL})*")
"""One address, without quotes and comments (RFC 5321, 4.1.2), in ASCII.

A server that takes other letters is rare (SMTPUTF8). A domain with other letters has a form in
ASCII, `xn--…`. We do not work it out: two standards differ on some letters, and the mail would go
to somebody else.
"""

SERVER = re.compile(
    r"smtps?://(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]{2,45}\])"
    r"(?::[0-9]{1,5})?/?",
    re.IGNORECASE,
)
"""A mail server. A login never stands in it."""

NAME = 100
"""The longest name of a sender, in UTF-16 units."""

_MAILBOX = re.compile(r"(?:(?P<name>[^<>]*)<)?(?P<address>[^<>]*)>?")


class Mailbox(NamedTuple):
    """A name, which may be empty, and an address."""

    name: str
    address: str


def mailbox_of(text: str) -> Mailbox | None:
    """Return what ``Name <address>``, or an address alone, says. None if it is no such text."""
    found = _MAILBOX.fullmatch(text.strip())
    if found is None or (found["name"] is not None) != text.strip().endswith(">"):
        return None
    if ADDRESS.fullmatch(found["address"]) is None:
        return None
    name = clean(found["name"] or "").strip('"').strip()
    return Mailbox(at_word(name, NAME) if name else "", found["address"])


class MailServer(NamedTuple):
    """Where mails go. ``implicit``: the connection begins with TLS (RFC 8314)."""

    host: str
    port: int
    implicit: bool


def server_of(url: str) -> MailServer | None:
    """Return the server of a URL; None if the URL names none.

    Without a port it is 465 for `smtps://`, and 587 for `smtp://`: the ports for those who hand in
    mail (RFC 8314, 3.3, and RFC 6409).
    """
    if SERVER.fullmatch(url) is None:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        if ":" in host:
            IPv6Address(host)
    except ValueError:
        return None
    implicit = parts.scheme.lower() == "smtps"
    if port == 0:
        return None
    return MailServer(host, port or (465 if implicit else 587), implicit)
