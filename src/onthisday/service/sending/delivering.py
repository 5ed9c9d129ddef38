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
begun.

Here is step 1: notices are leased and handed out. Each bucket (a queue) is worked through by itself
(draining.py). attempting.py has the other steps. Called by app/sending.py. planning.py says which
notices are due.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from onthisday.almanac.library import Library
from onthisday.config import Channel, Config
from onthisday.delivery.buckets import Bucket, Queue
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import NotHeld, Notice
from onthisday.delivery.request_reply import Clock, Sender, Verdict
from onthisday.errors import OnThisDayError
from onthisday.messages.message import Message
from onthisday.messages.uploading import Pictures
from onthisday.service.log_events import event
from onthisday.service.sending.attempting import NOTHING_SENT, Attempting
from onthisday.service.sending.desk import Desk
from onthisday.service.sending.draining import Delivered, Drain
from onthisday.service.sending.pace import REAL_PACE, Pace
from onthisday.service.sending.watching import Watch

log = logging.getLogger("onthisday")

BATCH = 1000
"""How many notices are leased with one call.

The call is repeated until all that are due are leased. Why all: otherwise notices that wait for a
slow service would keep back those of other services. A notice takes about 1 KB of memory
(measured).
"""

AWAY = timedelta(hours=1)
"""How long a notice is put off if its channel is not in the config, or is not enabled."""


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
        self._ledger, self._clock = ledger, clock
        self._attempting = Attempting(ledger, sender, clock, stamps, pace, watch or Watch())
        self._drains: dict[str, Drain] = {}
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
        self._attempting.newest = desk

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
        counts = dict(self._attempting.counts)
        self._attempting.counts.clear()
        errors, self._errors = self._errors, []
        if errors:
            raise errors[0]
        return Summary(**counts)

    async def post_alone(self, channel: Channel, message: Message) -> Verdict:
        """Post a message that is no notice: `Attempting.post_alone`."""
        return await self._attempting.post_alone(channel, message)

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
        self._attempting.stop()
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
        await self._attempting.know_pauses()
        self._attempting.look_again()
        drains: set[Drain] = set()
        while not self._stopped:
            now = self._clock.now()
            barred = desk.barred(self._attempting.pauses, now)
            batch = await self._ledger.lease(now, BATCH, barred, queue)
            if batch:
                await self._attempting.know_pauses()
            drains |= await self._put_into_drains(desk, batch)
            if len(batch) < BATCH:
                break
        return drains

    async def _put_into_drains(self, desk: Desk, batch: Sequence[Notice]) -> set[Drain]:
        """Put each leased notice into the drain of its bucket. Return the drains that got some."""
        drains: set[Drain] = set()
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
        return drains

    async def _put_into_drain(
        self, desk: Desk, notice: Notice, reserved: dict[str, bool]
    ) -> Drain | None:
        """Put a leased notice into the drain of its bucket, and return the drain.

        It is given back instead if its channel is not in use, or if another process has its bucket.
        """
        bucket = desk.bucket(notice.channel)
        if bucket is None:
            reason = "its channel is not in config, or is not enabled there"
            await self._attempting.postpone(notice, AWAY, reason)
        elif await self._is_ours(bucket, reserved):
            drain = self._drains.setdefault(bucket.name, Drain())
            drain.add(notice, partial(self._delivered, desk))
            return drain
        else:
            await self._attempting.put_back(
                desk, notice, f"another process is sending to {bucket.name}"
            )
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
        """Deliver a leased notice, or give it back.

        If the ledger fails, the later notices of the channel wait too, so that the order is kept.
        """
        try:
            return await self._attempting.deliver(desk, notice)
        except NotHeld:
            _log_taken(notice)
            return NOTHING_SENT
        except Exception as error:  # noqa: BLE001 - one notice's error must not stop the others
            self._errors.append(error)
            if isinstance(error, OnThisDayError):
                desk.put_back.add(notice.channel)
            return NOTHING_SENT


def _log_taken(notice: Notice) -> None:
    """Log that a notice was not sent here, because another process has taken it over."""
    words = "%s: another process has taken it over, because this one stood still for too long"
    log.warning(words, notice.id, extra=event("notice.taken", notice=notice.id))
