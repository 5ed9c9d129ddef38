"""Ids, tags and addresses of an almanac, made of what other programs wrote.

An id is the same each time it is made of the same words. What is made here passes schema/, which
stands above and says what is wrong in a curator's words. Called by the importers.
"""

import re
from functools import lru_cache
from hashlib import sha256
from unicodedata import combining, normalize
from urllib.parse import urlsplit

from onthisday.characters import clean, nfc

_MOST_BYTES = 200
"""The longest id or tag (schema/folder_names.py)."""

_HOST = re.compile(r"[\w~\-]{1,63}(\.[\w~\-]{1,63}){0,60}\.?")


def id_of(text: str) -> str:
    """Return the id that a name of another program becomes, such as an event's UID.

    ``abc@example.org`` is ``abc-example.org``. Where more has to change, a digest of the name is at
    the end, so that two names never become one id.
    """
    same = text.strip().replace("@", "-")
    if re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,198}[A-Za-z0-9_-])?", same):
        return same
    letters = "".join(each for each in normalize("NFKD", same[:300]) if not combining(each))
    made = re.sub(r"[^A-Za-z0-9._]+", "-", letters)[:100].strip("-._")
    return f"{made}-{digest(text)[:8]}".lstrip("-")


def document_id(address: str) -> str:
    """Return the id of a document that is known by its address."""
    return f"{id_of(urlsplit(address).hostname or 'page')[:100]}-{digest(address)}"


def digest(text: str) -> str:
    """Return 16 hexadecimal digits that stand for a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@lru_cache(1000)  # the same few tags are in many entries
def tag_of(text: str) -> str | None:
    """Return the tag that a category becomes: "Public holidays" is "Public-holidays".

    What is a tag already stays as it is. None if nothing is left, or it is too long.
    """
    parts = re.split(r"[\s/\\?#&%<>\"']+", nfc(clean(text)))
    tag = "-".join(filter(None, parts)).strip(".")
    fits = len(tag.encode("utf-8", "surrogatepass")) <= _MOST_BYTES
    return tag if tag and fits and tag.casefold() not in {"index.html", "index.html.gz"} else None


def is_address(text: str) -> bool:
    """Return True for the address of a web page."""
    if not text.isprintable() or not re.fullmatch(r"https?://[^\s<>\"\\]+", text, re.IGNORECASE):
        return False
    try:
        parts = urlsplit(text)
        return _HOST.fullmatch(parts.hostname or "") is not None and parts.port != 0
    except ValueError:
        return False


def one_line(text: str) -> str:
    """Return a text on one line, without controls."""
    return " ".join(clean(text).split())
