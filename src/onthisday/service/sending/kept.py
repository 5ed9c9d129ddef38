"""Keep what a service told of an account, so that many messages need to ask only once.

Used by posting.py for sessions, and by preparing.py for the limits of a server.
"""

from datetime import datetime, timedelta
from typing import Generic, TypeVar

from onthisday.config import Channel

_T = TypeVar("_T")

KEEP = timedelta(hours=1)
"""How long it is used.

Bluesky's sessions are good for two hours, and it allows 300 sign-ins a day.
"""


class Kept(Generic[_T]):
    """What services told, by account.

    It is kept in memory alone, because a session is as good as a password.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], tuple[_T, datetime]] = {}

    def of(self, channel: Channel, now: datetime) -> _T | None:
        """Return what was told of a channel's account, if it can still be used."""
        found, since = self._kept.get(_account_of(channel), (None, now))
        return found if now - since < KEEP else None

    def keep(self, channel: Channel, told: _T, now: datetime) -> None:
        """Keep what was told."""
        self._kept[_account_of(channel)] = (told, now)

    def drop(self, channel: Channel) -> None:
        """Forget what was told, because the service no longer takes it."""
        self._kept.pop(_account_of(channel), None)


def _account_of(channel: Channel) -> tuple[object, ...]:
    return (channel.type, channel.url, channel.user, channel.token)
