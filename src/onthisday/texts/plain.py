"""Get the text out of plain text and Markdown. If the bytes are not UTF-8, guess the encoding.

Called by formats.py, and by html.py for pages that do not name their encoding.
"""

import codecs
import re

from onthisday.texts.extract import Extract, NoText

_NO_TEXT = "is no text; leave it out, or save its text as UTF-8"

_SAMPLE = 256 * 1024
"""How many bytes are read to guess an encoding."""

_HIGH = re.compile(rb"[\x80-\xff]")

_FEW = 16
"""If fewer bytes than this are not ASCII, guessing is not possible. We then assume cp1252.

Why cp1252: it is the most likely encoding of old Western texts (WHATWG, Encoding).
"""

_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def extract(content: bytes) -> Extract:
    """Return the text. ``note`` says which encoding was assumed. Raises NoText."""
    text, note = decode(content)
    return Extract(text, note=note, verbatim=note is None)


def decode(content: bytes) -> tuple[str, str | None]:
    """Return bytes as text, and a note that says which encoding was assumed. Raises NoText.

    The note is None if the bytes are UTF-8.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), "read as UTF-16"
    if b"\0" in content[:8192]:
        raise NoText(_NO_TEXT)
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd") - content.count("\ufffd".encode())
    if broken == 0:
        return text, None
    if broken * 10 < len(_MULTIBYTE.findall(content)):
        return text, f"UTF-8, but for {broken} broken places, which are left as \ufffd"
    encoding = _guessed(content)
    return content.decode(encoding, "replace"), f"not UTF-8; read as {encoding}"


def _guessed(content: bytes) -> str:
    if len(_HIGH.findall(content, 0, _SAMPLE)) < _FEW:
        return "cp1252"
    from charset_normalizer import from_bytes  # loaded only for the few texts that need it

    best = from_bytes(content[:_SAMPLE]).best()
    if best is None:
        raise NoText(_NO_TEXT)
    return best.encoding
