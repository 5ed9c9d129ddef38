"""What a service promises to answer once it has taken a message.

A status of 2xx alone proves nothing: the login page of a Wi-Fi answers 200 to every request. So
each service of messages/ names a `Promise`. `by_promise` compares a reply with it, for
`ChatService.read`. No input or output here.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import NamedTuple

from onthisday.delivery.reply_words import description_in, excerpt, is_page, tree_of, value_of
from onthisday.delivery.request_reply import Reply, Verdict


class Promise(NamedTuple):
    """What a reply has if the service took the message.

    - ``words``: name it for people, such as ``JSON with id``.
    - ``kept``: returns True if a reply with a status of 2xx has it.
    - ``told``: what an attempt says about a message that was sent; "" for the reply's own words.
    """

    words: str
    kept: Callable[[Reply], bool]
    told: str = "ok"


def text_under(key: str) -> Promise:
    """Promise a JSON object that has a text under a key. The text is not blank."""

    def kept(reply: Reply) -> bool:
        value = tree_of(reply).get(key)
        return isinstance(value, str) and value.strip() != ""

    return Promise(f"JSON with {key}", kept)


def true_under(key: str) -> Promise:
    """Promise a JSON object that has ``true`` under a key."""
    return Promise(f"JSON with {key}: true", lambda reply: tree_of(reply).get(key) is True)


def object_of(told: str) -> Promise:
    """Promise a JSON object with no error in it. ``told`` as in `Promise`."""

    def kept(reply: Reply) -> bool:
        tree = value_of(reply)
        return isinstance(tree, dict) and "error" not in tree

    return Promise("a JSON object", kept, told)


def body_of(text: bytes) -> Promise:
    """Promise a body with this text and nothing else. Spaces around the text do not count."""
    return Promise(f"the text {text.decode()}", lambda reply: reply.body.strip() == text)


def status_of(status: int, told: str) -> Promise:
    """Promise this one status, and that the body is no web page and has no error in it."""

    def kept(reply: Reply) -> bool:
        return reply.status == status and not is_page(reply) and "error" not in tree_of(reply)

    return Promise(f"{status} {HTTPStatus(status).phrase}", kept, told)


ANY_SUCCESS = Promise("a status of 2xx", lambda _: True, "")
"""For a receiver that promises nothing more."""


def by_promise(promise: Promise, verdict: Verdict, reply: Reply) -> Verdict:
    """Return a verdict of a reply, which is `sent` only if the reply keeps the promise.

    Otherwise nobody knows whether the service took the message.
    """
    if verdict.outcome != "sent":
        return verdict
    if promise.kept(reply):
        return verdict._replace(detail=promise.told or excerpt(reply.body))
    return verdict._replace(outcome="unknown", detail=broken(promise, reply))


def broken(promise: Promise, reply: Reply) -> str:
    """Say what a reply lacks, and what it says instead."""
    instead = description_in(reply) if reply.body.strip() else "the reply is empty"
    return f"but not with what it promises ({promise.words})" + (instead and f": {instead}")
