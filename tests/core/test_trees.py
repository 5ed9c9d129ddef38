"""YAML 1.2 and JSON Lines become trees: what is read, what is refused, and in which line."""

import math
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.files.blocks import blocks_of, pieces_of
from onthisday.adapters.files.json_lines import MOST_LINE, json_lines
from onthisday.adapters.files.trees import (
    MOST_YAML,
    Malformed,
    read_bytes,
    text_of,
    yaml_tree,
)
from onthisday.adapters.files.yaml_items import yaml_list
from onthisday.adapters.files.yaml_lines import yaml_lines
from onthisday.errors import Unreadable
from onthisday.schema.entry_schema import ENTRY
from onthisday.schema.shapes import Problem, Text

CORE = {
    "no": "no",
    "yes": "yes",
    "on": "on",
    "y": "y",
    "10:30": "10:30",
    "1956-02-25": "1956-02-25",
    "0777": 777,
    "0o17": 15,
    "0x1F": 31,
    "1_000": "1_000",
    "~": None,
    "null": None,
    "": None,
    "true": True,
    "FALSE": False,
    "tRUE": "tRUE",
    "12": 12,
    "-12": -12,
    "+12": 12,
    "1e3": 1000.0,
    ".5": 0.5,
    "1.": 1.0,
    ".inf": float("inf"),
    "-.INF": float("-inf"),
    "0o8": "0o8",
    '"~"': "~",
    "'12'": "12",
    '"true"': "true",
    "=": "=",
    "<<": "<<",
    "1956-02-25?": "1956-02-25?",
    "2026-02-25T10:00:00Z": "2026-02-25T10:00:00Z",
}


@pytest.mark.parametrize("text", CORE)
def test_a_plain_word_is_what_yaml_1_2_says(text: str) -> None:
    value = yaml_tree(f"key: {text}\n")["key"]
    assert value == CORE[text]
    assert isinstance(value, type(CORE[text]))


def test_not_a_number_is_one() -> None:
    assert math.isnan(yaml_tree("key: .nan")["key"])


@pytest.mark.parametrize("text", ["7", "007", "0x10", "0o17", "+5", "-3", "1.10", "1e5", ".inf"])
def test_a_number_that_may_be_meant_as_a_text_is_shown_as_it_was_written(text: str) -> None:
    assert str(yaml_tree(f"key: {text}")["key"]) == text
    (problem,) = problems_of(Text(), yaml_tree(text))
    assert problem.endswith(f'must be text, not a number; put it in quotes: "{text}"')


def test_the_number_of_a_page_keeps_its_zeros() -> None:
    assert Text(lenient=True).read(yaml_tree("007"), ("page",), []) == "007"


def problems_of(shape: Text, tree: Any) -> list[str]:
    problems: list[Problem] = []
    assert shape.read(tree, ("title",), problems) is None
    return [problem.message for problem in problems]


def test_a_text_without_content_is_nothing() -> None:
    assert yaml_tree("") is None
    assert yaml_tree("# a comment\n") is None
    assert yaml_tree("---\n...\n") is None


def test_keys_are_words_whatever_they_look_like() -> None:
    assert yaml_tree("no: 1\n12: 2\n~: 3\n") == {"no": 1, "12": 2, "~": 3}


NUMBER = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|0o[0-7]+", re.ASCII)
"""A number in YAML 1.2. PyYAML writes YAML 1.1, where some of them (0E0, 08) are words.

It writes such a word without quotes, so we would read it as a number. So no test uses them.
"""

WORDS = st.text(st.characters(codec="utf-8"), max_size=20).filter(lambda w: not NUMBER.fullmatch(w))

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner),
    max_leaves=12,
)


@given(PLAIN)
def test_what_is_dumped_is_read_again(tree: Any) -> None:
    text = yaml.safe_dump(tree)
    assert yaml_tree(text) == tree


REFUSED = {
    "a: 1\nb: 2\na: 3\n": (3, 'the key "a" is there twice', "duplicate"),
    "a: &x 1\nb: *x\n": (2, "begins with * without quotes is not read", "alias"),
    "a:\n  - &x [1]\n  - *x\n": (3, "begins with * without quotes is not read", "alias"),
    "a: !!int 1\n": (1, "begins with ! without quotes is not read", "tag"),
    "a: &x run\n": (1, "begins with & without quotes is not read", "alias"),
    "a:\n  b: !python/object:os.system [ls]\n": (2, "is not read", "tag"),
    "a: 1\n---\nb: 2\n": (2, "a second document begins here", "syntax"),
    "a:\n\tb: 1\n": (2, "a tab cannot indent", "syntax"),
    "- a\n- [b\n- c\n": (2, "[ opens here and is never closed", "syntax"),
    "a: b: c\n": (1, 'put it in quotes: a: "b: c"', "syntax"),
    "? [a]\n: b\n": (1, "a key must be a word", "syntax"),
    "a: {b: 1, b: 2}\n": (1, 'the key "b" is there twice', "duplicate"),
    'a: "\\ud800"\n': (1, "has a \\ in it", "syntax"),
    "a: '\n": (1, "a quotation mark ' opens here", "syntax"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_says_on_which_line_and_why(text: str) -> None:
    line, said, rule = REFUSED[text]
    with pytest.raises(Malformed) as caught:
        yaml_tree(text)
    assert said in str(caught.value)
    assert (caught.value.line, caught.value.rule) == (line, rule)


@pytest.mark.parametrize("text", ["a: \x00b", "a: b\x07", "\x1b[2J", "a: \x85\x9f"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(Malformed, match="has a character that cannot be shown"):
        yaml_tree(text)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_and_not_followed(opening: str) -> None:
    with pytest.raises(Malformed, match="40 deep"):
        yaml_tree(opening * 100_000)


def test_forty_levels_are_read() -> None:
    tree = yaml_tree("[" * 40 + "]" * 40)
    for _ in range(39):
        (tree,) = tree
    assert tree == []


def test_bytes_that_are_not_utf_8_are_refused_with_their_line() -> None:
    with pytest.raises(Malformed, match="not UTF-8") as caught:
        text_of(b"a: 1\nb: caf\xe9\n")
    assert (caught.value.line, caught.value.rule) == (2, "encoding")


def test_a_byte_order_mark_is_no_content() -> None:
    assert text_of(b"\xef\xbb\xbfa: 1") == "a: 1"


def test_utf_16_is_refused() -> None:
    with pytest.raises(Malformed):
        yaml_tree(text_of("a: 1\n".encode("utf-16")))


def test_a_file_of_more_than_32_megabytes_is_refused_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (MOST_YAML + 1))
    with pytest.raises(Malformed, match=r"larger than 32 MB.*\.jsonl"):
        read_bytes(str(path))
    path.write_bytes(b"#" * MOST_YAML)
    assert len(read_bytes(str(path))) == MOST_YAML


def test_a_smaller_limit_does_not_speak_of_almanacs(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(b"#" * 100)
    with pytest.raises(Malformed) as caught:
        read_bytes(str(path), most=99)
    assert "JSON Lines" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "absent.yaml"])
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unreadable, match=r"is a folder|no such file"):
        read_bytes(str(tmp_path / name))


def test_a_path_of_a_tree_has_a_line() -> None:
    text = "# head\n- id: a\n  sources:\n    - document: x\n      locator: {start: 1,\n end: 0}\n-"
    paths: list[tuple[str | int, ...]] = [
        (0, "id"), (0, "sources", 0, "document"), (0, "sources", 0, "locator", "end"),
        (0, "absent"), (0, "sources", 7), (1,), (),
    ]  # fmt: skip
    assert yaml_lines(text, paths) == [2, 4, 6, 2, 3, 7, 2]


def test_a_text_that_cannot_be_read_has_no_lines() -> None:
    assert yaml_lines("a: [", [("a",)]) == [None]


def listed(text: str) -> tuple[list[tuple[int, Any]], list[tuple[int | None, str]]]:
    """Return the items of a list that can be read, and line and rule of what is wrong."""
    wrong: list[Malformed] = []
    read = [(each.place, each.tree) for each in yaml_list(text, wrong) if each.whole]
    return read, [(each.line, each.rule) for each in wrong]


GOOD = "- id: g\n  title: Good\n"


@pytest.mark.parametrize(("bad", "line", "rule"), [
    ("- id: b\n  title: A: B\n", 2, "syntax"),
    ("- id: b\n  title: \"open\n", 3, "syntax"),
    ("- id: b\n  tags: [a, b\n", 3, "syntax"),
    ("- id: b\n  id: c\n", 2, "duplicate"),
    ("- id: b\n  title: *b\n", 2, "alias"),
    ("- id: b\n  title: !b c\n", 2, "tag"),
    ("- id: b\n\ttitle: c\n", 2, "syntax"),
    ("-\n  id: b\n  title: 'x' y\n", 3, "syntax"),
    ("- id: b\nid: c\n", 2, "syntax"),
])  # fmt: skip
def test_an_item_that_cannot_be_read_hides_no_other_one(bad: str, line: int, rule: str) -> None:
    before = f"# Ours: all\n---\n{GOOD}"
    read, wrong = listed(f"{before}{bad}{GOOD}# between\n{bad}{GOOD}")
    good = {"id": "g", "title": "Good"}
    assert read == [(0, good), (2, good), (4, good)]
    second = bad.count("\n") + GOOD.count("\n") + 1
    assert [each[1] for each in wrong] == [rule, rule]
    assert [abs((each[0] or 0) - 4 - line - step) <= 1 for each, step in
            zip(wrong, (0, second), strict=True)] == [True, True], wrong  # fmt: skip
    text = f"{before}{bad}{GOOD}"
    assert yaml_lines(text, [(0, "title"), (2, "title"), (2, "none")]) == [
        4, 5 + bad.count("\n") + 1, 5 + bad.count("\n"),
    ]  # fmt: skip


def test_of_a_key_that_is_there_twice_the_first_counts_and_each_is_told() -> None:
    wrong: list[Malformed] = []
    twice = "- id: a\n  tags: [b]\n  id: c\n  tags: {x: 1, x: 2}\n- id: d\n"
    assert list(yaml_list(twice, wrong)) == [
        (0, {"id": "a", "tags": ["b"]}, False), (1, {"id": "d"}, True)
    ]  # fmt: skip
    assert [each.line for each in wrong] == [3, 4, 4]
    line = b'{"id": "a", "id": "c"}\n'
    assert list(json_lines(line, 1, [])) == [(1, {"id": "a"}, False)]


def test_items_may_stand_farther_to_the_right(tmp_path: Path) -> None:
    read, wrong = listed("  - a: 1\n    b: - c\n  - d:\n    - e\n")
    assert (read, wrong) == ([(1, {"d": ["e"]})], [(2, "syntax")])


@pytest.mark.parametrize("text", ["entries:\n- id: [\n", "[{id: a}, {id: ]\n", "id: [\n", "- [\n"])
def test_what_is_no_list_of_items_is_one_mistake(text: str) -> None:
    read, wrong = listed(text)
    assert (read, len(wrong)) == ([], 1)


def test_a_mistake_that_is_in_no_single_item_is_told_too() -> None:
    read, wrong = listed('- id: a\n  title: "one\n- two"\n  id: b\n')
    assert (read, len(wrong)) == ([], 2)


def test_no_more_than_a_hundred_items_are_told() -> None:
    _, wrong = listed("- a: b: c\n" * 1000)
    assert len(wrong) == 100


@given(
    st.lists(
        st.tuples(st.integers(0, 70), st.sampled_from([*"\"'@`%*&!|>?-,[]{}:# \n\t"])), max_size=4
    )
)
def test_a_list_that_cannot_be_read_whole_always_tells_why(slips: list[tuple[int, str]]) -> None:
    text = GOOD * 3
    for place, sign in slips:
        text = text[:place] + sign + text[place:]
    wrong: list[Malformed] = []
    try:
        read = list(yaml_list(text, wrong))
    except Malformed:
        return
    try:
        assert yaml_tree(text) in ([each.tree for each in read], None)
        assert wrong == []
    except Malformed:
        assert wrong
    assert len(yaml_lines(text, [(0,), (1, "title")])) == 2


def lines_of(folder: Path, content: bytes) -> tuple[list[tuple[int, Any]], list[Malformed]]:
    """Return the lines that can be read, and what is wrong with the others."""
    path, wrong = folder / "entries.jsonl", list[Malformed]()
    path.write_bytes(content)
    blocks = blocks_of("entries.jsonl", str(path))
    pieces = [piece for block in blocks for piece in pieces_of(block, wrong)]
    return [(each.place, each.tree) for each in pieces if each.whole], wrong


def test_json_lines_are_numbered_and_blank_ones_skipped(tmp_path: Path) -> None:
    content = b'\xef\xbb\xbf{"a": 1}\n\n  \r\n{"b": "\xc3\xa9"}'
    assert lines_of(tmp_path, content) == ([(1, {"a": 1}), (4, {"b": "é"})], [])


@pytest.mark.parametrize(
    ("bad", "said", "rule"),
    [
        (b'{"a": 1', "is not JSON", "syntax"),
        (b'{"a": 1, "a": 2}', 'the key "a" is there twice', "duplicate"),
        (b'{"x": {"a": 1, "b": 1, "a": 2}}', 'the key "a" is there twice', "duplicate"),
        (b'{"a": "\xe9"}', "not UTF-8", "encoding"),
        (b"[" * 100_000, "is not JSON", "syntax"),
        (b'{"a": ' + b"1" * 5000 + b"}", "is not JSON", "syntax"),
        (b'"' + b"x" * MOST_LINE + b'"', "longer than 1 MB", "size"),
        (b"{'a': 1}", "is not JSON", "syntax"),
    ],
    ids=range(8),
)
def test_a_line_that_is_not_json_is_refused_with_its_number_and_the_next_is_read(
    tmp_path: Path, bad: bytes, said: str, rule: str
) -> None:
    read, wrong = lines_of(tmp_path, b'{"a": 1}\n\n' + bad + b'\n{"b": 2}\n' + bad)
    assert read == [(1, {"a": 1}), (4, {"b": 2})]
    assert [(each.line, each.rule) for each in wrong] == [(3, rule), (5, rule)]
    assert said in str(wrong[0])


def test_a_file_of_lines_that_are_no_json_is_not_read_to_its_end(tmp_path: Path) -> None:
    read, wrong = lines_of(tmp_path, b"- id: a\n" * 1000 + b'{"a": 1}\n')
    assert (read, len(wrong), wrong[-1].line) == ([], 100, 100)


def test_lines_keep_their_numbers_over_blocks_of_a_large_file(tmp_path: Path) -> None:
    long = b'"' + b"x" * (MOST_LINE // 3) + b'"\n'
    too_long = b'"' + b"y" * 3 * MOST_LINE + b'"\n'
    content = long * 7 + b"{\n" + too_long + long * 4 + too_long + b"1"
    read, wrong = lines_of(tmp_path, content)
    assert [place for place, _ in read] == [*range(1, 8), *range(10, 14), 15]
    assert [(each.line, each.rule) for each in wrong] == [(8, "syntax"), (9, "size"), (14, "size")]


def test_20_000_unknown_keys_are_told_with_their_lines_within_seconds(tmp_path: Path) -> None:
    text = "- id: a\n" + "".join(f"  titel{n}: 1\n" for n in range(20_000))
    begun, problems = time.process_time(), list[Problem]()
    ENTRY.read(yaml_tree(text)[0], (), problems)
    unknown = [problem for problem in problems if "unknown key" in problem.message]
    lines = yaml_lines(text, [(0, *problem.path) for problem in unknown])
    assert lines == list(range(2, 20_002))
    assert time.process_time() - begun < 8  # it took 13


def test_the_first_key_that_is_there_twice_is_named_within_a_second() -> None:
    keys = ",".join(f'"k{n}":1' for n in range(80_000))
    line = f'{{{keys},"k79999":2,"k79998":3}}\n'.encode()
    begun = time.process_time()
    wrong: list[Malformed] = []
    assert [each.whole for each in json_lines(line, 1, wrong)] == [False]
    assert 'the key "k79998" is there twice' in str(wrong[0])
    assert time.process_time() - begun < 2
