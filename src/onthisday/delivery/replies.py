"""Say what a service's reply means: whether it took the message, and how long we must wait.

Whatever a reply holds, nothing here raises. What it says in words is read in reply_words.py. What a
service promises is in promises.py. No input or output here. Used by the modules of messages/, and
by service/sending/attempting.py.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from onthisday.delivery.reply_words import description_in, excerpt
from onthisday.delivery.request_reply import Failure, Outcome, Reply, Verdict


def verdict_of(reply: Reply, now: datetime) -> Verdict:
    """Return what a reply means by the rules of HTTP (RFC 9110).

    The service's module may then change this verdict.
    """
    after = retry_after(reply.headers.get("retry-after"), now)
    if 200 <= reply.status < 300:
        return Verdict("sent", excerpt(reply.body), reply.status)
    detail = description_in(reply)
    if reply.status == 410:
        return Verdict("gone", detail or "410 Gone", reply.status)
    if reply.status in {400, 413, 422}:
        return Verdict("refused", detail, reply.status)
    if 300 <= reply.status < 400:
        detail = "redirected, and redirects are not followed; put the final address in config"
    outcome: Outcome = "throttled" if reply.status == 429 else "retry"
    return Verdict(outcome, detail, reply.status, after)


def verdict_of_failure(failure: Failure) -> Verdict:
    """Return the verdict if no reply came.

    If the request may have arrived, the outcome is unknown. Otherwise the message is tried again.
    """
    return Verdict("unknown" if failure.sent else "retry", failure.detail)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Return how long a Retry-After header asks to wait. ``value`` is the header's value.

    The value is a number of seconds or an HTTP date. If it is missing or cannot be read, return
    None. A long wait is not made shorter.
    """
    if value is None:
        return None
    try:
        return timedelta(seconds=max(0.0, float(value)))
    except OverflowError:
        return timedelta.max
    except ValueError:
        pass
    # imported here, because it loads the module for sockets, which reading a config does not need
    from email.utils import parsedate_to_datetime

    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):  # the server may send anything
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(timedelta(0), until - now)


def seconds(value: Any) -> timedelta | None:
    """Return a number of seconds as a time to wait.

    Return None if it is not a number. The wait may be very long (pauses.LONGEST bounds it).
    """
    try:
        return timedelta(seconds=max(0.0, float(value)))
    except OverflowError:
        return timedelta.max
    except (ValueError, TypeError):
        return None


def until(value: str | None, now: datetime) -> timedelta | None:
    """Return how long it is until the moment in ``value``; None if it cannot be read.

    ``value`` is in seconds since 1970, or in ISO 8601.
    """
    if value is None:
        return None
    try:
        number = seconds(value)
        instant = datetime.fromisoformat(value) if number is None else _EPOCH + number
    except OverflowError:
        return timedelta.max
    except ValueError:
        return None
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return max(timedelta(0), instant - now)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def waiting(verdict: Verdict, asked: timedelta | None) -> Verdict:
    """Return the verdict with the longer of two waits: its own wait, or ``asked``."""
    longest = max((after for after in (asked, verdict.after) if after is not None), default=None)
    return verdict._replace(after=longest)


def described(verdict: Verdict, said: str) -> Verdict:
    """Return the verdict with the service's own words, if it has some.

    An unknown outcome keeps its words: they say what the reply should have had.
    """
    return verdict if verdict.outcome == "unknown" or not said else verdict._replace(detail=said)


def gone(verdict: Verdict, reason: str, said: str = "") -> Verdict:
    """Return a verdict that switches the channel off.

    - ``reason``: says why, and what to do, in plain words.
    - ``said``: the service's own words, which people can search for.
    """
    detail = f"{reason} ({said})" if said else reason
    return verdict._replace(outcome="gone", detail=detail, after=None, shared=False)
