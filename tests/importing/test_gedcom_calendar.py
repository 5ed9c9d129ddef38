"""A family's GEDCOM file becomes a calendar in two commands, and nobody living is in it unasked."""

from pathlib import Path

import pytest
from icalendar import Calendar

from onthisday.cli import main
from tests.core.almanacs import entry, write
from tests.importing.gedcom_files import gedcom, person

FAMILY = gedcom(
    person("1 BIRT", "2 DATE 12 MAR 1850"),
    person("1 BIRT", "2 DATE 3 MAY 1985", "2 PLAC Secretville", name="Eva /Weber/", xref="@I2@"),
    person("1 BIRT", "2 DATE 4 MAY 1935", "1 DEAT", "2 DATE 5 JUN 1990", name="Karl", xref="@I3@"),
    "0 @F1@ FAM\n1 HUSB @I3@\n1 WIFE @I2@\n1 MARR\n2 DATE 6 JUL 1988",
)
GRANDMA = entry("grandma", "1940-08-09", kind="birth", title="Ida is born", living="she agreed")


def days(calendar: Path) -> dict[str, str]:
    events = Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")
    return {str(each["SUMMARY"]): f"{each.decoded('DTSTART'):%m-%d}" for each in events}


def test_a_family_becomes_a_calendar_in_two_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(write(tmp_path, GRANDMA))
    family, calendar = tmp_path / "family.ged", tmp_path / "family.ics"
    family.write_text(FAMILY, encoding="utf-8")
    assert main(["import", "gedcom", str(family), "--config", config]) == 0
    assert main(["export", "ics", str(calendar), "--config", config]) == 0
    assert days(calendar) == {
        "Ida is born (1940)": "08-09",
        "Anna Weber is born (1850)": "03-12",
        "Karl is born (1935)": "05-04",
        "Karl dies (1990)": "06-05",
    }
    told = capsys.readouterr()
    everywhere = (
        told.out
        + told.err
        + "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "almanac").iterdir())
    )
    assert "may be living" in told.out
    assert not any(secret in everywhere for secret in ("1985", "1988", "Secretville", "Eva"))


def test_a_second_import_adds_nothing_and_a_new_death_brings_the_birth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, family = str(write(tmp_path, GRANDMA)), tmp_path / "family.ged"
    family.write_text(FAMILY, encoding="utf-8")
    assert main(["import", "gedcom", str(family), "--config", config]) == 0
    capsys.readouterr()
    assert main(["import", "gedcom", str(family), "--config", config]) == 0
    assert "0 new entries, 3 as before, 2 not imported" in capsys.readouterr().out
    family.write_text(FAMILY.replace("Secretville", "Rome\n1 DEAT Y"), encoding="utf-8")
    assert main(["import", "gedcom", str(family), "--config", config]) == 0
    assert "2 new entries, 3 as before, 1 not imported" in capsys.readouterr().out
