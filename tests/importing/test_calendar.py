"""`import calendar`: what a line of calendar(1) becomes."""

from typing import Any

import pytest

from onthisday.dates.human_dates import read as read_date
from onthisday.importers.calendar import read
from onthisday.importers.calendar_dates import NoEntry, date_of
from onthisday.importers.calendar_years import year_in
from onthisday.importers.found import Found, Note, Read, Refused
from tests.importing.incoming import incoming


def reads(text: str, **beside: str) -> list[Read]:
    return list(read(incoming(text, "main", {"main": text, **beside})))


def tree(line: str) -> dict[str, Any]:
    [found] = reads(f"{line}\n")
    assert isinstance(found, Found), found
    read_date(found.tree["date"], found.tree.get("calendar", "gregorian"))
    return found.tree


def reason(line: str) -> str:
    [found] = reads(f"{line}\n")
    assert isinstance(found, Refused), found
    return found.reason


@pytest.mark.parametrize(
    ("field", "date"),
    [
        ("01/07", "1927-01-07"), ("1/7", "1927-01-07"), ("01 07", "1927-01-07"),
        ("Jan 7", "1927-01-07"), ("7 Jan", "1927-01-07"), ("January 7", "1927-01-07"),
        ("Jan. 7", "1927-01-07"), ("jan/07", "1927-01-07"), ("13/05", "1927-05-13"),
        ("7 янв.", "1927-01-07"), ("7 мая", "1927-05-07"), ("7 січня", "1927-01-07"),
        ("mei/04", "1927-05-04"), ("okt/04", "1927-10-04"), ("7 März", "1927-03-07"),
        ("7 Гру", "1927-12-07"), ("7 grudnia", "1927-12-07"), ("7. maj", "1927-05-07"),
        ("7 août", "1927-08-07"), ("svibnja 4", "1927-05-04"), ("szeptember 4", "1927-09-04"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_calendar_reads_it(field: str, date: str) -> None:
    assert tree(f"{field}\tFirst transatlantic telephone call, 1927") == {
        "date": date,
        "title": "First transatlantic telephone call",
    }


@pytest.mark.parametrize(
    ("field", "rule", "date"),
    [
        ("Easter", "easter", "XXXX-04"), ("Easter-2", "easter-2", "XXXX-04"),
        ("Easter +39", "easter+39", "XXXX-05"), ("Paskha+39", "paskha+39", "XXXX-05"),
        ("Пасха-48", "paskha-48", "XXXX-03"), ("Easter-47 *", "easter-47", "XXXX-02"),
        ("11/SunLast", "11/sun-last", "XXXX-11"), ("11/SundayLast", "11/sun-last", "XXXX-11"),
        ("10/LastSun", "10/sun-last", "XXXX-10"), ("SunThird Sep", "9/sun+3", "XXXX-09"),
        ("May Sun+2", "5/sun+2", "XXXX-05"), ("5/Mon+3", "5/mon+3", "XXXX-05"),
        ("03/Sun-1", "3/sun-last", "XXXX-03"), ("11/Sun-2", "11/sun-last-7", "XXXX-11"),
        ("Oct/SatSecond-2", "10/sat+2-2", "XXXX-10"), ("May/ThuFirst+1", "5/thu+1+1", "XXXX-05"),
        ("Бер Нд-1", "3/sun-last", "XXXX-03"),
        ("10/NedjeljaLast", "10/sun-last", "XXXX-10"), ("10/Sun", "10/sun+1", "XXXX-10"),
    ],
)  # fmt: skip
def test_a_day_that_moves_becomes_a_rule(field: str, rule: str, date: str) -> None:
    found = tree(f"{field}\tA feast")
    assert (found["rule"], found["kind"]) == (rule, "holiday")
    assert found["date"][:4] == "XXXX"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("15 *\tRent", "falls every month"), ("SatFourth\tClub", "falls every month"),
        ("25\tRent", "falls every month"), ("Thursday\tMarket", "falls every week"),
        ("*\tTea", "falls every day"), ("04/31\tNothing", "no calendar has"),
        ("NewMoon\tDark", "reckoned from the sky"), ("037MonSecond\tDay", "no date that is known"),
        ("someday\tMaybe", "no date that is known"), ("01/07 no tab", "no date with a tab"),
        ("01/07\t", "no words"), ("5/Mon+9\tNo", "in any month"), ("1/1/1/1\tNo", "no date"),
    ],
)  # fmt: skip
def test_what_is_no_entry_has_its_reason(line: str, why: str) -> None:
    assert why in reason(line)


@pytest.mark.parametrize(
    ("words", "date", "title"),
    [
        ("The call, 1927", "1927", "The call"),
        ("The call, 1927.", "1927", "The call"),
        ("The call (1927)", "1927", "The call"),
        ("The call 1927", "1927", "The call 1927"),
        ("Caesar falls, 44BC", "-0043", "Caesar falls"),
        ("Alexander rides (323 B.C.)", "-0322", "Alexander rides"),
        ("Rome is founded, 753 BC", "-0752", "Rome is founded"),
        ("Земский собор (1613 год)", "1613", "Земский собор"),
        ("Hamilton builds, 1757?", "1757?", "Hamilton builds"),
        ("Beer draws Mars, 1797, an astronomer", "1797", "Beer draws Mars, 1797, an astronomer"),
        ("A suit, 1969 (dropped, January 8, 1982)", "1969",
         "A suit, 1969 (dropped, January 8, 1982)"),
        ("Michigan 49 - Stanford 0", "XXXX", "Michigan 49 - Stanford 0"),
        ("Prins Hendrik (1876 - 1934)", "XXXX", "Prins Hendrik (1876 - 1934)"),
        ("A crowd of 250,000", "XXXX", "A crowd of 250,000"),
        ("Route 66", "XXXX", "Route 66"),
        ("a small beginning", "XXXX", "A small beginning"),
    ],
)  # fmt: skip
def test_the_year_comes_from_the_words(words: str, date: str, title: str) -> None:
    found = tree(f"01/07\t{words}")
    assert (found["date"], found["title"]) == (f"{date}-01-07", title)


def test_a_date_with_its_year_keeps_all_words() -> None:
    found = tree("2018/1/31\tThe eclipse, as in 1866")
    assert (found["date"], found["title"]) == ("2018-01-31", "The eclipse, as in 1866")


def test_a_star_makes_the_day_uncertain() -> None:
    assert tree("05/28*\tRogation Sunday")["date"] == "XXXX-05-28?"
    assert tree("05/28*\tA fair, 1911")["date"] == "1911-05-28?"


def test_a_month_without_a_day_is_remembered_on_its_first_day() -> None:
    found = tree("06\tThe weavers rise, 1844")
    assert (found["date"], found["observe"]) == ("1844-06", "06-01")


def test_29_february_goes_to_1_march_as_calendar_shows_it() -> None:
    assert tree("02/29\tA leap")["leap_day"] == "mar-1"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Isaac Asimov born in Petrovichi, 1920", "birth"),
        ("Johann Sebastian Bach in Eisenach geboren, 1685", "birth"),
        ("Lenin died, 1924", "death"),
        ("Georg Friedrich Händel in London gestorben, 1759", "death"),
        ("NATO established, 1949", None),
        ("Washington's birthday", None),
        ("Elgar's birthday, 1857", "birth"),
    ],
)
def test_a_birth_and_a_death_are_known_by_their_words(words: str, kind: str | None) -> None:
    assert tree(f"01/02\t{words}").get("kind") == kind


def test_words_go_on_in_lines_that_begin_with_a_tab() -> None:
    text = "01/02\tCanada and the United States\n\tagree on a plan, 1929\n01/03\tNext\n"
    first, second = reads(text)
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert first.tree["title"] == "Canada and the United States agree on a plan"
    assert first.place.span is not None
    assert text[slice(*first.place.span)] == first.text == text[: text.index("\n01/03")]
    assert second.place.line == 3


def test_comments_are_taken_out_wherever_they_stand() -> None:
    text = (
        "/* 01/01\tno\n no */01/02\tYes /* and */ no, 1911\n01/03\tYes\t// a remark\n/* 01/04\tno"
    )
    *found, note = reads(text)
    titles = [each.tree["title"] for each in found if isinstance(each, Found)]
    assert titles == ["Yes no", "Yes"]
    assert isinstance(note, Note)
    assert note.place.line == 4


def test_a_file_is_included_once_if_it_guards_itself() -> None:
    part = "#ifndef _part_\n#define _part_\n01/01\tOne\n#endif /* !_part_ */\n"
    found = reads('#include <part>\n#include "part"\n01/02\tTwo\n', part=part)
    assert [(each.place.file, each.place.line) for each in found] == [("part", 3), (None, 3)]


def test_what_cannot_be_included_is_told() -> None:
    found = reads('#include <nowhere>\n#include "main"\n#include\n')
    assert [isinstance(each, Refused) for each in found] == [True] * 3


def test_files_that_include_each_other_end() -> None:
    found = reads('#include "a"\n', a='01/01\tOne\n#include "b"\n', b='#include "a"\n')
    assert [type(each) for each in found] == [Found, Refused]


def test_what_a_condition_leaves_out_is_no_entry() -> None:
    text = "#if 0\n01/01\tno\n#else\n01/02\tYes\n#endif\n#ifdef x\n01/03\tno\n#endif\n"
    [found] = reads(text)
    assert found.place.line == 4


def test_a_file_says_what_easter_is_called_and_each_file_begins_anew() -> None:
    part = "LANG=ru_RU.UTF-8\nPaskha=Свято\nСвято+1\tMonday\n"
    first, second = reads('#include "part"\nСвято\tno date here\n', part=part)
    assert isinstance(first, Found)
    assert first.tree["rule"] == "paskha+1"
    assert isinstance(second, Refused)


def test_julian_days_are_kept_julian_and_need_their_year() -> None:
    text = "CALENDAR=Julian\n10/25\tThe palace falls, 1917\n10/26\tNo year\nCALENDAR=\n10/27\tX\n"
    first, second, third = reads(text)
    assert isinstance(first, Found)
    assert (first.tree["calendar"], first.tree["date"]) == ("julian", "1917-10-25")
    assert isinstance(second, Refused)
    assert isinstance(third, Found)


@pytest.mark.parametrize(
    "field", ["", "9" * 5000, "/" * 5000, "Jan" * 2000, "1 " * 3000, "+-" * 99]
)
def test_no_date_takes_long(field: str) -> None:
    with pytest.raises(NoEntry):
        date_of(field)
    assert year_in(f"{field}, {field}").number is None
