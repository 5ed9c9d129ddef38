"""Which days `draft` proposes by default, for the texts of cases/dates.tsv.

A line of the file has a text, what may be proposed, and a kind. What may be proposed are days in EDTF. With
``j`` before it a day is Julian; ``?`` after it says uncertain; ``-`` is nothing; ``|`` is "or".
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from onthisday.service.proposing.drafting import read_for
from onthisday.texts.extract import DocumentText, TextPart

FILE = Path(__file__).parent / "cases" / "dates.tsv"


class Case(NamedTuple):
    """A text, the sets of days of which one must be proposed, and the kind of the text."""

    text: str
    allowed: tuple[frozenset[str], ...]
    kind: str


def cases() -> list[Case]:
    """Return the cases of the file."""
    lines = (line for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return [case(*line.split("\t")) for line in lines]


def case(text: str, allowed: str, kind: str) -> Case:
    """Return the case that a line of the file holds."""
    choices = (choice.split() for choice in allowed.split("|"))
    return Case(text, tuple(frozenset(choice) - {"-"} for choice in choices), kind)


def proposed(text: str) -> frozenset[str]:
    """Return the days that `draft` proposes by default for a document with this text."""
    parts = iter((TextPart(0, text),))
    read = read_for("drafts", "a.txt", lambda: DocumentText("a.txt", "0" * 64, parts, None, None))
    assert read.trouble is None
    return frozenset(f"{'j' if each.julian else ''}{each.date}" for each in read.proposals)


NOT_YET: tuple[str, ...] = (
    # double year
    "Anne was christened on 11 February 1731/32 at Thaxted.",
    "He died on 30 January 1648/9 in Whitehall.",
    "The deed is of the 24th day of March 1750-51.",
    "The fleet sailed on 5 January 1700/1.",
    # two styles
    "The revolt broke out on 14/26 December 1825.",
    "The Winter Palace was taken on 25 October (7 November) 1917.",
    "Er schrieb am 26./14. Juli 1869 aus Petersburg.",
    "Der Brief ist vom 6./18. Januar 1813.",
    "Восстание началось 14 декабря 1825 года по старому стилю.",
    "La lettre est du 3 mars 1718 du calendrier julien.",
    # bound
    "Ann Webb died before 12 March 1820.",
    "He was born after 4 July 1776.",
    "The rent was due by 29 September 1841.",
    "The will was proved not later than 2 May 1699.",
    "He served between 21 April 1816 and 17 January 1820.",
    "Er lebte bis nach dem 8. Juni 1881.",
    "Elle est née avant le 9 septembre 1688.",
    "Il fut élu après le 1er juin 1848.",
    "Родился до 7 марта 1799 года.",
    "Nacque prima del 15 agosto 1769.",
    "Murió después del 20 de noviembre de 1820.",
    "Hij stierf vóór 14 mei 1675.",
    # offset
    "The order came two weeks before May 13, 1899.",
    "The day after 6 June 1944 it rained.",
    "Drei Tage nach dem 4. März 1956 reiste er ab.",
    "Trois jours après le 2 décembre 1851, il écrivit.",
    # hedge
    "She was born, probably on 4 June 1811, at Bath.",
    "Baptised 5 November 1605?",
    "Er wurde wohl am 2. Februar 1745 geboren.",
    "Il mourut sans doute le 4 mai 1712.",
    "Родился, вероятно, 3 мая 1801 года.",
    # set
    "The raid was on 4 or 5 March 1956.",
    # night
    "On the night of 16th/17th April 1941 a bomb fell.",
    "In der Nacht vom 13. auf den 14. Februar 1945 brannte die",
)
"""How the texts begin that are not read right yet."""


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.kind}: {case.text}")
def test_no_wrong_day_is_proposed(case: Case, request: pytest.FixtureRequest) -> None:
    if case.text.startswith(NOT_YET):
        request.applymarker(pytest.mark.xfail(strict=True, reason="not read right yet"))
    assert proposed(case.text) in case.allowed
