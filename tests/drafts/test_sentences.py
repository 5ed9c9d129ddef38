"""Where sentences end, and which passage belongs to a date."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.paragraphs import unwrapped
from onthisday.drafts.sentences import Passages, sentences


def split(text: str) -> list[str]:
    """Return the words of each sentence."""
    return [text[start:end] for start, end in sentences(text)]


def passage(text: str) -> str:
    """Return the passage of a text's first date."""
    found = find_mentions(text, "en")[0]
    start, end = Passages(unwrapped(text)).around(found.start, found.end)
    return text[start:end]


@pytest.mark.parametrize(
    "whole",
    ["He came on Feb. 25, 1956 to St. Petersburg.", "V. I. Lenin and Nikita S. Khrushchev spoke.",
     "Mr. Smith et al. vs. Dr. Jones.", "It was 3.5 million, i.e. a lot.", "He spoke … and left.",
     "25 февраля 1956 г. Сталин был осуждён."],
)  # fmt: skip
def test_an_abbreviation_or_an_initial_does_not_end_a_sentence(whole: str) -> None:
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? “Four.” Five", ["One.", "Two!", "Three?", "“Four.”", "Five"]),
        ("He left (in 1964.) 25 came. 30 went.", ["He left (in 1964.)", "25 came.", "30 went."]),
        ("A heading\nOne. Two", ["A heading", "One.", "Two"]),
        ("A heading\r\n\r\n  One.\r\n", ["A heading", "One."]),
        ("In 1956. Это было. Él vino. ¿Quién?", ["In 1956.", "Это было.", "Él vino.", "¿Quién?"]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_a_sentence_ends_at_its_stop_or_its_line(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He died on 12 June 1957.12 His son followed.",
         ["He died on 12 June 1957.", "His son followed."]),
        ("It began in 1745.[1] On 12 June it ended.[2][3]:44",
         ["It began in 1745.", "On 12 June it ended."]),
        ("The king fled.3 Then peace came.¹² “All is well.”[note 4] He left.",
         ["The king fled.", "Then peace came.", "“All is well.”", "He left."]),
        ("It rose (in 1957).7,8 It fell.", ["It rose (in 1957).", "It fell."]),
        ("It was 3.14 Meilen, S.12 Zeile 4, no.12 March.", None),
        ("It cost 1957.12 of them. She was born ?4 June 1811.", ["It cost 1957.12 of them.",
         "She was born ?4 June 1811."]),
        ("Er starb am 12. Febr. 1745 in Wien, le 3 janv. 1746 à Paris.", None),
    ],
)  # fmt: skip
def test_the_number_of_a_note_after_the_stop_is_of_no_sentence(
    text: str, parts: list[str] | None
) -> None:
    assert split(text) == (parts or [text])


WRAPPED = (
    "One sentence goes over the end of a line because its\n"
    "text was wrapped on February 25, 1956 to some width. Then\nanother one comes."
)


def test_a_wrapped_line_does_not_end_a_sentence() -> None:
    first, second = split(WRAPPED)
    assert f"{first} {second}" == WRAPPED
    assert second == "Then\nanother one comes."
    assert passage(WRAPPED) == first


def test_a_passage_is_the_sentence_that_holds_the_date() -> None:
    text = "She was born. She moved to Bern on March 7, 1902. She stayed."
    assert passage(text) == "She moved to Bern on March 7, 1902."


def test_a_sentence_that_is_only_a_date_reaches_into_the_next() -> None:
    text = "Before. On February 25, 1956. In his speech he told it. After."
    assert passage(text) == "On February 25, 1956. In his speech he told it."


def test_a_heading_that_is_only_a_date_stays_by_itself() -> None:
    assert passage("February 25, 1956\nHe spoke.") == "February 25, 1956"


def test_a_passage_in_a_long_text_is_the_same_as_in_its_paragraph() -> None:
    text = "word " * 9000 + "\n\nHe died on 11 September 1971. More." + " word" * 9000
    assert passage(text) == "He died on 11 September 1971."


@given(st.text(alphabet="aB1. \n\r“”?!é", max_size=200))
def test_sentences_are_in_order_and_lose_nothing_but_space_and_notes(text: str) -> None:
    place = 0
    for start, end in sentences(text):
        assert re.sub(r"^1{1,3}(?=\s)", "", text[place:start]).strip() == ""
        assert text[start:end] == text[start:end].strip() != ""
        place = end
    assert re.sub(r"^1{1,3}(?=\s|$)", "", text[place:]).strip() == ""


@given(st.text(alphabet="aB1. \n“”?!", min_size=1, max_size=200), st.data())
def test_a_passage_holds_its_mention(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    if words == words.strip() and "\n" not in words:
        begin, stop = Passages(unwrapped(text)).around(start, end)
        assert begin <= start < end <= stop
