"""Which days are certain in texts with odd forms of dates, in eight languages: cases/odd_forms.tsv.

A line of the file has a language, a text, what may be proposed (as in cases/dates.tsv), and a
kind. Each kind stands in all languages that have it. A day may be missed where ``-`` is allowed; it
may never be wrong.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from onthisday.drafts.mentions import find_mentions

FILE = Path(__file__).parent / "cases" / "odd_forms.tsv"


class Case(NamedTuple):
    """A text in a language, and the sets of days of which one must be proposed."""

    language: str
    text: str
    allowed: tuple[frozenset[str], ...]
    kind: str


def cases() -> list[Case]:
    """Return the cases of the file."""
    lines = (line for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return [case(*line.split("\t")) for line in lines]


def case(language: str, text: str, allowed: str, kind: str) -> Case:
    """Return the case that a line of the file holds."""
    choices = (frozenset(choice.split()) - {"-"} for choice in allowed.split("|"))
    return Case(language, text, tuple(choices), kind)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.kind}: {case.text}")
def test_an_odd_form_is_read_right_or_not_at_all(case: Case) -> None:
    found = find_mentions(case.text, case.language)
    days = frozenset(f"{'j' if one.julian else ''}{one.value}" for one in found if one.proposed)
    assert days in case.allowed
