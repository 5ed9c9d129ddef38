"""Read from a reply that the next message would be one too many, before a 429 says so.

Some services tell with each reply how many messages they still take (`X-RateLimit-Remaining`), and
when they take more. No input or output here. Used by messages/.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from onthisday.delivery.replies import seconds, until
from onthisday.delivery.request_reply import Reply


class Quota(NamedTuple):
    """How a service says in its headers how much it still takes.

    - ``left``: the header with the number of messages that it takes now.
    - ``reset``: the header that says when it takes more.
    - ``wait``: returns how long that is, from that header's value and the time now.
    """

    left: str
    reset: str
    wait: Callable[[str | None, datetime], timedelta | None]

    def pause(self, reply: Reply, now: datetime) -> timedelta | None:
        """Return how long we must wait; None if the service takes more, or does not say."""
        left = seconds(reply.headers.get(self.left))
        used_up = reply.status == 429 or left == timedelta(0)
        return self.wait(reply.headers.get(self.reset), now) if used_up else None


def in_seconds(value: str | None, now: datetime) -> timedelta | None:  # noqa: ARG001
    """Return the wait that a header gives in seconds; None if it cannot be read."""
    return seconds(value)


def at_moment(value: str | None, now: datetime) -> timedelta | None:
    """Return the wait until the moment that a header gives; None if it cannot be read."""
    return until(value, now)
