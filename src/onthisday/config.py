"""The config, frozen and valid: schema/config_schema.py reads it, or a cache of what that read."""

from datetime import time
from typing import Literal, NamedTuple

from onthisday.almanac.entry import LeapDay, Selection


class Secret:
    """A text that must appear in no output; ``reveal`` is the one way to it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself, for sending."""
        return self._text

    def __repr__(self) -> str:
        return "«secret»"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


class Site(NamedTuple):
    """All that readers need: what feeds and pages say of themselves, whose midnight turns them,
    where the almanac and its documents' texts are, where 29 February goes, how many items a feed
    has at least."""

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
    """A destination for messages, with its own zone, hour and filter; the name is its identity.

    ``unset`` are the environment's variables that it waits for: it is not ``enabled`` because of
    them alone.
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
    """What config.yaml says. Paths are as written: relative to the config's folder."""

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
