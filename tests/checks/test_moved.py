"""If a text changed, `check` says where its passages are now, or that they changed too."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onthisday.adapters.files.folders import AlmanacFolder
from onthisday.almanac.entry import Span
from onthisday.almanac.source import Edit
from onthisday.checks.digests import digest_of
from onthisday.checks.moved import find, loosened, print_of, remembered_of
from onthisday.service.checking.report import Report
from tests.checks.curating import TODAY, Desk, cites, document, of_rule, rules
from tests.core.almanacs import entry

TEXT = (
    "It rained on Monday.\nOn Tuesday the “mill” burned\N{NO-BREAK SPACE}down.\nNobody was hurt.\n"
)
BURNED, HURT = "On Tuesday the “mill” burned\N{NO-BREAK SPACE}down.", "Nobody was hurt."
ALPHABET = st.text(alphabet="ab “\"'\n\N{NO-BREAK SPACE}é", max_size=60)


class CutShort(Exception):
    """Stops a run in the middle, as a crash would."""


class CutShortFolder(AlmanacFolder):
    """An almanac's folder. A run stops in it before the SHA-256s of documents.yaml are edited."""

    def edit(self, name: str, edits: Sequence[Edit]) -> None:
        if name == "documents.yaml" and edits[0].text.startswith("sha256"):
            raise CutShort
        super().edit(name, edits)


def at(passage: str, text: str = TEXT) -> tuple[int, int]:
    """Return the start and the end of a passage."""
    start = text.index(passage)
    return start, start + len(passage)


def sources(*passages: str) -> list[Any]:
    """Return one source for each passage of the text."""
    return [cites("book", at(passage)) for passage in passages]


def desk_of(folder: Path, *entries: Any, text: str = TEXT) -> Desk:
    """Write an almanac that cites a text, and check that all passages are proved."""
    desk = Desk(folder)
    desk.hold("book", text)
    desk.write([*entries], [document("book", text)])
    report = desk.check()
    assert report.findings == ()
    return desk


def after(desk: Desk, text: str, *, fixing: bool = False) -> Report:
    """Replace the text, and check again."""
    desk.hold("book", text)
    return desk.check(fixing=fixing)


def test_where_a_passage_moved_to_is_said(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, entry("a", "1956", sources=sources(BURNED, HURT)))
    report = after(desk, f"A heading.\n{TEXT}")
    assert sorted(rules(report)) == ["moved", "moved", "text"]
    first, second = of_rule(report, "moved")
    assert "at 21–55, and its text changed: the passage moved to 32–66" in first.message
    assert "moved to 67–83" in second.message
    assert (report.errors, report.proved, report.unproved) == (3, 0, 2)


def test_what_is_where_it_was_is_not_told_again(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, entry("a", "1956", sources=sources(BURNED)))
    assert rules(after(desk, f"{TEXT}More.\n")) == ["text"]
    assert rules(after(desk, f"{TEXT}{BURNED}\n")) == ["text"]


def test_what_is_there_more_than_once_is_told(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, entry("a", "1956", sources=sources(HURT)))
    [finding] = of_rule(after(desk, f"A heading.\n{TEXT}{HURT}"), "moved")
    assert "the passage is there 2 times" in finding.message


def test_what_changed_is_told(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, entry("a", "1956", sources=sources(BURNED)))
    [finding] = of_rule(after(desk, TEXT.replace("mill", "inn")), "changed")
    assert "changed or is gone" in finding.message


@pytest.mark.parametrize(
    "retyped", ['On Tuesday the "mill" burned down.', "On  Tuesday\nthe ‘mill’ burned down."]
)
def test_where_only_spaces_or_quotation_marks_differ_that_is_said(
    tmp_path: Path, retyped: str
) -> None:
    desk = desk_of(tmp_path, entry("a", "1956", sources=sources(BURNED)))
    changed = TEXT.replace(BURNED, retyped)
    [finding] = of_rule(after(desk, changed, fixing=True), "changed")
    start, end = at(retyped, changed)
    assert f"is at {start}–{end} with other spaces or quotation marks" in finding.message


def test_a_quote_is_looked_for_without_being_remembered(tmp_path: Path) -> None:
    quoted = entry("a", "1956", sources=[{"document": "book", "quote": HURT}])
    desk = desk_of(tmp_path, quoted)
    assert rules(after(desk, f"A heading.\n{TEXT}")) == ["text"]
    [finding] = of_rule(after(desk, TEXT + HURT), "quote")
    assert "is there 2 times" in finding.message
    [finding] = of_rule(after(desk, TEXT.replace("was", "is")), "quote")
    assert f"is not in its text; the nearest is in line 3, “{HURT.replace('was', 'is')}”" in (
        finding.message
    )


def test_a_quote_with_other_spaces_or_marks_is_said_to_be_there(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hold("book", TEXT)
    quoted = entry("a", "1956", sources=[{"document": "book", "quote": 'the "mill" burned down'}])
    desk.write([quoted], [document("book", TEXT)])
    [finding] = desk.check(fixing=True).findings
    assert "at 32–54 it is, with other spaces or quotation marks" in finding.message


def test_without_memory_a_changed_text_is_an_error_and_no_more(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, entry("a", "1956", sources=sources(BURNED)))
    for file in (tmp_path / "var" / "cache").glob("*passages*"):
        file.unlink()
    assert rules(after(desk, f"A heading.\n{TEXT}", fixing=True)) == ["text"]


def test_memory_holds_no_word_of_a_text(tmp_path: Path) -> None:
    desk_of(tmp_path, entry("a", "1956", sources=sources(BURNED, HURT)))
    [file] = (tmp_path / "var" / "cache").glob("*passages.db")
    content = file.read_bytes()
    assert b"book" in content
    for word in ("Tuesday", "mill", "burned", "Nobody", "hurt"):
        assert word.encode() not in content


@pytest.mark.parametrize("damage", [b"nonsense" * 1000, b""])
def test_memory_that_is_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    desk = desk_of(tmp_path, entry("a", "1956", sources=sources(BURNED)))
    [file] = (tmp_path / "var" / "cache").glob("*passages.db")
    file.write_bytes(damage)
    assert desk.check().findings == ()
    assert len(of_rule(after(desk, f"A heading.\n{TEXT}"), "moved")) == 1


def test_fix_follows_a_text_where_all_its_passages_are_found(tmp_path: Path) -> None:
    one = entry("a", "1956", sources=[
        {"document": "book", "locator": [dict(zip(("start", "end"), at(passage), strict=True))
                                         for passage in ("It rained", HURT)]}])  # fmt: skip
    answers = [{"says": "x", **cites("book", at(BURNED))}, {"says": "y", "document": "other"}]
    two = entry("b", "1957", sources=[{"document": "book", "quote": BURNED, "page": "3"}],
                accounts=[{"question": "?", "answers": answers}])  # fmt: skip
    desk = Desk(tmp_path)
    desk.hold("book", TEXT)
    desk.write([one], [document("book", TEXT), document("other")])
    lines = tmp_path / "almanac" / "lines.jsonl"
    lines.write_text(json.dumps(two) + "\n")
    desk.entries.write_text(desk.entries.read_text() + "# kept\n"
                            "- id: block\n  date: '1958'   # kept too\n  title: Block\n"
                            "  sources:\n    - document: book\n      locator:\n"
                            "        # and this\n        end: 72\n        start: 56\n")  # fmt: skip
    assert desk.check().findings == ()
    moved = TEXT.replace("on Monday.", "on a Monday, they say.")
    report = after(desk, moved, fixing=True)
    assert report.findings == ()
    assert report.proved == 5
    sha256 = document("book", moved)["sha256"]
    held = f'"file": "book.txt", sha256: {sha256}, proved: {TODAY}}}\n'
    assert held in desk.documents.read_text()
    text, hurt = desk.entries.read_text(), f"sha256: {digest_of(HURT)}"
    block = f"locator:\n        # and this\n        end: 84\n        {hurt}\n        start: 68\n"
    assert text.endswith(block)
    assert "# kept\n- id: block\n  date: '1958'   # kept too\n" in text
    rained = f'{{"start": 0, "end": 9, sha256: {digest_of("It rained")}}}'
    assert f"[{rained}, {{start: 68, end: 84, {hurt}}}]" in text
    line = json.loads(lines.read_text())
    start, end = at(BURNED, moved)
    locator = {"start": start, "end": end, "sha256": digest_of(BURNED)}
    assert line["sources"] == [{"document": "book", "page": "3", "locator": locator}]
    assert line["accounts"][0]["answers"][0]["locator"] == [locator]


def test_fix_leaves_a_text_alone_of_which_one_passage_is_lost(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, entry("a", "1956", sources=sources(BURNED)),
                   entry("b", "1957", sources=sources(HURT)))  # fmt: skip
    before = desk.entries.read_bytes(), desk.documents.read_bytes()
    report = after(desk, f"A heading.\n{TEXT.replace('hurt', 'killed')}", fixing=True)
    assert (desk.entries.read_bytes(), desk.documents.read_bytes()) == before
    assert sorted(rules(report)) == ["changed", "moved", "text"]


def test_fix_leaves_a_text_alone_that_is_cited_as_a_whole(tmp_path: Path) -> None:
    whole = entry("a", "1956", sources=[{"document": "book", "page": "3"}])
    desk = desk_of(tmp_path, whole)
    before = desk.documents.read_bytes()
    assert rules(after(desk, f"A heading.\n{TEXT}", fixing=True)) == ["text"]
    assert desk.documents.read_bytes() == before


def test_fix_that_was_cut_short_between_two_files_is_done_by_the_next(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, entry("a", "1956", sources=sources(BURNED)))
    desk.hold("book", f"A heading.\n{TEXT}")
    with pytest.raises(CutShort):
        desk.check(fixing=True, source=CutShortFolder(str(tmp_path / "almanac")))
    assert "start: 32" in desk.entries.read_text()
    assert rules(desk.check()) == ["text"]
    assert desk.check(fixing=True).findings == ()


def test_fix_leaves_a_text_alone_in_which_one_passage_is_where_another_was(tmp_path: Path) -> None:
    text, lines = "aaaa\nbbbb\ncccc\n", [(0, 4), (5, 9)]
    desk = desk_of(tmp_path, entry("a", "1956", sources=[cites("book", *lines)]), text=text)
    report = after(desk, f"dddd\n{text}", fixing=True)
    assert sorted(rules(report)) == ["moved", "moved", "text"]
    assert '"start": 0, "end": 4' in desk.entries.read_text()
    assert after(desk, f"ddddd\n{text}", fixing=True).findings == ()
    assert "start: 6, end: 10" in desk.entries.read_text().replace('"', "")


def test_what_is_cited_no_more_is_forgotten(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, entry("a", "1956", sources=sources(BURNED, HURT)))
    desk.write([entry("a", "1956", sources=sources(HURT))], [document("book", TEXT)])
    assert desk.check().findings == ()
    assert after(desk, f"A heading.\n{HURT}\n", fixing=True).findings == ()


def test_a_text_can_change_again_and_again(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, entry("a", "1956", sources=sources(BURNED, HURT)))
    for heading in ("One.\n", "A longer heading.\n", ""):
        assert after(desk, f"{heading}{TEXT}", fixing=True).findings == ()


@given(ALPHABET, ALPHABET, ALPHABET.filter(bool))
def test_a_passage_is_found_wherever_it_is(before: str, behind: str, passage: str) -> None:
    text = before + passage + behind
    found = find(text, [remembered_of(passage)])[remembered_of(passage)]
    length = len(passage)
    assert found.exact == tuple(
        Span(start, start + length)
        for start in range(len(text) - length + 1)
        if text[start : start + length] == passage
    )
    bare = loosened(passage)[0]
    assert all(loosened(text[start:end])[0] == bare for start, end in found.loose)
    assert found.loose or not bare


@given(ALPHABET.filter(bool), ALPHABET)
def test_what_is_not_in_a_text_is_not_found(passage: str, text: str) -> None:
    assume(passage not in text)
    assert find(text, [remembered_of(passage)])[remembered_of(passage)].exact == ()


@given(st.text(min_size=1, max_size=200), st.integers(0, 199), st.characters())
def test_a_fingerprint_is_of_every_code_point(passage: str, place: int, other: str) -> None:
    place %= len(passage)
    assume(passage[place] != other)
    assert print_of(passage) != print_of(passage[:place] + other + passage[place + 1 :])
