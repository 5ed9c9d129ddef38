"""Which files of the almanac's folder are pictures that the site shows. Reads nothing.

Used by page.py, entry_pages.py and app/workspace.py.
"""

import re
from collections.abc import Callable

MEDIA_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "webp": "image/webp", "avif": "image/avif",
}  # fmt: skip

NAME = re.compile(rf"([^./\\\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]*\.(?i:({'|'.join(MEDIA_TYPES)})))")
"""Matches the name of a picture: no folder, no dot at the start, and an ending of MEDIA_TYPES."""


def is_shown(name: str, pictures: Callable[[str], bytes | None]) -> bool:
    """Return True if the site shows the picture of this name.

    ``pictures``: returns the bytes of a picture; None if there is no file.
    """
    return NAME.fullmatch(name) is not None and pictures(name) is not None
