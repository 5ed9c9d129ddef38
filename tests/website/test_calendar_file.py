"""`export calendar`: Debian's `calendar` shows each entry on its days, and nothing else."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onthisday.almanac.entry import Entry
from onthisday.almanac.occasions import occasions_on
from onthisday.app.workspace import Almanac
from onthisday.characters import clean
from onthisday.cli import main
from onthisday.feeds.calendar_file import LeftOut, line_of, lines, words_of
from onthisday.feeds.safe_text import one_line
from onthisday.feeds.yearly import as_remembered
from onthisday.locales.locale import locale_of
from tests.website.fixtures import entry_of, open_almanac, write_almanac

TODAY = date(2026, 2, 25)

DEBIANS = pytest.mark.skipif(
    not Path("/usr/share/calendar/calendar.debian").exists(),
    reason="needs Debian's package calendar",
)

RULES = ("easter", "easter-2", "easter-80", "easter+230", "paskha", "paskha+39", "paskha-80",
         "11/sun-last", "5/mon+3", "1/tue+1", "2/sun-last", "12/sat+4")  # fmt: skip

ODD = (
    "# is no directive",
    "A /* comment */ and // another, https://x.example/a//b",
    "__LINE__ of __FILE__ in linux, unix and i386, #define x y",
    "It's \"half a quote, don't",
    "Ends in a backslash \\",
    "\\ ".join(["a word that is long and ends\\"] * 12),
    "# ".join(["many words and signs"] * 12),
    "Ленин, عمر, Ὅμηρος and 😀 %s %d {x} ??/ trigraphs",
    "Ж" * 300,
)

SHOWN = (
    entry_of("speech", "1956-02-25", place="Moscow"),
    entry_of("doubtful", "1957-03-01?"),
    entry_of("ides", "-0043-03-15", calendar="julian"),
    entry_of("october", "1917-10-25", calendar="julian", observe="11-07"),
    entry_of("yearless", "XXXX-12-24"),
    entry_of("later-this-year", "2026-08-12"),
    entry_of("vague", "1066~", observe="10-14"),
    entry_of("leaper", "1908-02-29", leap_day="mar-1"),
    entry_of("silvester", "1999-12-31"),
    *(entry_of(f"rule-{n}", "1954", rule=rule) for n, rule in enumerate(RULES)),
    *(entry_of(f"odd-{n}", f"1901-04-{n + 1:02}", title=title) for n, title in enumerate(ODD)),
)

LEFT_OUT = (
    entry_of("fire", "1904-02-29"),
    entry_of("fifth", "1954", rule="5/mon+5"),
    entry_of("beside", "1954", rule="10/sat+2-2"),
    entry_of("far", "1954", rule="easter-90"),
    entry_of("to-come", "2040-08-12"),
    entry_of("child", "2019-05-01", kind="birth"),
    entry_of("month", "1956-02"),
)


def written(almanac: Almanac) -> str:
    library, counts = almanac.library.published(TODAY), Counter[LeftOut]()
    return b"".join(lines(almanac.site, library, TODAY, counts)).decode()


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown(file: Path, day: date, ahead: int = 0) -> set[tuple[date, str]]:
    """Return what `calendar` shows of a day and those after it: the day and the words."""
    command = ["calendar", "-f", str(file), "-t", f"{day:%Y%m%d}", "-A", str(ahead), "-e", "0"]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=60)
    assert said.stderr == ""
    found = []
    for line in said.stdout.replace("\n\t", " ").splitlines():
        match = re.fullmatch(r"(\w{3}) (\d\d)[ *]\t(.*)", line)
        assert match is not None, line
        when = date(day.year, _MONTHS.index(match[1]) + 1, int(match[2]))
        found.append((when, match[3].replace("\N{WORD JOINER}", "")))
    assert len(found) == len(set(found))
    return set(found)


def expected(almanac: Almanac, days: Iterable[date]) -> set[tuple[date, str]]:
    """Return the words of the entries of SHOWN on each of the days."""
    library = almanac.library.published(TODAY)
    ids = {each["id"] for each in SHOWN}
    falling = ((day, occasions_on(library, day, almanac.site.leap_day)) for day in days)
    found = ((day, each.entry) for day, occasions in falling for each in occasions)
    return {(day, said(almanac, entry)) for day, entry in found if entry.id in ids}


def said(almanac: Almanac, entry: Entry) -> str:
    view = as_remembered(entry, almanac.presenter.entry(entry))
    return words_of(locale_of(almanac.site.language), view)


@pytest.fixture(scope="module")
def almanac(tmp_path_factory: pytest.TempPathFactory) -> Almanac:
    return open_almanac(tmp_path_factory.mktemp("almanac"), [*SHOWN, *LEFT_OUT])


@pytest.fixture(scope="module")
def file(almanac: Almanac, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("file") / "calendar"
    file.write_text(written(almanac), encoding="utf-8")
    return file


@DEBIANS
@pytest.mark.program
@pytest.mark.parametrize("year", [2026, 2027, 2028, 2030])
def test_debians_calendar_shows_each_entry_on_its_days_of_a_year(
    almanac: Almanac, file: Path, year: int
) -> None:
    """In other years it shows 29 February on 1 March, but not if that day is far ahead."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    leap_day = {(date(year, 3, 1), "What leaper was [Source: A press], 1908")}
    assert shown(file, days[0], ahead=364) == expected(almanac, days) - leap_day


@DEBIANS
@pytest.mark.program
@pytest.mark.parametrize(
    "day", ["2026-02-25", "2026-03-01", "2028-02-29", "2028-03-01", "2026-04-03", "2026-12-31"]
)
def test_a_day_alone_shows_its_entries_and_no_other(almanac: Almanac, file: Path, day: str) -> None:
    when = date.fromisoformat(day)
    assert shown(file, when) == expected(almanac, [when])


def test_a_file_is_laid_out_as_debians_are(tmp_path: Path) -> None:
    chosen = {"speech", "doubtful", "ides", "vague", "yearless", *(f"rule-{n}" for n in range(12))}
    almanac = open_almanac(tmp_path, [each for each in SHOWN if each["id"] in chosen])
    assert written(almanac) == GOLDEN


GOLDEN = """\
LANG=UTF-8
02/25	What speech was [Source: A press], 1956
03/01	What doubtful was (date uncertain) [Source: A press], 1957
03/13	What ides was [Source: A press], 44 BC
10/14	What vague was [Source: A press] (around 1066)
12/24	What yearless was [Source: A press]
Easter	What rule-0 was [Source: A press], 1954
Easter-2	What rule-1 was [Source: A press], 1954
02/SunLast	What rule-10 was [Source: A press], 1954
12/Sat+4	What rule-11 was [Source: A press], 1954
Easter-80	What rule-2 was [Source: A press], 1954
Easter+230	What rule-3 was [Source: A press], 1954
Paskha	What rule-4 was [Source: A press], 1954
Paskha+39	What rule-5 was [Source: A press], 1954
Paskha-80	What rule-6 was [Source: A press], 1954
11/SunLast	What rule-7 was [Source: A press], 1954
05/Mon+3	What rule-8 was [Source: A press], 1954
01/Tue+1	What rule-9 was [Source: A press], 1954
"""


@given(st.text(min_size=1).map(lambda text: one_line(clean(text)).strip()).filter(bool))
@example("/*//**/__LINE__")
@example("\\")
def test_no_line_is_for_the_c_preprocessor(text: str) -> None:
    said = line_of("02/25", f"{text} [{text}], 1956")
    assert said.startswith("02/25\t")
    assert said.endswith("\n")
    assert not re.search(r"/\*|//|__|\\\n|\n\t?#|\n(?!\t|$)", said)
    joined = said[6:-1].replace("\n\t", " ").replace("\N{WORD JOINER}", "")
    assert joined == f"{text} [{text}], 1956".replace("\N{WORD JOINER}", "")


def test_what_is_left_out_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write_almanac(tmp_path, [*SHOWN, *LEFT_OUT])
    assert main(["export", "calendar", "--config", str(config)]) == 0
    told = capsys.readouterr()
    assert told.err == (
        "1 birth of people who may be living: left out, because a calendar is published\n"
        "1 entry falls on no day: left out, because a calendar has only days\n"
        "1 entry is of a year to come: left out, because `calendar` shows a line in every year\n"
        "4 entries fall on a day such as 29 February or the fifth Monday: left out, because "
        "`calendar` would show another day in some years\n"
    )
    assert "child" not in told.out
