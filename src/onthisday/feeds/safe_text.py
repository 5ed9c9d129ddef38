"""Texts and addresses as every format allows them.

Called by the other modules of feeds/. Not here: what one format escapes (rss.py,
ics.py).
"""

import re
from urllib.parse import quote

from yarl import URL

from onthisday.characters import clean

_URI = re.compile(
    r"[a-z]+://[A-Za-z0-9.:\[\]_~-]+(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
)
"""An address that is a URI already (RFC 3986)."""


def one_line(text: str) -> str:
    """Return a text without forbidden characters and without line ends, such as a title."""
    return text if text.isprintable() else " ".join(clean(text).split())


def uri_of(address: str) -> str:
    """Return a web address as a URI, because RSS and iCalendar allow no other characters.

    In the host, letters of other scripts become Punycode (IDNA 2008). Elsewhere they become
    ``%C3%A9`` (RFC 3987, section 3.1). An address that is a URI stays as it is.
    """
    if _URI.fullmatch(address):
        return address
    try:
        return str(URL(address))
    except ValueError:  # a host that cannot be one
        return quote(address, safe="%:/?#[]@!$&'()*+,;=~")


def plain_texts(*names: str) -> re.Pattern[bytes]:
    """Return a pattern for XML elements that hold plain text, if it has escaped signs."""
    return re.compile(rf"<({'|'.join(names)})>[^<&]*&[^<]*</\1>".encode())


def numbered(document: bytes, plain: re.Pattern[bytes]) -> bytes:
    """Return an XML document with ``<`` and ``&`` of plain texts as hexadecimal numbers.

    For XML it is the same. Of all ways to write a plain text, the fewest programs take this one for
    HTML (RSS Best Practices Profile, "Character Data").
    """
    return plain.sub(_numbered, document)


def _numbered(element: re.Match[bytes]) -> bytes:
    text = element[0].replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")
    return text.replace(b"&amp;", b"&#x26;")
