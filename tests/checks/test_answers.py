"""`check` finds accounts without a disagreement, and documents that count as two witnesses."""

from pathlib import Path
from typing import Any

import pytest

from onthisday.checks.answers import answer_faults
from onthisday.checks.citing import citing_faults, locator_faults
from onthisday.checks.documents import following
from onthisday.schema.entry_schema import DOCUMENT
from tests.checks.curating import Desk, cites, document, of_rule, read
from tests.core.almanacs import entry

NOBODY = following(())


def answers(*said: tuple[str, str] | tuple[str, str, str]) -> list[Any]:
    """Return a list with one account. An answer is (document, words) or (document, words, date)."""
    keys = ("document", "says", "date")
    trees = [dict(zip(keys, each, strict=False)) for each in said]
    return [{"question": "When?", "answers": trees}]


def told(*said: tuple[str, str] | tuple[str, str, str]) -> list[str]:
    """Return the rules that find a fault in an account."""
    return [fault.rule for fault in answer_faults(read(accounts=answers(*said)), NOBODY)]


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (("a", "1,400 delegates"), ("b", "1,500 delegates"), True),
        (("a", "In the hall."), ("b", "in the  Hall"), False),
        (("a", "1961"), ("b", "31 October 1961"), False),
        (("a", "In 1961"), ("b", "On October 31, 1961"), False),
        (("a", "1961"), ("b", "31 October 1962"), True),
        (("a", "c. 1950"), ("b", "1951"), False),
        (("a", "the 1950s"), ("b", "1961"), True),
        (("a", "By night", "1961"), ("b", "By night", "1961-10-31"), False),
        (("a", "By night", "1961-10-30"), ("b", "By night", "1961-10-31"), True),
        (("a", "By night", "1961"), ("b", "At noon", "1961-10-31"), True),
        (("a", "1961"), ("b", "By night"), True),
    ],
)
def test_answers_differ_in_words_or_in_dates_that_cannot_be_one(
    one: Any, other: Any, differ: bool
) -> None:
    assert told(one, other) == ([] if differ else ["no-disagreement"])


def test_one_vague_answer_does_not_make_two_others_agree() -> None:
    assert told(("a", "1961"), ("b", "30 October 1961"), ("c", "31 October 1961")) == []


def test_one_document_may_give_several_answers() -> None:
    assert told(("a", "yes"), ("a", "no")) == []
    assert told(("a", "yes"), ("a", "Yes.")) == ["no-disagreement"]


def test_a_finding_names_the_question_and_its_line(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    tree = entry("a", "1956", accounts=answers(("gazette", "yes"), ("other", "Yes!")))
    desk.write([entry("z", "1955"), tree], [document("gazette"), document("other")])
    [finding] = desk.check().findings
    assert (finding.rule, finding.line) == ("no-disagreement", 2)
    assert 'on "When?" the answers do not differ' in finding.message


FOLLOWED = following(
    [
        DOCUMENT.read(tree, (), [])
        for tree in (
            document("root"),
            document("copy", based_on="root"),
            document("copy-of-copy", based_on="copy"),
            document("other-copy", based_on="root"),
            document("alone"),
        )
    ]
)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("root", "copy", "copy is based on root"),
        ("copy-of-copy", "root", "copy-of-copy is based on root"),
        ("copy", "other-copy", "both are based on root"),
        ("root", "alone", None),
        ("copy", "alone", None),
    ],
)
def test_a_source_that_follows_another_is_no_second_witness(
    one: str, other: str, why: str | None
) -> None:
    faults = list(citing_faults(read(sources=[cites(one), cites(other)]), FOLLOWED))
    assert [fault.rule for fault in faults] == (["not-independent"] if why else [])
    assert all(why in fault.message and fault.path == ("sources", 1) for fault in faults if why)


def test_an_answer_that_follows_another_counts_where_they_agree() -> None:
    def rules(*said: tuple[str, str]) -> list[str]:
        return [fault.rule for fault in answer_faults(read(accounts=answers(*said)), FOLLOWED)]

    assert rules(("root", "yes"), ("copy", "Yes"), ("alone", "no")) == ["not-independent"]
    assert rules(("root", "yes"), ("copy", "no"), ("alone", "no")) == []


def test_documents_that_follow_each_other_in_a_circle_end_the_search() -> None:
    trees = (document("a", based_on="b"), document("b", based_on="c"), document("c", based_on="b"))
    followed = following([DOCUMENT.read(tree, (), []) for tree in trees])
    assert followed("a") == {"b", "c"}
    assert followed("b") == {"b", "c"}
    assert followed("nobody") == frozenset()


def test_a_document_cited_twice_at_the_same_place_is_told() -> None:
    def rules(*sources: Any) -> list[str]:
        return [fault.rule for fault in citing_faults(read(sources=[*sources]), NOBODY)]

    assert rules(cites("a", (1, 2)), cites("a", (1, 2))) == ["cited-twice"]
    assert rules(cites("a", (1, 2)), cites("a", (1, 2), **{"as": "reported"})) == ["cited-twice"]
    assert rules(cites("a", (1, 2), (1, 2))) == ["cited-twice"]
    assert rules(cites("a", (1, 2)), cites("a", (2, 3)), cites("b", (1, 2))) == []
    assert rules(cites("a", page="5"), cites("a", page="6")) == []
    assert rules(cites("a"), cites("a")) == ["cited-twice"]


def test_a_source_in_a_held_text_says_where(tmp_path: Path) -> None:
    assert [fault.path for fault in locator_faults(read(sources=[cites("a")]), "a")] == [
        ("sources", 0)
    ]
    for more in ({"page": "5"}, {"quote": "words"}, {"locator": {"start": 1, "end": 2}}):
        assert list(locator_faults(read(sources=[cites("a", **more)]), "a")) == []
    desk = Desk(tmp_path)
    desk.hold("book", "A text.")
    book = document("book", "A text.")
    desk.write([entry("a", "1956", sources=[cites("book")])], [book])
    assert len(of_rule(desk.check(), "no-locator")) == 1
    (tmp_path / "texts" / "book.txt").unlink()
    assert of_rule(desk.check(), "no-locator") == []
