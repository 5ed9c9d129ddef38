"""Every other service, through Apprise: adapters/http/apprise.py hands it what is made here.

The text is plain, and short enough for most services: what Apprise makes of it is its own. It
knows no escaping for plain text, so that an empty space parts what some service would read as a
mention or a link (`@here`, `<!channel>`, `[label](address)`).
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
"""The method of a request that is no HTTP: its URL is one of Apprise's."""

MOST = 2000
"""UTF-16 units of the text. An address with `?overflow=split` has Apprise part what is too long."""

_APART = str.maketrans({char: f"{char}\N{ZERO WIDTH SPACE}" for char in "@<]"})


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return what Apprise is to send, and where."""
    payload = {"title": message_title(message.day), "body": _text(message.anywhere)}
    body = json.dumps(payload, ensure_ascii=False).encode()
    return Request(NOTIFY, token_of(channel), (), body, channel.private_addresses)


@lru_cache(64)
def _text(message: Message) -> str:
    """Return the text, which is the same for every service."""
    lines = lines_within(message, lambda lines: units(plain(lines, _APART)) <= MOST)
    return plain(lines, _APART)


def read(reply: Reply, now: datetime) -> Verdict:
    """Return what Apprise's yes means; its no is no reply, but a failure with unknown outcome."""
    return verdict_of(reply, now)


def _accept(channel: Channel) -> Channel:
    """Keep the address as a token, because it has secrets where others have a host. The URL that is
    shown of the channel names the scheme alone."""
    if channel.url is None:
        return channel
    scheme = address_of(channel).partition("://")[0]
    return channel._replace(url=Secret(f"apprise://{scheme}/"), token=channel.url)


def _host(channel: Channel) -> str:
    """Return what answers together, or not, of an address whose host may be a token."""
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
