"""Count each attempt, and write a line about it into the log.

attempting.py calls this when an attempt begins, and again after the ledger has recorded how it
ended. app/serving.py reads the counts for `/metrics`.
"""

import logging
import time
from collections.abc import Callable

from onthisday.delivery.notice import Notice
from onthisday.delivery.retries import Settlement
from onthisday.service.log_events import event

log = logging.getLogger("onthisday")

AttemptKind = tuple[str, str]
"""A service, such as ``slack``, and an outcome, such as ``sent``."""


class Watch:
    """Counts the attempts of this process, from its beginning.

    - ``attempts``: for each kind, how many attempts there were and how many seconds they took
      together.
    - ``clock``: returns seconds; it only goes forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun: dict[str, float] = {}
        self.attempts: dict[AttemptKind, tuple[int, float]] = {}

    def begin(self, notice: Notice) -> None:
        """Note when an attempt begins, to know later how long it took."""
        self._begun[notice.id] = self._clock()

    def end(self, settlement: Settlement, service: str) -> None:
        """Count an attempt that has ended, and log it. ``service`` is the channel's service."""
        notice, verdict = settlement.notice, settlement.verdict
        took = self._clock() - self._begun.pop(notice.id, self._clock())
        kind = (service, verdict.outcome)
        count, seconds = self.attempts.get(kind, (0, 0.0))
        self.attempts[kind] = (count + 1, seconds + took)
        _log_attempt(settlement, service, took)
        if settlement.off is not None:
            _log_off(notice.channel, settlement.off)

    def hold(self, notice: Notice) -> None:
        """Log that a notice is kept back until a person lets it go."""
        said = event("notice.held", notice=notice.id, channel=notice.channel)
        log.info("%s: kept back until a person lets it go", notice.id, extra=said)

    def give_up(self, notice: Notice, reason: str) -> None:
        """Log that a notice was closed without being sent."""
        said = event("notice.expired", notice=notice.id, channel=notice.channel, reason=reason)
        log.warning("%s: not sent: %s", notice.id, reason, extra=said)


def _log_attempt(settlement: Settlement, service: str, took: float) -> None:
    notice, _, verdict, state, due, _, _ = settlement
    said = event(
        "attempt",
        notice=notice.id, channel=notice.channel, service=service, outcome=verdict.outcome,
        status=verdict.status, reply=verdict.detail, seconds=round(took, 3), number=notice.tries,
        state=state, due=due and due.isoformat(timespec="seconds"),
    )  # fmt: skip
    level = logging.INFO if verdict.outcome == "sent" else logging.WARNING
    status = f" {verdict.status}" if verdict.status else ""
    words = (notice.id, service, verdict.outcome, status, took, verdict.detail)
    log.log(level, "%s: %s %s%s in %.3f s: %s", *words, extra=said)


def _log_off(channel: str, reason: str) -> None:
    said = event("channel.off", channel=channel, reason=reason)
    log.error("%s: the channel is switched off: %s", channel, reason, extra=said)
