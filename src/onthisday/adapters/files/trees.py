"""Read YAML into trees: dicts, lists and values.

YAML is read by the core schema of YAML 1.2. So `no` and `10:30` are texts, and `0777` is the number
777. In YAML 1.1 they mean something else. Duplicate keys, aliases and tags are refused.

Why the tree is built from the events of libyaml, and not by a loader of PyYAML: the loaders read
YAML 1.1, and drop duplicate keys without a message. Also, they take longer to build the tree than
to parse the text.

A tree does not know the lines of its values; yaml_lines.py finds them. schema/ decides what a value
means. Used by yaml_items.py, for lists, and by app/config_file.py.
"""

import re
from collections.abc import Callable
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from onthisday.adapters.files.opening import opened
from onthisday.adapters.files.yaml_mistakes import mistake_in
from onthisday.errors import Unreadable, system_words

MOST_YAML = 32 * 1024 * 1024
"""The most bytes of a YAML file. A larger almanac is kept as JSON Lines."""

MOST_WRONG = 100
"""So many items of a file that cannot be read are told. Most likely such a file is another one."""

_MOST_DEEP = 40
_TOO_DEEP = f"is nested more than {_MOST_DEEP} deep"

_Event = Any
"""An event of libyaml. Its type is `Any`, because each kind of event has other fields."""


class Malformed(ValueError):
    """A file is not the YAML, JSON Lines or CSV that its name says. ``line`` counts from 1."""

    def __init__(self, message: str, line: int | None = None, rule: str = "syntax") -> None:
        super().__init__(message)
        self.line, self.rule = line, rule


def read_bytes(path: str, most: int = MOST_YAML, folder: str | None = None) -> bytes:
    """Return a file's bytes. Raise Unreadable, or Malformed if it has more than ``most`` bytes.

    ``folder``: the file must be in there; None for a file that may be anywhere.
    """
    try:
        with opened(path, folder) as file:
            content = file.read(most + 1)
    except OSError as error:
        raise Unreadable(path, why_unread(error)) from error
    if len(content) > most:
        hint = "; keep a large almanac as JSON Lines: one entry a line in a .jsonl file"
        message = f"is larger than {most // 1024 // 1024} MB{hint if most == MOST_YAML else ''}"
        raise Malformed(message, rule="size")
    return content


def why_unread(error: OSError) -> str:
    """Return why a file cannot be read, in words."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return f"cannot be read: {system_words(error)}"


def text_of(content: bytes) -> str:
    """Return UTF-8 bytes as a string.

    If they are not UTF-8, raise Malformed, which names the line.
    """
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Malformed("is not UTF-8; save it as UTF-8", line, "encoding") from error


def yaml_tree(text: str, *, hidden: bool = False, repeated: list[Malformed] | None = None) -> Any:
    """Return the tree of a YAML text. The text must have exactly one document. Raise Malformed.

    - ``hidden``: the text may hold secrets, so errors show none of its values.
    - ``repeated``: gets an error for each key that is there twice. With None, it is raised.
    """
    try:
        tree = _Reader(text, repeated).document()
        if _MAY_BE_AN_ANCHOR.search(text):  # true for few files; they are parsed twice
            _Reader(text).refuse_anchors()
    except yaml.YAMLError as error:
        line, words = mistake_in(text, error, hidden=hidden)
        if "maximum nesting depth" in str(error):  # libyaml has its own limit, which may be lower
            words = _TOO_DEEP
        raise Malformed(words, line) from error
    return tree


_MAY_BE_AN_ANCHOR = re.compile(r"&(?<![^\s:\[{,-]&)[^\s&]")
"""The pattern begins with the `&` itself. So the search is very fast if a text has no `&`."""


class _Reader:
    """Builds a tree from the events of libyaml.

    ``repeated`` gets an error for each key that is there twice, and the first one counts. With
    None, the error is raised.
    """

    def __init__(self, text: str, repeated: list[Malformed] | None = None) -> None:
        self._repeated = repeated
        self._next: Callable[[], _Event] = yaml.CBaseLoader(text).get_event

    def document(self) -> Any:
        self._next()  # the stream's start
        event = self._next()
        if isinstance(event, StreamEndEvent):
            return None
        tree = self._tree(self._next(), 0)
        self._next()  # the document's end
        if isinstance(after := self._next(), DocumentStartEvent):
            _refuse(after, "a second document begins here; keep one in a file", "syntax")
        return tree

    def refuse_anchors(self) -> None:
        """Refuse every anchor. The person may have meant a text that begins with `&`."""
        event = self._next()
        while not isinstance(event, StreamEndEvent):
            if getattr(event, "anchor", None):
                _refuse(event, _marked("&"), "alias")
            event = self._next()

    def _tree(self, event: _Event, depth: int) -> Any:
        if isinstance(event, ScalarEvent):
            return _scalar(event)
        if isinstance(event, AliasEvent):
            _refuse(event, _marked("*"), "alias")
        if depth == _MOST_DEEP:
            _refuse(event, _TOO_DEEP, "syntax")
        if event.tag is not None:
            _refuse(event, _marked("!"), "tag")
        if isinstance(event, SequenceStartEvent):
            return self._list(depth + 1)
        return self._mapping(depth + 1)

    def _list(self, depth: int) -> list[Any]:
        items = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._tree(event, depth))
        return items

    def _mapping(self, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                _refuse(event, "a key must be a word", "syntax")
            key = event.value
            if key in items:
                self._note_repeated(event)
                self._tree(self._next(), depth)
                continue
            items[key] = self._tree(self._next(), depth)
        return items

    def _note_repeated(self, key: _Event) -> None:
        words = f'the key "{key.value}" is there twice; keep one'
        if self._repeated is None:
            _refuse(key, words, "duplicate")
        self._repeated.append(Malformed(words, key.start_mark.line + 1, "duplicate"))


def _marked(sign: str) -> str:
    """Return the message about an alias (*), an anchor (&) or a tag (!).

    The person may have meant a text that begins with this sign.
    """
    what = f"a value that begins with {sign} without quotes is not read"
    return f"{what}; if it is text, put it in quotes; else leave the {sign} and its word out"


def _refuse(event: _Event, message: str, rule: str) -> NoReturn:
    raise Malformed(message, event.start_mark.line + 1, rule)


_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
    re.ASCII,
)
_MAY_BE_A_NUMBER = frozenset("-+.0123456789")


def _scalar(event: ScalarEvent) -> Any:
    """Return a scalar's value: text, number, true, false or None (YAML 1.2.2, section 10.3.2)."""
    if event.tag is not None and event.tag != "!":
        _refuse(event, _marked("!"), "tag")
    value: str = event.value
    if not event.implicit[0]:
        return value
    if value in _NULLS:
        return None
    if value in _FLAGS:
        return _FLAGS[value]
    return _number(value) if value[0] in _MAY_BE_A_NUMBER else value


class _Whole(int):
    """A whole number that is shown as a person wrote it: `007`, `0x10`.

    The person may have meant a text. Then a finding shows this text, and a page keeps the zeros.
    """

    def __new__(cls, value: str) -> "_Whole":
        number = super().__new__(cls, value, 0 if value[:2] in {"0o", "0x"} else 10)
        number.written = value
        return number

    written: str

    def __str__(self) -> str:
        return self.written


class Decimal(float):
    """A decimal number that is shown as a person wrote it: `1.10`, `1e5`."""

    def __new__(cls, value: str) -> "Decimal":
        plain = value.lower().replace(".inf", "inf").replace(".nan", "nan")
        number = super().__new__(cls, plain)
        number.written = value
        return number

    written: str

    def __str__(self) -> str:
        return self.written


def _number(value: str) -> Any:
    if _INT.fullmatch(value) and len(value) < 1000:
        return int(value) if value[0] in "123456789" else _Whole(value)
    return Decimal(value) if _FLOAT.fullmatch(value) else value
