"""Read what a reply says, and tell people about it in words.

A reply may hold anything: text that is not JSON, numbers of any size, control characters. Whatever
it holds, nothing here raises. No input or output here. What a reply means is in replies.py. Used by
the modules of messages/, and by the commands.
"""

import json
import re
from http import HTTPStatus
from typing import Any

from onthisday.characters import spaced
from onthisday.delivery.request_reply import Reply


def excerpt(body: bytes, most: int = 200) -> str:
    """Return the beginning of a reply as one line of at most ``most`` characters.

    Control characters are left out, so that the line does no harm in a terminal.
    """
    text = body[: most * 4].decode("utf-8", "replace")
    text = " ".join(spaced(text).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def answer_words(status: int | None, detail: str) -> str:
    """Tell people about a reply, such as ``the service answered 404 Not Found: no such``.

    ``status`` is None if no reply came.
    """
    if status is None:
        return detail or "no answer"
    phrase = _PHRASES.get(status, "")
    repeated = detail in {"", phrase, str(status), f"{status} {phrase}"}
    joint = ", " if detail.startswith("but ") else ": "
    more = "" if repeated else f"{joint}{detail}"
    if not repeated and detail.startswith(f"{status} "):  # a mail server's own words begin with it
        phrase, more = "", detail.removeprefix(str(status))
    explained = "; " in detail  # it says already what to do
    meaning = f"; {_MEANINGS[status]}" if status in _MEANINGS and not explained else ""
    return f"the service answered {status} {phrase}".rstrip() + more + meaning


_PHRASES = {status.value: status.phrase for status in HTTPStatus}

_MEANINGS = {
    401: "it does not accept the token or the login",
    403: "the account may not post there",
    404: "it knows no such address or token",
    410: "the address is gone for good",
}
"""What a status means for the person who writes the config."""


def description_in(reply: Reply) -> str:
    """Return how a service describes its error, in its own words.

    From JSON: the words and the code, or all texts in it; "" if it has no text. From a web page:
    the title. From any other text: the beginning.
    """
    tree = tree_of(reply)
    trees = (tree, inner(tree, "error"))
    said = next((text for each in trees for key in _DESCRIBING if (text := words(each, key))), "")
    if said:
        code = tree.get("code")
        return f"{said} ({code})" if isinstance(code, int) and abs(code) < 10**9 else said
    if page := _PAGE.match(reply.body):
        return f"a web page, {excerpt(page[1] or b'untitled')}"
    found = value_of(reply)
    if found is not NOT_JSON:
        return _texts_in(found)
    return "JSON that cannot be read" if _BROKEN.match(reply.body) else excerpt(reply.body)


def is_page(reply: Reply) -> bool:
    """Return True if a reply is a web page, such as a login page."""
    return _PAGE.match(reply.body) is not None


_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:.{0,4000}?<title[^>]{0,100}>(.{0,400}?)</title>)?",
    re.DOTALL | re.IGNORECASE,
)


_BROKEN = re.compile(rb'\s*[\[{]\s*["\[{]')
"""How JSON begins, but hardly any plain text."""


def _texts_in(value: Any) -> str:
    """Return what a value of JSON says, as one short line, such as ``title: too long; code: 3``."""
    found, left = list[str](), [("", value)]
    while left and len(found) < 20:
        key, each = left.pop(0)
        if isinstance(each, dict):
            left[:0] = each.items()
        elif isinstance(each, list):
            left[:0] = [(key, one) for one in each]
        elif each not in (None, ""):
            found.append(f"{key}: {each}" if key else str(each))
    return excerpt("; ".join(found).encode("utf-8", "replace"))


_DESCRIBING = ("description", "error_description", "message", "detail", "error", "title")
"""The JSON keys under which services describe an error.

The first key that is there is used, so the keys that mostly say more come first.
"""


JsonObject = dict[str, Any]


def tree_of(reply: Reply) -> JsonObject:
    """Return the JSON object of a reply as a dict; an empty dict if the reply is not an object."""
    tree = value_of(reply)
    return tree if isinstance(tree, dict) else {}


def value_of(reply: Reply) -> Any:
    """Return the value that a reply's JSON has; NOT_JSON if the reply is not JSON."""
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        return NOT_JSON


NOT_JSON = object()


def inner(tree: JsonObject, key: str) -> JsonObject:
    """Return the object under a key; an empty dict if there is none."""
    value = tree.get(key)
    return value if isinstance(value, dict) else {}


def words(tree: JsonObject, key: str) -> str:
    """Return the text under a key as one short line; "" if there is none."""
    value = tree.get(key)
    return excerpt(value.encode("utf-8", "replace")) if isinstance(value, str) else ""
