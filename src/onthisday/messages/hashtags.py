"""Hashtags made from the tags of entries: ``soviet-union`` becomes ``#SovietUnion``.

Each word begins with a capital letter, so that a screen reader parts the words. Used by mastodon.py
and bluesky.py.
"""

import re

from onthisday.messages.message import Message

MOST = 4
"""How many hashtags a post has. More of them look like advertising."""


def hashtags_of(message: Message) -> tuple[str, ...]:
    """Return the hashtags of a message, without the ``#``. Those of the first entry come first.

    A tag of digits alone, or with a sign that no hashtag can have, makes none.
    """
    tags = (tag for view in message.view.occasions for tag in view.tags)
    found = dict.fromkeys(map(_hashtag, tags))
    return tuple(tag for tag in found if tag)[:MOST]


def _hashtag(tag: str) -> str:
    words = re.split(r"[-_\s.]+", tag)
    joined = "".join(word[:1].upper() + word[1:] for word in words)
    return joined if re.fullmatch(r"\w*[^\W\d_]\w*", joined) and len(joined) <= 40 else ""
