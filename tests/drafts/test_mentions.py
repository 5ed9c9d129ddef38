"""Dates in English texts: every form, words that only look like dates, and random texts."""

import re
import re._parser as parser  # type: ignore[import-not-found]
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onthisday.dates.edtf import parse
from onthisday.drafts.beside import beside
from onthisday.drafts.grammar import grammar_of
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.mentions import find_mentions, mentions_in
from onthisday.drafts.paragraphs import lines_of, paragraphs
from tests.examples import examples

VALUES = {
    "On 25 February 1956 he spoke": ["1956-02-25"],
    "On June 4,1956, it was printed": ["1956-06-04"],
    "on 25-27 March 1956": ["1956-03-25", "1956-03-27"],
    "March 25–27, 1956": ["1956-03-25", "1956-03-27"],
    "from 1 to 3 June 1916": ["1916-06-01", "1916-06-03"],
    "on the 25th and the 27th of March 1956": ["1956-03-25", "1956-03-27"],
    "on 4, 5 and 6 May 1862": ["1862-05-04", "1862-05-05", "1862-05-06"],
    "from 30 April to 2 May 1945": ["1945-04-30", "1945-05-02"],
    "30 December – 2 January 1945": ["1944-12-30", "1945-01-02"],
    "between 3 May and 5 June 1916": ["1916-05-03", "1916-06-05"],
    "15 March 44 BC": ["-0043-03-15"],
    "September 4, 476 AD": ["0476-09-04"],
    "24 August AD 79": ["0079-08-24"],
    "in AD 79 and in 44 BC": ["0079", "-0043"],
    "the war of 499–449 BC": ["-0498/-0448"],
    "c. 1950, circa 1951, around 1952, about May 1953": ["1950~", "1951~", "1952~", "1953-05~"],
    "around 25 February 1956": ["1956-02-25~"],
    "in the 1950s, the early 1950s, the mid-1930s, the late 80s, the ’60s": [
        "195X", "195X", "193X", "198X", "196X",
    ],
    "in the 19th century": ["18XX"],
    "in the winter of 1941-42": ["1941-24"],
    "in spring 1917, the summer of 1943": ["1917-21", "1943-22"],
    "from 1938–47, 1936-1937, 1953 to 1964 and between 1989 and 1991": [
        "1938/1947", "1936/1937", "1953/1964", "1989/1991",
    ],
    "in 1934 and 1936": ["1934", "1936"],
    "(1894–1971)": ["1894/1971"],
    "the invasion (June 1941), Georgia (1952) and the plot, 1953.": ["1941-06", "1952", "1953"],
    "in December of 1949": ["1949-12"],
    "7 November [O.S. 25 October] 1917": ["1917-11-07"],
    "On December 7 (December 8 in Asian time zones), 1941": ["1941-12-07", "1941-12-08", "1941"],
    "the Ides of March 44 BC": ["-0043-03"],
    "In 1944 troops landed; since 1990 prices rose": ["1944", "1990"],
    "It ended in 1914. March 1915 was quiet": ["1914", "1915-03"],
    "on the night of 9/10 July 1943": ["1943-07-09"],
    "on page 29 February 25, 1956 is told": ["1956-02-25"],
    "in group 12 and 5 March 1956": ["1956-03-05"],
    "1956 Feb. 25: a speech; 1956, March 3; 1917-Nov-7": [
        "1956-02-25", "1956-03-03", "1917-11-07",
    ],
    "In 1940, May 10, 1941 was far": ["1940", "1941-05-10"],
    "25-Feb-1956, 4/Jun/1956": ["1956-02-25", "1956-06-04"],
    "1 January 1900-31 December 1999": ["1900-01-01", "1999-12-31"],
    "in the 3rd century BC": ["-02XX"],
    "by decision of the October Plenum in 1964": ["1964-10", "1964"],
    "on 25 may 1956, may 4, 1957": ["1956-05-25", "1957-05-04"],
    "1956-02-25, 2025-02-25T03:12:29Z": ["1956-02-25", "2025-02-25"],
}  # fmt: skip


def values(text: str) -> list[str]:
    """Return the dates of a text in English."""
    return [found.value for found in find_mentions(text, "en")]


@pytest.mark.parametrize("text", VALUES)
def test_every_form_is_read(text: str) -> None:
    assert values(text) == VALUES[text]
    assert all(parse(value) for value in values(text))


@pytest.mark.parametrize(
    "text",
    [
        "848 of the 1966 delegates", "1,400 delegates, 1,966 men, 357 lists", "from 1500 soldiers",
        "31 February 1956, 29 February 1955, 1956-13-01, 32 May 1956", "3.14, 10:30, 1.5.2",
        "we may march in line; May I? April smiled; August company", "the October Plenum",
        "page 58, no. 1956a", "http://example.org/1956/02", "$1950, £1956",
        "A1956, 1956km, 19560225, 11956", "the 20th Congress on the 25th floor",
        "In 1,956 cases", "v1.2.2010, x25 February", "27-25 March", "of the 1956 men",
        "tel. 555-1956-12", "25 Mayors, 25 Marching men", "on 25 may they met", "0 BC",
        "the day before the battle", "the 45th century", "1950-1940",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert values(text) == []


def test_of_a_day_that_does_not_exist_no_more_is_found_than_its_year() -> None:
    assert values("on February 31, 1956") == ["1956"]


def test_a_date_does_not_join_over_a_blank_line() -> None:
    assert values("03:12 29\n\nFebruary 25, 1956") == ["1956-02-25"]
    assert values("25 February\n\n1956 men") == ["XXXX-02-25"]


def test_a_date_joins_over_the_line_break_of_wrapped_text() -> None:
    text = (
        "The First Secretary read the report about his predecessor on February\n"
        "25, 1956, in a closed session of the congress that was held in the great\n"
        "hall of the Kremlin."
    )
    assert [(found.text, found.value) for found in find_mentions(text)] == [
        ("February\n25, 1956", "1956-02-25")
    ]


def test_the_days_of_a_range_each_have_their_own_words() -> None:
    first, last = find_mentions("On 25-27 March 1956", "en")
    assert (first.text, last.text) == ("25", "27 March 1956")
    assert first.proposed
    assert last.proposed


def test_an_abbreviation_keeps_its_full_stop_and_a_sentence_loses_none() -> None:
    assert [found.text for found in find_mentions("On 4 Aug. 1914; on 4 May. Then", "en")] == [
        "4 Aug. 1914", "4 May",
    ]  # fmt: skip


def test_of_a_day_in_both_styles_the_gregorian_one_is_the_date() -> None:
    (found,) = find_mentions("7 November [O.S. 25 October] 1917", "en")
    assert (found.value, found.calendar, found.proposed) == ("1917-11-07", "gregorian", True)
    assert found.text == "7 November [O.S. 25 October] 1917"


@pytest.mark.parametrize(
    ("text", "julian"),
    [
        ("25 October 1917 (Old Style)", True),
        ("25 October 1917 O.S.", True),
        ("25 October 1917 (Julian)", True),
        ("O.S. 25 October 1917", True),
        ("25 October 1917 in the Julian calendar", True),
        ("25 October 1917", False),
        ("On 4 May 1947 Julian Huxley spoke", False),
    ],
)
def test_a_date_is_julian_only_where_the_text_says_so(text: str, julian: bool) -> None:
    (found,) = find_mentions(text, "en")
    assert found.julian == julian
    assert found.value in {"1917-10-25", "1947-05-04"}
    assert found.proposed


def test_a_day_that_only_the_julian_calendar_has_is_found_where_the_text_says_so() -> None:
    assert values("29 February 1900 (Old Style). The next day") == ["1900-02-29"]
    assert values("29 February 1900") == []


@pytest.mark.parametrize(
    "text",
    ["Feb 25, 2025 03:12 29", "© 2022 A. Writer", "Copyright (c) 2022", "(c) 2022",
     "HISTORY REVIEW FEBRUARY 2006", "THE DAILY PAPER, MONDAY, JUNE 4, 1956",
     "Posted on February 25, 2025", "A. Writer, A Book. Retrieved 5 May 2010.",
     "Last updated: 25 February 2025", "2025-02-25T03:12:29Z"],
)  # fmt: skip
def test_mastheads_stamps_and_copyright_lines_are_noise_and_no_context(text: str) -> None:
    stamp, *others = find_mentions(f"{text}\n\nOn November 7 it was in March.", "en")
    assert stamp.furniture
    assert not stamp.proposed
    assert [found.value for found in others] == ["XXXX-11-07", "XXXX-03"]


@pytest.mark.parametrize(
    "text", ["STALIN DIES MARCH 5, 1953", "At noon on March 5, 1953 he died.", "MARCH 1953",
     "The text was published on June 4, 1956.", "The Copyright Act of March 5, 1953",
     "Published on June 4, 1956, the text was read by all who had not been in the hall that night.",
             "He left on 5 March 1953 12:30 after the party secretary had spoken to the others."]
)  # fmt: skip
def test_a_headline_and_a_clock_in_a_sentence_are_no_noise(text: str) -> None:
    assert not any(found.furniture for found in find_mentions(text, "en"))


def test_a_day_without_any_year_is_told_without_one() -> None:
    (found,) = find_mentions("The parade on November 7 was near.", "en")
    assert (found.value, found.year_from, found.proposed) == ("XXXX-11-07", "written", False)


@pytest.mark.parametrize("text", ["On May 5, 2000 soldiers marched", "on 5 May 1500 men came"])
def test_a_round_year_that_may_count_what_follows_is_not_proposed(text: str) -> None:
    (found,) = find_mentions(text, "en")
    assert not found.proposed
    assert find_mentions("On May 5, 2000, soldiers marched", "en")[0].proposed


PIECES = ["25", "1956", "February", "May", "the next day", "on the 25th", ",", " ", "\n", "\n\n",
          "-", "–", "/", ".", "(", ")", "BC", "AD", "c.", "1950s", "of", "that year", "O.S.",
          "1/1/", "29 February", "two days later", "later that year", "февраля", "mars", "XIX",
          "9999", "0"]  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
                  st.lists(st.sampled_from(PIECES), max_size=40).map("".join))  # fmt: skip


@examples(300)
@given(texts, st.sampled_from([None, "en", "ru", "de", "fr", "it", "es", "pt", "nl"]))
@example("29 February 1956. Later that year, 29 February\n\n29 February – 2 March 1955", "en")
@example("31 December 9999, the next day", "en")
@example("1 January 1 AD. The day before", "en")
def test_any_text_gives_mentions_that_stand_there_in_order_with_a_date_that_exists(
    text: str, language: str | None
) -> None:
    found = find_mentions(text, language)
    for one in found:
        assert text[one.start : one.end] == one.text
        assert parse(one.value, "julian" if one.julian and "X" not in one.value else "gregorian")
        assert not one.proposed or re.fullmatch(r"-?\d{4}-\d\d-\d\d\??", one.value)
    for one, two in pairwise(found):
        assert one.end <= two.start


@given(texts)
def test_line_by_line_gives_the_same_as_the_whole(text: str) -> None:
    assert tuple(mentions_in(re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text))) == (
        find_mentions(text)
    )


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_no_pattern_can_run_on_so_that_reading_takes_time_by_the_length_of_the_text(
    code: str,
) -> None:
    every = (*grammar_of(code), *beside("May", code), *beside("1", code))
    patterns = [one for one in every if isinstance(one, re.Pattern)]
    longest = [parser.parse(one.pattern, one.flags).getwidth()[1] for one in patterns]
    assert len(longest) == 23 + 2 * 4
    assert max(longest) < 200


def test_a_line_without_end_is_cut_after_a_sentence_and_every_date_is_found() -> None:
    text = "It was read on 25 February 1956 in Moscow. " * 5000
    found = find_mentions(text, "en")
    assert len(found) == 5000
    assert max(len(paragraph.text) for paragraph in paragraphs(lines_of(text))) <= 20_000


def test_a_run_of_spaces_or_digits_is_no_trouble() -> None:
    for unit in ("1", " ", "\n", "1 ", "25, ", "(", "25 February [O.S. "):
        text = unit * (100_000 // len(unit))
        assert "".join(paragraph.text for paragraph in paragraphs(lines_of(text))) in {text, ""}
        find_mentions(text, "en")
