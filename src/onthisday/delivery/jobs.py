"""The protocol for an engine that hands out queues to the processes that share one ledger.

A job is the right to send the notices of one queue (buckets.py), and never one notice. The ledger
stays the truth: what a job may send, the ledger leases. So if a job is handed out twice, or comes
too late, nothing is sent twice. Implemented by adapters/postgres/jobs.py. Used by
service/sending/sharing.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine
from typing import Any, Protocol

Work = Callable[[str], Coroutine[Any, Any, None]]
"""Sends what is due in a queue, which is named. It never raises."""


class Jobs(Protocol):
    """Hands out jobs. All processes that use the same store share them."""

    async def ask(self, queues: Collection[str]) -> None:
        """Have each of these queues worked on soon, by one process that is free.

        A queue that has a job already gets no second one. Raises OnThisDayError if the store fails.
        """

    async def work(self, work: Work) -> None:
        """Take jobs and do them, until `stop`.

        Raises OnThisDayError if the store fails. The jobs that have begun go on; call it again to
        take more.
        """

    async def stop(self) -> None:
        """Have `work` take no more jobs, and return. Return when those that have begun are done."""
