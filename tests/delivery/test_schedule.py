from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.dates.zones import exists, instant_of
from onthisday.delivery.schedule import days_due, first_considered
from tests.delivery.fakes import instant
from tests.examples import examples

ODD_ZONES = (
    "Africa/Cairo", "America/Havana", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Apia",
    "America/New_York", "Atlantic/Azores", "America/Santiago", "Asia/Beirut", "UTC",
)  # fmt: skip

START = instant("2023-12-25T12:00")


def sent_over(
    ticks: list[datetime], zone: ZoneInfo, at: time, catch_up_days: int = 7
) -> tuple[list[date], date]:
    considered = first_considered(ticks[0], zone, "today")
    sent: list[date] = []
    for now in ticks:
        found = days_due(considered, now, zone, at, catch_up_days)
        sent += found.days
        considered = found.considered
    return sent, considered


def all_days(first: date, last: date, zone: ZoneInfo) -> list[date]:
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return [day for day in days if exists(day, zone)]


@examples(300)
@given(
    zone=st.sampled_from(ODD_ZONES).map(ZoneInfo),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    gaps=st.lists(st.integers(0, 5 * 24 * 60), min_size=1, max_size=80),
)
def test_every_day_is_due_exactly_once_whatever_the_times_of_the_ticks(
    zone: ZoneInfo, at: time, gaps: list[int]
) -> None:
    ticks, now = [START], START
    for minutes in gaps:
        now += timedelta(minutes=minutes)
        ticks.append(now)
    sent, considered = sent_over(ticks, zone, at)
    first = first_considered(START, zone, "today") + timedelta(days=1)
    assert sent == all_days(first, considered, zone)
    assert instant_of(considered, at, zone) <= now or considered < first


@examples(200)
@given(
    zone=st.sampled_from(ODD_ZONES).map(ZoneInfo),
    jumps=st.lists(st.integers(-4 * 24 * 60, 5 * 24 * 60), min_size=1, max_size=60),
)
def test_a_clock_that_jumps_back_opens_no_day_again(zone: ZoneInfo, jumps: list[int]) -> None:
    ticks, now = [START], START
    for minutes in jumps:
        now += timedelta(minutes=minutes)
        ticks.append(now)
    sent, _ = sent_over(ticks, zone, time(9))
    assert len(sent) == len(set(sent))


@pytest.mark.parametrize("name", ["Africa/Cairo", "America/Havana", "America/New_York"])
@pytest.mark.parametrize("at", [time(0), time(2, 30)])
def test_a_year_of_half_hourly_ticks_has_each_day_once_through_gaps_and_folds(
    name: str, at: time
) -> None:
    zone = ZoneInfo(name)
    ticks = [instant("2024-01-01T12:00") + timedelta(minutes=30 * n) for n in range(366 * 48)]
    sent, considered = sent_over(ticks, zone, at)
    assert sent == all_days(date(2024, 1, 1), considered, zone)


def test_the_date_that_samoa_never_had_is_closed_and_not_due() -> None:
    zone = ZoneInfo("Pacific/Apia")
    found = days_due(date(2011, 12, 28), instant("2011-12-31T20:00"), zone, time(9), 7)
    assert found.days == (date(2011, 12, 29), date(2011, 12, 31), date(2012, 1, 1))
    assert found.considered == date(2012, 1, 1)


def test_kiritimati_is_sent_to_a_day_before_utc() -> None:
    zone = ZoneInfo("Pacific/Kiritimati")
    found = days_due(date(2026, 2, 24), instant("2026-02-24T10:00"), zone, time(0), 7)
    assert found.days == (date(2026, 2, 25),)


def test_an_hour_inside_a_gap_is_due_when_the_gap_ends() -> None:
    zone = ZoneInfo("Africa/Cairo")  # the day 2024-04-26 begins at 01:00
    before = days_due(date(2024, 4, 25), instant("2024-04-25T21:59"), zone, time(0), 7)
    after = days_due(date(2024, 4, 25), instant("2024-04-25T22:00"), zone, time(0), 7)
    assert (before.days, after.days) == ((), (date(2024, 4, 26),))


def test_days_beyond_the_window_are_expired_and_closed() -> None:
    found = days_due(date(2026, 2, 1), instant("2026-02-25T10:00"), ZoneInfo("UTC"), time(9), 7)
    assert found.days[0] == date(2026, 2, 18)
    assert found.expired[-1] == date(2026, 2, 17)
    assert found.considered == date(2026, 2, 25)


def test_a_channel_begins_today_or_tomorrow_as_it_says() -> None:
    now, zone = instant("2026-02-25T23:00"), ZoneInfo("UTC")
    assert first_considered(now, zone, "today") == date(2026, 2, 24)
    assert first_considered(now, zone, "tomorrow") == date(2026, 2, 25)
