"""Which files of the almanac's folder are pictures that the site and messages show. Reads nothing.

Used by site/, messages/uploading.py, adapters/files/ and app/workspace.py.
"""

import re
from collections.abc import Callable

MEDIA_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "webp": "image/webp", "avif": "image/avif",
}  # fmt: skip

NAME = re.compile(rf"[^./\\\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]*\.(?i:{'|'.join(MEDIA_TYPES)})")
"""Matches the name of a picture: no folder, no dot at the start, and an ending of MEDIA_TYPES."""


def is_picture(name: str, content: bytes) -> bool:
    """Return True if a file begins as the ending of its name says.

    Otherwise it is another file with a picture's name, and may hold what nobody should see.
    """
    ending = name.rpartition(".")[2].lower()
    return ending in MEDIA_TYPES and media_type_of(content) == MEDIA_TYPES[ending]


def media_type_of(content: bytes) -> str | None:
    """Return the media type of a picture, such as ``image/jpeg``, by how its bytes begin.

    Return None if they are no picture.
    """
    kinds = (kind for kind, beginning in _BEGINNINGS.items() if beginning.match(content))
    return next(kinds, None)


_BEGINNINGS = {
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    "image/avif": re.compile(rb".{4}ftyp(?:avif|avis|.{8}(?:.{4}){0,8}avif)", re.DOTALL),
}
"""How pictures begin (the WHATWG's "MIME Sniffing", 6.1; ISO 14496-12 for AVIF)."""


def is_shown(name: str, pictures: Callable[[str], bytes | None]) -> bool:
    """Return True if the site shows the picture of this name.

    ``pictures``: returns the bytes of a picture; None if there is no file.
    """
    return NAME.fullmatch(name) is not None and pictures(name) is not None
