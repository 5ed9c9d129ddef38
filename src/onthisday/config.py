"""The config as frozen, valid values.

schema/config_schema.py makes these values from config.yaml. They are kept in a cache, which is used
as long as config.yaml does not change. All code that needs a setting takes these values.

Not here: how the keys are written, and what is an error (schema/). The settings of the site are in
site_settings.py, because `today` needs no others.
"""

from datetime import time
from typing import Literal, NamedTuple

from onthisday.almanac.entry import Selection
from onthisday.site_settings import Link as Link  # noqa: PLC0414 - other rooms take it from here
from onthisday.site_settings import Site as Site  # noqa: PLC0414 - as above

Visibility = Literal["public", "unlisted", "private", "direct"]
"""Who sees a post, as Mastodon names it."""


Post = Literal["day", "each", "week", "month"]
"""What a message is about: a day, one occasion, a week or a month."""


class Secret:
    """A text that must appear in no output, such as a token. Only ``reveal`` returns the text."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself. Call it only where the text is sent."""
        return self._text

    def __repr__(self) -> str:
        return "«secret»"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


class Channel(NamedTuple):
    """A destination for messages, with its own zone, hour and filter.

    - ``name``: identifies the channel. A channel with a new name is a new channel.
    - ``length``: how much a message says: a card, or all that fits.
    - ``at_most``: of a day's occasions, so many are chosen (views/choosing.py); None: it gets all.
    - ``ahead``: it gets the messages of a day so many days before.
    - ``release``: ``by-hand``: a message waits until a person lets it go.
    - ``sender``: whom mails come from: ``Name <address>`` or an address (``from`` in the config).
    - ``silent``: a message makes no sound, where the service can do that.
    - ``visibility``: who sees a post. If None, the account's own settings say it.
    - ``unset``: the environment variables that the channel needs and that are not set. If there are
      any, ``enabled`` is False because of them: the config itself does not switch the channel off.
    """

    name: str
    type: str
    url: Secret | None
    user: str | None
    token: Secret | None
    to: str | None
    secret: tuple[Secret, ...]
    at: time
    zone: str
    selection: Selection
    post: Post
    language: str
    starts: Literal["today", "tomorrow"]
    enabled: bool
    on_unknown: Literal["retry", "hold"]
    private_addresses: bool
    length: Literal["short", "full"] = "short"
    silent: bool = False
    visibility: Visibility | None = None
    unset: tuple[str, ...] = ()
    at_most: int | None = None
    ahead: int = 0
    release: Literal["by-itself", "by-hand"] = "by-itself"
    sender: str | None = None


class FaultyChannel(NamedTuple):
    """A channel whose config is wrong. Nothing is sent to it, and its days stay open.

    ``name`` is as people wrote it. ``reason`` shows no secret.
    """

    name: str
    reason: str


class Proxy(NamedTuple):
    """The proxies that requests go through.

    - ``http``, ``https``: the proxy for addresses that begin with ``http://`` and with
      ``https://``. If None, these requests go out directly. A secret, because it may have a login.
    - ``but_not``: hosts that are asked directly, in the form of the variable ``NO_PROXY``.
    """

    http: Secret | None
    https: Secret | None
    but_not: str = ""


class WebSub(NamedTuple):
    """The hub that is told of news in the feeds (W3C, WebSub).

    - ``hub``: its address. It is no secret, because every feed names it.
    - ``at_once``: how many feeds one request to it names.
    - ``private_addresses``: it may be on loopback or in a private network.
    """

    hub: str
    at_once: int = 1
    private_addresses: bool = False


UNKNOWN_PROXY = Proxy(Secret(""), Secret(""))
"""Stands for a proxy that the config names, and that nobody can read. Then nothing goes out."""


UNKNOWN_STORE = Secret("")
"""Stands for a store of which an environment variable is not set. Then no ledger is opened."""


class Config(NamedTuple):
    """All settings of config.yaml. Paths are as people wrote them, from the config's folder.

    ``faulty`` are the channels that are not among ``channels``, because their config is wrong.
    ``alerts`` is the name of the channel whose people are told when something is wrong. ``metrics``
    is where `serve` answers `/metrics`. ``proxy``: if None, all requests go out directly. ``store``
    is the address of the ledger, which may have a password. ``websub``: if None, no hub is told of
    news.
    """

    site: Site
    store: Secret
    output: str | None
    catch_up_days: int
    keep_days: int
    heartbeat: Secret | None
    listen: tuple[str, int]
    channels: tuple[Channel, ...]
    channels_file: str | None = None
    faulty: tuple[FaultyChannel, ...] = ()
    alerts: str | None = None
    metrics: tuple[str, int] | None = None
    proxy: Proxy | None = None
    websub: WebSub | None = None

    def channel(self, name: str) -> Channel | None:
        """Return the channel of that name, or None."""
        return next((channel for channel in self.channels if channel.name == name), None)
