"""Corrections of an entry: which are known on a day, and what becomes of a withdrawn entry."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.almanac.entry import Correction, Entry, Selection
from onthisday.almanac.library import Published
from onthisday.app.workspace import Almanac
from onthisday.dates.calendars import MonthDay
from onthisday.schema.entry_schema import ENTRY
from tests.core.almanacs import entry
from tests.website.fixtures import entry_of, open_almanac

SPECIAL, DAY = MonthDay(2, 25), date(2026, 2, 25)

LONG_AGO, SOON = date(2026, 2, 1), date(2026, 3, 2)


def correction(on: date | str, **more: Any) -> dict[str, Any]:
    """Return a correction as a tree."""
    return {"on": str(on), "was": "1,400", "now": "1,436", "why": "The minutes say so.", **more}


def withdrawal(on: date | str) -> dict[str, Any]:
    """Return a correction that withdraws its entry, as a tree."""
    return correction(on, now=None, why="The letter was forged.")


def read(*corrections: dict[str, Any], **more: Any) -> Entry:
    """Return an entry that has these corrections."""
    problems: list[Any] = []
    found: Entry = ENTRY.read(
        entry("a", "1956-02-25", corrections=list(corrections), **more), (), problems
    )
    assert not problems, problems
    return found


ENTRIES = [
    entry_of("stays", "1956-02-25", tags=["one"]),
    entry_of("mended", "1957-02-25", corrections=[correction("2027-01-01"), correction(LONG_AGO)]),
    entry_of("gone", "1926-02-25", tags=["one", "two"], corrections=[withdrawal(LONG_AGO)]),
    entry_of("going", "1958-02-25", corrections=[correction(LONG_AGO), withdrawal(SOON)]),
    entry_of("ruled", "1959", rule="2/wed-last", corrections=[withdrawal(LONG_AGO)]),
    entry_of("year", "1926", corrections=[withdrawal(LONG_AGO)]),
    entry_of("child", "1950-02-25", kind="birth", corrections=[correction(LONG_AGO)]),
    entry_of("ghost", "1951-02-25", kind="birth", corrections=[withdrawal(LONG_AGO)]),
]


@pytest.fixture
def almanac(tmp_path: Path) -> Almanac:
    return open_almanac(tmp_path, ENTRIES)


def ids(found: Any) -> list[str]:
    return [each.id for each in found]


def test_a_withdrawn_entry_falls_on_no_day(almanac: Almanac) -> None:
    shown = almanac.library.published(DAY)
    assert ids(shown.on(SPECIAL)) == ids(shown.on_days([SPECIAL])) == ["stays", "mended", "going"]
    assert ids(shown.on(SPECIAL, first=1)) == ["mended", "going"]
    assert ids(shown.on(SPECIAL, Selection(tags=("one",)))) == ["stays"]
    assert shown.counts() == {SPECIAL: 3}
    assert shown.counts(Selection(tags=("two",))) == {}
    assert shown.days() == {SPECIAL}
    assert ids(shown.movable()) == []
    assert (ids(shown.undated()), ids(shown.round_in(2026))) == ([], ["stays"])
    assert ids(shown.jubilees(2026, None)) == []


def test_a_withdrawn_entry_is_still_found_by_its_id_and_in_lists(almanac: Almanac) -> None:
    shown = almanac.library.published(DAY)
    assert (found := shown.entry("gone"))
    assert found.withdrawn == LONG_AGO
    assert set(ids(shown.entries())) == {"stays", "mended", "gone", "going", "ruled", "year"}
    assert ids(shown.selected(Selection(tags=("two",)))) == ["gone"]
    assert shown.size() == (6, 1)
    assert shown.tags() == {"one": 2, "two": 1}


def test_it_falls_until_the_day_on_which_it_is_withdrawn(almanac: Almanac) -> None:
    before = almanac.library.published(SOON - timedelta(days=1))
    assert (found := before.entry("going"))
    assert (found.withdrawn, len(found.corrections)) == (None, 1)
    assert "going" in ids(before.on(SPECIAL))
    after = almanac.library.published(SOON)
    assert "going" not in ids(after.on(SPECIAL))
    assert before.counts() == {SPECIAL: 3}
    assert after.counts() == {SPECIAL: 2}


def test_feeds_and_calendars_find_it_on_its_day(almanac: Almanac) -> None:
    shown = almanac.library.published(DAY).with_withdrawn()
    assert ids(shown.on(SPECIAL)) == ["gone", "stays", "mended", "going"]
    assert shown.counts() == {SPECIAL: 4}
    assert ids(shown.movable()) == ["ruled"]


def test_who_asks_today_for_an_earlier_day_gets_what_is_known_today(almanac: Almanac) -> None:
    shown = almanac.library.published(LONG_AGO - timedelta(days=9), DAY)
    assert "gone" not in ids(shown.on(SPECIAL))
    day = almanac.on(date(2025, 2, 25), known=DAY)
    assert ids(day.occasions) == ["stays", "mended", "going"]
    day = almanac.on(date(2025, 2, 25), known=date(2025, 2, 25))
    assert ids(day.occasions) == ["gone", "stays", "mended", "going"]
    assert "gone" not in ids(almanac.on(date(2025, 2, 25)).occasions)  # known today, by the clock


def test_the_entries_with_corrections_are_found_with_those_that_are_known(almanac: Almanac) -> None:
    def known(library: Published) -> dict[str, list[date]]:
        return {each.id: [it.on for it in each.corrections] for each in library.corrected()}

    assert known(almanac.library.published(date(2025, 1, 1))) == {}
    assert known(almanac.library.published(DAY)) == {
        "going": [LONG_AGO],
        "gone": [LONG_AGO],
        "mended": [LONG_AGO],
        "ruled": [LONG_AGO],
        "year": [LONG_AGO],
    }
    later = known(almanac.library.published(date(2027, 1, 1)))
    assert later["mended"] == [LONG_AGO, date(2027, 1, 1)]


@pytest.mark.parametrize("day", [date(2025, 1, 1), DAY, date(2027, 1, 1), None])
def test_the_days_of_corrections_are_found_without_their_entries(
    almanac: Almanac, day: date | None
) -> None:
    library = almanac.library.published(day) if day else almanac.library
    found = [(each.id, it.on) for each in library.corrected() for it in each.corrections]
    assert [*library.correction_days()] == sorted(set(found))


def test_the_corrections_of_a_person_who_may_be_living_are_not_published(almanac: Almanac) -> None:
    assert "child" not in ids(almanac.library.published(DAY).corrected())
    assert {"child", "ghost"} < set(ids(almanac.library.corrected()))


def test_what_is_published_changes_on_the_day_of_a_correction(almanac: Almanac) -> None:
    on = (date(2025, 1, 1), DAY, SOON, date(2029, 1, 1))
    opened = [almanac.library.published(day).opened for day in on]
    assert opened == [None, LONG_AGO, SOON, date(2027, 1, 1)]


def test_the_last_correction_may_be_still_to_come(almanac: Almanac) -> None:
    assert almanac.library.last_correction == date(2027, 1, 1)


def test_an_almanac_without_corrections_is_not_asked_for_them(tmp_path: Path) -> None:
    library = open_almanac(tmp_path, ENTRIES[:1]).library
    assert library.last_correction is None
    assert library.corrected() == library.published(DAY).corrected() == ()


def test_an_entry_whose_corrections_are_taken_out_falls_again(tmp_path: Path) -> None:
    open_almanac(tmp_path, ENTRIES)
    plain = [{**each, "corrections": []} for each in ENTRIES[:4]]
    library = open_almanac(tmp_path, plain).library.published(DAY)
    assert ids(library.on(SPECIAL)) == ["gone", "stays", "mended", "going"]
    assert (library.corrected(), library.last_correction) == ((), None)
    assert [*library.correction_days()] == []


def test_an_almanac_with_corrections_keeps_them_through_its_rows(almanac: Almanac) -> None:
    found = almanac.library.entry("mended")
    assert found
    why = "The minutes say so."
    assert found.corrections == (
        Correction(date(2027, 1, 1), "1,400", "1,436", why),
        Correction(LONG_AGO, "1,400", "1,436", why),
    )


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 9))


@given(st.lists(DAYS, max_size=6), DAYS, DAYS | st.none())
def test_an_entry_knows_its_corrections_in_their_order(
    days: list[date], today: date, updated: date | None
) -> None:
    more = {} if updated is None else {"updated": updated.isoformat()}
    found = read(*map(correction, days), **more).known_on(today)
    assert [each.on for each in found.corrections] == sorted(day for day in days if day <= today)
    changes = [day for day in (*days, updated) if day and day <= today]
    assert found.changed_by(today) == max(changes, default=None)
    assert found.withdrawn is None


@given(st.lists(DAYS, max_size=4), DAYS, DAYS)
def test_an_entry_is_withdrawn_from_its_last_correction_on(
    days: list[date], last: date, today: date
) -> None:
    earlier = (correction(day) for day in days if day <= last)
    found = read(*earlier, withdrawal(last))
    assert found.withdrawn == last
    assert found.known_on(today).withdrawn == (last if last <= today else None)
