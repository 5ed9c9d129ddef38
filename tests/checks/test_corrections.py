"""The rules about corrections: their days, their order, what they change and withdraw."""

import re
from pathlib import Path
from typing import Any

import pytest

from onthisday.errors import Finding
from tests.checks.curating import checked, of_rule, rules
from tests.checks.test_not_in_passage import found, words
from tests.core.almanacs import entry


def correction(on: str = "2026-03-02", **more: Any) -> dict[str, Any]:
    """Return a correction as a tree."""
    return {"on": on, "was": "1,400 heard it", "now": "1,436 heard it", "why": "A count.", **more}


def findings(folder: Path, *corrections: dict[str, Any], **more: Any) -> tuple[Finding, ...]:
    """Return what is found in an entry with these corrections. Today is 1 July 2026."""
    return checked(folder, entry("a", "1956-02-25", corrections=[*corrections], **more)).findings


@pytest.mark.parametrize(
    "corrections",
    [
        [],
        [correction()],
        [correction(), correction(was="two", now="three")],
        [correction("2026-03-01"), correction("2026-03-02"), correction("2026-07-01")],
    ],
)
def test_corrections_that_are_right_have_no_findings(
    tmp_path: Path, corrections: list[dict[str, Any]]
) -> None:
    assert findings(tmp_path, *corrections) == ()
    assert findings(tmp_path, *corrections, updated="2026-01-01") == (), "updated may be earlier"


@pytest.mark.parametrize(
    ("corrections", "told"),
    [
        ([correction(now=" 1,400  heard it")], "corrections[0] says the same in was and now"),
        ([correction(), correction("2026-03-01")],
         "corrections[1] is out of order: 1 March 2026 comes after 2 March 2026; put the older"),
        ([correction("0206-03-02")], "is dated 2 March 206, before what it corrects; correct on"),
    ],
)  # fmt: skip
def test_a_correction_that_looks_wrong_is_told_with_its_mend(
    tmp_path: Path, corrections: list[dict[str, Any]], told: str
) -> None:
    [finding] = findings(tmp_path, *corrections)
    assert (finding.rule, finding.severity) == ("correction", "warning")
    assert told in finding.message


def test_a_correction_to_come_is_told_with_what_it_means(tmp_path: Path) -> None:
    [finding] = findings(tmp_path, correction("2026-07-02"))
    assert finding.rule == "correction-to-come"
    assert "counts from 2 July 2026 on; until then it is ignored everywhere" in finding.message


def test_a_withdrawn_entry_is_told_because_a_forgotten_now_withdraws(tmp_path: Path) -> None:
    [finding] = findings(tmp_path, correction(now=None))
    assert (finding.rule, finding.severity) == ("withdrawn", "warning")
    said = 'entry "a" is withdrawn from 2 March 2026 on, so it falls on no day; '
    assert finding.message.startswith(said)
    silence = [{"rule": "withdrawn", "reason": "the letter was forged"}]
    assert findings(tmp_path, correction(now=None), silence=silence) == ()
    to_come = findings(tmp_path, correction("2026-07-02", now=None))
    assert [each.rule for each in to_come] == ["correction-to-come", "withdrawn"]
    assert "will be withdrawn from 2 July 2026 on" in to_come[1].message


def test_what_it_was_is_not_looked_for_and_what_it_is_now_is(tmp_path: Path) -> None:
    passage = "On 25 February 1956 Khrushchev spoke to 1,436 delegates."
    wrong = found(tmp_path, passage, corrections=[correction(now="1,436 delegates heard it")])
    assert wrong == []
    wrong = found(tmp_path, passage, corrections=[correction(now="1,437 delegates heard it")])
    assert words(wrong) == ["1,437"]
    assert "the correction says" in wrong[0].message
    chain = [correction(now="1,500 delegates"), correction(was="1,500 delegates", now="1,436")]
    assert found(tmp_path, passage, corrections=chain) == []


def test_a_withdrawn_entry_is_no_duplicate_of_the_one_that_is_right(tmp_path: Path) -> None:
    same = {"title": "A treaty is signed at the congress of Vienna"}
    both = [entry(name, "1815-06-09", **same) for name in ("a", "b")]
    assert rules(checked(tmp_path, *both)) == ["exact-duplicate"]
    both[0]["corrections"] = [correction(now=None)]
    assert rules(checked(tmp_path, *both)) == ["withdrawn"]


def test_a_correction_without_why_is_an_error_on_its_line(tmp_path: Path) -> None:
    given = correction()
    del given["why"]
    report = checked(tmp_path, entry("a", "1956-02-25", corrections=[given]))
    [finding] = of_rule(report, "shape")
    assert (finding.severity, finding.line) == ("error", 1)
    assert re.search(r"corrections\[0\] has no why; add why: ", finding.message)
