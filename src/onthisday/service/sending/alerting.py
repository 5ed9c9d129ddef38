"""Use case: tell the people who run the program what is wrong, once, on their own channel.

What was told is kept in the ledger, because `tick` is a new process each time. If the ledger cannot
be used, this process remembers it. Called by app/sending.py, at the end of each tick.
"""

import hashlib
import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from onthisday.config import Channel, Config
from onthisday.dates.zones import local_day
from onthisday.delivery.alerts import DOUBTS, Alert, Told, told_together
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.request_reply import Verdict
from onthisday.errors import OnThisDayError
from onthisday.messages.cutting import at_word
from onthisday.messages.message import Message
from onthisday.service.log_events import event
from onthisday.service.sending.delivering import Delivery
from onthisday.views.view import DayView

log = logging.getLogger("onthisday")


MOST = 2000
"""The longest text of an alert, in UTF-16 units. A service may take less of it."""


OLD = timedelta(days=1)
"""If several processes share the ledger, they forget after this time what none of them may see."""


class Alerting:
    """Tells conditions, each once. It lives as long as the process.

    ``shares``: other processes use the ledger too, and may see what this one does not. Then this
    process only forgets what it saw itself, and what is OLD.
    """

    def __init__(self, ledger: Ledger, delivery: Delivery) -> None:
        self._ledger, self._delivery = ledger, delivery
        self._memory: dict[str, Told] = {}
        self._seen: set[str] = set()
        self.shares = False

    async def tell(
        self, alerts: Sequence[Alert], config: Config, channel: Channel, now: datetime
    ) -> None:
        """Tell the conditions that were not told yet, in one message. Forget those that ended.

        ``alerts`` are all conditions of this moment.
        """
        known = await self._known()
        kept = {alert.key: known.get(alert.key, Told(now)) for alert in alerts}
        untold = [alert for alert in alerts if kept[alert.key].at is None]
        if untold:
            since = max(kept[alert.key].since for alert in untold)
            message = _message(untold, config, channel, since)
            verdict = await self._delivery.post_alone(channel, message)
            _note(channel, verdict, untold)
            kept |= {alert.key: _after(kept[alert.key], verdict, now) for alert in untold}
        if kept != known:
            await self._keep(kept, self._ended(known, kept, now))
        self._seen |= kept.keys()

    def _ended(
        self, known: Mapping[str, Told], kept: Mapping[str, Told], now: datetime
    ) -> set[str]:
        """Return the conditions that are known and have ended."""
        gone = known.keys() - kept.keys()
        if not self.shares:
            return {*gone}
        return {key for key in gone if key in self._seen or now - known[key].since > OLD}

    async def _known(self) -> Mapping[str, Told]:
        try:
            return await self._ledger.alerts()
        except OnThisDayError:
            return self._memory

    async def _keep(self, kept: dict[str, Told], ended: Collection[str]) -> None:
        self._memory = kept
        try:
            await self._ledger.keep_alerts(kept, ended)
        except OnThisDayError:
            pass  # then this process alone remembers it


def _after(before: Told, verdict: Verdict, now: datetime) -> Told:
    """Return what is known of a condition after it was sent."""
    doubts = before.doubts + (verdict.outcome == "unknown")
    is_told = verdict.outcome == "sent" or doubts >= DOUBTS
    return Told(before.since, now if is_told else None, doubts)


def _message(alerts: Sequence[Alert], config: Config, channel: Channel, since: datetime) -> Message:
    """Return the message. If it is sent again, it has the same id."""
    keys = hashlib.sha256("\n".join(alert.key for alert in alerts).encode()).hexdigest()[:16]
    day, site = local_day(since, ZoneInfo(channel.zone)), config.site.in_language(channel.language)
    return Message(
        id=f"alert/{since:%Y-%m-%dT%H:%M:%SZ}/{keys}",
        tag=site.tag,
        kind="onthisday.alert",
        channel=channel.name,
        view=DayView(day, channel.zone, (), None),
        timestamp=since,
        url=site.url,
        text=at_word(told_together(alerts), MOST),
        site=site.title,
    )


def _note(channel: Channel, verdict: Verdict, alerts: Sequence[Alert]) -> None:
    """Log that alerts were sent, or why they were not."""
    fields = {"channel": channel.name, "keys": [alert.key for alert in alerts]}
    if verdict.outcome == "sent":
        log.info("%s: told what is wrong", channel.name, extra=event("alert.sent", **fields))
    else:
        words = "%s: what is wrong could not be told: %s"
        extra = event("alert.failed", **fields, reason=verdict.detail)
        log.warning(words, channel.name, verdict.detail, extra=extra)
