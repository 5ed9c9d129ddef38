"""Which days are certain in texts with odd forms of dates, in eight languages: cases/odd_forms.tsv.

A line of the file has a language, a text, what may be proposed (as in cases/dates.tsv), and a
kind. Each kind stands in all languages that have it. A day may be missed where ``-`` is allowed; it
may never be wrong.
"""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.drafts.mentions import find_mentions
from tests.drafts.test_languages import NAMES

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


NUMBERED = {
    "en": "no. nos. vol. page p. pp. Box Room Apollo Platform Flight fol. Hill Chapter art.",
    "de": "Nr. Bd. Band S. Seite Blatt Heft Karton Mappe Zimmer Apollo Fasz. Gleis Kap. Abb.",
    "fr": "n° no vol. tome p. page f. carton liasse dossier chapitre Apollo art. planche salle",
    "it": "n. vol. tomo p. pag. busta fasc. scatola cap. Apollo art. tavola sala stanza",
    "es": "núm. n.º vol. tomo p. pág. caja legajo exp. cap. Apolo art. lámina sala",
    "pt": "n.º vol. tomo p. pág. caixa maço cap. Apollo art. estampa sala processo",
    "nl": "nr. nummer deel blz. p. doos map inv. hoofdstuk Apollo art. kamer zaal blad",
    "ru": "№ т. том стр. л. дело ящик папка вып. гл. кв. комната рис.",
}


@given(
    st.sampled_from([(code, word) for code, words in NUMBERED.items() for word in words.split()]),
    st.dates(date(1700, 1, 1), date(2030, 12, 31)),
    st.sampled_from(["{word} {day} {month} {year}", "(x, {word} {day} {month} {year}).",
                     "x {word} {day} {month} {year}, 7", "X {word}\u00a0{day} {month} {year} x"]),
)  # fmt: skip
def test_a_number_of_the_word_before_it_is_never_a_certain_day(
    numbered: tuple[str, str], day: date, form: str
) -> None:
    code, word = numbered
    month = NAMES[code].split()[day.month - 1]
    text = form.format(word=word, day=day.day, month=month, year=day.year)
    assert not any(one.proposed for one in find_mentions(text, code))
