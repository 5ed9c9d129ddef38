"""Apprise: a library that sends to all other services. Here the title and the text are made.

Only adapters/http/apprise.py loads the library. It gets the request that is made here.

The text is plain, and short enough for most services. Apprise cannot escape plain text. So a
service may take a part of the text for a mention or a link, such as `@here`, `<!channel>` or
`[label](address)`. To stop that, a space that nobody sees (zero width) is put behind some
characters.
"""

import json
import re
from datetime import datetime
from functools import lru_cache

from onthisday.config import Channel, Secret
from onthisday.delivery.promises import ANY_SUCCESS
from onthisday.delivery.request_reply import Request
from onthisday.messages.budget_keys import digest
from onthisday.messages.card import Amount, Card, amount_of
from onthisday.messages.chat_service import ChatService, Use
from onthisday.messages.cutting import apart, fitted, units
from onthisday.messages.fitting import card_within
from onthisday.messages.line import address, plain
from onthisday.messages.lines import below_title, page_of, title_of
from onthisday.messages.message import Message, address_of, token_of
from onthisday.messages.seen import titled

NOTIFY = "NOTIFY"
"""A request with this method goes to Apprise and not to HTTP. Its URL is an Apprise address."""

MOST, TITLE = 2000, 200
"""The longest text and the longest title, in UTF-16 units.

For a service that takes less, people can add `?overflow=split` to the address. Then Apprise splits
the text.
"""

_LIVE = re.compile(r"@(?=\w)|<(?=\S)|\](?=[(\[])")
"""Signs that may make a mention or a link of what is behind them."""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that tells Apprise what to send, and where."""
    text = _text(message.anywhere, amount_of(channel))
    payload = {"title": apart(_LIVE, fitted(title_of(message), TITLE)), "body": text}
    body = json.dumps(payload, ensure_ascii=False).encode()
    return Request(NOTIFY, token_of(channel), (), body, channel.private_addresses)


@lru_cache(64)
def _text(message: Message, amount: Amount) -> str:
    """Return the text of a message. It is the same for every service, so it is made once."""
    return _below(card_within(message, amount, lambda card: units(_below(card)) <= MOST))


def _below(card: Card) -> str:
    """Return what stands below the title, and the address where to read on."""
    end = None if card.message.text is not None else address(page_of(card))
    return "\n".join(filter(None, (apart(_LIVE, plain(below_title(card))), end)))


def _accept(channel: Channel) -> Channel:
    """Return the channel with its whole address as its token: any part of it may be a secret.

    The channel's URL keeps only the scheme, such as `apprise://tgram/`. So the URL can be shown.
    """
    if channel.url is None:
        return channel
    scheme = address_of(channel).partition("://")[0]
    return channel._replace(url=Secret(f"apprise://{scheme}/"), token=channel.url)


def _host(channel: Channel) -> str:
    """Return a name for a channel's host that shows no secret: the scheme and a digest.

    If a host stops answering, all channels with its name are paused together.
    """
    scheme, _, rest = token_of(channel).partition("://")
    host = re.split("[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    return f"{scheme} {digest(host)}"


APPRISE = ChatService(
    name="apprise",
    render=render,
    promise=ANY_SUCCESS,  # a reply comes only if Apprise says that it sent the message
    seen=titled,
    uses=(Use("url", "[one of Apprise's URLs](https://github.com/caronc/apprise/wiki)"),),
    at_most=f"{MOST:,} UTF-16 units",
    address=None,
    accept=_accept,
    host=_host,
    also=("language", "length"),
)
