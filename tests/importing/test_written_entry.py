"""Entries as YAML: what is written is read as the same tree."""

from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.files.trees import yaml_tree
from onthisday.schema.written_entry import item_yaml, key_yaml

_texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
_scalars = _texts | st.booleans() | st.integers(-(10**6), 10**6)
_keys = st.sampled_from(["id", "date", "title", "sources", "languages", "as"])
_values = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4)
        | st.dictionaries(_keys, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)
_trees = st.dictionaries(_keys, _values, min_size=1)


@given(_trees)
def test_an_item_is_read_as_it_was_written(tree: dict[str, object]) -> None:
    assert yaml_tree(item_yaml(tree)) == [tree]


@given(_trees)
def test_a_key_on_one_line_is_read_as_it_was_written(tree: dict[str, object]) -> None:
    for name, value in tree.items():
        line = key_yaml(name, value)
        assert "\n" not in line
        assert yaml_tree(line) == {name: value}


def test_plain_words_have_no_quotes_and_what_looks_like_something_else_has() -> None:
    tree = {"title": "The ship sails", "date": "1956-02-25", "place": "no", "tags": ["a", "12e4"]}
    assert item_yaml(tree) == (
        '- title: The ship sails\n  date: "1956-02-25"\n  place: "no"\n  tags: [a, "12e4"]\n'
    )


def test_what_is_long_has_a_line_for_each_part() -> None:
    written = item_yaml({"id": "a", "sources": [{"document": "x" * 60, "page": "row 12" * 8}] * 2})
    page = "row 12" * 8
    item = f"    - document: {'x' * 60}\n      page: {page}\n"
    assert written == f"- id: a\n  sources:\n{item}{item}"
