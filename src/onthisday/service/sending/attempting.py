"""Deliver a leased notice: keep it back, let it wait, or send it. Count what becomes of it.

These are the steps 2 to 5 of delivering.py, which leases the notices. Used by it alone. A bucket's
notices are not sent faster than its budgets allow (delivery/buckets.py).
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from onthisday.config import Channel
from onthisday.delivery.buckets import Budget, Budgets
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Attempt, Notice
from onthisday.delivery.pauses import SHORT, Pause, Pauses
from onthisday.delivery.request_reply import Clock, Sender, Verdict
from onthisday.delivery.retries import Settlement, is_expired, is_late, sent_on, settle
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import Message
from onthisday.service.sending.desk import Desk
from onthisday.service.sending.draining import Delivered
from onthisday.service.sending.keeping_back import Keeper
from onthisday.service.sending.pace import Pace
from onthisday.service.sending.posting import Posting
from onthisday.service.sending.preparing import prepare, send
from onthisday.service.sending.recording import Recorder
from onthisday.service.sending.retracting import anew
from onthisday.service.sending.watching import Watch

AT_ONCE = 64
"""How many messages are sent at the same time, in all buckets together."""

AGAIN = timedelta(seconds=30)
"""How long a notice is put off if the almanac has no entry for it while its day lasts."""

STEP = 1.0
"""Seconds. While a message waits, it asks after each STEP whether it should stop."""

NOTHING_SENT = Delivered(None)


class Attempting:
    """Makes the attempts of one process, as long as the process runs.

    - ``clock``, ``stamps``, ``watch``: as of `Delivery`.
    - ``newest``: the desk that messages are made from (`Delivery.use`).
    - ``pauses``: which channels and services are left alone now.
    - ``counts``: what became of the notices.
    """

    def __init__(
        self, ledger: Ledger, sender: Sender, clock: Clock, stamps: Clock, pace: Pace, watch: Watch
    ) -> None:
        self._ledger, self._clock, self._pace, self._watch = ledger, clock, pace, watch
        self._posting = Posting(sender, stamps, pace)
        self._recorder, self._keeper = Recorder(ledger, pace), Keeper(ledger, pace)
        self._budgets, self._slots = Budgets(), asyncio.Semaphore(AT_ONCE)
        self._stopped = False
        self.newest: Desk | None = None
        self.pauses = Pauses()
        self.counts: Counter[str] = Counter()

    def stop(self) -> None:
        """Begin no new attempt."""
        self._stopped = True
        self._recorder.stop()

    def look_again(self) -> None:
        """Read what people hold before the next notice is sent."""
        self._keeper.look_again()

    async def know_pauses(self) -> None:
        """Read the pauses, also those that other processes recorded."""
        self.pauses.know((*await self._ledger.pauses(), *self._recorder.pauses))

    async def post_alone(self, channel: Channel, message: Message) -> Verdict:
        """Post a message that is no notice, not faster than its service allows.

        Return what became of it. During a pause, nothing is posted.
        """
        bucket, now = SERVICES[channel.type].bucket_of(channel), self._clock.now()
        pause = self.pauses.asked(channel.name, bucket, now) or self.pauses.silent(bucket, now)
        if pause is not None:
            return Verdict("retry", pause.reason)
        for budget in bucket.budgets:
            await self._wait_for(budget)
        async with self._slots:
            if self._stopped:
                return Verdict("retry", "the program is about to end")
            ready = await prepare(self._posting, channel, message)
            verdict = await send(self._posting, channel, ready)
        self.pauses.note(channel.name, bucket, verdict, self._clock.now())
        return verdict

    async def deliver(self, desk: Desk, notice: Notice) -> Delivered:
        """Deliver a leased notice, or give it back. Count what becomes of it. Raises NotHeld."""
        channel, bucket = desk.channels[notice.channel], desk.bucket(notice.channel)
        assert bucket is not None
        if notice.channel in desk.put_back:
            await self.put_back(desk, notice, "an earlier message of its channel waits")
            return NOTHING_SENT
        if (pause := self.pauses.asked(channel.name, bucket, self._clock.now())) is not None:
            return await self._rest(desk, notice, pause)
        if (pause := self.pauses.silent(bucket, self._clock.now())) is not None:
            await self.put_back(desk, notice, pause.reason)
            return NOTHING_SENT
        free = await self._free_of_holds(desk, channel, notice)
        return NOTHING_SENT if free is None else await self._in_its_turn(desk, channel, free)

    async def _free_of_holds(self, desk: Desk, channel: Channel, notice: Notice) -> Notice | None:
        """Return a notice without what people hold; None if all of it is held."""
        through = await self._keeper.let_through(self._newest_for(desk, notice), channel, notice)
        for held in through.held:
            self.counts["held"] += 1
            self._watch.hold(held)
        return through.notice

    async def _in_its_turn(self, desk: Desk, channel: Channel, notice: Notice) -> Delivered:
        """Wait until the rates of a notice's bucket allow it and a place is free; then send it."""
        bucket = desk.bucket(notice.channel)
        assert bucket is not None
        before = await self._ledger.attempts(notice.id) if notice.replayed else ()
        for budget in bucket.budgets:  # last, because what takes time after it spoils the rate
            await self._wait_for(budget)
        async with self._slots:
            if self._stopped:
                return NOTHING_SENT
            newest = self._newest_for(desk, notice)
            settlement = await self._send(newest, channel, notice, before)
        return NOTHING_SENT if settlement is None else await self._settled(desk, settlement)

    def _newest_for(self, desk: Desk, notice: Notice) -> Desk:
        """Return the newest desk; that of the notice, if the newest does not have its channel."""
        newest = self.newest
        return newest if newest is not None and notice.channel in newest.channels else desk

    async def _rest(self, desk: Desk, notice: Notice, pause: Pause) -> Delivered:
        """Let a notice wait for the end of a short pause. Give it back if the pause is long."""
        left = pause.until - self._clock.now()
        if left > SHORT:
            await self.put_back(desk, notice, pause.reason)
            return NOTHING_SENT
        return Delivered(None, partial(self._wait_out, pause, left.total_seconds()))

    async def _wait_out(self, pause: Pause, seconds: float) -> None:
        await self._wait(self._pace.now() + seconds)
        self.pauses.over(pause)

    async def _wait_for(self, budget: Budget) -> None:
        await self._wait(self._pace.now() + self._budgets.take(budget, self._pace.now()))

    async def _wait(self, until: float) -> None:
        """Wait until a moment of the pace's clock, or until the process is asked to end."""
        while (left := until - self._pace.now()) > 0 and not self._stopped:
            await self._pace.sleep(min(left, STEP))

    async def _settled(self, desk: Desk, settlement: Settlement) -> Delivered:
        """Record how an attempt ended. If its service asks for a short pause, wait for it.

        A notice that waits for the end of a long pause stays before the later ones of its channel,
        also if the pause is over by the time when the ledger can be written.
        """
        name, verdict, pause = settlement.notice.channel, settlement.verdict, settlement.pause
        if verdict.outcome == "throttled" and settlement.state != "leased":
            desk.put_back.add(name)
        await self._recorder.record(settlement)
        self._watch.end(settlement, desk.channels[name].type)
        answered = verdict.status is not None
        if settlement.state == "leased" and pause is not None:
            left = (pause.until - settlement.at).total_seconds()
            return Delivered(answered, partial(self._wait_out, pause, left))
        self.counts[settlement.state] += 1
        return Delivered(answered)

    async def _send(
        self, desk: Desk, channel: Channel, notice: Notice, before: Sequence[Attempt]
    ) -> Settlement | None:
        """Mark a notice as `sending`, and send it. Return what becomes of it.

        ``before``: its attempts, if a person asked for it.

        Return None if it was given up or given back instead.
        """
        now = self._clock.now()
        if is_expired(notice, now, desk.catch_up_days):
            await self._give_up(notice, f"its day is more than {desk.catch_up_days} days ago")
            return None
        late = is_late(notice, now)
        composer = desk.composer.in_language(channel.language)
        message = composer.compose(notice, late=late, asked=sent_on(notice, now))
        if message is None or not desk.has_all(notice, message, now):
            await self._say_nothing(notice, late=late and desk.complete)
            return None
        message = anew(message, before)
        ready = await prepare(self._posting, channel, message, desk.pictures)
        hold = channel.on_unknown == "hold"
        notice = await self._ledger.sending(notice, now, hold=hold)
        self._watch.begin(notice)
        verdict = await send(self._posting, channel, ready)
        now, bucket = self._clock.now(), desk.bucket(channel.name)
        assert bucket is not None
        pause = self.pauses.note(channel.name, bucket, verdict, now)
        return settle(notice, verdict, now, self._pace.jitter(), hold=hold, pause=pause)

    async def _say_nothing(self, notice: Notice, *, late: bool) -> None:
        """Put off a notice whose entries the almanac does not have; if it is ``late``, give it up.

        Why it is put off while its day lasts: the entries may be gone only for a moment, while
        somebody saves a file.
        """
        if late:
            await self._give_up(notice, "the almanac has no entry for it on that day any more")
            return
        reason = "the almanac has no entry for it now"
        await self.postpone(notice, AGAIN, reason)

    async def postpone(self, notice: Notice, wait: timedelta, reason: str) -> None:
        """Give back a notice; it is due again after a wait."""
        await self._ledger.postpone(notice, self._clock.now() + wait, reason)
        self.counts["postponed"] += 1

    async def put_back(self, desk: Desk, notice: Notice, reason: str) -> None:
        """Give back a notice for a later tick. This tick takes no more notices of its channel."""
        desk.put_back.add(notice.channel)
        await self._ledger.put_back(notice, reason)
        self.counts["postponed"] += 1

    async def _give_up(self, notice: Notice, reason: str) -> None:
        await self._ledger.give_up(notice, reason)
        self._watch.give_up(notice, reason)
        self.counts["expired"] += 1
