"""Use case: send the notices that are due, and record in the ledger how each attempt ended.

The order of the steps matters:

1. Lease a notice: take it for this process.
2. Make its request.
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
"""How many messages are sent at the same time, in all buckets together."""

BATCH = 1000
"""How many notices are leased with one call.

The call is repeated until all that are due are leased. Why all: otherwise notices that wait for a
slow service would keep back those of other services. A notice takes about 1 KB of memory
(measured).
"""

AWAY = timedelta(hours=1)
"""How long a notice is put off if its channel is not in the config, or is not enabled."""

ELSEWHERE = timedelta(seconds=5)
"""How long a notice is put off if another process is sending the notices of its bucket."""

STEP = 1.0
"""Seconds. While a message waits for a budget, it asks after each STEP whether it should stop."""


class Summary(NamedTuple):
    """How many notices got which state since the last call of `deliver`.

    ``postponed``: they were put off without an attempt.
    """

    sent: int = 0
    waiting: int = 0
    unknown: int = 0
    failed: int = 0
    expired: int = 0
    postponed: int = 0


class Pace(NamedTuple):
    """Time and chance, so that a test can replace them.

    - ``now``: returns seconds; it only goes forward.
    - ``sleep``: waits for some seconds.
    - ``jitter``: returns a random number between 0 and 1, so that waits differ.
    """

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random  # noqa: S311  nothing here is secret


REAL_PACE = Pace()


class Delivery:
    """Sends the notices of one process, as long as the process runs.

    - ``clock``: says which notices are due or late. It may stand still (`tick --now`).
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
        self._ledger, self._sender, self._pace = ledger, sender, pace
        self._clock, self._stamps, self._watch = clock, stamps, watch or Watch()
        self._resting, self._budgets = Resting(), Budgets()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._drains: dict[str, Drain] = {}
        self._counts: Counter[str] = Counter()
        self._errors: list[Exception] = []
        self._stopped = False

    async def deliver(self, config: Config, library: Library, *, wait: bool = True) -> Summary:
        """Send everything that is due. Return the counts since the last call.

        Without ``wait``, it returns as soon as each notice is in the queue of its bucket. So a slow
        bucket does not delay the next call. If a notice has an unexpected error, the others are
        sent all the same. Then the first such error is raised.
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
        """If no bucket has work, give back all buckets and notices in the ledger.

        An error may have left a notice leased.
        """
        self._drains = {name: drain for name, drain in self._drains.items() if not drain.is_idle}
        if not self._drains:
            await self._ledger.release(self._clock.now())

    async def stop(self) -> None:
        """Begin no new attempt, wait for those that have begun, and give back all other notices."""
        self._stopped = True
        for drain in self._drains.values():
            drain.stop()
        await self._finish()
        await self._free_what_is_held()

    async def _finish(self) -> None:
        while busy := [drain for drain in self._drains.values() if not drain.is_idle]:
            await busy[0].finish()

    async def _hand_out(self, desk: "_Desk") -> None:
        """Lease all notices that are due, and put each into the queue of its bucket.

        A notice is put off if its channel is not in use, or if another process has its bucket.
        """
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
        """Return True if this process may send the notices of a bucket.

        A bucket with budgets belongs to one process at a time. Two processes together would be too
        fast.
        """
        if not bucket.budgets:
            return True
        if bucket.name not in desk.reserved:
            desk.reserved[bucket.name] = await self._ledger.reserve(bucket.name)
        return desk.reserved[bucket.name]

    async def _delivered(self, desk: "_Desk", notice: Notice) -> bool | None:
        """Deliver a notice and count it.

        Return whether its host answered; None if nothing was sent.
        """
        try:
            settlement = await self._deliver(desk, notice)
        except Exception as error:  # noqa: BLE001 - one notice's error must not stop the others
            self._errors.append(error)
            return None
        if settlement is None:
            return None
        self._counts[settlement.state] += 1
        return settlement.verdict.status is not None

    async def _deliver(self, desk: "_Desk", notice: Notice) -> Settlement | None:
        """Send a leased notice, and settle it in the ledger. Return None if no attempt was made."""
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
        """Mark a notice as `sending`, and send it. Return what becomes of it.

        Return None if the notice was given up instead.
        """
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
    """The config and the almanac for one call of `deliver`, and results that it needs often."""

    def __init__(self, config: Config, library: Library) -> None:
        self.channels = {channel.name: channel for channel in config.channels if channel.enabled}
        self.catch_up_days = config.catch_up_days
        self.composer = Composer(config.site, library)
        self.bucket = cache(self._bucket)
        self.reserved: dict[str, bool] = {}

    def _bucket(self, name: str) -> Bucket | None:
        """Return the bucket of a channel; None if the channel is not in use."""
        channel = self.channels.get(name)
        return channel and SERVICES[channel.type].bucket_of(channel)


async def post(sender: Sender, channel: Channel, request: Request, stamps: Clock) -> Verdict:
    """Send a channel's request.

    Return what the reply means, without any of the channel's secrets.
    """
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
    """Sign in, if the service wants it. Return the request with a session.

    If there is no session, return why. The message was then not sent, so the outcome is never
    unknown.
    """
    sign_in = SERVICES[channel.type].sign_in
    if sign_in is None:
        return request
    answer = await sender.send(sign_in.ask(channel))
    if isinstance(answer, Failure):
        return Verdict("retry", answer.detail)
    return sign_in.answered(request, channel, answer, stamps.now())
