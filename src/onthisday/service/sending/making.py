"""Make the notices of a channel's day: which entries it is told of, in which messages.

Used by planning.py, and by composing.py for a message that is only shown or tried out. Not here:
which days are due (delivery/schedule.py), and what a message says.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from onthisday.almanac.entry import LeapDay, Selection
from onthisday.almanac.library import Library, Published
from onthisday.almanac.occasions import Occasion, next_occasion, occasions_on
from onthisday.config import Channel
from onthisday.delivery.notice import Notice
from onthisday.delivery.schedule import Span, day_of_sending, days_between, span_of
from onthisday.views.choosing import chosen

Choice = tuple[Selection, int | None]
"""Which occasions a channel wants: its filter, and how many of a day at most (None: all)."""


def choice_of(channel: Channel) -> Choice:
    """Return which occasions a channel wants."""
    return channel.selection, channel.at_most


def entries_told(
    library: Published, span: Span, leap_day: LeapDay, choice: Choice
) -> tuple[str, ...]:
    """Return the ids of the entries that fall on some days, each once, the first day first.

    Of each day so many are chosen as the channel wants. ``library``: as it may be published on the
    day of sending.
    """
    days = days_between(span)
    found = (each for day in days for each in _told_on(library, day, leap_day, choice))
    return tuple(dict.fromkeys(occasion.entry.id for occasion in found))


def _told_on(
    library: Published, day: date, leap_day: LeapDay, choice: Choice
) -> tuple[Occasion, ...]:
    selection, at_most = choice
    found = tuple(occasions_on(library, day, leap_day, selection))
    return found if at_most is None else chosen(found, at_most)


def notices_of(
    channel: Channel, day: date, entries: tuple[str, ...], due: datetime | None = None
) -> Iterator[Notice]:
    """Yield the notices of a day of sending; with `post: each`, one for each entry.

    There is none without entries.
    """
    if not entries:
        return
    span = span_of(day, channel.post, channel.ahead)
    first, last = (None, None) if span is None or span == (day, day) else span
    whole = Notice(channel.name, day, channel.zone, entries, due=due, first=first, last=last)
    if channel.post == "each":
        yield from (whole._replace(entries=(entry,), entry=entry) for entry in entries)
    else:
        yield whole


def next_told(
    library: Library, closed: date, leap_day: LeapDay, channel: Channel
) -> tuple[date, Occasion] | None:
    """Return the next day of sending after a closed day, and the first occasion of its message.

    Return None if no occasion comes in the next years.
    """
    later = (closed + timedelta(days=n) for n in range(1, 32))
    spans = (span_of(day, channel.post, channel.ahead) for day in later)
    first, _ = next(span for span in spans if span)
    eve = first - timedelta(days=1)
    found = next_occasion(library.published(closed), eve, leap_day, channel.selection)
    return found and (day_of_sending(found.day, channel.post, channel.ahead), found)
