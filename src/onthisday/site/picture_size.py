"""Read the size of a picture from its file, as it is shown: EXIF may say that a photo is turned.

The library imagesize reads PNG, JPEG, GIF, WebP and AVIF. Called by entry_pages.py.
"""

from io import BytesIO

import imagesize


def size_of(content: bytes) -> tuple[int | None, int | None]:
    """Return width and height in pixels. Both are None if they are not known."""
    if content.lstrip()[:1] == b"<":  # SVG has no pixels, and XML is not read from a picture
        return None, None
    width, height = imagesize.get(BytesIO(content))
    return (width, height) if width > 0 and height > 0 else (None, None)
