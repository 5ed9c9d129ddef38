"""A curator can silence rules of `check`, with a reason."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from onthisday.adapters.sqlite.rows import document_of, entry_of, text_of
from onthisday.app.workspace import Almanac
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.rules import silenceable
from onthisday.schema.shapes import Problem
from onthisday.service.checking.findings import MOST_KEPT
from tests.checks.curating import checked, document, of_rule, read, rules
from tests.core.almanacs import entry, run, write

TITLE = "Two treaties are signed in Vienna"


def silence(rule: str, reason: str = "they are two") -> list[dict[str, str]]:
    """Return a silence as a tree."""
    return [{"rule": rule, "reason": reason}]


@pytest.mark.parametrize("silenced", ["a", "b"])
def test_a_rule_can_be_silenced_on_either_of_two_entries(tmp_path: Path, silenced: str) -> None:
    entries = [
        entry(name, "1815-06-09", title=TITLE,
              **({"silence": silence("exact-duplicate")} if name == silenced else {}))
        for name in ("a", "b")
    ]  # fmt: skip
    report = checked(tmp_path, *entries)
    assert (report.findings, report.silenced) == ((), 1)


def test_a_silence_of_one_rule_is_none_of_another(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        entry("a", "1815-06-09", title=TITLE),
        entry("b", "1815-06-09", title=TITLE, silence=silence("near-duplicate")),
    )
    assert sorted(rules(report)) == ["exact-duplicate", "silence"]


def test_a_silence_that_silences_nothing_is_told_where_it_stands(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        entry("a", "1815-06-09", silence=silence("future")),
        documents=(document("book", silence=silence("unused-document")),),
    )
    [finding] = report.findings
    assert (finding.rule, finding.severity, finding.line) == ("silence", "warning", 1)
    assert 'silences "future", which finds nothing here' in finding.message
    assert report.silenced == 1


def test_a_silence_that_only_a_text_can_use_waits_for_it(tmp_path: Path) -> None:
    book = document("book", "A text.")
    cited = [{"document": "book"}]
    report = checked(
        tmp_path,
        entry("a", "1815", sources=cited, silence=silence("no-locator")),
        documents=(book,),
    )
    assert of_rule(report, "silence") == []


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (silence("near-duplicates"), 'did you mean "near-duplicate"?'),
        (silence("locator"), "cannot be silenced here"),
        (silence("unused-document"), "cannot be silenced here"),
        (silence("date"), "cannot be silenced here"),
        ([{"rule": "future"}], "has no reason"),
        (silence("future", " "), "is blank"),
        ("future", "must be a mapping"),
        ([{"rule": "future", "reason": "x", "until": "y"}], 'unknown key "until"'),
    ],
)
def test_a_silence_has_a_rule_that_exists_and_a_reason(value: Any, message: str) -> None:
    problems: list[Problem] = []
    ENTRY.read(entry("a", "1815", silence=value), (), problems)
    assert len(problems) == 1
    assert message in problems[0].message


@pytest.mark.program
def test_a_wrong_silence_is_a_finding_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, entry("a", "1815"), entry("b", "1816", silence=silence("futur")))
    told = run(tmp_path, "check")
    assert told.returncode == 3
    assert told.stdout.startswith('almanac/entries.yaml:2: entry "b": silence[0].rule: "futur"')


def test_a_single_silence_needs_no_list() -> None:
    assert read(silence=silence("future")[0]).silence == read(silence=silence("future")).silence


def test_the_schemas_know_what_can_be_silenced() -> None:
    for record, what in ((ENTRY, "entry"), (DOCUMENT, "document")):
        described = str(record.schema()["properties"]["silence"])
        assert all(name in described for name in silenceable(what))
    tree = entry("a", "1815", silence=silence("future"))
    jsonschema.Draft202012Validator(ENTRY.schema()).validate(tree)


@pytest.mark.program
def test_silences_survive_the_cache_and_reach_no_reader(tmp_path: Path) -> None:
    found = read(silence=silence("future", "a planned day"))
    assert entry_of(text_of(found)) == found
    book = DOCUMENT.read(document("book", silence=silence("same-text")), (), [])
    assert document_of(text_of(book)) == book
    config = write(tmp_path, entry("a", "1815-06-09", silence=silence("future", "a secret reason")))
    almanac = Almanac.open(str(config))
    [kept] = almanac.library.entries()
    assert kept.silence[0].reason == "a secret reason"
    assert "secret" not in repr(almanac.presenter.entry(kept))
    built = run(tmp_path, "build", "site")
    assert built.returncode == 0
    schemas = tmp_path / "site" / "schemas"  # they say which keys there are
    pages = [path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.*")
             if path.suffix in {".html", ".json", ".atom"} and path.parent != schemas]  # fmt: skip
    assert len(pages) > 5
    assert not any("silence" in page or "secret reason" in page for page in pages)


def test_very_many_findings_are_counted_and_the_first_are_told(tmp_path: Path) -> None:
    report = checked(tmp_path, *(entry(f"e{n}", "2027") for n in range(MOST_KEPT + 5)))
    assert len(report.findings) == MOST_KEPT
    assert report.warnings == MOST_KEPT + 5
    assert rules(report) == ["future"] * MOST_KEPT
