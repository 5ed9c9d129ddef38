"""The year of a date that does not write it: found in the text before, or left open."""

import pytest

from onthisday.drafts.mentions import find_mentions

STORIES = {
    "a day takes the year of the paragraph": (
        "On May 10, 1940 it began. On June 10 they came; twelve days later it was over.",
        ["1940-05-10 written", "1940-06-10 paragraph", "1940-06-22 paragraph"],
    ),
    "a day takes the year of an earlier paragraph where its own has none": (
        "It was read on February 25, 1956.\n\nOn February 25, before midnight, they left.",
        ["1956-02-25 written", "1956-02-25 earlier"],
    ),
    "a month alone takes it too": (
        "It was read on February 25, 1956. In March they had it.",
        ["1956-02-25 written", "1956-03 paragraph"],
    ),
    "the 25th is of the month told last": (
        "They met on February 14th, 1956, until, on the 25th, they heard it. The next day it was.",
        ["1956-02-14 written", "1956-02-25 paragraph", "1956-02-26 paragraph"],
    ),
    "the next day may follow paragraphs later, past a year that is the same": (
        "They heard it on February 25, 1956.\n\nA parade in 1956.\n\nIt was reported the next day.",
        ["1956-02-25 written", "1956 written", "1956-02-26 earlier"],
    ),
    "a count crosses the end of a month and of a year": (
        "On 31 December 1941 it fell. The next day they fled. Two days earlier all was well.",
        ["1941-12-31 written", "1942-01-01 paragraph", "1941-12-30 paragraph"],
    ),
    "a count needs a day": ("In March 1956 it was read. The next day it was known.",
                            ["1956-03 written"]),
    "a count needs something told": ("Two days later, later that year, on the 25th.", []),
    "January after December is of the next year": (
        "On December 16, 1944 they attacked. In January they were back.",
        ["1944-12-16 written", "1945-01 paragraph"],
    ),
    "a month a little earlier is a look back, not the next year": (
        "On April 30, 1945 he died. On April 12 the president had died.",
        ["1945-04-30 written", "1945-04-12 paragraph"],
    ),
    "a year that begins a sentence moves what is told": (
        "On 3 March 1941 it began. In 1942, all changed. On 4 June they met.",
        ["1941-03-03 written", "1942 written", "1942-06-04 paragraph"],
    ),
    "a year deep in a sentence does not": (
        "On 2 August 1964 it began. A paper that was declassified in 2005 knows no 4 August.",
        ["1964-08-02 written", "2005 written", "1964-08-04 paragraph"],
    ),
    "a year in brackets does not": (
        "It was read on 25 February 1956.\n\n(Not until 1989.)\n\nIt led on later that year.",
        ["1956-02-25 written", "1989 written", "1956 earlier"],
    ),
    "a section's heading tells the year": (
        "In November 2008 it was quiet.\n\n2003: Invasion\n\nOn April 9 the city fell.",
        ["2008-11 written", "2003 written", "2003-04-09 earlier"],
    ),
    "a look ahead does not outlast its paragraph where a heading told the year": (
        "2003: Invasion\n\nOn April 9 it fell. In November 2008 they met.\n\nOn April 15 it ended.",
        ["2003 written", "2003-04-09 earlier", "2008-11 written", "2003-04-15 earlier"],
    ),
    "a heading of a life is no section": (
        "It was read on 25 February 1956.\n\nThe Man (1894–1971)\n\nIn March he left.",
        ["1956-02-25 written", "1894/1971 written", "1956-03 earlier"],
    ),
    "the year before does not move what is told, the year after does": (
        "On 21 October 1904 it began, as the previous year. The following year it ended in May.",
        ["1904-10-21 written", "1903 paragraph", "1905 paragraph", "1905-05 paragraph"],
    ),
    "29 February has no year where the year told has none": (
        "On 21 March 1955 it began. On 29 February they met.",
        ["1955-03-21 written", "XXXX-02-29 written"],
    ),
    "a year before Christ is carried as others are": (
        "In 480 BC they came. In August they fought.", ["-0479 written", "-0479-08 paragraph"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_in_a_story(story: str) -> None:
    text, dates = STORIES[story]
    assert [f"{found.value} {found.year_from}" for found in find_mentions(text, "en")] == dates


@pytest.mark.parametrize("story", STORIES)
def test_only_what_is_written_is_proposed(story: str) -> None:
    for found in find_mentions(STORIES[story][0], "en"):
        written = found.year_from == "written" and found.precision == "day"
        assert found.proposed == (written and "X" not in found.value)
