"""Read the size of a picture from its file, so that a page can keep space for the picture.

If the file says (in EXIF) that a photo must be turned, the size is that of the turned photo.

The library imagesize reads PNG, JPEG, GIF, WebP and AVIF. Used by site/ and messages/.
"""

from io import BytesIO


def size_of(content: bytes) -> tuple[int | None, int | None]:
    """Return width and height in pixels. Both are None if they are not known."""
    if content.lstrip()[:1] == b"<":  # SVG has no pixels. We do not read XML from a picture.
        return None, None
    import imagesize  # only now: it loads what asks the web, and few almanacs have pictures

    width, height = imagesize.get(BytesIO(content))
    return (width, height) if width > 0 and height > 0 else (None, None)
