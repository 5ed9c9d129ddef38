"""Local days and hours as instants: when a day begins somewhere, and when an hour of it strikes.

``now`` and every instant here is an aware datetime in UTC. The clock is never read: it is given.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MIDNIGHT = time(0, 0)


def parse_zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name, or raise ValueError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        like = _zone_like(name)
        mend = f"did you mean {like}?" if like else "write a name such as Europe/London or UTC"
        raise ValueError(f'"{name}" is no time zone; {mend}') from error


def _zone_like(name: str) -> str | None:
    """Return the zone that a mistyped name most likely means: by its whole name or its city alone.

    Only zones of a place are offered: `Etc/GMT+2`, say, is two hours behind UTC.
    """
    from difflib import get_close_matches  # both only for who mistypes: not on the path of `today`
    from zoneinfo import available_timezones

    zones = sorted(each for each in available_timezones() if "/" in each and "Etc/" not in each)
    cities = {zone.rpartition("/")[2].lower(): zone for zone in reversed(zones)}
    known = cities | {zone.lower(): zone for zone in (*zones, "UTC")}
    close = get_close_matches("_".join(name.lower().split()), known, n=1, cutoff=0.75)
    return known[close[0]] if close else None


def local_day(now: datetime, zone: ZoneInfo) -> date:
    """Return the date that calendars in that zone show at an instant."""
    return now.astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant that has that local date, or that would have had it."""
    return instant_of(day, MIDNIGHT, zone)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant after a local day."""
    return start_of_day(day + timedelta(days=1), zone)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Say whether a zone ever had that local date (Samoa had no 30 December 2011)."""
    return local_day(start_of_day(day, zone), zone) == day


def instant_of(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return when an hour strikes: the first of two in a fold, the end of a gap.

    ZoneInfo's own answer inside a gap lies before or after it by the length of the gap, which for
    a midnight may be the day before; so a gap is looked up instead (PEP 495, "invalid time").
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
