"""The numbers that a running service tells its operator. They have no format yet.

Pure. app/serving.py gets them from the ledger, the server and the last tick.
adapters/web/metrics.py writes them as `/metrics`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from onthisday.delivery.notice import Totals


class Measures(NamedTuple):
    """The state of a service at one instant. Times are in seconds.

    ``tick_age`` is the time since the last tick, or since the start before the first one.
    ``findings`` counts errors and warnings. ``totals`` is None if the ledger cannot be read.
    ``longest_due`` says for how long the oldest waiting notice has been due; 0 if none is.

    These two count from the start of the process: ``attempts`` has for each service and outcome how
    many attempts there were and how long they took together. ``answered`` has for each HTTP status
    how many requests got it.
    """

    version: str
    tick_age: float
    is_degraded: bool
    findings: Mapping[str, int]
    entries: int
    documents: int
    totals: Totals | None
    longest_due: float
    attempts: Mapping[tuple[str, str], tuple[int, float]]
    answered: Mapping[int, int]
