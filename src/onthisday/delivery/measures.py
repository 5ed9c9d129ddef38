"""What a running service tells its operator in numbers: facts, without a format.

Pure. app/serving.py fills it in from what the ledger, the server and the last tick know already;
adapters/web/metrics.py writes it as `/metrics`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from onthisday.delivery.notice import Totals


class Measures(NamedTuple):
    """A service at one instant. Counts are since the process began; seconds are seconds.

    ``totals`` is None where the ledger cannot be read. ``longest_due`` is how long ago the notice
    that is longest due was due, 0 where none is. ``attempts`` is by service and outcome: how many,
    and how long they took together. ``answered`` is how many requests got which status.
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
