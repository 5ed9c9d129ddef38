"""What repeats in a calendar, as an almanac says it: on its own day each year, or with a rule.

Nothing is ever written out into its single days. Called by ics.py.
"""

from collections.abc import Sequence
from datetime import date

from icalendar.prop import vRecur

from onthisday.dates.feasts import WEEKDAYS, easter, paskha
from onthisday.importers.ics_event import Day, NoEntry

ONCE = "and an entry falls once a year"

_EVERY = {
    "SECONDLY": "second", "MINUTELY": "minute", "HOURLY": "hour", "DAILY": "day",
    "WEEKLY": "week", "MONTHLY": "month",
}  # fmt: skip

_UNDERSTOOD = {"FREQ", "INTERVAL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS"}

_FEWEST = 3
"""A feast is recognised by its days in this many years at least."""


def rule_of(recurrence: str, first: Day) -> str | None:
    """Return the rule of an event with this RRULE; None if it falls each year on its own day.

    ``first``: the day of the event. Raises NoEntry.
    """
    parts = _parts(recurrence)
    months = parts.get("BYMONTH", ())
    if "BYDAY" in parts:
        return _weekday_rule(parts)
    if len(months) > 1:
        raise NoEntry(f"falls in several months, {ONCE}")
    days = parts.get("BYMONTHDAY", ())
    if days and not months:
        raise NoEntry(f"falls every month, {ONCE}")
    if "BYSETPOS" in parts or not _is_own_day(months, days, first):
        raise NoEntry("does not repeat on its own day of the year; import it by hand")
    return None


def _parts(recurrence: str) -> dict[str, tuple[str, ...]]:
    """Return the parts of an RRULE that repeats every year without an end."""
    try:
        parts = {name.upper(): tuple(map(str, of)) for name, of in _read(recurrence)}
    except (ValueError, TypeError) as error:
        raise NoEntry(f'has a rule that cannot be read: "{recurrence[:60]}"') from error
    often = parts.get("FREQ", ("",))[0].upper()
    if often in _EVERY:
        raise NoEntry(f"falls every {_EVERY[often]}, {ONCE}")
    if often != "YEARLY":
        raise NoEntry(f'has a rule that cannot be read: "{recurrence[:60]}"')
    if parts.get("INTERVAL", ("1",))[0] != "1":
        raise NoEntry(f"falls every {parts['INTERVAL'][0]} years, and an entry falls every year")
    if "COUNT" in parts or "UNTIL" in parts:
        raise NoEntry("repeats only for some years, and an entry falls every year from its date")
    if unknown := sorted(set(parts) - _UNDERSTOOD):
        raise NoEntry(f"repeats in a way that no rule can say ({', '.join(unknown)[:60]})")
    return parts


def _read(recurrence: str) -> list[tuple[str, Sequence[object]]]:
    return list(vRecur.from_ical(recurrence).items())


def _is_own_day(months: Sequence[str], days: Sequence[str], first: Day) -> bool:
    """Return True if the month and the day of an RRULE are those of the event.

    Programs write the last day of February for those who were born on 29 February.
    """
    leap = (first.month, first.day) == (2, 29) and list(days) == ["-1"]
    return list(months) in ([], [str(first.month)]) and (
        leap or list(days) in ([], [str(first.day)])
    )


_WEEKDAYS = {name[:2].upper(): name for name in WEEKDAYS}

_MONTHS = tuple(map(str, range(1, 13)))

_NTH_OF = {tuple(range(7 * nth - 6, 7 * nth + 1)): nth for nth in range(1, 5)}
"""The days of the month among which the nth weekday is."""


def _weekday_rule(parts: dict[str, tuple[str, ...]]) -> str:
    weekdays, months = parts["BYDAY"], parts.get("BYMONTH", ())
    if len(weekdays) != 1 or len(months) != 1 or months[0] not in _MONTHS:
        raise NoEntry("falls on weekdays that no rule can say; a rule has one month, one weekday")
    weekday = _WEEKDAYS.get(weekdays[0][-2:].upper())
    nth = _nth(weekdays[0][:-2], parts)
    if weekday is None or nth not in {1, 2, 3, 4, 5, -1}:
        raise NoEntry(
            "falls on a weekday that no rule can say; a rule has the 1st to the 5th, or the last"
        )
    return f"{months[0]}/{weekday}{'-last' if nth == -1 else f'+{nth}'}"


def _nth(written: str, parts: dict[str, tuple[str, ...]]) -> int | None:
    """Return which of the month's weekdays is meant. Programs write it in three ways."""
    among, position = parts.get("BYMONTHDAY", ()), parts.get("BYSETPOS", ())
    if written and not among and not position:
        return int(written)
    if len(position) == 1 and not written and not among:
        return int(position[0])
    if among and not written and not position:
        return _NTH_OF.get(tuple(sorted(map(int, among))))
    return None


def rule_of_days(days: Sequence[Day]) -> str:
    """Return the rule that gives just these days: so many days before or after Easter.

    Raises NoEntry if there is none, or if the days are those of both Easters.
    """
    years = {day.year for day in days}
    if len(years) == len(days) >= _FEWEST and min(years) >= 1583 and max(years) <= 9998:
        rules = [f"easter{shift}" for shift in _shifts(days, orthodox=False)]
        rules += [f"paskha{shift}" for shift in _shifts(days, orthodox=True)]
        if len(rules) == 1:
            return rules[0]
    raise NoEntry("has a list of days (RDATE) that no rule can say; make an entry of each")


def _shifts(days: Sequence[Day], *, orthodox: bool) -> list[str]:
    """Return the one number of days from Easter that all days have, as a rule writes it."""
    feast = paskha if orthodox else easter
    shifts = {(date(*day[:3]) - feast(day.year)).days for day in days}
    return [f"{shift:+d}" if shift else "" for shift in shifts] if len(shifts) == 1 else []
