"""A mistake in YAML is told with its line and with what to write instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.files.trees import Malformed, yaml_tree

ENTRY = """\
- id: a
  date: "1956-02-25"
  title: {}
  sources:
    - document: book
"""

TITLES = {
    "Stalin: the speech": 'has a colon in it; put it in quotes: title: "Stalin: the speech"',
    "Stalin:": 'has a colon in it; put it in quotes: title: "Stalin:"',
    '"Stalin" and Lenin': """close before its end; write title: '"Stalin" and Lenin'""",
    '"He said "no" to it"': """close before its end; write title: 'He said "no" to it'""",
    "'Stalin's end'": 'close before its end; write title: "Stalin\'s end"',
    '"Stalin and': 'a quotation mark " opens here and is never closed',
    "“Stalin: it”": 'curly ones do not quote: title: "Stalin: it"',
    '"C:\\path"': "has a \\ in it, which means something else between double quotes; write title: "
    "'C:\\path'",
    "@home": 'begins with @; put it in quotes: title: "@home"',
    "%home": 'begins with %; put it in quotes: title: "%home"',
    "`home": 'begins with `; put it in quotes: title: "`home"',
    "**home** run": 'begins with *; put it in quotes: title: "**home** run"',
    "*home": "begins with * without quotes is not read; if it is text, put it in quotes",
    "&home run": "begins with & without quotes is not read; if it is text, put it in quotes",
    "!home run": "begins with ! without quotes is not read; if it is text, put it in quotes",
    "|home run": 'begins with |; put it in quotes: title: "|home run"',
    "> home run": 'begins with >; put it in quotes: title: "> home run"',
    "? home run": 'begins with ?; put it in quotes: title: "? home run"',
    "- run": 'begins with -; put it in quotes: title: "- run"',
    ", run": 'begins with ,; put it in quotes: title: ", run"',
    "{home} run": 'begins with {; put it in quotes: title: "{home} run"',
    "[sic] run": 'begins with [; put it in quotes: title: "[sic] run"',
    "[sic, sad": "[ opens here and is never closed; add ] at its end",
    "a\x0bb": "has a character that cannot be shown, U+000B; take it out",
}


def wrong(text: str, *, hidden: bool = False) -> tuple[int | None, str]:
    with pytest.raises(Malformed) as caught:
        yaml_tree(text, hidden=hidden)
    return caught.value.line, str(caught.value)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_yaml_reads_otherwise_is_told_with_what_to_write(title: str) -> None:
    line, words = wrong(ENTRY.format(title))
    assert line == 3
    assert TITLES[title] in words


OTHERS = {
    "- id: a\n\ttitle: b\n": (2, "a tab cannot indent; use spaces"),
    "- id: a\n  sources:\n\t- document: b\n": (3, "a tab cannot indent; use spaces"),
    "- id: a\n\u00a0 title: b\n": (2, "begins with an odd space, U+00A0; type plain spaces"),
    "- id: a\n   date: x\n  title: y\n": (2, "begins further right than the key above"),
    "- id: a\n date: x\n  title: y\n": (2, "begins further left than those it belongs to"),
    "- id: a\n  summary: one\n    and two: three\n": (3, "if it is more text, put all of that"),
    "- id: a\nid: b\n": (2, "an item of a list begins with a dash: - id: b"),
    "-id: a\n date: x\n": (1, "write a space after the dash: - id: a"),
    "- id: a\n  title:Stalin\n  date: x\n": (2, "a space after the colon: title: Stalin"),
    "- id: a\n  title Stalin\n  date: x\n": (2, "no colon follows the first word; write title: St"),
    "- {document: book, quote: a: b}\n": (1, "a value inside the brackets has a colon in it"),
    '- {document: book, quote: "a "b" c"}\n': (1, "put each value in single quotes"),
    "- {document: book, page: 58\n- {document: b}\n": (1, "{ opens here and is never closed"),
    "tags: [@home]\n": (1, "a value inside the brackets begins with @"),
    "tags: [\n# a [b]\n": (1, "[ opens here and is never closed; add ] at its end"),
    'a:\n  - {b: c, d: "e}\n# at: "09:00"\n': (2, 'a quotation mark " opens here'),
    "tags:\n  - @home\n": (2, 'this item begins with @; put it in quotes: - "@home"'),
    'a: "one\nb: two\nc: "three"\n': (1, 'a quotation mark " opens here and is never closed'),
    'a: 1\n}\n': (2, "cannot be read from here on; look for"),
}  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_a_slip_is_told_on_its_own_line(text: str) -> None:
    line, words = wrong(text)
    expected, said = OTHERS[text]
    assert said in words
    assert line == expected


def test_a_long_value_is_cut_between_words() -> None:
    _, words = wrong(ENTRY.format("Stalin: " + "word " * 100))
    assert words.endswith('word word word …"')
    assert len(words) < 150


@pytest.mark.parametrize("value", ["@s3cret", "s3cret: a", '"s3cret" a', "*s3cret", "!s3cret"])
def test_a_file_that_may_hold_secrets_is_told_without_its_values(value: str) -> None:
    line, words = wrong(f"channels:\n  - token: {value}\n", hidden=True)
    assert line == 2
    assert "quot" in words
    assert "s3cret" not in words


SIGNS = st.sampled_from([*"\"'@`%*&!|>?-,[]{}:# \n\t\r\u00a0\u2028“”\\\x00\x85"])


@given(st.lists(st.tuples(st.integers(0, 80), st.booleans(), SIGNS), max_size=6))
def test_whatever_is_mistyped_has_a_line_and_words(slips: list[tuple[int, bool, str]]) -> None:
    text = ENTRY.format('"Stalin\'s end"')
    for place, keep, sign in slips:
        text = text[:place] + sign + text[place + (not keep) :]
    line = 1
    try:
        yaml_tree(text)
    except Malformed as error:
        line = error.line or 0
    assert 1 <= line <= text.count("\n") + 5


@pytest.mark.parametrize(
    "text",
    [
        'channels:\n  - name: a\n    url: "x"\nhttps://hooks.example/s3cr3t", "b"\nb: 1\n',
        "channels:\n  - name: a\ns3cr3t\nb: 1\n",
        "channels:\n  - name: a\ns3cr3t:x\nb: 1\n",
        "channels:\n  - s3cr3t: a: b\n",
    ],
)
def test_of_a_file_with_secrets_no_part_is_told_that_may_be_one(text: str) -> None:
    _, words = wrong(text, hidden=True)
    assert "s3cr3t" not in words
