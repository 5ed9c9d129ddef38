"""`import ics`: birthdays as programs write them, with the right year or none."""

import pytest

from onthisday.importers.found import Found, Note
from tests.importing.test_ics import all_of, event, tree


def yearly(day: str, summary: str, *lines: str) -> dict[str, object]:
    """Return the entry of an event that repeats every year."""
    return tree(
        "UID:1", f"DTSTART;VALUE=DATE:{day}", f"SUMMARY:{summary}", "RRULE:FREQ=YEARLY", *lines
    )


@pytest.mark.parametrize(
    ("day", "summary", "lines", "want"),
    [
        ("19560315", "Anna", ("CATEGORIES:BIRTHDAY",), ("1956-03-15", "Anna")),
        ("18740315", "Anna's Birthday", (), ("1874-03-15", "Anna's Birthday")),
        ("20200315", "Anna's birthday (1956)", (), ("1956-03-15", "Anna's birthday")),
        ("20200315", "Anna hat Geburtstag (*1956)", (), ("1956-03-15", "Anna hat Geburtstag")),
        ("19700315", "🎂 Anna (1956)", ("X-NEXTCLOUD-BC-FIELD-TYPE:BDAY",), ("1956-03-15", "Anna")),
        (
            "19700315",
            "🎂 Anna",
            ("X-NEXTCLOUD-BC-FIELD-TYPE:BDAY", "X-NEXTCLOUD-BC-YEAR:1956"),
            ("1956-03-15", "Anna"),
        ),
        (
            "19700315",
            "🎂 Anna",
            ("X-NEXTCLOUD-BC-FIELD-TYPE:BDAY", "X-NEXTCLOUD-BC-UNKNOWN-YEAR:1"),
            ("XXXX-03-15", "Anna"),
        ),
        ("19560315", "Anna", ("X-KDE-KABC-BIRTHDAY:YES",), ("1956-03-15", "Anna")),
        (
            "20000315",
            "Anna",
            ("X-SABRE-BDAY;X-SABRE-OMIT-YEAR=2000:--03-15",),
            ("XXXX-03-15", "Anna"),
        ),
        ("16040315", "Anna", ("CATEGORIES:Geburtstag",), ("XXXX-03-15", "Anna")),
        ("00010315", "Anna's birthday", (), ("XXXX-03-15", "Anna's birthday")),
        ("00000315", "Anna's birthday", (), ("XXXX-03-15", "Anna's birthday")),
    ],
)
def test_a_birthday_has_its_own_year_or_none(
    day: str, summary: str, lines: tuple[str, ...], want: tuple[str, str]
) -> None:
    one = yearly(day, summary, *lines)
    assert (one["date"], one["title"], one["kind"]) == (*want, "birth")


@pytest.mark.parametrize(
    "title",
    ["Birthday of Anna", "Anna Weber birthday", "Birthday: Anna", "Anna Bday", "Annas Geburtstag",
     "Geburtstag: Anna", "Anna - Geburtstag (Oma)", "Anniversaire d'Anna", "Anniversaire de Paul",
     "Compleanno: Anna", "Cumple de Ana", "Aniversário da Ana", "Anna verjaardag",
     "У Анны день рождения", "عيد ميلاد آنا"],
)  # fmt: skip
def test_people_write_birthdays_in_many_ways(title: str) -> None:
    assert yearly("19900315", title)["kind"] == "birth"


@pytest.mark.parametrize("title", ["Anniversaire de la République", "Holidays begin", "Workday"])
def test_not_every_yearly_day_is_a_birthday(title: str) -> None:
    assert yearly("19900315", title).get("kind") != "birth"


def test_apple_says_with_a_parameter_that_there_is_no_year() -> None:
    one = tree(
        "UID:1",
        "DTSTART;X-APPLE-OMIT-YEAR=1604;VALUE=DATE:16040229",
        "RRULE:FREQ=YEARLY",
        "SUMMARY:Anna's birthday",
    )
    assert (one["date"], one["kind"]) == ("XXXX-02-29", "birth")


def test_a_yearly_day_without_a_year_has_none() -> None:
    assert yearly("00000315", "Market")["date"] == "XXXX-03-15"
    assert yearly("00010315", "Market")["date"] == "XXXX-03-15"
    once = tree("UID:1", "DTSTART;VALUE=DATE:00000315", "SUMMARY:Market")
    assert once["date"] == "XXXX-03-15"


def test_a_day_that_moves_has_its_month_if_the_year_is_not_known() -> None:
    lines = ("UID:1", "DTSTART;VALUE=DATE:00010517", "SUMMARY:Mothers")
    assert tree(*lines, "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=2SU")["date"] == "XXXX-05"


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        ("20200315", ("CREATED:20200301T120000Z",)),
        ("20160315", ("CREATED:20200301T120000Z", "DTSTAMP:20260101T000000Z")),
        ("20150315", ()),
        ("20200315", ("CATEGORIES:Birthday", "LAST-MODIFIED:20200301T120000Z")),
    ],
)
def test_a_year_that_may_be_that_of_the_event_is_not_taken_and_told(
    day: str, lines: tuple[str, ...]
) -> None:
    known = ("UID:1", f"DTSTART;VALUE=DATE:{day}", "SUMMARY:Anna's birthday", "RRULE:FREQ=YEARLY")
    note, one = all_of(event(*known, *lines))
    assert isinstance(note, Note)
    assert f"write ({day[:4]}) at the end of its SUMMARY" in note.message
    assert isinstance(one, Found)
    assert one.tree["date"] == "XXXX-03-15"


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        ("20010315", ("CREATED:20200301T120000Z", "DTSTAMP:20260101T000000Z")),
        ("19560315", ()),
        ("20190315", ("CATEGORIES:Birthday", "CREATED:20200301T120000Z")),
        ("20200315", ("X-KDE-KABC-BIRTHDAY:YES", "CREATED:20200301T120000Z")),
    ],
)
def test_a_year_that_is_surely_of_the_birth_is_taken(day: str, lines: tuple[str, ...]) -> None:
    assert yearly(day, "Anna's birthday", *lines)["date"] == f"{day[:4]}-03-15"


def test_the_dead_have_their_year_of_death() -> None:
    one = yearly("20200315", "Anna's birthday (1856–1931)")
    assert (one["date"], one["died"], one["kind"]) == ("1856-03-15", "1931", "birth")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("X-NEXTCLOUD-BC-FIELD-TYPE:DEATHDATE", "death"),
        ("X-NEXTCLOUD-BC-FIELD-TYPE:ANNIVERSARY", "marriage"),
        ("X-KDE-KABC-ANNIVERSARY:YES", "marriage"),
    ],
)
def test_other_days_of_a_life_are_known_by_what_programs_write(line: str, kind: str) -> None:
    one = yearly("20010315", "⚰️ Anna (2001)", line)
    assert (one["date"], one["title"], one["kind"]) == ("2001-03-15", "Anna", kind)


@pytest.mark.parametrize(
    ("summary", "recurrence"),
    [
        ("Anna's birthday party", ""),
        ("Queen's Birthday", "RRULE:FREQ=YEARLY;BYMONTH=6;BYDAY=2SA"),
        ("The birthday of our town", "RRULE:FREQ=YEARLY"),
        ("Battle (1604)", ""),
        ("War (1914–1918)", "RRULE:FREQ=YEARLY"),
        ("Plans (2030)", "RRULE:FREQ=YEARLY"),
    ],
)
def test_what_only_sounds_like_a_birthday_is_none(summary: str, recurrence: str) -> None:
    one = tree("UID:1", "DTSTART;VALUE=DATE:20200613", f"SUMMARY:{summary}", recurrence)
    assert "kind" not in one
    assert one["date"] == "2020-06-13"


def test_the_last_day_of_february_is_the_birthday_of_29_february() -> None:
    one = tree(
        "UID:1",
        "DTSTART;VALUE=DATE:19560229",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        "SUMMARY:🎂 Anna (1956)",
        "X-NEXTCLOUD-BC-FIELD-TYPE:BDAY",
    )
    assert one["date"] == "1956-02-29"


@pytest.mark.parametrize(
    ("summary", "line", "title"),
    [
        ("Battle of the mill (1874)", "X-FOO:1", "Battle of the mill"),
        ("Wedding of A and B", "X-ANNIVERSARY:1874-03-15", "Wedding of A and B"),
    ],
)
def test_a_yearly_event_may_say_its_year_better_than_its_first_day(
    summary: str, line: str, title: str
) -> None:
    assert yearly("20200315", summary, line) == {"date": "1874-03-15", "title": title}


def test_a_property_of_another_day_says_no_year() -> None:
    assert yearly("20200315", "Wedding", "X-ANNIVERSARY:18740316")["date"] == "2020-03-15"
    assert yearly("20200315", "Wedding", "X-ANNIVERSARY:TRUE")["date"] == "2020-03-15"
    assert yearly("19700315", "Anna", "X-BIRTHDAY:19560315")["date"] == "1956-03-15"
