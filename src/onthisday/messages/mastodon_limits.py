"""The limits of a Mastodon server, as it tells them (`GET /api/v2/instance`).

Used by mastodon.py.
"""

from typing import Any, NamedTuple

from onthisday.delivery.reply_words import inner, tree_of
from onthisday.delivery.request_reply import Reply
from onthisday.messages.uploading import MOST


class Limits(NamedTuple):
    """How much a server takes.

    - ``characters``: of a post. ``link``: how many characters a link counts as.
    - ``picture``: the largest picture, in bytes. ``words``: how many characters its words may have.
    """

    characters: int = 500
    link: int = 23
    picture: int = MOST
    words: int = 1500


USUAL = Limits()
"""The limits of a server that does not tell its own."""

LONGEST = 10_000
"""The longest text that is written for a server. Some say 100,000, but no reader wants that."""


def limits_in(reply: Reply) -> Limits:
    """Return the limits that a reply tells. What it does not tell, or tells absurdly, is usual."""
    configuration = inner(tree_of(reply) if reply.status == 200 else {}, "configuration")
    posts, media = (inner(configuration, key) for key in ("statuses", "media_attachments"))
    return Limits(
        _number(posts.get("max_characters"), 100, LONGEST, USUAL.characters),
        _number(posts.get("characters_reserved_per_url"), 1, 200, USUAL.link),
        _number(media.get("image_size_limit"), 1, MOST, USUAL.picture),
        _number(media.get("description_limit"), 100, LONGEST, USUAL.words),
    )


def _number(value: Any, least: int, most: int, usual: int) -> int:
    """Return a number, but at most ``most``. If it is none, or too small, return the usual one."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return min(value, most) if is_number and value >= least else usual
