"""Paragraphs of a text: where they end, and that their places are right."""

from hypothesis import given
from hypothesis import strategies as st

from onthisday.drafts.paragraphs import lines_of, paragraphs


def split(text: str) -> list[str]:
    """Return the words of each paragraph."""
    return [paragraph.text.strip() for paragraph in paragraphs(lines_of(text))]


def test_a_blank_line_or_a_line_break_ends_a_paragraph() -> None:
    assert split("one\n\ntwo\nthree\r\n \r\nfour") == ["one", "two", "three", "four"]


def test_lines_wrapped_to_a_width_are_one_paragraph() -> None:
    line = "a line of text that was wrapped to a width of its own"
    assert split(f"{line}\n{line}\nand ends.\n\nnext") == [f"{line} {line} and ends.", "next"]


def test_a_list_is_a_paragraph_a_line() -> None:
    lines = ["25 February 1956: the report is read in a closed session",
             "14 October 1964: he is removed from office by the same committee that had made him",
             "11 September 1971: he dies in Moscow"]  # fmt: skip
    assert split("\n".join(lines)) == lines


def test_lines_longer_than_a_width_are_a_paragraph_each() -> None:
    line = "a paragraph " * 20
    assert split(f"{line}\n{line}") == [line.strip(), line.strip()]


@given(st.text(alphabet="aé \n\r\t\x0c\u2028", max_size=300))
def test_paragraphs_stand_in_the_text_in_order_and_leave_out_only_space(text: str) -> None:
    place = 0
    for paragraph in paragraphs(lines_of(text)):
        assert paragraph.text.strip()
        assert text[place : paragraph.start].strip() == ""
        assert text.startswith(paragraph.text, paragraph.start)
        place = paragraph.start + len(paragraph.text)
    assert text[place:].strip() == ""
