"""The config as frozen, valid values.

schema/config_schema.py makes them from config.yaml. A cache of what it made is used if the file did
not change. Every room that needs a setting takes these values.

Not here: how the keys are written, and what is an error (schema/).
"""

from datetime import time
from typing import Literal, NamedTuple

from onthisday.almanac.entry import LeapDay, Selection


class Secret:
    """A text that must appear in no output. Only ``reveal`` returns it."""

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


class Site(NamedTuple):
    """The settings that everything needs that shows the almanac: feeds, pages and `today`.

    ``zone`` is the zone whose midnight begins a new day on the site. ``tag`` is the authority and
    date of RFC 4151 that ids are made of. ``almanac`` and ``texts`` are folders: the almanac's
    files and the documents' texts. ``feed_items`` is how many items a feed has at least.
    """

    title: str
    url: str
    author: str | None
    license: str | None
    zone: str
    language: str
    tag: str
    almanac: str = "almanac"
    leap_day: LeapDay = "feb-28"
    feed_items: int = 30
    texts: str | None = None


class Channel(NamedTuple):
    """A destination for messages, with its own zone, hour and filter.

    The name is its identity: a channel with a new name is a new channel. ``unset`` names the
    environment variables that the channel needs and that are not set. If there are any, they are
    the only reason why the channel is not ``enabled``.
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
    post: Literal["day", "each"]
    language: str
    starts: Literal["today", "tomorrow"]
    enabled: bool
    on_unknown: Literal["retry", "hold"]
    private_addresses: bool
    unset: tuple[str, ...] = ()


class Config(NamedTuple):
    """What config.yaml says. Paths are as people wrote them, relative to the config's folder."""

    site: Site
    store: str
    output: str | None
    catch_up_days: int
    keep_days: int
    heartbeat: Secret | None
    listen: tuple[str, int]
    channels: tuple[Channel, ...]
    channels_file: str | None = None

    def channel(self, name: str) -> Channel | None:
        """Return the channel of that name, or None."""
        return next((channel for channel in self.channels if channel.name == name), None)
