"""How a text is broken into the lines of a terminal."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from onthisday.cli.wrapping import wrapped

WORDS = st.text(alphabet="a-é字", min_size=1, max_size=30)


@given(st.lists(WORDS, max_size=30), st.integers(12, 60), st.sampled_from(["", "  ", "    – "]))
def test_a_text_is_broken_as_the_standard_library_breaks_it(
    words: list[str], width: int, first: str
) -> None:
    text, others = " ".join(words), " " * len(first)
    same = textwrap.wrap(text, width, initial_indent=first, subsequent_indent=others,
                         break_on_hyphens=False)  # fmt: skip
    assert list(wrapped(text, width, first, others)) == same


@given(st.text(alphabet="ab 字", max_size=200), st.integers(10, 40))
def test_no_line_is_too_long_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = list(wrapped(text, width, "– ", "  "))
    assert all(len(line) <= width and line == line.rstrip() for line in lines)
    assert "".join(lines).replace(" ", "").replace("–", "") == text.replace(" ", "")


def test_a_text_of_nothing_has_no_line() -> None:
    assert list(wrapped("", 30, "  ")) == []
    assert list(wrapped("   ", 30, "  ")) == []
