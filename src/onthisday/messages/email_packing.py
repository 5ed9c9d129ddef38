"""How a text is packed into ASCII for a mail (RFC 2045, 6), and how many bytes that takes at most.

Why we choose, and not the library: it looks at the first ten lines alone, and the head of a page is
always English. Used by email.py and email_mime.py.
"""

from typing import Literal

Packing = Literal["quoted-printable", "base64"]

_AS_IT_IS = bytes(range(32, 61)) + bytes(range(62, 127))
"""The bytes that stay as they are in quoted-printable. Each other one becomes three."""


def packing_of(text: str) -> Packing:
    """Return the way in which a text is shorter. Mostly English text stays readable as it is."""
    readable, packed = _sizes(text.encode())
    return "quoted-printable" if readable <= packed else "base64"


def most_bytes(text: str) -> int:
    """Return how many bytes a packed text has at most."""
    return min(_sizes(text.encode())) + 200


def _sizes(data: bytes) -> tuple[int, int]:
    """Return the bytes of both packings, with their short lines, and a little more."""
    others = len(data.translate(None, _AS_IT_IS))
    return (len(data) + 2 * others) * 25 // 24, len(data) * 70 // 51
