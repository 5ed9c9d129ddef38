"""Use case: send what the ledger has due, and record what became of it.

The order on which everything rests: lease, render, mark as `sending` (on disk), send, settle. If
the process dies before a notice is marked, the notice was not sent; if it dies after that, the
outcome is unknown. A send is never cancelled: to stop is to send nothing more, and to wait for what
is under way. Each bucket is drained by itself (draining.py), at the pace that its budgets give
(delivery/buckets.py).
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import cache, partial
from typing import NamedTuple

from onthisday.almanac.library import Library
from onthisday.config import Channel, Config
from onthisday.delivery.buckets import Bucket, Budget, Budgets
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Notice
from onthisday.delivery.pauses import Rest, Resting
from onthisday.delivery.replies import redacted, verdict_of_failure
from onthisday.delivery.request_reply import Clock, Failure, Reply, Request, Sender, Verdict
from onthisday.delivery.retries import Settlement, is_expired, is_late, settle
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import keys_of, secrets_of
from onthisday.service.sending.composing import Composer
from onthisday.service.sending.draining import Drain
from onthisday.service.sending.watching import Watch

AT_ONCE = 64
"""How many messages are being sent at a time, over all buckets."""

BATCH = 1000
"""How many notices are leased at a time. All that is due is taken, whatever its bucket: what waits
for a slow service must not stand before the rest. Measured: about 1 KB a notice."""

AWAY = timedelta(hours=1)
"""How long a notice is put off whose channel is not in config, or is not enabled there."""

ELSEWHERE = timedelta(seconds=5)
"""How long a notice is put off whose bucket another process drains."""

STEP = 1.0
"""Seconds after which a wait for a budget looks up: so soon it can be stopped."""


class Summary(NamedTuple):
    """How many notices a pass left in which state; ``postponed`` ones were not tried."""

    sent: int = 0
    waiting: int = 0
    unknown: int = 0
    failed: int = 0
    expired: int = 0
    postponed: int = 0


class Pace(NamedTuple):
    """What messages are paced by: seconds that only go forward, waiting for some of them, and
    numbers between 0 and 1 by which delays differ."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random  # noqa: S311  nothing here is secret


REAL_PACE = Pace()


class Delivery:
    """One process's sending, over all of its passes.

    ``clock`` decides what is due, late and tried again, and may stand still (`tick --now`);
    ``stamps`` is the real one, for what receivers compare with their own. ``watch`` hears of each
    attempt.
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
        self._ledger, self._sender, self._pace = ledger, sender, pace
        self._clock, self._stamps, self._watch = clock, stamps, watch or Watch()
        self._resting, self._budgets = Resting(), Budgets()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._drains: dict[str, Drain] = {}
        self._counts: Counter[str] = Counter()
        self._errors: list[Exception] = []
        self._stopped = False

    async def deliver(self, config: Config, library: Library, *, wait: bool = True) -> Summary:
        """Send everything that is due; return what came of all since this was last called.

        Raises the first unexpected error once all others are sent. Without ``wait`` it returns as
        soon as each notice is in its bucket: a slow one holds up no later call.
        """
        await self._free_what_is_held()
        await self._hand_out(_Desk(config, library))
        if wait:
            await self._finish()
            await self._free_what_is_held()
        counts, self._counts = self._counts, Counter()
        errors, self._errors = self._errors, []
        if errors:
            raise errors[0]
        return Summary(**counts)

    async def _free_what_is_held(self) -> None:
        """Where nothing is under way, give back what an error left held, and the buckets."""
        self._drains = {name: drain for name, drain in self._drains.items() if not drain.is_idle}
        if not self._drains:
            await self._ledger.release(self._clock.now())

    async def stop(self) -> None:
        """Start nothing more, wait for what is being sent, and give back the rest."""
        self._stopped = True
        for drain in self._drains.values():
            drain.stop()
        await self._finish()
        await self._free_what_is_held()

    async def _finish(self) -> None:
        while busy := [drain for drain in self._drains.values() if not drain.is_idle]:
            await busy[0].finish()

    async def _hand_out(self, desk: "_Desk") -> None:
        """Lease what is due, and put each notice into its bucket; what has none is put off."""
        deliver = partial(self._delivered, desk)
        while not self._stopped:
            batch = await self._ledger.lease(self._clock.now(), BATCH)
            if not batch:
                return
            for notice in batch:
                bucket = desk.bucket(notice.channel)
                if bucket is None:
                    reason = "its channel is not in config, or is not enabled there"
                    await self._put_off(notice, Rest(self._clock.now() + AWAY, reason))
                elif await self._is_ours(desk, bucket):
                    drain = self._drains.setdefault(bucket.name, Drain())
                    drain.add(notice, deliver)
                else:
                    reason = f"another process is sending to {bucket.name}"
                    await self._put_off(notice, Rest(self._clock.now() + ELSEWHERE, reason))

    async def _is_ours(self, desk: "_Desk", bucket: Bucket) -> bool:
        """Say whether this process may drain a bucket: one with budgets has a single drainer."""
        if not bucket.budgets:
            return True
        if bucket.name not in desk.reserved:
            desk.reserved[bucket.name] = await self._ledger.reserve(bucket.name)
        return desk.reserved[bucket.name]

    async def _delivered(self, desk: "_Desk", notice: Notice) -> bool | None:
        """Deliver a notice and count it; return whether its host answered, None: was not asked."""
        try:
            settlement = await self._deliver(desk, notice)
        except Exception as error:  # noqa: BLE001 - one notice's error must not hold up the others
            self._errors.append(error)
            return None
        if settlement is None:
            return None
        self._counts[settlement.state] += 1
        return settlement.verdict.status is not None

    async def _deliver(self, desk: "_Desk", notice: Notice) -> Settlement | None:
        """Deliver a leased notice; return None where it was not tried."""
        channel, bucket = desk.channels[notice.channel], desk.bucket(notice.channel)
        assert bucket is not None
        rest = self._resting.rest(channel.name, bucket, self._clock.now())
        if rest is not None:
            await self._put_off(notice, rest)
            return None
        for budget in bucket.budgets:
            await self._wait_for(budget)
        async with self._slots:
            if self._stopped:
                return None
            settlement = await self._send(desk, channel, notice)
        if settlement is not None:
            self._resting.note(channel.name, bucket, settlement.verdict, settlement.at)
            await self._ledger.settle(settlement)
            self._watch.end(settlement, channel.type)
        return settlement

    async def _wait_for(self, budget: Budget) -> None:
        until = self._pace.now() + self._budgets.take(budget, self._pace.now())
        while (left := until - self._pace.now()) > 0 and not self._stopped:
            await self._pace.sleep(min(left, STEP))

    async def _send(self, desk: "_Desk", channel: Channel, notice: Notice) -> Settlement | None:
        """Mark a notice and send it; return what becomes of it, None where it was given up."""
        now = self._clock.now()
        if is_expired(notice, now, desk.catch_up_days):
            await self._give_up(notice, f"its day is more than {desk.catch_up_days} days ago")
            return None
        message = desk.composer.compose(notice, late=is_late(notice, now))
        if message is None:
            reason = "the almanac has no entry for it on that day any more"
            await self._give_up(notice, reason)
            return None
        request = SERVICES[channel.type].render(message, channel, self._stamps.now())
        hold = channel.on_unknown == "hold"
        notice = await self._ledger.sending(notice, now, hold=hold)
        self._watch.begin(notice)
        verdict = await post(self._sender, channel, request, self._stamps)
        return settle(notice, verdict, self._clock.now(), self._pace.jitter(), hold=hold)

    async def _put_off(self, notice: Notice, rest: Rest) -> None:
        await self._ledger.postpone(notice, *rest)
        self._counts["postponed"] += 1

    async def _give_up(self, notice: Notice, reason: str) -> None:
        await self._ledger.give_up(notice, reason)
        self._watch.give_up(notice, reason)
        self._counts["expired"] += 1


class _Desk:
    """What one pass delivers from."""

    def __init__(self, config: Config, library: Library) -> None:
        self.channels = {channel.name: channel for channel in config.channels if channel.enabled}
        self.catch_up_days = config.catch_up_days
        self.composer = Composer(config.site, library)
        self.bucket = cache(self._bucket)
        self.reserved: dict[str, bool] = {}

    def _bucket(self, name: str) -> Bucket | None:
        """Return the bucket of a channel; None where it is not in config, or is not enabled."""
        channel = self.channels.get(name)
        return channel and SERVICES[channel.type].bucket_of(channel)


async def post(sender: Sender, channel: Channel, request: Request, stamps: Clock) -> Verdict:
    """Send a channel's request and return what came of it, without the channel's secrets."""
    signed = await _signed_in(sender, channel, request, stamps)
    if isinstance(signed, Verdict):
        return signed
    answer: Reply | Failure = await sender.send(signed)
    if isinstance(answer, Failure):
        return verdict_of_failure(answer)
    answer = redacted(answer, (*secrets_of(channel), *keys_of(signed)))
    return SERVICES[channel.type].read(answer, stamps.now())


async def _signed_in(
    sender: Sender, channel: Channel, request: Request, stamps: Clock
) -> Request | Verdict:
    """Return a request with a session, where its service wants one, or why there is none.

    Without a session nothing was posted, so that no failure here is an unknown outcome.
    """
    sign_in = SERVICES[channel.type].sign_in
    if sign_in is None:
        return request
    answer = await sender.send(sign_in.ask(channel))
    if isinstance(answer, Failure):
        return Verdict("retry", answer.detail)
    return sign_in.answered(request, channel, answer, stamps.now())
