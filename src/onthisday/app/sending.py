"""Put together what sending needs: the ledger, the sender and the clocks.

    async with open_sending(workspace, config, SystemClock()) as sending:
        await sending.tick(almanac)

A tick plans the notices that are due and delivers them (service/sending/). The caller gives each
tick the almanac. ``sending.config`` may be replaced at any time; the next tick uses it.

The commands `tick`, `serve`, `channels` and `notices` use this module.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from onthisday.almanac.library import Library
from onthisday.app.clocks import SYSTEM_CLOCK
from onthisday.app.heartbeat import beat
from onthisday.app.interpreter import set_for_sending
from onthisday.app.ledgers import open_ledger
from onthisday.app.senders import SenderOnDemand
from onthisday.app.workspace import Almanac, Workspace
from onthisday.config import Channel, Config, Site
from onthisday.delivery.alerts import Alert, of_channels
from onthisday.delivery.buckets import Queue
from onthisday.delivery.jobs import Jobs
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Notice
from onthisday.delivery.pauses import names_of
from onthisday.delivery.request_reply import Clock, Sender, Verdict
from onthisday.errors import OnThisDayError
from onthisday.messages.chat_services import SERVICES
from onthisday.service.announcing import Announcing
from onthisday.service.log_events import event
from onthisday.service.sending.alerting import Alerting
from onthisday.service.sending.completeness import look_for_gone
from onthisday.service.sending.composing import Composer
from onthisday.service.sending.delivering import Delivery, Summary
from onthisday.service.sending.desk import Desk
from onthisday.service.sending.idling import Idle
from onthisday.service.sending.pace import REAL_PACE, Pace
from onthisday.service.sending.planning import Planned, plan_and_record
from onthisday.service.sending.posting import Posting
from onthisday.service.sending.preparing import prepare, send
from onthisday.service.sending.retracting import Retracted, retract
from onthisday.service.sending.sharing import Sharing
from onthisday.service.sending.watching import Watch

if TYPE_CHECKING:
    from onthisday.site.website import Website

log = logging.getLogger("onthisday")


_ALERTS = Queue("alerts", frozenset())
"""What a process holds while it tells people what is wrong."""


class Sending:
    """All that one process sends.

    - ``config``: the next tick uses it. It may be replaced at any time.
    - ``ledger``: others may read from it.
    - ``watch``: others may read the attempts so far from it.
    - ``faults``: what was wrong when the last tick planned. It sent all the same what it could.
    - ``stamps``: the real clock, for times that receivers compare with their own clock.
    - ``pace``: time and chance. The simulation gives its own.
    """

    def __init__(
        self,
        ledger: Ledger,
        sender: Sender,
        clock: Clock,
        config: Config,
        stamps: Clock | None = None,
        pace: Pace = REAL_PACE,
    ) -> None:
        self.ledger, self.config = ledger, config
        self._sender, self._clock, self._stamps = sender, clock, stamps or SYSTEM_CLOCK
        self.watch, self._pace = Watch(), pace
        self._delivery = Delivery(ledger, sender, clock, self._stamps, pace, self.watch)
        self.faults: tuple[Exception, ...] = ()
        self._library: Library | None = None
        self._idle = Idle()
        self._alerting = Alerting(ledger, self._delivery)
        self._one_at_a_time = asyncio.Lock()
        self._sharing: Sharing | None = None

    def share(self, jobs: Jobs) -> None:
        """From now on, share the work with the other processes that use this store."""
        self._sharing = Sharing(self.ledger, jobs, self._delivery, self._clock, self._pace)
        self._alerting.shares = True

    async def tick(self, almanac: Almanac, *, plan: bool = True, wait: bool = True) -> Summary:
        """Write the notices that are due into the ledger, and send them. Raise OnThisDayError.

        If they cannot be planned, or not all of them, those that wait in the ledger are sent all
        the same; then ``faults`` says why.

        Without ``plan``, only those that wait are sent. Without ``wait``, it returns before slow
        services have taken their messages; then, if the work is shared, other processes may send
        some.
        """
        async with self._one_at_a_time:
            self.faults = ()
            await self.ledger.check_place()
            config = self.config._replace(site=almanac.site)
            self._use(config, almanac)
            planned = await self._plan(config, almanac) if plan else await self._as_planned(almanac)
            self.faults = planned.faults
            if self._sharing is not None and not wait:
                library, complete = almanac.library, planned.complete
                desk = Desk(config, library, almanac.pictures, complete=complete, shares=True)
                return await self._sharing.tick(desk)
            return await self._delivery.deliver(
                config, almanac.library, almanac.pictures, wait=wait, complete=planned.complete
            )

    def _use(self, config: Config, almanac: Almanac) -> None:
        """If the almanac is another one, make messages from it before its corrections are seen.

        Whether entries are missing is not known yet. So until it is, no message lacks any.
        """
        if almanac.library is not self._library:
            self._library = almanac.library
            shares = self._sharing is not None
            self._delivery.use(
                Desk(config, almanac.library, almanac.pictures, complete=False, shares=shares)
            )

    async def _as_planned(self, almanac: Almanac) -> Planned:
        """Return that nothing was planned, and whether many entries are gone from the almanac."""
        ledger, now, compared = self.ledger, self._clock.now(), self._idle.compared
        gone = await look_for_gone(ledger, almanac.library, now, compared, keep=False)
        return Planned(0, complete=gone is None)

    async def _plan(self, config: Config, almanac: Almanac) -> Planned:
        """Write the notices that are due into the ledger. If that fails, return the error."""
        now, real = self._clock.now(), self._stamps.now()
        try:
            library, idle = almanac.library, self._idle
            return await plan_and_record(self.ledger, config, library, now, real, idle)
        except Exception as error:  # noqa: BLE001 - what waits in the ledger must still be sent
            return Planned(0, (error,))

    async def tell(self, alerts: Sequence[Alert], site: Site) -> None:
        """Tell the people of the channel `alerts` in the config what is wrong, once.

        ``alerts`` are all conditions that the caller sees. Those in the ledger are added. This
        never raises: what cannot be told now is told at the next tick.
        """
        channel = self.config.alerts and self.config.channel(self.config.alerts)
        if not channel or not channel.enabled:
            return
        try:
            await self._tell(alerts, channel, self.config._replace(site=site))
        except Exception:
            log.exception("what is wrong could not be told", extra=event("alert.failed"))

    async def _tell(self, alerts: Sequence[Alert], channel: Channel, config: Config) -> None:
        try:
            states = await self.ledger.channels()
        except OnThisDayError:
            states = {}  # the ledger cannot be used: that is among the alerts
        if channel.name in states and states[channel.name].off_since is not None:
            return
        found = {each.key: each for each in (*alerts, *of_channels(config, states))}
        async with self._telling_alone() as alone:
            if alone:
                now = self._stamps.now()
                await self._alerting.tell(tuple(found.values()), config, channel, now)

    @asynccontextmanager
    async def _telling_alone(self) -> AsyncIterator[bool]:
        """Let one process at a time tell, so that two do not tell the same. Yield True if it may.

        While the ledger cannot be used, each process tells: a condition told twice is better than
        one that nobody is told.
        """
        if self._sharing is None:
            yield True
            return
        try:
            alone = await self.ledger.reserve(_ALERTS.name)
        except OnThisDayError:
            yield True
            return
        try:
            yield alone
        finally:
            if alone:
                await self.ledger.release(self._stamps.now(), _ALERTS)

    async def beat(self) -> str | None:
        """Call the heartbeat's address, if the config has one. If that fails, return why."""
        address = self.config.heartbeat
        return await beat(self._sender, address) if address else None

    async def announce(self, announcing: Announcing, website: "Website") -> str | None:
        """Tell the hub of the config, if it has one, of news in the feeds.

        Return why it could not be told.
        """
        websub = self.config.websub
        return websub and await announcing.tell(self._sender, self._clock, websub, website)

    async def left(self) -> int:
        """Return how many notices that were due will still be tried.

        Count only channels that are enabled and on.
        """
        states = await self.ledger.channels()
        left = await self.ledger.left(self._clock.now())
        in_use = (channel.name for channel in self.config.channels if channel.enabled)
        return sum(
            left.get(name, 0) for name in in_use if name in states and not states[name].off_since
        )

    async def try_out(self, channel: Channel, notice: Notice, almanac: Almanac) -> Verdict:
        """Send the message of a notice as a test. The ledger does not record it.

        If it is sent, a channel that was switched off is switched on again, and its pauses end.
        """
        composer = Composer(almanac.site, almanac.library, almanac.has_picture, channel.language)
        message = composer.compose(notice, test=True)
        if message is None:
            raise LookupError(f"{notice.id} says nothing")
        now = self._stamps.now()
        # With the id of a real message, the service could drop the test as a repeat.
        message = message._replace(id=f"test/{now.isoformat()}/{message.id}")
        posting = Posting(self._sender, self._stamps)
        ready = await prepare(posting, channel, message, almanac.pictures)
        verdict = await send(posting, channel, ready)
        if verdict.outcome == "sent":
            await self.ledger.switch_on(channel.name)
            await self.ledger.lift(pauses_of(channel))
        return verdict

    async def retract(self, notice_id: str, *, done: bool) -> Retracted:
        """Take a notice back: its message is deleted, or will not be sent. Raise OnThisDayError.

        With ``done``, a person has deleted the message, and this is recorded.
        """
        posting = Posting(self._sender, self._stamps, self._pace)
        return await retract(self.ledger, posting, self.config, notice_id, done=done)

    async def stop(self) -> None:
        """Send nothing more. Return when all that is being sent has ended and is recorded."""
        stopping = (self._sharing.stop(),) if self._sharing is not None else ()
        await asyncio.gather(self._delivery.stop(), *stopping)
        async with self._one_at_a_time:
            pass


def lacking(channel: Channel) -> str | None:
    """Return why a channel of Apprise cannot be sent to, with what to do; None if it can be."""
    if channel.type != "apprise" or channel.token is None:
        return None
    from onthisday.adapters.http.apprise import why_not  # only now: few channels need it

    return why_not(channel.token.reveal())


def pauses_of(channel: Channel) -> tuple[str, str]:
    """Return the names under which the ledger keeps the pauses of a channel and its service."""
    return names_of(channel.name, SERVICES[channel.type].bucket_of(channel))


@asynccontextmanager
async def open_sending(
    workspace: Workspace, config: Config, clock: Clock
) -> AsyncIterator[Sending]:
    """Open the ledger, and what sends. Raise OnThisDayError."""
    sending: Sending  # its config may be replaced: the next request asks it for the proxy
    on_demand = SenderOnDemand(proxy=lambda: sending.config.proxy)
    with set_for_sending():
        async with open_ledger(workspace, config) as ledger, on_demand as sender:
            sending = Sending(ledger, sender, clock, config)
            yield sending
