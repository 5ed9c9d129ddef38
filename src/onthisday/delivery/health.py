"""What `/healthz` answers. app/serving.py fills it in."""

from datetime import datetime, timedelta
from typing import Literal, NotRequired, TypedDict


class Health(TypedDict):
    """The state of the service. Strangers get ``status`` alone."""

    status: Literal["ok", "degraded"]
    day: NotRequired[str]
    ticked: NotRequired[str | None]
    findings: NotRequired[list[str]]
    trouble: NotRequired[str | None]
    heartbeat: NotRequired[str | None]
    hub: NotRequired[str | None]


_OLD = 4
"""The last tick is old if it is longer ago than so many times the seconds between two ticks."""

_AHEAD = timedelta(minutes=1)
"""If the last tick lies further in the future than this, the clock was set back."""


def timing_trouble(age: float, every: int, ticked: datetime | None, now: datetime) -> str | None:
    """Return what is wrong with the time of the last tick, in words; None if nothing is.

    - ``age``: for how many seconds no tick has ended. ``every``: the seconds between two ticks.
    - ``ticked``: when the last one ended, by the clock; None if none did.
    """
    if age > _OLD * every:
        words = f"no tick has ended for {age:.0f} seconds; one should end every {every}"
        return f"{words}; the log may say why; if it goes on, start `serve` again"
    if ticked is not None and ticked > now + _AHEAD:
        when = ticked.isoformat(timespec="seconds")
        return f"the clock was set back: the last tick was at {when}, which is still to come"
    return None
