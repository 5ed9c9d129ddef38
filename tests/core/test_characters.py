"""Characters on which a terminal would act, and those that only look like them."""

from hypothesis import given
from hypothesis import strategies as st

from onthisday.characters import FSI, PDI, escaped, spaced

ACTED_ON = "\x1b\x7f\x85\u2028\u202e\u2069\ufeff"
STAYING = "a字\u00a0\u00ad\u061c\u200c\u200d\u200e\u200f\u202f\ufe0f"

TEXTS = st.text(alphabet=f"{ACTED_ON}{STAYING}\t\n")


@given(TEXTS)
def test_characters_on_which_something_acts_are_escaped_and_no_others(text: str) -> None:
    written = (f"\\u{ord(each):04x}" if each in ACTED_ON else each for each in text)
    assert escaped(text) == "".join(written)


@given(TEXTS)
def test_a_person_reads_spaces_in_their_place(text: str) -> None:
    assert spaced(text) == "".join(" " if each in f"{ACTED_ON}\t\n" else each for each in text)


@given(st.text(alphabet=f"{STAYING}\x1b"))
def test_marks_around_a_name_stay(name: str) -> None:
    assert escaped(f"{FSI}{name}{PDI}") == f"{FSI}{escaped(name)}{PDI}"
    assert spaced(f"{name}{FSI}") == f"{spaced(name)} "
