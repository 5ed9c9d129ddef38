"""A document that was published before the event cannot tell of it."""

from pathlib import Path
from typing import Any

import pytest

from tests.checks.curating import Desk, checked, of_rule
from tests.core.almanacs import entry


def found(folder: Path, when: str, published: str, **more: Any) -> list[str]:
    """Check an entry of a day that cites a document published on another. Return what is told."""
    one = entry("a", when, sources=[{"document": "paper"}], **more)
    paper = {"id": "paper", "title": "A paper", "published": published}
    report = checked(folder, one, documents=(paper,))
    return [finding.message for finding in of_rule(report, "anachronism")]


@pytest.mark.parametrize(("when", "published"), [
    ("1956-02-25", "1956-02-23"), ("1956-02-25", "1956-01"), ("1956-02-25", "1955"),
    ("1956-02-25", "1953/1955"), ("1956", "1955-12-30"), ("1953/1956", "1952"),
    ("1956-02~", "1955-12"), ("195X-02-25", "1949"), ("1956-1X", "1956-09"),
    ("1956-02-~25", "1956-02-22"), ("-0043-03-15", "-0044"), ("[1956,1958]", "1953"),
])  # fmt: skip
def test_a_document_from_surely_before_the_event_is_told(
    tmp_path: Path, when: str, published: str
) -> None:
    [told] = found(tmp_path, when, published)
    assert told.startswith('entry "a" cites paper for ')
    assert "paper was published before that" in told


@pytest.mark.parametrize(("when", "published"), [
    ("1956-02-25", "1956-02-25"), ("1956-02-25", "1956-02-24"), ("1956-02-25", "1956-02"),
    ("1956-02-25", "1956"), ("1956-02-25", "2006"), ("1956-02", "1956-02-02"),
    ("1956-02-25", "1955?"), ("1956?", "1955"), ("1956-02-25", "1955~"), ("1956-02~", "1956-01"),
    ("1953/1964", "1956"), ("../1964", "1900"), ("XXXX-12-25", "1843"), ("1956", "1950/1960"),
    ("195X-02-25", "1950-02-25"), ("1956?-02-25", "1955"), ("1956~-02-25", "1955-06"),
    ("1956-02-25", "1950/.."), ("1956-02-25", "[1950,1990]"),
])  # fmt: skip
def test_a_document_that_may_be_of_that_day_or_later_is_not(
    tmp_path: Path, when: str, published: str
) -> None:
    assert found(tmp_path, when, published) == []


def test_a_julian_day_counts_in_our_calendar(tmp_path: Path) -> None:
    assert found(tmp_path, "1917-10-25", "1917-11-05", calendar="julian")
    assert found(tmp_path, "1917-10-25", "1917-11-07", calendar="julian") == []
    assert found(tmp_path, "1917-10-25", "1917-11-05") == []


def test_an_answer_is_judged_by_its_own_date_and_a_source_by_any(tmp_path: Path) -> None:
    def told(own: dict[str, str], document: str = "paper") -> int:
        answers = [{"says": "x", "document": document, **own},
                   {"says": "y", "document": "gazette"}]  # fmt: skip
        accounts = [{"question": "When?", "answers": answers}]
        return len(found(tmp_path, "1956-02-25", "1950", accounts=accounts))

    assert told({"date": "1949-02-25"}) == 0, "the source is cited for this answer"
    assert told({"date": "1949-02-25"}, "gazette") == 1
    assert told({"date": "1956-02-26"}) == 2
    assert told({}) == 2
    assert found(tmp_path, "1949", "1950", accounts=[
        {"question": "When?", "answers": [{"says": "x", "document": "paper", "date": "1956"},
                                          {"says": "y", "document": "gazette"}]}])  # fmt: skip


def test_a_document_that_is_based_on_a_later_one_is_told_and_can_be_silenced(
    tmp_path: Path,
) -> None:
    def told(first: str, later: str, **more: Any) -> list[int | None]:
        documents = ({"id": "book", "title": "x", "published": first, "based_on": "gazette"},
                     {"id": "gazette", "title": "x", "published": later})  # fmt: skip
        book = {**documents[0], **more}
        one = entry("a", "1900", sources=[{"document": "book"}])
        desk = Desk(tmp_path)
        desk.write([one], [book, documents[1]])
        return [finding.line for finding in of_rule(desk.check(), "anachronism")]

    assert told("1950", "1956") == [1]
    assert told("1956", "1956-05") == []
    assert told("1950?", "1956") == []
    assert told("1950", "1956", silence={"rule": "anachronism", "reason": "a reprint"}) == []


def test_a_plan_is_silenced_on_its_entry(tmp_path: Path) -> None:
    silence = {"rule": "anachronism", "reason": "it announces the congress"}
    assert found(tmp_path, "1956-02-25", "1955", silence=silence) == []
