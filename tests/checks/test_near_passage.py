"""`check` finds the passage that a mistyped quote means, and says what to write."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.almanac.entry import Citation, Span
from onthisday.checks.near_passage import nearest_passage
from onthisday.checks.passages import prove
from tests.checks.curating import Desk, document, read
from tests.core.almanacs import entry

TEXT = """The Gazette of the valley.
On Tuesday the “mill” by the river burned down, and all of the grain of the winter with it.
Nobody was hurt; the miller, who had been at market, came home at noon to the smoke.
A collection was begun in the church on the following Sunday.
"""


def found(quote: str, text: str = TEXT) -> str | None:
    span = nearest_passage(quote, text)
    return text[span.start : span.end] if span else None


MISTYPED = {
    "On Tuseday the “mill” by the river burned down,": "On Tuesday the “mill” by the river burned "
    "down,",
    "the mill by the river burnt down": "the “mill” by the river burned down",
    "the miller, who was at market, came home": "the miller, who had been at market, came home",
    "nobody was hurt": "Nobody was hurt",
    "A colection was begum in the church": "A collection was begun in the church",
    "the grain of winter with it.": "the grain of the winter with it.",
    "came home at noon to teh": "came home at noon to the",
}


@pytest.mark.parametrize("quote", MISTYPED)
def test_a_mistyped_quotation_finds_its_passage(quote: str) -> None:
    assert found(quote) == MISTYPED[quote]


@pytest.mark.parametrize("quote", ["A war began in the east", "mill", "…", "xyzzy " * 3000])
def test_a_quotation_that_is_like_nothing_finds_nothing(quote: str) -> None:
    assert found(quote) is None


def test_it_is_found_deep_in_a_long_text() -> None:
    long = "The grain was sold at the market. " * 15_000
    text = long + TEXT + long
    assert (
        found("A colection was begun in teh church", text) == "A collection was begun in the church"
    )


@given(st.integers(0, len(TEXT)), st.integers(0, 120), st.integers(0, 120), st.text(max_size=3))
def test_what_is_found_is_a_passage_of_the_text(
    start: int, length: int, place: int, slip: str
) -> None:
    quote = TEXT[start : start + length]
    quote = quote[:place] + slip + quote[place + len(slip) :]
    span = nearest_passage(quote, TEXT)
    assert span is None or 0 <= span.start < span.end <= len(TEXT)


def test_check_says_line_passage_and_locator_and_fix_leaves_it_to_the_person(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.hold("book", TEXT)
    quoted = entry(
        "a", "1956", sources=[{"document": "book", "quote": "Nobody was hrt; the miller"}]
    )
    desk.write([quoted], [document("book", TEXT)])
    before = desk.entries.read_text("utf-8")
    [finding] = desk.check(fixing=True).findings
    start = TEXT.index("Nobody")
    assert finding.line == 1
    assert finding.message.endswith(
        "with a quote that is not in its text; the nearest is in line 3, “Nobody was hurt; the "
        f"miller”; if that is meant, write locator: {{start: {start}, end: {start + 27}}} in its "
        "place"
    )
    assert desk.entries.read_text("utf-8") == before


@pytest.mark.parametrize("dots", ["…", " ... ", " [...] ", " (…) "])
def test_of_a_quote_that_leaves_words_out_each_part_is_offered(dots: str) -> None:
    quote = f"Nobody was hurt{dots}came home at noon"
    cited = read("a", "1956", sources=[{"document": "book", "quote": quote}])
    [fault] = prove(cited, {"book": TEXT}).faults
    hurt, came = TEXT.index("Nobody"), TEXT.index("came home")
    assert fault.message.endswith(
        "it leaves words out, but its parts are there; write locator: "
        f"[{{start: {hurt}, end: {hurt + 15}}}, {{start: {came}, end: {came + 17}}}]"
    )


def test_a_long_passage_is_shown_by_whole_words_of_both_ends() -> None:
    quote = TEXT.strip().replace("valley", "vallley").replace("Sunday", "Sundy")
    cited = read("a", "1956", sources=[{"document": "book", "quote": quote}])
    [fault] = prove(cited, {"book": TEXT}).faults
    assert "“The Gazette of the valley. On Tuesday the “mill” by the … " in fault.message
    assert " … collection was begun in the church on the following Sunday.”; if" in fault.message
    assert cited.sources[0] == Citation("book", quote=quote)
    assert f"write locator: {{start: 0, end: {len(TEXT) - 1}}}" in fault.message
    assert nearest_passage(quote, TEXT) == Span(0, len(TEXT) - 1)
