"""What was proved is kept with the almanac: `sha256` beside a locator, `proved` of a document."""

import json
import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.files.editing import edited_yaml
from onthisday.adapters.files.trees import yaml_tree
from onthisday.almanac.entry import Span
from onthisday.almanac.source import Edit
from onthisday.checks.digests import digest_of, find_digests
from onthisday.schema.passage_digests import written_digest
from tests.checks.curating import TODAY, Desk, cites, document, rules
from tests.core.almanacs import entry

TEXT = "The mill – old and proud – burned down.\nNobody was hurt.\nIt was a café.\n"
BURNED, HURT, CAFE = "burned down", "Nobody was hurt.", "It was a café."
LATER = TODAY + timedelta(days=30)


def place(passage: str, text: str = TEXT, **more: Any) -> dict[str, Any]:
    """Return the locator of a passage as a tree."""
    start = text.index(passage)
    return {"start": start, "end": start + len(passage), **more}


def desk_of(folder: Path, *locators: dict[str, Any], text: str = TEXT, **more: Any) -> Desk:
    """Write an almanac with one entry, which cites the book at some places."""
    desk = Desk(folder)
    desk.hold("book", text)
    sources = [{"document": "book", "locator": list(locators)}]
    desk.write([entry("a", "1956", sources=sources)], [document("book", text, **more)])
    return desk


def cited(desk: Desk) -> Any:
    """Return the first source of the first entry as its file has it."""
    return yaml_tree(desk.entries.read_text("utf-8"))[0]["sources"][0]


def listed_book(desk: Desk) -> Any:
    """Return the first document as its file has it."""
    return yaml_tree(desk.documents.read_text("utf-8"))[0]


def forget(desk: Desk) -> None:
    """Remove the texts, as in a copy of the almanac that somebody else made."""
    for text in (desk.folder / "texts").iterdir():
        text.unlink()


def test_fix_writes_the_digest_of_each_passage_and_the_day_of_its_document(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED), place(HURT))
    assert desk.check(fixing=True).findings == ()
    assert cited(desk)["locator"] == [
        place(BURNED, sha256=digest_of(BURNED)),
        place(HURT, sha256=digest_of(HURT)),
    ]
    assert listed_book(desk)["proved"] == TODAY.isoformat()


def test_fix_changes_no_file_where_nothing_new_is_proved_whatever_the_day(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED))
    desk.check(fixing=True)
    before = [
        (path.read_bytes(), path.stat().st_mtime_ns) for path in (desk.entries, desk.documents)
    ]
    desk.check(fixing=True, today=LATER)
    after = [
        (path.read_bytes(), path.stat().st_mtime_ns) for path in (desk.entries, desk.documents)
    ]
    assert after == before


def test_the_day_moves_with_a_passage_that_is_new(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED))
    desk.check(fixing=True)
    more = entry("b", "1957", sources=[{"document": "book", "quote": HURT}])
    desk.entries.write_text(desk.entries.read_text() + f"- {json.dumps(more)}\n")
    assert desk.check(fixing=True, today=LATER).findings == ()
    assert listed_book(desk)["proved"] == LATER.isoformat()
    assert f"sha256: {digest_of(HURT)}" in desk.entries.read_text()


def test_no_passage_of_a_document_gets_a_digest_while_one_is_not_proved(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED), {"start": 5, "end": 5000})
    report = desk.check(fixing=True)
    assert (rules(report), report.proved, report.unproved) == (["locator"], 1, 1)
    assert cited(desk)["locator"][0] == place(BURNED)
    assert "proved" not in listed_book(desk)


def test_fix_touches_nothing_else_of_the_files(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED))
    start, end = place(BURNED).values()
    where, digest = f"start: {start}", f"sha256: {digest_of(BURNED)}"
    before = (
        "# mine\r\n- id: a\r\n  date: '1956'   # kept\r\n  title: A\r\n  sources:\r\n"
        f"    - document: book\r\n      locator:\r\n        {where}\r\n"
        f"        end: {end}  # here\r\n      as: reported\r\n"
    )
    desk.entries.write_bytes(before.encode())
    documents = "- id: book # a\n  title: B\n  file: book.txt  # scanned\n  language: en\n"
    desk.documents.write_text(documents)
    assert desk.check(fixing=True).findings == ()
    after = before.replace("# here\r\n", f"# here\r\n        {digest}\r\n")
    assert desk.entries.read_bytes().decode() == after
    sha256 = f"  sha256: {document('book', TEXT)['sha256']}\n  proved: {TODAY}\n"
    assert desk.documents.read_text() == documents.replace("scanned\n", f"scanned\n{sha256}")


STYLES = """\
- id: a
  date: "1956"
  title: A
  sources:
    - document: book
      locator:
        - start: 0
          end: 8   # one
        - {start: 9,   # two
           end: 15,  # three
          }
        - {"start":4,"end":14}
        - "start": 0
          "end":   14
    - {document: book, locator: {end: 25, start: 17,}}   # four"""


def test_a_digest_is_added_in_whatever_style_the_yaml_is_written(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED))
    desk.entries.write_text(STYLES)
    assert desk.check(fixing=True).findings == ()
    text = desk.entries.read_text()
    found = re.findall(r",? *sha256: ([0-9a-f]{16})", text)
    spans = [(0, 8), (9, 15), (4, 14), (0, 14), (17, 25)]
    assert found == [digest_of(TEXT[start:end]) for start, end in spans]
    assert re.sub(r"\n *sha256: \w+|, sha256: \w+", "", text) == STYLES


def test_a_key_that_is_there_and_empty_is_filled_in(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED, sha256=None), proved=None)
    assert desk.check(fixing=True).findings == ()
    assert cited(desk)["locator"][0]["sha256"] == digest_of(BURNED)
    assert listed_book(desk)["proved"] == TODAY.isoformat()


@pytest.mark.parametrize("flow", [True, False])
def test_what_is_added_at_one_place_keeps_its_order(flow: bool) -> None:
    text = yaml.safe_dump([{"id": "b"}], default_flow_style=flow)
    edits = [Edit((0, "id"), f"{key}: 1", after=True) for key in "zyx"]
    assert list(yaml.safe_load(edited_yaml(text, edits))[0]) == ["id", "z", "y", "x"]


def test_without_the_texts_the_almanac_says_what_was_proved_and_when(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED), place(HURT))
    desk.check(fixing=True)
    forget(desk)
    report = desk.check(today=LATER)
    assert report.findings == ()
    assert (report.proved, report.unproved, report.earlier) == (0, 0, {TODAY: 2})


def test_a_passage_without_a_digest_is_unproved_without_its_text(tmp_path: Path) -> None:
    desk = desk_of(
        tmp_path, place(BURNED, sha256=digest_of(BURNED)), place(HURT), proved="2026-01-02"
    )
    forget(desk)
    report = desk.check()
    [finding] = report.findings
    assert "so 1 passage is not proved" in finding.message
    assert (report.unproved, report.earlier) == (1, {date(2026, 1, 2): 1})


def test_a_digest_without_a_day_proves_nothing(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED, sha256=digest_of(BURNED)))
    forget(desk)
    report = desk.check()
    assert (rules(report), report.unproved, report.earlier) == (["unproved"], 1, {})


def test_a_changed_text_does_not_count_as_proved_earlier(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED))
    desk.check(fixing=True)
    desk.hold("book", TEXT.replace("burned", "fell"))
    report = desk.check()
    assert (report.proved, report.unproved, report.earlier) == (0, 1, {})


def told(desk: Desk) -> str:
    """Return the message of the one finding, which is about a digest. `--fix` corrects nothing."""
    before = desk.entries.read_bytes()
    [finding] = desk.check(fixing=True).findings
    assert (finding.rule, finding.severity) == ("proof", "error")
    assert desk.entries.read_bytes() == before
    assert "proved" not in listed_book(desk)
    return finding.message


def test_a_locator_that_was_moved_by_hand_is_told_with_the_place_that_was_proved(
    tmp_path: Path,
) -> None:
    right = place(HURT)
    for wrong in (
        place("The mill – old an"),
        {**right, "end": right["end"] - 6},
        {**right, "start": 30},
    ):
        wrong = {"start": wrong["start"], "end": wrong["end"], "sha256": digest_of(HURT)}  # noqa: PLW2901
        if wrong["end"] - wrong["start"] == len(HURT) + 1:
            wrong["end"] -= 1
        message = told(desk_of(tmp_path, wrong))
        assert f"is of the passage at {{start: {right['start']}, end: {right['end']}}}" in message


def test_a_digest_that_is_mistyped_is_told_as_that(tmp_path: Path) -> None:
    digest = digest_of(HURT)
    for slip in (digest[:5] + "0" + digest[6:], digest[1] + digest[0] + digest[2:]):
        if slip != digest:
            assert "which is mistyped" in told(desk_of(tmp_path, place(HURT, sha256=slip)))


@pytest.mark.parametrize(
    ("other", "writing"),
    [
        (TEXT.replace("\n", "\r\n"), "line ends of LF"),
        (unicodedata.normalize("NFD", TEXT), "composed letters (NFC)"),
        (f"\ufeff{TEXT}", "no byte order mark"),
    ],
)
def test_a_text_that_was_encoded_anew_is_told_as_that(
    tmp_path: Path, other: str, writing: str
) -> None:
    passage = TEXT[10:]
    desk = desk_of(tmp_path, place(passage, sha256=digest_of(passage)), text=other)
    assert f"in a text with {writing}" in told(desk)


def test_other_words_than_those_that_were_proved_are_told(tmp_path: Path) -> None:
    message = told(desk_of(tmp_path, place(HURT, sha256=digest_of("Three people were hurt."))))
    assert "other words were proved; correct the locator, or if the words that are there" in message


def test_one_document_cited_with_and_without_its_digest_is_cited_twice(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED))
    whole = place(BURNED, sha256=digest_of(BURNED))
    sources = [cites("book", tuple(place(BURNED).values())), {"document": "book", "locator": whole}]
    desk.write([entry("a", "1956", sources=sources)], [document("book", TEXT)])
    assert rules(desk.check()) == ["cited-twice"]


def lose_memory(desk: Desk) -> None:
    """Remove what `check` remembers of passages."""
    for file in (desk.folder / "var" / "cache").glob("*passages*"):
        file.unlink()


def test_a_text_that_changed_is_followed_by_the_digests_alone(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED), place(CAFE))
    desk.check(fixing=True)
    lose_memory(desk)
    text = f"A heading.\n{TEXT}"
    desk.hold("book", text)
    assert sorted(rules(desk.check())) == ["moved", "moved", "text"]
    report = desk.check(fixing=True, today=LATER)
    assert (report.findings, report.proved) == ((), 2)
    assert cited(desk)["locator"] == [
        place(BURNED, text, sha256=digest_of(BURNED)),
        place(CAFE, text, sha256=digest_of(CAFE)),
    ]
    assert listed_book(desk)["proved"] == LATER.isoformat()


def test_a_passage_that_a_changed_text_lost_is_told_by_its_digest_alone(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED), place(CAFE))
    desk.check(fixing=True)
    lose_memory(desk)
    before = desk.entries.read_bytes()
    desk.hold("book", f"A heading.\n{TEXT}".replace("café", "bar"))
    assert sorted(rules(desk.check(fixing=True, today=LATER))) == ["changed", "moved", "text"]
    assert desk.entries.read_bytes() == before
    assert listed_book(desk)["proved"] == TODAY.isoformat()


def test_nothing_is_followed_where_memory_and_digest_are_of_other_words(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED))
    desk.check()
    sources = [{"document": "book", "locator": place(BURNED, sha256=digest_of(HURT))}]
    desk.write([entry("a", "1956", sources=sources)], [document("book", TEXT)])
    before = desk.entries.read_bytes()
    desk.hold("book", f"A heading.\n{TEXT}")
    assert sorted(rules(desk.check(fixing=True))) == ["changed", "text"]
    assert desk.entries.read_bytes() == before


@pytest.mark.parametrize(
    "digest", ["1234567890123456", "0123456789012345", "12e4567890123456", "1e10000000000000"]
)
def test_a_digest_that_yaml_takes_for_a_number_is_read_as_it_was_written(
    tmp_path: Path, digest: str
) -> None:
    assert written_digest(digest) == f'"{digest}"'
    desk = desk_of(tmp_path, place(BURNED))
    for written in (digest, f'"{digest}"'):
        text = desk.entries.read_text().replace("}]", f', "sha256": {written}}}]', 1)
        desk.entries.write_text(text)
        [finding] = desk.check().findings
        assert f"with the sha256 {digest}," in finding.message
        desk = desk_of(tmp_path, place(BURNED))


@given(st.text("0123456789abcdef", min_size=16, max_size=16))
def test_a_digest_that_fix_writes_is_a_text_for_every_reader_of_yaml(digest: str) -> None:
    line = f"sha256: {written_digest(digest)}"
    assert yaml_tree(line) == yaml.safe_load(line) == {"sha256": digest}


@pytest.mark.parametrize(
    ("wrong", "mend"),
    [
        ("A02E49F3C126C432", "write a02e49f3c126c432"),
        ("a02e49f3c126c432" * 4, "write a02e49f3c126c432"),
        ("a02e49f3", "has 16 digits of 0-9 and a-f; take it out"),
        ("g02e49f3c126c432", "has 16 digits of 0-9 and a-f; take it out"),
        (12345, "has 16 digits of 0-9 and a-f; take it out"),
        (True, "must be text, not true"),
    ],
)
def test_what_is_no_digest_is_told_with_what_to_write(
    tmp_path: Path, wrong: object, mend: str
) -> None:
    desk = desk_of(tmp_path, place(BURNED, sha256=wrong))
    [finding] = desk.check().findings
    assert mend in finding.message


@pytest.mark.parametrize(
    ("key", "wrong"), [("proved", "yesterday"), ("proved", "2026-02-30"), ("archived", "a shelf")]
)
def test_a_wrong_day_or_address_of_a_document_is_told(tmp_path: Path, key: str, wrong: str) -> None:
    desk = desk_of(tmp_path, place(BURNED), **{key: wrong})
    [finding] = desk.check().findings
    assert f'{key}: "{wrong}"' in finding.message


def test_json_lines_get_their_digests_too(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, place(BURNED))
    desk.entries.unlink()
    one = entry("a", "1956", sources=[{"document": "book", "locator": place(BURNED)}])
    lines = desk.folder / "almanac" / "entries.jsonl"
    lines.write_text(json.dumps(one) + "\n")
    assert desk.check(fixing=True).findings == ()
    found = json.loads(lines.read_text())["sources"][0]["locator"]
    assert found == place(BURNED, sha256=digest_of(BURNED))


@given(st.text("ab é中。 \n", min_size=1, max_size=40), st.data())
def test_a_passage_is_found_by_its_digest_wherever_it_is(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    wanted = (end - start, digest_of(text[start:end]))
    for found in find_digests(text, {wanted})[wanted]:
        assert text[found.start : found.end] == text[start:end]
    assert find_digests(text, {(3, "0" * 16)}) == {}


def test_a_passage_that_cuts_no_word_is_found_in_a_long_text() -> None:
    text = "word " * 200_000 + BURNED + " word" * 10
    wanted = (len(BURNED), digest_of(BURNED))
    start = text.index(BURNED)
    assert find_digests(text, {wanted}) == {wanted: (Span(start, start + len(BURNED)),)}
