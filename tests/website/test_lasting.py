"""A feed and a calendar that are kept for some days are what they would be if made anew."""

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onthisday.app.publishing import website_at
from onthisday.app.workspace import Almanac
from onthisday.site.website import Website
from tests.examples import examples
from tests.website.fixtures import entry_of, open_almanac, write_almanac

ENDINGS = ("feed.atom", "feed.json", "calendar.ics")
PATHS = ("/daily.rss", *(f"{folder}{each}" for folder in ("/", "/tags/town/") for each in ENDINGS))

DAYS = st.one_of(
    st.sampled_from(["02-28", "02-29", "03-01", "12-31", "01-01", "04-05", "04-20"]),
    st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}"),
)
NOWS = st.one_of(
    st.dates(date(2023, 1, 1), date(2029, 12, 31)),
    st.sampled_from([date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28), date(2028, 2, 28),
                     date(2025, 4, 19), date(2026, 4, 4), date(2025, 12, 31)]),
)  # fmt: skip
CHANGES = st.dates(date(2023, 6, 1), date(2030, 1, 1)).map(date.isoformat)


@st.composite
def entries(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        day = f"{draw(st.integers(1900, 2026))}-{draw(DAYS)}"
        year, rest = day.split("-", 1)
        is_leap = int(year) % 4 == 0 and year != "1900"
        entry = entry_of(f"e{number}", day if is_leap or rest != "02-29" else f"{year}-03-01")
        entry["tags"] = draw(st.sampled_from([[], ["town"], ["town", "other"]]))
        kind = draw(st.sampled_from(["plain", "plain", "moving", "updated", "withdrawn"]))
        if kind == "moving":
            entry |= {
                "date": year,
                "rule": draw(st.sampled_from(["easter", "easter+49", "paskha"])),
            }
        elif kind == "updated":
            entry["updated"] = draw(CHANGES)
        elif kind == "withdrawn":
            entry["corrections"] = [{"on": draw(CHANGES), "was": "all", "why": "It is wrong."}]
        made.append(entry)
    return made


def site_on(almanac: Almanac, day: date) -> Website:
    return website_at(almanac, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@examples(150)
@given(entries(), NOWS, st.floats(0, 1), st.sampled_from(["feb-28", "mar-1", "omit"]))
def test_until_the_noted_day_a_feed_and_a_calendar_are_the_same(
    made: list[dict[str, Any]], day: date, share: float, leap_day: str
) -> None:
    with TemporaryDirectory() as folder:
        config = f"leap_day: {leap_day}\nfeed: {{items: 2}}\n"
        almanac = Almanac.open(str(write_almanac(Path(folder), made, config)))
        first = site_on(almanac, day)
        pages = {path: page for path in PATHS if (page := first.traced(path))}
        for path, page in pages.items():
            days = page.trace.until.toordinal() - day.toordinal() - 1
            assume(days >= 0)
            for ahead in {min(1, days), round(share * days), days}:
                later = site_on(almanac, date.fromordinal(day.toordinal() + ahead))
                if later.goes_on(first.frame):
                    made_anew = later.render(path)
                    assert made_anew is not None
                    assert made_anew.body == page.page.body, (path, ahead, page.trace.until)


@pytest.mark.parametrize(
    ("path", "until"),
    [
        ("/tags/town/feed.atom", date(2026, 3, 27)),  # the day of its second entry
        ("/tags/town/calendar.ics", date(2026, 2, 20)),  # in 400 days it is 27 March 2027
        ("/tags/empty/feed.atom", None),
        ("/feed.atom", date(2026, 2, 20)),  # another entry falls on it
        ("/year/", date(2027, 1, 1)),
        ("/entries/first/", date.max),
        ("/", date(2026, 2, 15)),
    ],
)
def test_a_page_lasts_until_the_day_changes_it(
    tmp_path: Path, path: str, until: date | None
) -> None:
    made = [
        entry_of("first", "1956-02-10", tags=["town"]),
        entry_of("second", "1958-03-27", tags=["town"]),
        entry_of("third", "1960-02-20"),
    ]
    page = site_on(open_almanac(tmp_path, made), date(2026, 2, 14)).traced(path)
    assert (page and page.trace.until) == until
