"""Reading takes time by the length of a text, also of one that was made to be slow."""

import time

import pytest

from onthisday.drafts.sentences import LONGEST, sentences
from onthisday.service.proposing.drafting import read_for
from onthisday.texts.extract import DocumentText, TextPart


def seconds(text: str) -> float:
    """Return the processor's time that reading takes."""
    parts = iter((TextPart(0, text),))
    begun = time.process_time()
    read_for("all", "a.txt", lambda: DocumentText("a.txt", "0" * 64, parts))
    return time.process_time() - begun


def dates(count: int, between: str) -> str:
    return between.join(f"{n % 28 + 1} May {1900 + n % 100}" for n in range(count))


@pytest.mark.parametrize("between", [", ", "; ", " and ", " "])
def test_a_thousand_dates_on_one_line_are_read_at_once(between: str) -> None:
    assert seconds(dates(1_000, between)) < 5  # it took 74 s


@pytest.mark.parametrize(
    "text",
    [
        "On 1 May 1900 " + "[" * 19_900,
        "On 1 May 1900 " + "[a](" * 5_000,
        "Born 1 May 1900 " * 1_000,
        "On 1 May 1900, Ann Lee and Bo Li met. " * 1_000,
        "".join(f"On 1 May 1900, Ann{n} Lee{n} came. " for n in range(1_000)),
        dates(1_000, "\n"),
        "1 May 1900\f" * 1_000,
        "He died on 1 May 1900. " * 1_000,
        "," * 20_000 + " on 1 May 1900",
    ],
    ids=lambda text: text[:24],
)
def test_what_was_made_to_be_slow_is_read_at_once(text: str) -> None:
    assert seconds(text) < 3


def test_twice_the_text_takes_about_twice_the_time() -> None:
    once = min(seconds(dates(1_000, ", ")) for _ in range(2))
    assert seconds(dates(4_000, ", ")) < 10 * once


def test_a_sentence_that_is_too_long_is_cut_after_a_clause() -> None:
    text = "word, " * LONGEST + "end."
    found = list(sentences(text))
    assert all(span.end - span.start <= LONGEST for span in found)
    assert all(text[span.end - 1] in ",." for span in found)
    assert " ".join(text[span.start : span.end] for span in found) == text
    assert list(sentences("word, " * 100 + "end.")) == [(0, 604)]
