"""Which days `draft` proposes by default, for the texts of cases/dates.tsv and cases/beside.tsv.

The second file has texts with words or dates beside a date, in eight languages. A line has a text,
what may be proposed, and a kind. What may be proposed are days in EDTF. With ``j`` before it a day
is Julian; ``?`` after it says uncertain; ``-`` is nothing; ``|`` is "or".
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from onthisday.service.proposing.drafting import read_for
from onthisday.texts.extract import DocumentText, TextPart

FILES = [Path(__file__).parent / "cases" / name for name in ("dates.tsv", "beside.tsv")]


class Case(NamedTuple):
    """A text, the sets of days of which one must be proposed, and the kind of the text."""

    text: str
    allowed: tuple[frozenset[str], ...]
    kind: str


def cases() -> list[Case]:
    """Return the cases of the files."""
    lines = (line for file in FILES for line in file.read_text("utf-8").splitlines())
    return [case(*line.split("\t")) for line in lines if not line.startswith("#")]


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


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.kind}: {case.text}")
def test_no_wrong_day_is_proposed(case: Case) -> None:
    assert proposed(case.text) in case.allowed
