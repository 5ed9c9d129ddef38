"""Take secrets out of words for people, because a service may send secrets back to us.

This comes last: after a reply was read, decoded and cut short. If it came first, a secret such as
``true`` would break the reply, and a reply that writes a secret in another way would keep it.
Called by service/sending/posting.py.
"""

import html
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable
from urllib.parse import quote, unquote

MARK = "«secret»"
"""What stands in the place of a secret."""

_LEAST = 6
"""So many characters of a secret at the end of words that were cut short are taken out too."""


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """Return a text with its secrets replaced, in each way in which they may be written.

    Those are: as they are; for a URL, in JSON and in HTML, also if only some characters are written
    so; and in base64. ``secrets``: the longest first.
    """
    is_cut = text.endswith("…")  # then the beginning of a secret may stand at the end
    known = tuple(secret for secret in secrets if is_cut or _fits_into(text, secret))
    for secret in known:
        for written in (secret, *_in_base64(secret)):
            text = text.replace(written, MARK)
    if any(sign in text for sign in "%\\&"):
        text = _without_escaped(text, known)
    return _without_beginnings(text, known) if text.endswith("…") else text


def _fits_into(text: str, secret: str) -> bool:
    """Return False if a text is too short for a secret. Most replies are, such as ``ok``.

    No way of writing a secret is shorter than the secret without its backslashes.
    """
    return len(text) >= len(secret) - secret.count("\\")


def _in_base64(secret: str) -> tuple[str, ...]:
    data = secret.encode()
    whole = [code(data).decode() for code in (b64encode, urlsafe_b64encode) if len(data) > 3]
    return (*whole, *(written.rstrip("=") for written in whole))


def _without_escaped(text: str, secrets: tuple[str, ...]) -> str:
    read = _decoded(text)
    for secret in secrets:
        if secret.replace("\\", "") in read:  # only then: its pattern takes long to make
            text = re.sub("".join(map(_any_form, secret)), MARK, text, flags=re.IGNORECASE)
    return text


def _decoded(text: str) -> str:
    """Return a text with the escapes of URLs, JSON and HTML read, and without backslashes.

    Why without: nobody can know whether a backslash is one of JSON or one of a secret.
    """
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    return html.unescape(unquote(text.replace("\\", ""))).replace("\\", "")


def _any_form(char: str) -> str:
    """Return a pattern for a character: as it is, or escaped for JSON, a URL or HTML."""
    code = ord(char)
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    forms = [
        rf"\\?{re.escape(char)}", re.escape("".join(f"%{byte:02x}" for byte in char.encode())),
        rf"\\u{code:04x}", f"&#0*{code};?", f"&#x0*{code:x};?",
        *((named[char],) if char in named else ()), re.escape(quote(char, safe="")),
    ]  # fmt: skip
    return f"(?:{'|'.join(forms)})"


def _without_beginnings(text: str, secrets: tuple[str, ...]) -> str:
    """Return a text that was cut short without the beginning of a secret at its end."""
    kept = text.removesuffix("…")
    for secret in secrets:
        for length in range(len(secret) - 1, _LEAST - 1, -1):
            if kept.endswith(secret[:length]):
                return f"{kept[:-length]}{MARK}…"
    return text
