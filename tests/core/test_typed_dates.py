"""What people type into `date:` gets the right mend, or a question; never a wrong mend.

The two files in cases/ have a text, a tab, and what may be proposed. ``|`` is "or", ``ask`` is no
proposal, because only the person knows. ``j`` before a date, or "with calendar: julian" after it,
says that it is of the Julian calendar.
"""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.dates.edtf import parse
from onthisday.dates.human_dates import mend, read
from tests.core.edtf_texts import DAYS

CASES = Path(__file__).parent / "cases"
JULIAN = " with calendar: julian"
MEND = re.compile(rf'write "([^"]+)"({JULIAN})?')


def cases() -> list[tuple[str, str]]:
    """Return the lines of both files, without those that begin with #."""
    files = (CASES / "typed.tsv", CASES / "typed_more.tsv")
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(typed, allowed) for typed, allowed in pairs]


def proposed(typed: str) -> str:
    """Return the date that a person is told to write, or ``ask``."""
    try:
        return read(typed).edtf
    except ValueError as error:
        found = MEND.fullmatch(str(error).partition("; ")[2])
    return "ask" if found is None else ("j" if found[2] else "") + found[1]


@pytest.mark.parametrize(("typed", "allowed"), cases())
def test_what_is_typed_gets_the_right_mend_or_a_question(typed: str, allowed: str) -> None:
    choices = (re.sub(rf"(.*){JULIAN}", r"j\1", choice) for choice in allowed.split("|"))
    assert proposed(typed) in set(choices)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("25 Feb 56", "write the year with four digits; only you know the century"),
        ("25.2.56", "write the year with four digits; only you know the century"),
        ("1731/32", "is it one year, or two?"),
        ("11 Feb 1956/57", "is it one year that began on 25 March, or two?"),
        ("circa 1900-10", "is it a month, or two years? write both years with four digits"),
        ("3-5 March", "add the year"),
        ("@#DHEBREW@ 13 CSH 5717", "write it in our calendar, or in the Julian one"),
    ],
)
def test_where_only_the_person_knows_the_question_says_what_is_missing(
    typed: str, question: str
) -> None:
    assert mend(typed).startswith(question)


def test_the_whole_text_is_shown_and_not_a_part_of_it() -> None:
    with pytest.raises(ValueError, match="is no date") as refused:
        read("1956-02-25/27")
    assert str(refused.value).startswith('"1956-02-25/27" is no date')


@given(DAYS, st.sampled_from(["ABT {}", "vor dem {}", "{} - {}", "BET {} AND {}", "{}?"]))
def test_what_is_proposed_can_be_read(day: str, form: str) -> None:
    match = MEND.fullmatch(mend(form.format(day, day)))
    assert match is None or parse(match[1])


@given(st.text(alphabet="0123456789 -./cabdehinotruyBCAD~?()'th,", max_size=30))
def test_whatever_is_typed_gets_an_answer(text: str) -> None:
    assert mend(text)


@pytest.mark.parametrize("text", ["-" * 9_000, "1/" * 9_000, "a " * 9_000, "c. " * 9_000])
def test_a_long_text_is_refused_at_once(text: str) -> None:
    begun = time.process_time()
    assert mend(text)
    assert time.process_time() - begun < 1
