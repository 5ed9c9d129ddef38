"""A round trip changes only what differs, and every comment stays."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.files.editing import edited_lines, edited_yaml
from onthisday.adapters.files.trees import yaml_tree
from onthisday.almanac.source import Edit
from onthisday.schema.written_entry import item_yaml
from onthisday.service.importing.differences import edits

BEFORE = """\
# The first entry
- id: ship   # never change it
  date: "1911-04-14"
  # The title is of the family.
  title: The ship sails   # or so they say
  place: Kiel
  tags: [sea, ship]   # two
  sources:
    - {document: letter, page: "3"}   # the letter
    - document: book
      locator: {start: 1, end: 2}
- title: Second
  id: second
  date: "1912"
"""


def _edited(new: dict[str, Any], place: int = 0) -> str:
    old = yaml_tree(BEFORE)[place]
    return edited_yaml(BEFORE, list(edits((place,), old, new, whole=True)))


def test_a_byte_order_mark_moves_no_edit() -> None:
    new = yaml_tree(BEFORE)[0] | {"place": "Lübeck"}
    made = list(edits((0,), yaml_tree(BEFORE)[0], new, whole=True))
    want = BEFORE.replace("place: Kiel", "place: Lübeck")
    assert edited_yaml(f"\ufeff{BEFORE}", made) == f"\ufeff{want}"


def test_only_the_scalars_that_changed_are_replaced() -> None:
    new = yaml_tree(BEFORE)[0]
    new["title"] = "The ship sails at noon"
    new["sources"][1]["locator"]["end"] = 5
    want = BEFORE.replace("The ship sails ", "The ship sails at noon ").replace("end: 2", "end: 5")
    assert _edited(new) == want


def test_what_is_added_stands_behind_what_was_there() -> None:
    new = yaml_tree(BEFORE)[1] | {"place": "Riga"}
    assert _edited(new, 1) == BEFORE + "  place: Riga\n"


def test_a_key_that_is_taken_out_leaves_the_comments_above_it() -> None:
    new = yaml_tree(BEFORE)[0]
    del new["place"]
    assert _edited(new) == BEFORE.replace("  place: Kiel\n", "")


@pytest.mark.parametrize("name", ["document", "page"])
def test_a_key_between_braces_is_taken_out_with_its_comma(name: str) -> None:
    new = yaml_tree(BEFORE)[0]
    del new["sources"][0][name]
    edited = _edited(new)
    assert yaml_tree(edited)[0] == new
    assert "# the letter" in edited


def test_a_list_of_another_length_is_replaced_as_a_whole() -> None:
    new = yaml_tree(BEFORE)[0]
    new["tags"] = ["sea"]
    assert _edited(new) == BEFORE.replace("[sea, ship]", "[sea]")


def test_what_says_the_same_in_another_form_is_left_as_it_is() -> None:
    new = yaml_tree(BEFORE)[0]
    new["sources"][1]["locator"] = [{"start": 1, "end": 2}]
    assert _edited(new) == BEFORE


_words = st.text("abc #:'\"-é", min_size=1).filter(str.strip)
_sources = st.lists(
    st.fixed_dictionaries({"document": _words}, optional={"page": _words, "as": _words}),
    min_size=1,
    max_size=3,
)
_entries = st.fixed_dictionaries(
    {"id": st.just("a"), "title": _words},
    optional={
        "place": _words,
        "featured": st.booleans(),
        "tags": st.lists(_words, min_size=1, max_size=3),
        "sources": _sources,
        "image": st.fixed_dictionaries({"file": _words}, optional={"alt": _words}),
    },
)


@given(_entries, _entries)
def test_an_entry_says_after_the_edits_what_it_should(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    text = f"# one\n{item_yaml({'id': 'x'})}# two\n{item_yaml(old)}# three\n"
    edited = edited_yaml(text, list(edits((1,), old, new, whole=True)))
    assert _plain(yaml_tree(edited)[1]) == _plain(new)
    assert all(f"# {word}\n" in edited for word in ("one", "two", "three"))


@given(_entries, _entries)
def test_a_line_of_json_says_after_the_edits_what_it_should(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    made = [Edit(*each) for each in edits((1,), old, new, whole=True)]
    edited = edited_lines(json.dumps(old), made) if made else json.dumps(old)
    assert _plain(json.loads(edited)) == _plain(new)


def _plain(value: Any) -> Any:
    """Return a value without the spaces and the lists of one that say nothing."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        items = [_plain(item) for item in value]
        return items[0] if len(items) == 1 else items
    return value.strip() if isinstance(value, str) else value
