"""When a day begins in a zone, and when a local hour comes, as an instant (a point in time).

``now`` and every other instant here is a datetime in UTC with its zone set ("aware"). Nothing here
reads the clock. The caller gives the instant.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MIDNIGHT = time(0, 0)


def parse_zone(name: str) -> ZoneInfo:
    """Return the time zone that has this IANA name. Raises ValueError if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        like = _zone_like(name)
        mend = f"did you mean {like}?" if like else "write a name such as Europe/London or UTC"
        raise ValueError(f'"{name}" is no time zone; {mend}') from error


def _zone_like(name: str) -> str | None:
    """Return the zone that a mistyped name most likely means, or None. A city alone is enough.

    Zones without a place are never offered: `Etc/GMT+2`, for example, is two hours behind UTC,
    and most people expect the opposite.
    """
    from difflib import get_close_matches  # loaded only after a mistake
    from zoneinfo import available_timezones

    zones = sorted(each for each in available_timezones() if "/" in each and "Etc/" not in each)
    cities = {zone.rpartition("/")[2].lower(): zone for zone in reversed(zones)}
    known = cities | {zone.lower(): zone for zone in (*zones, "UTC")}
    close = get_close_matches("_".join(name.lower().split()), known, cutoff=0.75)
    return known[close[0]] if close else None


def local_day(now: datetime, zone: ZoneInfo) -> date:
    """Return the date in that zone at an instant."""
    return now.astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant that has this local date.

    If the zone left the date out, return the instant at which the next date began.
    """
    return instant_of(day, MIDNIGHT, zone)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant after a local day."""
    return start_of_day(day + timedelta(days=1), zone)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Return True if the zone ever had this local date (Samoa had no 30 December 2011)."""
    return local_day(start_of_day(day, zone), zone) == day


def instant_of(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return the instant of a local hour on a day.

    When clocks go back, an hour comes twice ("fold"): this returns the first one. When clocks go
    forward, an hour does not come ("gap"): this returns the end of the gap.

    Why ZoneInfo is not asked alone: for an hour in a gap it answers with an instant before or
    after the gap. For a midnight that may be the day before. So the end of the gap is searched
    for (PEP 495, "invalid time").
    """
    wall = datetime.combine(day, hour)
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _end_of_gap(before, first, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
