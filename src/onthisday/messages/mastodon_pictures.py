"""Give a picture to a Mastodon server, with its words: `POST /api/v2/media`. For mastodon.py."""

import json
from urllib.parse import quote

from onthisday.config import Channel
from onthisday.delivery.reply_words import tree_of
from onthisday.delivery.request_reply import Request
from onthisday.messages.cutting import at_sentence
from onthisday.messages.mastodon_limits import Limits
from onthisday.messages.message import Message, login_of, server_of
from onthisday.messages.multipart import form_of
from onthisday.messages.uploading import UNNAMED, Lack, Picture, Step, Steps

LOOKS, WAIT = 5, 1.0
"""How often we look whether the server has worked on a picture, and the seconds between two looks.

From version 4 on, a server has done it when it answers the upload.
"""


def upload(message: Message, channel: Channel, picture: Picture, limits: Limits) -> Steps:  # noqa: ARG001
    """Yield the requests that upload a picture with its words. Return its id."""
    words = picture.image.alt
    described = {"description": at_sentence(words, limits.words)} if words else {}
    kind, body = form_of(described, picture)
    path, private = f"{server_of(channel)}/api", channel.private_addresses
    headers = (("content-type", kind), login_of(channel))
    reply = yield Step(Request("POST", f"{path}/v2/media", headers, body, private))
    found = tree_of(reply).get("id")
    if not isinstance(found, str) or not found:
        return UNNAMED
    look = Request("GET", f"{path}/v1/media/{quote(found, safe='')}", headers[1:], b"", private)
    for _ in range(LOOKS):
        if reply.status not in _WORKING:
            return found
        reply = yield Step(look, WAIT)
    return Lack("the instance still works on it") if reply.status in _WORKING else found


_WORKING = {202, 206}
"""Statuses that say: the server still works on the picture."""


def shown(request: Request, found: str) -> Request:
    """Return a post with a picture, by its id."""
    tree = json.loads(request.body) | {"media_ids": [found]}
    return request._replace(body=json.dumps(tree, ensure_ascii=False).encode())
