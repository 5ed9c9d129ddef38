"""Alerts: what the people who run the program are told, once, on a channel of theirs.

A condition is something that is wrong. It is told once, and again only if it ended and came again.
service/sending/alerting.py tells it. Not here: what the readers of a channel get (notices).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from onthisday.config import Config
from onthisday.delivery.notice import ChannelState
from onthisday.errors import Finding, OnThisDayError

FEW = 3
"""So many conditions stand in one message. It says how many more there are."""

DOUBTS = 3
"""If nobody knows whether an alert arrived, it is sent so many times at most."""


class Alert(NamedTuple):
    """A condition: something is wrong.

    - ``key``: the same as long as the same thing is wrong.
    - ``text``: whole sentences that say what is wrong and what to do. It has no secret.
    """

    key: str
    text: str


class Told(NamedTuple):
    """What is known of a condition.

    - ``since``: when it was seen first.
    - ``at``: when it was told; None if it was not.
    - ``doubts``: how often it was sent and nobody knows whether it arrived.
    """

    since: datetime
    at: datetime | None = None
    doubts: int = 0


def of_channels(config: Config, states: Mapping[str, ChannelState]) -> Iterator[Alert]:
    """Yield an alert for each channel that a service switched off."""
    for channel in config.channels:
        state = states.get(channel.name)
        if channel.enabled and state is not None and state.off_since is not None:
            what = f'Channel "{channel.name}" is switched off: {state.off_reason}.'
            mend = f"Put it right, then run `onthisday channels test {channel.name}`."
            yield Alert(f"off/{channel.name}", f"{what} {mend}")


def of_faults(findings: Iterable[Finding]) -> Iterator[Alert]:
    """Yield an alert for each error in the config of a channel, which is off because of it."""
    for finding in findings:
        yield Alert(f"config/{finding.message}", f"The config is wrong, in {finding}.")


def of_broken(why: str) -> Alert:
    """Return the alert about a config or an almanac that cannot be read."""
    first, *more = why.splitlines()
    words = f" And {len(more)} more." if more else ""
    mend = "The last good version stays in use. `onthisday check` says everything."
    return Alert("broken", f"The config or the almanac is broken: {first}{words} {mend}")


def of_failure(error: Exception) -> Alert:
    """Return the alert about a tick in which something failed.

    An unexpected error shows only its kind: its words may have a secret.
    """
    kind = type(error).__name__
    if isinstance(error, OnThisDayError):
        return Alert(f"tick/{kind}", f"{str(error).splitlines()[0]}.")
    return Alert(f"tick/{kind}", f"A tick failed: {kind}. The log says more; please report it.")


def told_together(alerts: Sequence[Alert]) -> str:
    """Return the text of one message about some conditions."""
    texts = [alert.text for alert in alerts[:FEW]]
    more = len(alerts) - FEW
    if more > 0:
        texts.append(f"And {more} more: `onthisday channels list` and `onthisday check` say which.")
    return " ".join(texts)
