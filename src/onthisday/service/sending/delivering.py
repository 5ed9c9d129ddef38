"""Use case: send the notices that are due, and record in the ledger how each attempt ended.

The order of the steps matters:

1. Lease a notice: take it for this process.
2. Make its request. Some services get the picture now (preparing.py).
3. Mark the notice as `sending`, on the disk.
4. Send the request.
5. Settle the notice: record how the attempt ended.

If the process dies before step 3, the notice was not sent. If it dies after step 3, the outcome is
unknown. See docs/behaviour.md, "What a tick does to a notice".

An attempt is never cancelled. To stop means: begin no new attempt, and wait for those that have
begun. Each bucket (a queue) is worked through by itself (draining.py), not faster than its budgets
allow (delivery/buckets.py). Called by app/sending.py. planning.py says which notices are due.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from onthisday.almanac.library import Library
from onthisday.config import Channel, Config
from onthisday.delivery.buckets import Bucket, Budget, Budgets, Queue
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Attempt, NotHeld, Notice
from onthisday.delivery.pauses import SHORT, Pause, Pauses
from onthisday.delivery.request_reply import Clock, Sender, Verdict
from onthisday.delivery.retries import Settlement, is_expired, is_late, sent_on, settle
from onthisday.errors import OnThisDayError
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import Message
from onthisday.messages.uploading import Pictures
from onthisday.service.log_events import event
from onthisday.service.sending.desk import Desk
from onthisday.service.sending.draining import Delivered, Drain
from onthisday.service.sending.keeping_back import Keeper
from onthisday.service.sending.pace import REAL_PACE, Pace
from onthisday.service.sending.posting import Posting
from onthisday.service.sending.preparing import prepare, send
from onthisday.service.sending.recording import Recorder
from onthisday.service.sending.retracting import anew
from onthisday.service.sending.watching import Watch

log = logging.getLogger("onthisday")

AT_ONCE = 64
"""How many messages are sent at the same time, in all buckets together."""

BATCH = 1000
"""How many notices are leased with one call.

The call is repeated until all that are due are leased. Why all: otherwise notices that wait for a
slow service would keep back those of other services. A notice takes about 1 KB of memory
(measured).
"""

AWAY = timedelta(hours=1)
"""How long a notice is put off if its channel is not in the config, or is not enabled."""

AGAIN = timedelta(seconds=30)
"""How long a notice is put off if the almanac has no entry for it while its day lasts."""

STEP = 1.0
"""Seconds. While a message waits, it asks after each STEP whether it should stop."""


class Summary(NamedTuple):
    """How many notices got which state since the last call of `deliver`.

    ``postponed``: they were put off without an attempt. ``held``: a person keeps them back.
    """

    sent: int = 0
    waiting: int = 0
    unknown: int = 0
    failed: int = 0
    expired: int = 0
    postponed: int = 0
    held: int = 0


NOTHING_SENT = Delivered(None)


class Delivery:
    """Sends the notices of one process, as long as the process runs.

    - ``clock``: says which notices are due or late. It may show another time (`tick --now`).
    - ``stamps``: the real clock, for times that receivers compare with their own clock.
    - ``watch``: is told of each attempt.
    """

    def __init__(
        self,
        ledger: Ledger,
        sender: Sender,
        clock: Clock,
        stamps: Clock,
        pace: Pace = REAL_PACE,
        watch: Watch | None = None,
    ) -> None:
        self._ledger, self._pace = ledger, pace
        self._posting = Posting(sender, stamps, pace)
        self._clock, self._watch = clock, watch or Watch()
        self._pauses, self._budgets = Pauses(), Budgets()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._drains: dict[str, Drain] = {}
        self._newest: Desk | None = None
        self._recorder = Recorder(ledger, self._pace)
        self._keeper = Keeper(ledger, self._pace)
        self._counts: Counter[str] = Counter()
        self._errors: list[Exception] = []
        self._stopped = False

    async def deliver(
        self,
        config: Config,
        library: Library,
        pictures: Pictures | None = None,
        *,
        wait: bool = True,
        complete: bool = True,
    ) -> Summary:
        """Send everything that is due. Return the counts since the last call.

        - ``pictures``: returns the bytes of a picture in the almanac's folder, by its name. Without
          it nobody can look, so every picture counts as being there, and none is uploaded.
        - ``wait``: without it, it returns as soon as each notice is in the queue of its bucket. So
          a slow bucket does not delay the next call.
        - ``complete``: if False, the almanac may lack entries. Then a notice is not sent before all
          its entries are there.

        If a notice has an unexpected error, the others are sent all the same. Then the first such
        error is raised.
        """
        desk = Desk(config, library, pictures, complete=complete)
        self.use(desk)
        await self._free_what_is_held()
        await self._hand_out(desk)
        if wait:
            await self._finish()
            await self._free_what_is_held()
        return self.summary()

    def use(self, desk: Desk) -> None:
        """Make messages from this almanac from now on, also those that are in a queue already.

        Why: a queue may take minutes. What is sent after a correction was seen must not say what
        was wrong, because nobody would put it right.
        """
        self._newest = desk

    async def drain(self, desk: Desk, queue: Queue) -> bool:
        """Send what is due in one queue, until nothing is due there. Return False if nothing was.

        Several queues may be drained at once. `summary` has the counts. If a notice has an error,
        the others are sent all the same; then `summary` raises it. The caller gives the queue back
        (`Ledger.release`).
        """
        some = False
        while drains := await self._hand_out(desk, queue):
            some = True
            for drain in drains:
                await drain.finish()
        return some

    def summary(self) -> Summary:
        """Return the counts since the last call. If there was an error since then, raise it."""
        counts, self._counts = self._counts, Counter()
        errors, self._errors = self._errors, []
        if errors:
            raise errors[0]
        return Summary(**counts)

    async def _free_what_is_held(self) -> None:
        """If no bucket has work, give back all buckets and notices in the ledger.

        An error may have left a notice leased.
        """
        self._drains = {name: drain for name, drain in self._drains.items() if not drain.is_idle}
        if not self._drains:
            await self._ledger.release(self._clock.now())

    async def post_alone(self, channel: Channel, message: Message) -> Verdict:
        """Post a message that is no notice, not faster than its service allows.

        Return what became of it. During a pause, nothing is posted.
        """
        bucket, now = SERVICES[channel.type].bucket_of(channel), self._clock.now()
        pause = self._pauses.asked(channel.name, bucket, now) or self._pauses.silent(bucket, now)
        if pause is not None:
            return Verdict("retry", pause.reason)
        for budget in bucket.budgets:
            await self._wait_for(budget)
        async with self._slots:
            if self._stopped:
                return Verdict("retry", "the program is about to end")
            ready = await prepare(self._posting, channel, message)
            verdict = await send(self._posting, channel, ready)
        self._pauses.note(channel.name, bucket, verdict, self._clock.now())
        return verdict

    async def stop(self) -> None:
        """Begin no new attempt, wait for those that have begun, and give back all other notices."""
        self._stopped = True
        self._recorder.stop()
        for drain in self._drains.values():
            drain.stop()
        await self._finish()
        await self._free_what_is_held()

    async def _finish(self) -> None:
        while busy := [drain for drain in self._drains.values() if not drain.is_idle]:
            await busy[0].finish()

    async def _hand_out(self, desk: Desk, queue: Queue | None = None) -> set[Drain]:
        """Lease all notices that are due, and put each into the drain of its bucket.

        With a ``queue``, only its notices. Return the drains that got some.

        The pauses are read before a lease, to know which channels to leave out, and again after it.
        Why again: only then no other process sends to these channels, so that no pause is missed.
        """
        await self._know_pauses()
        self._keeper.look_again()
        drains: set[Drain] = set()
        while not self._stopped:
            now = self._clock.now()
            barred = desk.barred(self._pauses, now)
            batch = await self._ledger.lease(now, BATCH, barred, queue)
            if batch:
                await self._know_pauses()
            reserved: dict[str, bool] = {}
            for notice in batch:
                try:
                    drain = await self._put_into_drain(desk, notice, reserved)
                except NotHeld:
                    _log_taken(notice)
                except Exception as error:  # noqa: BLE001 - one notice must not stop the others
                    self._errors.append(error)
                else:
                    drains.update([drain] if drain else [])
            if len(batch) < BATCH:
                break
        return drains

    async def _know_pauses(self) -> None:
        self._pauses.know((*await self._ledger.pauses(), *self._recorder.pauses))

    async def _put_into_drain(
        self, desk: Desk, notice: Notice, reserved: dict[str, bool]
    ) -> Drain | None:
        """Put a leased notice into the drain of its bucket, and return the drain.

        It is given back instead if its channel is not in use, or if another process has its bucket.
        """
        bucket = desk.bucket(notice.channel)
        if bucket is None:
            reason = "its channel is not in config, or is not enabled there"
            await self._ledger.postpone(notice, self._clock.now() + AWAY, reason)
            self._counts["postponed"] += 1
        elif await self._is_ours(bucket, reserved):
            drain = self._drains.setdefault(bucket.name, Drain())
            drain.add(notice, partial(self._delivered, desk))
            return drain
        else:
            await self._put_back(desk, notice, f"another process is sending to {bucket.name}")
        return None

    async def _is_ours(self, bucket: Bucket, reserved: dict[str, bool]) -> bool:
        """Return True if this process may send the notices of a bucket.

        A bucket with budgets belongs to one process at a time. Two processes together would be too
        fast. ``reserved`` has the buckets that were asked for since the last lease. Why not those
        from before: they may have been given back, or another process may have them by now.
        """
        if not bucket.budgets:
            return True
        if bucket.name not in reserved:
            reserved[bucket.name] = await self._ledger.reserve(bucket.name)
        return reserved[bucket.name]

    async def _delivered(self, desk: Desk, notice: Notice) -> Delivered:
        """Deliver a leased notice, or give it back. Count what becomes of it.

        If the ledger fails, the later notices of the channel wait too, so that the order is kept.
        """
        try:
            return await self._deliver(desk, notice)
        except NotHeld:
            _log_taken(notice)
            return NOTHING_SENT
        except Exception as error:  # noqa: BLE001 - one notice's error must not stop the others
            self._errors.append(error)
            if isinstance(error, OnThisDayError):
                desk.put_back.add(notice.channel)
            return NOTHING_SENT

    async def _deliver(self, desk: Desk, notice: Notice) -> Delivered:
        channel, bucket = desk.channels[notice.channel], desk.bucket(notice.channel)
        assert bucket is not None
        if notice.channel in desk.put_back:
            await self._put_back(desk, notice, "an earlier message of its channel waits")
            return NOTHING_SENT
        if (pause := self._pauses.asked(channel.name, bucket, self._clock.now())) is not None:
            return await self._rest(desk, notice, pause)
        if (pause := self._pauses.silent(bucket, self._clock.now())) is not None:
            await self._put_back(desk, notice, pause.reason)
            return NOTHING_SENT
        through = await self._keeper.let_through(self._newest_for(desk, notice), channel, notice)
        for held in through.held:
            self._counts["held"] += 1
            self._watch.hold(held)
        if through.notice is None:
            return NOTHING_SENT
        notice = through.notice
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
        newest = self._newest
        return newest if newest is not None and notice.channel in newest.channels else desk

    async def _rest(self, desk: Desk, notice: Notice, pause: Pause) -> Delivered:
        """Let a notice wait for the end of a short pause. Give it back if the pause is long."""
        left = pause.until - self._clock.now()
        if left > SHORT:
            await self._put_back(desk, notice, pause.reason)
            return NOTHING_SENT
        return Delivered(None, partial(self._wait_out, pause, left.total_seconds()))

    async def _wait_out(self, pause: Pause, seconds: float) -> None:
        await self._wait(self._pace.now() + seconds)
        self._pauses.over(pause)

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
        self._counts[settlement.state] += 1
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
        message = desk.composer.compose(notice, late=late, asked=sent_on(notice, now))
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
        pause = self._pauses.note(channel.name, bucket, verdict, now)
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
        await self._ledger.postpone(notice, self._clock.now() + AGAIN, reason)
        self._counts["postponed"] += 1

    async def _put_back(self, desk: Desk, notice: Notice, reason: str) -> None:
        """Give back a notice for a later tick. This tick takes no more notices of its channel."""
        desk.put_back.add(notice.channel)
        await self._ledger.put_back(notice, reason)
        self._counts["postponed"] += 1

    async def _give_up(self, notice: Notice, reason: str) -> None:
        await self._ledger.give_up(notice, reason)
        self._watch.give_up(notice, reason)
        self._counts["expired"] += 1


def _log_taken(notice: Notice) -> None:
    """Log that a notice was not sent here, because another process has taken it over."""
    words = "%s: another process has taken it over, because this one stood still for too long"
    log.warning(words, notice.id, extra=event("notice.taken", notice=notice.id))
