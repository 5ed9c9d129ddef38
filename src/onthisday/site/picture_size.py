"""Read the size of a picture from its file: PNG, JPEG, GIF or WebP.

Nothing else is read of the picture. Called by entry_pages.py.
"""

import struct

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def size_of(content: bytes) -> tuple[int | None, int | None]:
    """Return width and height in pixels. Both are None if they are not known."""
    try:
        return _size(content) or (None, None)
    except (struct.error, IndexError):
        return None, None


def _size(content: bytes) -> tuple[int, int] | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return struct.unpack_from(">II", content, 16)
    if content[:6] in {b"GIF87a", b"GIF89a"}:
        return struct.unpack_from("<HH", content, 6)
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Return the size of a JPEG. It stands in the first frame header (ITU-T T.81, B.2.2)."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        if content[at + 1] == 0xFF:  # such bytes may stand before any marker (B.1.1.2)
            at += 1
            continue
        marker, length = content[at + 1], struct.unpack_from(">H", content, at + 2)[0]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + length
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    """Return the size of a lossy, lossless or extended WebP (RFC 9649, section 2)."""
    kind = content[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", content, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return width, int.from_bytes(content[27:30], "little") + 1
    return None
