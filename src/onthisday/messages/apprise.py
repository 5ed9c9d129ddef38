"""All other services, through the library Apprise: the title and the text to send.

It does not load Apprise; adapters/http/apprise.py does, and gives it what is made here.

The text is plain, and short enough for most services. Apprise cannot escape plain text, so a
service may read a part of it as a mention or a link: `@here`, `<!channel>`, `[label](address)`. To
stop that, a space that nobody sees (zero width) is put behind some characters.
"""

import json
import re
from datetime import datetime
from functools import lru_cache

from onthisday.config import Channel, Secret
from onthisday.delivery.replies import verdict_of
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.budget_keys import digest
from onthisday.messages.chat_service import ChatService, Use
from onthisday.messages.cutting import units
from onthisday.messages.message import Message, address_of, token_of
from onthisday.messages.parts import lines_within, plain
from onthisday.views.words import message_title

NOTIFY = "NOTIFY"
"""The method of a request that is for Apprise and not for HTTP. Its URL is an address of
Apprise's."""

MOST = 2000
"""UTF-16 units of the text. If a service takes less, people can write `?overflow=split` into the
address; then Apprise splits the text."""

_APART = str.maketrans({char: f"{char}\N{ZERO WIDTH SPACE}" for char in "@<]"})


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that tells Apprise what to send, and where."""
    payload = {"title": message_title(message.day), "body": _text(message.anywhere)}
    body = json.dumps(payload, ensure_ascii=False).encode()
    return Request(NOTIFY, token_of(channel), (), body, channel.private_addresses)


@lru_cache(64)
def _text(message: Message) -> str:
    """Return the text. It is the same for every service."""
    lines = lines_within(message, lambda lines: units(plain(lines, _APART)) <= MOST)
    return plain(lines, _APART)


def read(reply: Reply, now: datetime) -> Verdict:
    """Return what a reply means. There is a reply only if Apprise says that it sent the message."""
    return verdict_of(reply, now)


def _accept(channel: Channel) -> Channel:
    """Return the channel with the whole address as its token, because any part may be a secret.

    Its URL then has only the scheme of the address, such as `apprise://tgram/`, and can be shown.
    """
    if channel.url is None:
        return channel
    scheme = address_of(channel).partition("://")[0]
    return channel._replace(url=Secret(f"apprise://{scheme}/"), token=channel.url)


def _host(channel: Channel) -> str:
    """Return the scheme and a digest of the host, because the host may be a secret.

    Channels with the same text fail together.
    """
    scheme, _, rest = token_of(channel).partition("://")
    host = re.split("[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    return f"{scheme} {digest(host)}"


APPRISE = ChatService(
    name="apprise",
    render=render,
    read=read,
    uses=(Use("url", "[one of Apprise's URLs](https://github.com/caronc/apprise/wiki)"),),
    at_most=f"{MOST:,} UTF-16 units",
    address=None,
    accept=_accept,
    host=_host,
)
