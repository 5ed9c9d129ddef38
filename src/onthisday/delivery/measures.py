"""`Measures`: the numbers that show an operator whether the service runs well.

app/serving.py gets them from the ledger, the server and the last tick. adapters/web/metrics.py
writes them as `/metrics`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from onthisday.delivery.notice import Totals


class Measures(NamedTuple):
    """The state of a running service at one moment. Times are in seconds.

    - ``tick_age``: the time since the last tick. Before the first tick: since the start.
    - ``findings``: how many errors and how many warnings there are.
    - ``totals``: None if the ledger cannot be read.
    - ``longest_due``: for how long the oldest waiting notice has been due; 0 if no notice is due.

    These two count from the start of the process:

    - ``attempts``: for each service and outcome, how many attempts there were and how long they
      took together.
    - ``answered``: for each HTTP status, how many requests were answered with it.
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
