"""When a local day begins and when a local hour comes, in every time zone."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.dates.zones import (
    end_of_day,
    exists,
    instant_of,
    local_day,
    parse_zone,
    start_of_day,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = date(1880, 1, 1), date(2037, 12, 1)


def data_of(name: str) -> bytes:
    """Return the file of a zone (TZif, RFC 8536) that zoneinfo reads."""
    for folder in TZPATH:
        if (path := Path(folder, name)).is_file():
            return path.read_bytes()
    return files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


def transitions_of(data: bytes) -> Iterator[int]:
    """Yield when a zone's offset may change, in seconds since 1970. Read from the 64-bit part."""
    counts = struct.unpack(">6l", data[20:44])
    isut, isstd, leap, times, types, chars = counts
    second = 44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isut
    times = struct.unpack(">l", data[second + 32 : second + 36])[0]
    yield from struct.unpack(f">{times}q", data[second + 44 : second + 44 + 8 * times])


def offset(zone: ZoneInfo, second: int) -> int:
    """Return a zone's offset at an instant, in seconds."""
    found = (EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
    assert found is not None
    return found // timedelta(seconds=1)


class Timeline:
    """A zone as a list of times in which the offset does not change.

    Tests look days up in the list. So they do not compute them as the tested code does.
    """

    def __init__(self, zone: ZoneInfo, data: bytes) -> None:
        begin, end = (round((datetime(d.year, d.month, d.day, tzinfo=UTC) - EPOCH).total_seconds())
                      for d in (FIRST, LAST))  # fmt: skip
        known = {t for t in transitions_of(data) if begin < t < end}
        # After the last change in the file, a rule may make further changes. Then the TZ string at
        # the end has a comma (RFC 8536, 3.3). Look for such changes week by week.
        goes_on = b"," in data.rstrip(b"\n").rpartition(b"\n")[2]
        weeks = range(max([begin, *known]), end + 7 * 86400 if goes_on else 0, 7 * 86400)
        known |= set(self._between(zone, weeks))
        self.starts = [begin, *sorted(known)]
        self.offsets = [offset(zone, start) for start in self.starts]
        ends = [*self.starts[1:], end]
        self.stretches = list(zip(self.starts, ends, self.offsets, strict=True))

    @staticmethod
    def _between(zone: ZoneInfo, weeks: range) -> Iterator[int]:
        """Yield when the offset changes. It changes at most once a week."""
        shifts = [offset(zone, week) for week in weeks]
        for place, (earlier, later) in enumerate(pairwise(shifts)):
            before, after = weeks[place], weeks[place + 1]
            while earlier != later and after - before > 1:
                middle = (before + after) // 2
                if offset(zone, middle) == earlier:
                    before = middle
                else:
                    after = middle
            if earlier != later:
                yield after

    def first_instant(self, day: date) -> int | None:
        """Return the first second that has this local date; None if there is none."""
        midnight = (day - date(1970, 1, 1)).days * 86400
        place = max(0, bisect_right(self.starts, midnight - 2 * 86400) - 1)
        for start, end, shift in self.stretches[place:]:
            first = max(start, midnight - shift)
            if first < min(end, midnight + 86400 - shift):
                return first
            if start > midnight + 3 * 86400:
                break
        return None

    def days_of_change(self) -> Iterator[date]:
        """Yield the local dates around each change of the offset."""
        for place in range(1, len(self.starts)):
            for shift in self.offsets[place - 1 : place + 1]:
                local = date(1970, 1, 1) + timedelta(days=(self.starts[place] + shift) // 86400)
                yield from (local - timedelta(days=1), local, local + timedelta(days=1))


@cache
def distinct_zones() -> tuple[tuple[str, bytes], ...]:
    """Return every zone with its data. Of zones with the same data, return one."""
    return tuple({data_of(name): (name, data_of(name))
                  for name in sorted(available_timezones())}.values())  # fmt: skip


def test_a_day_begins_at_its_first_instant_in_every_zone_on_every_day_of_change() -> None:
    checked = 0
    for name, data in distinct_zones():
        zone = ZoneInfo(name)
        timeline = Timeline(zone, data)
        for day in sorted(set(timeline.days_of_change())):
            first = timeline.first_instant(day)
            if first is None:
                assert not exists(day, zone), (name, day)
                continue
            assert start_of_day(day, zone) == EPOCH + timedelta(seconds=first), (name, day)
            assert exists(day, zone), (name, day)
            checked += 1
    assert checked > 20_000


def scanned(day: date, name: str) -> datetime | None:
    """Return the first minute of a local date. Try every minute around it."""
    zone = ZoneInfo(name)
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=30)
    for minute in range(60 * 60):
        instant = begin + timedelta(minutes=minute)
        if instant.astimezone(zone).date() == day:
            return instant
    return None


ODD_DAYS = [
    ("Africa/Cairo", date(2023, 4, 28)),  # 00:00 is skipped
    ("Africa/Cairo", date(2023, 10, 26)),  # 24:00 goes back to 23:00
    ("America/Havana", date(2024, 3, 10)),  # 00:00 is skipped
    ("America/Havana", date(2024, 11, 3)),  # 00:00 is there twice
    ("Atlantic/Azores", date(2024, 3, 31)),  # 00:00 is skipped
    ("Atlantic/Azores", date(2024, 10, 27)),  # 01:00 goes back to 00:00
    ("America/St_Johns", date(2006, 10, 29)),  # 00:01 goes back to 23:01
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Asuncion", date(2023, 10, 1)),
    ("Asia/Beirut", date(2024, 3, 31)),
    ("Pacific/Apia", date(2011, 12, 29)),
    ("Pacific/Apia", date(2011, 12, 31)),
    ("Antarctica/Casey", date(2023, 3, 9)),
    ("Europe/London", date(2024, 3, 31)),
    ("Asia/Kathmandu", date(1986, 1, 1)),  # 15 minutes are skipped
    ("Asia/Kolkata", date(2024, 1, 1)),
]


@pytest.mark.parametrize(("name", "day"), ODD_DAYS)
def test_a_day_begins_where_trying_every_minute_finds_it(name: str, day: date) -> None:
    assert start_of_day(day, parse_zone(name)) == scanned(day, name)


def test_samoa_had_no_30_december_2011() -> None:
    apia = parse_zone("Pacific/Apia")
    missing = date(2011, 12, 30)
    assert scanned(missing, "Pacific/Apia") is None
    assert not exists(missing, apia)
    assert exists(date(2011, 12, 29), apia)
    assert start_of_day(missing, apia) == start_of_day(date(2011, 12, 31), apia)
    assert end_of_day(date(2011, 12, 29), apia) == datetime(2011, 12, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "day", "hour", "instant"),
    [
        ("Europe/London", date(2024, 3, 31), time(1, 30), "2024-03-31T01:00Z"),
        ("Europe/London", date(2024, 3, 31), time(2), "2024-03-31T01:00Z"),
        ("Europe/London", date(2024, 10, 27), time(1, 30), "2024-10-27T00:30Z"),
        ("Europe/London", date(2024, 7, 1), time(9), "2024-07-01T08:00Z"),
        ("America/Havana", date(2024, 3, 10), time(0, 30), "2024-03-10T05:00Z"),
        ("America/Havana", date(2024, 11, 3), time(0, 0), "2024-11-03T04:00Z"),
        ("Australia/Lord_Howe", date(2024, 10, 6), time(2, 15), "2024-10-05T15:30Z"),
        ("Asia/Kolkata", date(2024, 1, 1), time(0), "2023-12-31T18:30Z"),
    ],
)
def test_an_hour_in_a_gap_is_its_end_and_in_a_fold_the_first(
    name: str, day: date, hour: time, instant: str
) -> None:
    assert instant_of(day, hour, parse_zone(name)) == datetime.fromisoformat(instant)


@given(
    st.sampled_from(sorted(available_timezones())),
    st.dates(date(1971, 1, 1), date(2037, 1, 1)),
    st.times().map(lambda hour: hour.replace(second=0, microsecond=0)),
)
def test_an_hour_strikes_on_its_day_or_at_the_end_of_a_gap(
    name: str, day: date, hour: time
) -> None:
    zone = ZoneInfo(name)
    struck = instant_of(day, hour, zone)
    wall = datetime.combine(day, hour)
    shown = struck.astimezone(zone).replace(tzinfo=None)
    assert shown >= wall
    if shown > wall:  # a gap: one second earlier, clocks showed an earlier hour
        before = (struck - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
        assert before < wall
    earlier = (struck - timedelta(hours=3)).astimezone(zone).replace(tzinfo=None)
    assert earlier != wall


@given(st.sampled_from(sorted(available_timezones())), st.dates(date(1971, 1, 1), date(2037, 1, 1)))
def test_a_day_ends_where_the_next_begins(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    end = end_of_day(day, zone)
    assert end == start_of_day(day + timedelta(days=1), zone)
    assert local_day(end, zone) > day


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Lodnon", "Europe/London"), ("europe/lodnon", "Europe/London"),
        ("london", "Europe/London"), ("ho chi minh", "Asia/Ho_Chi_Minh"),
        ("Monticello", "America/Kentucky/Monticello"), ("utc", "UTC"),
    ],
)  # fmt: skip
def test_a_mistyped_zone_or_a_city_alone_is_told_the_zone(typed: str, zone: str) -> None:
    with pytest.raises(ValueError, match=rf"did you mean {zone}\?$"):
        parse_zone(typed)


@pytest.mark.parametrize("typed", ["gmt+2", "EST6EDT", "Londres"])
def test_no_zone_is_named_that_is_only_somewhat_alike_or_has_no_place(typed: str) -> None:
    with pytest.raises(ValueError, match=r"; write a name such as Europe/London or UTC$"):
        parse_zone(typed)


@pytest.mark.parametrize("name", ["", "Mars/Phobos", "europe london", "../etc/passwd", "/etc",
                                  "Europe", "UTC\x00", "x" * 5000])  # fmt: skip
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no time zone"):
        parse_zone(name)
