"""`check` tells everything at once: no mistake hides another, and none leads to a false finding."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onthisday.cli import main
from onthisday.cli.check import NOT_FIXED
from tests.checks.curating import BOOK, Desk, document, of_rule, rules
from tests.core.almanacs import entry, listed, source

GAZETTE = {"id": "gazette", "title": "The Gazette"}
TEXT = "On 25 February 1956 it began, and nobody knew it yet."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A curator's folder, of which a test writes the files."""
    return Desk(tmp_path)


@pytest.fixture
def findings(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> Callable[..., list[tuple[str, int | None, str]]]:
    """A function: it runs `check` and returns the file, line and rule of each finding."""

    def run(*options: str) -> list[tuple[str, int | None, str]]:
        code = main(["check", "--config", str(desk.folder / "config.yaml"), "--format", "json",
                     *options])  # fmt: skip
        report = json.loads(capsys.readouterr().out)
        assert code == (3 if report["errors"] else 0)
        assert report["errors"] + report["warnings"] == len(report["findings"])
        return [
            (os.path.relpath(each["file"], desk.folder), each["line"], each["rule"])
            for each in report["findings"]
        ]

    return run


def test_every_kind_of_mistake_is_told_in_the_order_of_the_files(
    desk: Desk, findings: Callable[..., Any]
) -> None:
    (desk.folder / "config.yaml").write_text(
        "sight: {}\nalerts: nobody\nchannels:\n- {name: b, type: fax}\n"
    )
    desk.write(
        [
            entry("a", "2030-01-01", kynd="event"),
            entry("b", "1956-02-30", sources=[{"document": "gazete"}]),
            entry("c", "2030-01-01"),
            entry("c", "1956-02-25"),
            entry("d", "1956-02-25", sources=[source(), source()]),
        ],
        [GAZETTE, BOOK, {"id": "x", "title": "x", "based_on": "y", "language": "??"}],
    )
    (desk.folder / "almanac" / "lines.jsonl").write_text('{"id": 1}\n{oh\n\n{no\n')
    (desk.folder / "almanac" / "torn.yaml").write_text("- id: [\n")
    assert findings() == [
        ("config.yaml", 1, "shape"),
        ("config.yaml", 2, "shape"),
        ("config.yaml", 4, "shape"),
        ("almanac/documents.yaml", 3, "unknown-document"),
        ("almanac/documents.yaml", 3, "language"),
        ("almanac/entries.yaml", 1, "shape"),
        ("almanac/entries.yaml", 2, "date"),
        ("almanac/entries.yaml", 2, "unknown-document"),
        ("almanac/entries.yaml", 3, "future"),
        ("almanac/entries.yaml", 4, "duplicate"),
        ("almanac/entries.yaml", 5, "cited-twice"),
        ("almanac/lines.jsonl", 1, "shape"),
        ("almanac/lines.jsonl", 1, "shape"),
        ("almanac/lines.jsonl", 1, "shape"),
        ("almanac/lines.jsonl", 1, "shape"),
        ("almanac/lines.jsonl", 2, "syntax"),
        ("almanac/lines.jsonl", 4, "syntax"),
        ("almanac/torn.yaml", 1, "syntax"),
    ]


def test_all_mistakes_of_one_entry_are_told(desk: Desk) -> None:
    wrong = entry(
        "a",
        "1900-02-29",
        kynd="x",
        tags=["ok", "not ok"],
        sources=[source(), {"document": "gazete"}, {"as": "said", "document": "book"}],
        accounts=[{"question": "?", "answers": [{"says": "x", "document": "zine"}]}],
    )
    desk.write([entry("a", "1956-02-25"), wrong], [GAZETTE, BOOK])
    report = desk.check()
    assert sorted(rules(report)) == [
        "account", "date", "duplicate", "shape", "shape", "shape", "unknown-document",
        "unknown-document",
    ]  # fmt: skip
    assert (report.entries, report.left_out, report.errors) == (1, 1, 8)


def test_an_unknown_document_is_told_where_it_is_cited(desk: Desk) -> None:
    desk.entries.write_text(
        "- id: a\n  date: '1956'\n  title: x\n  sources:\n  - document: gazette\n"
        "  - document: gazete\n  accounts:\n  - question: x?\n    answers:\n"
        "    - {says: a, document: gazette}\n    - {says: b, document: zine}\n"
    )
    desk.documents.write_text(listed(GAZETTE))
    found = of_rule(desk.check(), "unknown-document")
    assert [each.line for each in found] == [6, 11]


def test_passages_are_proved_beside_an_entry_that_cannot_be_used(desk: Desk) -> None:
    desk.hold("letter", TEXT)
    cited = {"document": "letter", "locator": {"start": 0, "end": 900}}
    desk.write([entry("a", "1956-02-25", sources=[cited]), entry("b", "1956-13")],
               [document("letter", TEXT)])  # fmt: skip
    assert rules(desk.check()) == ["locator", "date", "unknown-document"]


Written = tuple[list[Any], list[Any]]
"""Entries and documents."""

CITES_BOOK = [source(), {"document": "book"}]

CONSEQUENCES: dict[str, tuple[Written, list[str]]] = {
    "a document is cited by an entry that has a mistake": (
        ([entry("a", "1956-13", sources=CITES_BOOK)], [GAZETTE, BOOK]), ["date"]),
    "a document is cited under a key that is misspelt": (
        ([entry("a", "1956", sources=[source(), {"documnt": "book"}])], [GAZETTE, BOOK]),
        ["shape", "shape"]),
    "a document is cited, and has a mistake": (
        ([entry("a", "1956", sources=CITES_BOOK)], [GAZETTE, {"id": "book"}]), ["shape"]),
    "a document is cited, and its own id is wrong": (
        ([entry("a", "1956", sources=CITES_BOOK)], [GAZETTE, {"id": "my book", "title": "x"}]),
        ["shape"]),
    "a document is based on one that has a mistake": (
        ([entry("a", "1956")],
         [{**GAZETTE, "based_on": "book"}, {**BOOK, "published": "x"}]), ["date"]),
    "a document is followed by one that has a mistake": (
        ([entry("a", "1956")], [{**GAZETTE, "based_on": "book", "url": "x"}, BOOK]), ["shape"]),
    "a document is cited by an id that is misspelt": (
        ([entry("a", "1956", sources=[source(), {"document": "bok"}])], [GAZETTE, BOOK]),
        ["unknown-document"]),
    "a document is followed by an id that is misspelt": (
        ([entry("a", "1956")], [{**GAZETTE, "based_on": "booc"}, BOOK]), ["unknown-document"]),
    "a silence is of a pair, and the other one has a mistake": (
        ([entry("a", "1956-02-25", title="The same title here",
                silence={"rule": "exact-duplicate", "reason": "two"}),
          entry("b", "1956-02-25", title="The same title here", kynd="x")], [GAZETTE]), ["shape"]),
    "an id is there twice, and both tell the same": (
        ([entry("a", "1956-02-25"), entry("a", "1956-02-25")], [GAZETTE]), ["duplicate"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CONSEQUENCES)
def test_nothing_is_told_that_only_follows_from_another_mistake(desk: Desk, case: str) -> None:
    written, expected = CONSEQUENCES[case]
    desk.write(*written)
    assert rules(desk.check()) == expected


def test_an_entry_that_is_no_yaml_hides_no_other_entry(desk: Desk) -> None:
    desk.documents.write_text(listed(GAZETTE, BOOK))
    lines = listed(entry("a", "2030-01-01")), "- id: b\n  tags: *c\n", "- id: d\n  title: A: B\n"
    desk.entries.write_text("".join((*lines, listed(entry("e", "1956-13")))))
    found = [(each.rule, each.line) for each in desk.check().findings]
    assert found == [("future", 1), ("alias", 3), ("syntax", 5), ("date", 6)]


def test_a_key_that_is_there_twice_hides_nothing_else_of_its_entry(desk: Desk) -> None:
    desk.documents.write_text(listed(GAZETTE))
    desk.entries.write_text(
        "- id: a\n  date: '1956-13'\n  title: One\n  title: Two\n  sources:\n"
        "  - document: gazete\n- id: b\n  date: '2030-01-01'\n  title: x\n  title: x\n"
        "  sources: [{document: gazette}]\n"
    )
    report = desk.check()
    found = [(each.rule, each.line) for each in report.findings]
    assert found == [
        ("date", 2), ("duplicate", 4), ("unknown-document", 6), ("duplicate", 10)
    ]  # fmt: skip
    assert (report.entries, report.left_out) == (0, 2)


def test_documents_that_cannot_be_read_are_one_finding_and_entries_are_judged(desk: Desk) -> None:
    desk.write([entry("a", "2030-01-01"), entry("b", "1956")], [])
    desk.documents.write_text("- id: [\n")
    assert rules(desk.check()) == ["syntax", "future"]


def test_a_file_that_cannot_be_read_leaves_open_which_documents_are_cited(desk: Desk) -> None:
    desk.write([entry("a", "1956")], [GAZETTE, BOOK])
    assert rules(desk.check()) == ["unused-document"]
    (desk.folder / "almanac" / "torn.yaml").write_text("- id: [\n")
    assert rules(desk.check()) == ["syntax"]
    (desk.folder / "almanac" / "torn.yaml").unlink()
    (desk.folder / "almanac" / "away.yaml").symlink_to("/etc/hostname")
    assert rules(desk.check()) == ["unreadable"]


def test_a_channel_is_not_blamed_for_a_tag_of_an_entry_with_a_mistake(
    desk: Desk, findings: Callable[..., Any]
) -> None:
    config = 'channels: [{name: a, type: ntfy, url: "https://a.invalid/", to: t, tags: [war]}]\n'
    (desk.folder / "config.yaml").write_text(config)
    desk.write([entry("a", "1956-13", tags=["war"])], [GAZETTE])
    assert [rule for *_, rule in findings()] == ["date"]
    desk.write([entry("a", "1956", tags=["peace"])], [GAZETTE])
    assert [rule for *_, rule in findings()] == ["filter"]
    desk.documents.write_text("- {}\n")
    assert [rule for *_, rule in findings()] == ["filter", "shape", "shape"]


def test_a_channel_that_cannot_show_pictures_of_other_sites_is_told_once(
    desk: Desk, findings: Callable[..., Any]
) -> None:
    each = "{name: %s, type: matrix, url: 'https://m.invalid', token: '${T}', to: '!a:m.invalid'}"
    (desk.folder / "config.yaml").write_text(f"channels: [{each % 'a'}, {each % 'b'}]\n")
    image = {"url": "https://o.invalid/a.png", "alt": "A", "credit": "B", "license": "CC0"}
    desk.write([entry("a", "1956", image=image)], [GAZETTE])
    assert [rule for *_, rule in findings()].count("image-elsewhere") == 1


@pytest.mark.parametrize(("config", "expected"), [
    ("site: {zone: Mars/Base}\n", ["zone", "future"]),
    ("site: {url: '${NOWHERE_SET}'}\n", ["variable", "future"]),
    ("site: text\nfeed: {items: 0}\n", ["shape", "shape", "future"]),
    ("channels: 7\nalerts: ops\n", ["shape", "future"]),
    ("channels_file: [x]\nalerts: ops\n", ["shape", "future"]),
    ("channels_file: bad.csv\nalerts: ops\n", ["encoding", "future"]),
    ("almanac: [x]\n", ["shape"]),
    ("texts: ''\nsight: {}\n", ["shape", "shape"]),
    ("- a\n", ["shape"]),
    ("site: [\n", ["syntax"]),
])  # fmt: skip
def test_the_almanac_is_checked_beside_a_config_with_mistakes(
    desk: Desk, findings: Callable[..., Any], config: str, expected: list[str]
) -> None:
    (desk.folder / "config.yaml").write_text(config)
    (desk.folder / "bad.csv").write_bytes(b"\xff\xfe\n")
    desk.write([entry("a", "2030-01-01")], [GAZETTE])
    assert [rule for *_, rule in findings()] == expected


def test_without_its_folder_the_config_is_told(desk: Desk, findings: Callable[..., Any]) -> None:
    (desk.folder / "config.yaml").write_text("almanac: elsewhere\nsight: {}\n")
    assert findings() == [("config.yaml", 2, "shape"), ("elsewhere", None, "unreadable")]


def test_nothing_is_fixed_beside_a_mistake_and_check_says_so(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk.folder / "texts" / "letter.txt").write_text(TEXT)
    config = "texts: texts\n"
    (desk.folder / "config.yaml").write_text(config)
    quoting = [{"document": "letter", "quote": "it began"}]
    files = ([entry("a", "1956-02-25", sources=quoting), entry("b", "1956-13", sources=quoting)],
             [{"id": "letter", "title": "A letter", "file": "letter.txt"}])  # fmt: skip
    desk.write(*files)
    before = desk.entries.read_bytes(), desk.documents.read_bytes()
    assert main(["check", "--fix", "--config", str(desk.folder / "config.yaml")]) == 3
    out, err = capsys.readouterr()
    assert err == f"{NOT_FIXED}\n"
    assert "1956-13" in out
    assert (desk.entries.read_bytes(), desk.documents.read_bytes()) == before


def test_entries_that_cannot_be_used_are_counted(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.write([entry("a", "1956"), entry("b", "1956-13"), entry("c", "x")], [GAZETTE])
    assert main(["check", "--config", str(desk.folder / "config.yaml")]) == 3
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "1 entry (2 more cannot be used), 1 document: 2 errors, 0 warnings"


def test_the_last_good_almanac_stays_while_check_looks_at_a_broken_one(desk: Desk) -> None:
    desk.write([entry("a", "1956-02-25")], [GAZETTE])
    desk.check()
    cache = desk.folder / "var" / "cache" / "config.yaml.db"
    before = cache.read_bytes()
    desk.write([entry("b", "1956-02-25", kynd="x"), entry("c", "1956")], [GAZETTE])
    assert rules(desk.check()) == ["shape"]
    assert cache.read_bytes() == before
    assert {path.name for path in cache.parent.iterdir()} <= {
        f"config.yaml.db{end}" for end in ("", "-wal", "-shm", ".lock")
    } | {"config.yaml.passages.db"}  # fmt: skip
