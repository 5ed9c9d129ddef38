"""A day that nobody knows is often written as the 1st, the 15th or 1 January. That is told."""

from pathlib import Path
from typing import Any

import pytest

from onthisday.checks.guessed_days import GuessedDays
from tests.checks.curating import Desk, cites, document, of_rule, read, rules
from tests.core.almanacs import entry


def told(when: str, *passages: str, **more: Any) -> list[str]:
    """Return what is told of an entry that cites these passages, each from its own document."""
    sources = [cites(f"d{place}", (0, len(text))) for place, text in enumerate(passages)]
    found, guessed = read("a", when, sources=sources, **more), GuessedDays()
    for place, text in enumerate(passages):
        guessed.see(found, f"d{place}", text)
    return [fault.message for _, fault in guessed.faults()]


@pytest.mark.parametrize(("when", "passage", "words", "instead"), [
    ("1956-03-01", "It began in March 1956 and went on.", "March 1956", "1956-03"),
    ("1956-03-15", "It began in mid-March 1956.", "March 1956", "1956-03"),
    ("1956-03-15?", "It began in March.", "March", "1956-03"),
    ("1956-03-?15", "It began in March 1956.", "March 1956", "1956-03"),
    ("1956?-03-01", "It began in March 1956.", "March 1956", "1956?-03"),
    ("1956-01-01", "It began in 1956.", "1956", "1956"),
    ("1956-01-01", "It began in January 1956.", "January 1956", "1956-01"),
    ("1894-01-01", "He was born in 1894.", "1894", "1894"),
    ("1956-03-01", "It began in 1956.", "1956", "1956"),
    ("1956-03-15", "Das begann im März 1956.", "März 1956", "1956-03"),
])  # fmt: skip
def test_a_day_of_which_the_passage_gives_the_month_or_the_year_is_told(
    when: str, passage: str, words: str, instead: str
) -> None:
    [said] = told(when, passage)
    assert f'its passages name no day, only "{words}"; write date: "{instead}"' in said


@pytest.mark.parametrize(("when", "passages"), [
    ("1956-03-01", ["On 1 March 1956 it began."]),
    ("1956-03-15", ["In March 1956 they met; on the 15th it began."]),
    ("1956-03-15", ["In March 1956, on its fifteenth day, it began."]),
    ("1956-03-01", ["Am ersten Tag des März 1956 begann es."]),
    ("1956-01-01", ["On New Year's Day 1956 it began."]),
    ("1956-03-15", ["It began in March 1956.", "It began on 15 March."]),
    ("1956-03-15", ["It began on 15 March.", "It began in March 1956."]),
    ("1956-03-14", ["It began in March 1956."]),
    ("1956-03-15", ["On 12 March 1956 they met, and began three days later."]),
    ("1956-03-15", ["It began three days later."]),
    ("1956-03-15", ["It had not begun in May 1955."]),
    ("1956-03-15~", ["It began in March 1956."]),
    ("1956-03", ["It began in March 1956."]),
    ("XXXX-03-15", ["It is in March."]),
])  # fmt: skip
def test_a_day_that_a_passage_names_or_may_name_is_not_told(when: str, passages: list[str]) -> None:
    assert told(when, *passages) == []


def test_a_julian_day_may_be_named_in_either_calendar() -> None:
    julian = {"calendar": "julian"}
    assert told("1917-10-15", "It was in October 1917, on the 28th of ours.", **julian) == []
    assert told("1917-10-15", "It was in October 1917.", **julian)


def test_all_passages_must_be_seen_and_every_citation_have_one() -> None:
    text = "It began in March 1956."
    one, guessed = cites("d", (0, len(text))), GuessedDays()
    for name, other in (("two", cites("e", (0, 5))), ("page", {"document": "e", "page": "5"}),
                        ("quote", {"document": "d", "quote": "15 March"})):  # fmt: skip
        guessed.see(read(name, "1956-03-15", sources=[one, other]), "d", text)
    assert list(guessed.faults()) == []


def standing(many: int, others: int, when: str) -> list[str]:
    """Return what is told of ``many`` entries of a day and ``others`` that give no date."""
    guessed, text = GuessedDays(), "Nobody knows when it was."
    source = {"sources": [cites("d", (0, len(text)))]}
    for place in range(many):
        guessed.see(read(f"m{place}", when, **source), "d", text)
    for place in range(others):
        guessed.see(read(f"o{place}", f"1956-05-{place % 12 + 16}", **source), "d", text)
    return [name for name, _ in guessed.faults()]


@pytest.mark.parametrize(("when", "many", "others"), [
    ("1956-01-01", 5, 50), ("1956-03-01", 6, 40), ("1956-03-15", 6, 40), ("1956-03-15", 20, 200),
])  # fmt: skip
def test_more_such_days_than_chance_gives_are_told_each(when: str, many: int, others: int) -> None:
    assert standing(many, others, when) == [f"m{place}" for place in range(many)]


@pytest.mark.parametrize(("when", "many", "others"), [
    ("1956-01-01", 4, 0), ("1956-03-01", 4, 0), ("1956-03-15", 6, 200), ("1956-03-15", 33, 1000),
    ("1956-01-01", 5, 1500),
])  # fmt: skip
def test_as_many_as_chance_may_give_are_not_told(when: str, many: int, others: int) -> None:
    assert standing(many, others, when) == []


def test_check_tells_it_only_with_the_text_and_it_can_be_silenced(tmp_path: Path) -> None:
    text = "It began in March 1956, they say."
    cited = {"sources": [cites("book", (0, len(text)))]}
    silence = {"rule": "guessed-day", "reason": "the almanac of that year gives the day"}
    desk = Desk(tmp_path)
    entries = [entry("a", "1956-03-01", **cited),
               entry("b", "1956-03-15", silence=silence, **cited)]  # fmt: skip
    desk.write(entries, [document("book", text)])
    assert rules(desk.check()) == ["unproved"]
    desk.hold("book", text)
    report = desk.check()
    assert [(each.rule, each.line) for each in report.findings] == [("guessed-day", 1)]
    assert (report.silenced, of_rule(report, "silence")) == (1, [])
