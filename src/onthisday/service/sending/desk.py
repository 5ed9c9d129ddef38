"""`Desk`: what one call of `Delivery.deliver` works with. Used by delivering.py.

No input or output here. Results that are needed often are worked out once.
"""

from datetime import datetime, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo

from onthisday.almanac.library import Library
from onthisday.almanac.pictures import is_shown
from onthisday.config import Channel, Config
from onthisday.dates.zones import instant_of
from onthisday.delivery.buckets import Bucket, queue_name
from onthisday.delivery.notice import Notice
from onthisday.delivery.pauses import SHORT, Pauses
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import Message
from onthisday.messages.uploading import Pictures, no_picture
from onthisday.service.sending.composing import Composer
from onthisday.views.presenter import every_picture

SETTLING = timedelta(minutes=10)
"""If several machines send, so long each leaves out no entry that its almanac does not have.

Why: while machines get a new almanac one after another, one plans with it, and another one still
has the older almanac.
"""


class Desk:
    """The config and the almanac for one call of `deliver`.

    - ``complete``: all entries are in the almanac (`Delivery.deliver`).
    - ``pictures``: returns the bytes of a picture (`Delivery.deliver`).
    - ``put_back``: channels of which this call takes no more notices.
    - ``shares``: several machines send (sharing.py).
    """

    def __init__(
        self,
        config: Config,
        library: Library,
        pictures: Pictures | None,
        *,
        complete: bool,
        shares: bool = False,
    ) -> None:
        self.complete, self.shares = complete, shares
        self.put_back: set[str] = set()
        self.channels = {channel.name: channel for channel in config.channels if channel.enabled}
        self.catch_up_days = config.catch_up_days
        self.pictures = pictures or no_picture
        shown = partial(is_shown, pictures=pictures) if pictures else every_picture
        self.composer = Composer(config.site, library, shown)
        self.bucket = cache(self._bucket)

    def _bucket(self, name: str) -> Bucket | None:
        """Return the bucket of a channel; None if the channel is not in use."""
        channel = self.channels.get(name)
        return channel and SERVICES[channel.type].bucket_of(channel)

    def has_all(self, notice: Notice, message: Message, now: datetime) -> bool:
        """Return False if the message lacks entries, and the almanac may lack them by mistake."""
        if len(message.view.occasions) == len(notice.entries):
            return True
        return self.complete and not (self.shares and self._is_settling(notice, now))

    def _is_settling(self, notice: Notice, now: datetime) -> bool:
        """Return True if the hour of a notice came a moment ago."""
        hour = self.channels[notice.channel].at
        return now < instant_of(notice.day, hour, ZoneInfo(notice.zone)) + SETTLING

    def barred(self, pauses: Pauses, now: datetime) -> frozenset[str]:
        """Return the channels of which no notice may be taken now."""
        names = self.channels if pauses.any_asked(now) else ()
        paused = (name for name in names if self._is_paused(name, pauses, now))
        return frozenset(self.put_back).union(paused)

    def _is_paused(self, name: str, pauses: Pauses, now: datetime) -> bool:
        """Return True if a channel has a pause that is too long to be waited out."""
        bucket = self.bucket(name)
        pause = bucket and pauses.asked(name, bucket, now)
        return pause is not None and pause.until - now > SHORT


def queue_of(channel: Channel) -> str:
    """Return the name of the queue that a channel's notices wait in (delivery/buckets.py)."""
    return queue_name(SERVICES[channel.type].bucket_of(channel))
