"""Plain text and Markdown: the file's own bytes; where they are not UTF-8, what they must be."""

import codecs
import re

from onthisday.texts import Extract, NoText

_SAMPLE = 256 * 1024
"""Bytes from which an encoding is guessed."""

_HIGH = re.compile(rb"[\x80-\xff]")

_FEW = 16
"""Bytes beyond ASCII; fewer tell nothing, and Western is the likeliest (WHATWG, Encoding)."""

_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def extract(content: bytes) -> Extract:
    """Return a text; ``note`` says what was assumed of its encoding. Raises NoText."""
    try:
        return Extract(content.decode("utf-8"), verbatim=True) if not _is_binary(content) else _no()
    except UnicodeDecodeError:
        pass
    text, note = decode(content)
    return Extract(text, note=note)


def decode(content: bytes) -> tuple[str, str | None]:
    """Return bytes as text, and what was assumed to read them; raise NoText."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), "read as UTF-16"
    if _is_binary(content):
        _no()
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken == 0:
        return text, None
    if broken * 10 < len(_MULTIBYTE.findall(content)):
        return text, f"UTF-8, but for {broken} broken places, which are left as \ufffd"
    encoding = _guessed(content)
    return content.decode(encoding, "replace"), f"not UTF-8; read as {encoding}"


def _is_binary(content: bytes) -> bool:
    return b"\0" in content[:8192] and not content.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    )


def _no() -> Extract:
    raise NoText("is no text; leave it out, or save its text as UTF-8")


def _guessed(content: bytes) -> str:
    if len(_HIGH.findall(content, 0, _SAMPLE)) < _FEW:
        return "cp1252"
    from charset_normalizer import from_bytes  # loaded for the few texts that need it

    best = from_bytes(content[:_SAMPLE]).best()
    if best is None:
        _no()
        raise AssertionError
    return best.encoding
