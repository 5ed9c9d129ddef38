"""The dates of GEDCOM become EDTF, in their calendar, and what is in doubt stays in doubt."""

import pytest

from onthisday.importers.gedcom_dates import Dated, dated
from onthisday.importers.gedcom_day import NoDay


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("12 MAR 1850", "1850-03-12"),
        ("12 Mar 1850", "1850-03-12"),
        ("MAR 1850", "1850-03"),
        ("1850", "1850"),
        ("2 MAR 90", "0090-03-02"),
        ("GREGORIAN 12 MAR 1850", "1850-03-12"),
        ("@#DGREGORIAN@ 12 MAR 1850", "1850-03-12"),
        ("ABT 1850", "1850~"),
        ("abt. 1850", "1850~"),
        ("CAL 12 MAR 1850", "1850-03-12~"),
        ("EST 1850", "1850~"),
        ("INT 1850", "1850?"),
        ("BEF 1850", "[..1850]"),
        ("AFT 3 MAR 1850", "[1850-03-03..]"),
        ("BET MAR 1850 AND 3 APR 1851", "[1850-03..1851-04-03]"),
        ("FROM 1850 TO 1855", "1850/1855"),
        ("FROM 1850", "[1850..]"),
        ("TO 1850", "[..1850]"),
        ("15 MAR 44 BCE", "-0043-03-15"),
        ("44 B.C.", "-0043"),
        ("1899-12-25", "1899-12-25"),
    ],
)
def test_a_date_in_our_calendar_needs_no_other_words(written: str, edtf: str) -> None:
    found = dated(written)
    assert (found.date.edtf, found.date.calendar, found.as_written) == (edtf, "gregorian", None)


@pytest.mark.parametrize(
    ("written", "edtf", "words"),
    [
        ("@#DJULIAN@ 25 OCT 1917", "1917-10-25", None),
        ("JULIAN 29 FEB 1700", "1700-02-29", None),
        ("ABT @#DJULIAN@ 1700", "1700~", None),
        ("BET @#DJULIAN@ 1700 AND @#DJULIAN@ 1710", "[1700..1710]", None),
        ("11 FEB 1731/32", "1732-02-11", "11 February 1731/32"),
        ("11 FEB 1699/1700", "1700-02-11", "11 February 1699/1700"),
        ("@#DJULIAN@ 11 FEB 1731/2", "1732-02-11", "11 February 1731/2"),
        ("ABT 11 FEB 1731/32", "1732-02-11~", "ABT 11 February 1731/32"),
    ],
)
def test_a_julian_date_stays_julian(written: str, edtf: str, words: str | None) -> None:
    found = dated(written)
    assert (found.date.edtf, found.date.calendar, found.as_written) == (edtf, "julian", words)


@pytest.mark.parametrize(
    ("written", "edtf", "words"),
    [
        ("@#DFRENCH R@ 11 VEND 3", "1794-10-02", "11 Vendémiaire an III"),
        ("FRENCH_R 6 COMP 11", "1803-09-23", "6 jour complémentaire an XI"),
        ("FRENCH_R VEND 3", "[1794-09-22..1794-10-21]", "Vendémiaire an III"),
        ("ABT FRENCH_R 3", "[1794-09-22~..1795-09-22~]", "ABT an III"),
        ("INT FRENCH_R 11 VEND 3", "1794-10-02?", "INT 11 Vendémiaire an III"),
        ("BEF FRENCH_R 3", "[..1795-09-22]", "BEF an III"),
        ("AFT FRENCH_R VEND 3", "[1794-09-22..]", "AFT Vendémiaire an III"),
        ("FROM FRENCH_R 2 TO 1800", "1793-09-22/1800-12-31", "FROM an II TO 1800"),
        ("@#DHEBREW@ 5 IYR 5708", "1948-05-14", "5 Iyar 5708"),
        ("HEBREW ADR 5783", "[2023-02-22..2023-03-22]", "Adar 5783"),
        ("HEBREW ADR 5784", "[2024-02-10..2024-03-10]", "Adar I 5784"),
        ("BET JULIAN 1700 AND 1710", "[1700-01-11..1710-12-31]", "BET 1700 AND 1710"),
    ],
)
def test_a_date_of_another_calendar_is_converted(written: str, edtf: str, words: str) -> None:
    assert dated(written) == Dated(dated(edtf).date, words)


@pytest.mark.parametrize(
    ("written", "phrase", "edtf", "words"),
    [
        ("INT 25 DEC 1850 (Christmas, 1850)", "", "1850-12-25?", "Christmas, 1850"),
        ("30 JAN 1649", "30 January 1648/49", "1649-01-30", "30 January 1648/49"),
        ("12. März 1850", "", "1850-03-12", "12. März 1850"),
        ("3 MAI 1789", "", "1789-05-03", "3 MAI 1789"),
    ],
)
def test_the_words_of_a_date_are_kept(written: str, phrase: str, edtf: str, words: str) -> None:
    found = dated(written, phrase)
    assert (found.date.edtf, found.as_written) == (edtf, words)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31 FEB 1900", "February 1900 has 28 days"),
        ("29 FEB 1700", "February 1700 has 28 days"),
        ("0", "no calendar has a year 0"),
        ("BET 1950 AND 302", "ends before it begins"),
        ("1731/32", "is it one year, or two?"),
        ("11 NOV 1731/32", "one year that began on 25 March, or two?"),
        ("12/03/1850", 'write year, month and day: "1850-03-12" or "1850-12-03"'),
        ("FRENCH_R 16 FLOR 79", "has the years 1 to 14"),
        ("FRENCH_R 6 COMP 4", "does not have this day"),
        ("HEBREW 30 TVT 5784", "does not have this day"),
        ("@#DROMAN@ 5", "the calendar ROMAN is not known here"),
        ("_MAYAN 87", "the calendar _MAYAN is not known here"),
        ("BET 1850 AND", "this is no date of GEDCOM"),
        ("unknown", "this is no date of GEDCOM"),
        ("VEND 3", "this is no date of GEDCOM"),
        ("(about Easter)", "these are words only"),
        ("1850" * 100, "too long"),
    ],
)
def test_what_cannot_be_one_date_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(NoDay) as error:
        dated(written)
    assert reason in str(error.value)
