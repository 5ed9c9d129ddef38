"""Debian's calendars, imported: `calendar -t DATE` and this program agree on every day.

The calendars are Debian's own, on this machine. None of them is in this project.
"""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

import onthisday
from tests.importing.desk import Desk

SYSTEM = Path("/usr/share/calendar")
pytestmark = pytest.mark.skipif(
    not (SYSTEM / "calendar.all").exists(), reason="Debian's package calendar is not installed"
)
DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(731)]

FOREIGN = {"calendar.dutch", "hr_HR/calendar.praznici"}
"""Files with Dutch or Croatian names, which `calendar` knows only with these locales installed.

It shows ``03/NedjeljaLast`` on 1 March, because it reads only the month.
"""

MISREAD = {"british summer time ends"}
"""Its date is ``10/LastSun``. Again `calendar` reads only the month, and shows it on 1 October."""


def _words(text: str) -> str:
    """Return words as both programs show them: without the spaces, tabs and signs between."""
    return re.sub(r"\W+", " ", text).strip().lower()


def _shown(day: date) -> Counter[str]:
    """Return what `calendar` shows of a day."""
    command = ["calendar", "-A0", "-f", "calendar.all", "-t", f"{day:%Y%m%d}"]
    ran = subprocess.run(command, cwd=SYSTEM, capture_output=True, check=True)
    text = ran.stdout.decode("utf-8", "replace")
    entries = re.split(r"^\S+ [ \d]\d[ *]\t", text, flags=re.MULTILINE)
    return Counter(map(_words, entries[1:]))


@cache
def _text(name: str) -> str:
    return (SYSTEM / name).read_text("utf-8")


def _told(almanac: onthisday.Almanac, day: date) -> Iterator[str]:
    """Yield the words of each occasion of a day, as they stand in the file."""
    for occasion in almanac.on(day).occasions:
        [source, *_] = occasion.sources
        document = almanac.library.document(source.document)
        assert document is not None
        name = document.file or ""
        passage = _text(name)[slice(*source.locator[0])]
        yield _words(re.sub(r"/\*.*?\*/", "", passage, flags=re.DOTALL).partition("\t")[2])


@pytest.mark.program
@pytest.mark.slow
def test_calendar_and_we_agree_on_every_day_of_2024_and_2025(desk: Desk) -> None:
    told = desk.run("import", "calendar", SYSTEM / "calendar.all")
    lines = [line for line in told.splitlines() if "not imported:" in line]
    assert all("no date with a tab" in line or "no date that is known" in line for line in lines)
    almanac = onthisday.load(str(desk.folder / "config.yaml"))
    living = Counter(_unpublished(almanac))
    lines = [line for name in FOREIGN for line in _text(name).splitlines()]
    odd = {_words(line.partition("\t")[2]) for line in lines} | MISREAD
    with ThreadPoolExecutor(2) as pool:
        for day, theirs in zip(DAYS, pool.map(_shown, DAYS), strict=True):
            ours = list(_told(almanac, day))
            less = theirs - Counter(ours) - living
            assert not less.keys() - odd, day
            more = Counter(ours) - theirs
            assert not more.keys() - odd, day


def _unpublished(almanac: onthisday.Almanac) -> Iterator[str]:
    """Yield the words of births that are not published, because the person may be living."""
    published = {entry.id for entry in almanac.library.published(DAYS[0]).entries()}
    for entry in almanac.library.entries():
        if entry.id not in published:
            document = almanac.library.document(entry.sources[0].document)
            assert document is not None
            passage = _text(document.file or "")[slice(*entry.sources[0].locator[0])]
            yield _words(re.sub(r"/\*.*?\*/", "", passage, flags=re.DOTALL).partition("\t")[2])


def test_check_finds_what_the_calendar_of_history_tells_twice(desk: Desk) -> None:
    told = desk.run("import", "calendar", SYSTEM / "calendar.history")
    assert re.search(r'"1966-03-15-watts\S+" is told in the same words as "1966-03-15-watts', told)
    assert re.search(r'"-?0043-03-15-\S+" is told much the same as "-?0043-03-15-', told)
