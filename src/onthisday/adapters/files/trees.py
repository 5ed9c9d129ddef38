"""Read YAML and JSON Lines into trees: dicts, lists and values. Find the line of a path in a tree.

YAML is read by the core schema of YAML 1.2. So `no` and `10:30` are texts, and `0777` is the number
777. In YAML 1.1 they mean something else. Duplicate keys, aliases and tags are refused.

Why the tree is built from the events of libyaml, and not by a loader of PyYAML: the loaders read
YAML 1.1, and drop duplicate keys without a message. Also, they take longer to build the tree than
to parse the text.

A tree does not know the lines of its values. Only findings need lines, so a file with findings is
read a second time. schema/ decides what a value means. Used by folders.py and app/config_file.py.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import starmap
from typing import IO, Any, NamedTuple, NoReturn

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
from onthisday.adapters.files.yaml_items import items_of
from onthisday.adapters.files.yaml_mistakes import mistake_in
from onthisday.errors import TreePath, Unreadable, system_words

MOST_YAML = 32 * 1024 * 1024
"""The most bytes of a YAML file. A larger almanac is kept as JSON Lines."""

MOST_LINE = 1024 * 1024
"""The most bytes of one line of JSON Lines."""

_MOST_WRONG = 100
"""So many items of a file that cannot be read are told. Most likely such a file is another one."""

_MOST_DEEP = 40
_TOO_DEEP = f"is nested more than {_MOST_DEEP} deep"

_Event = Any
"""An event of libyaml. Its type is `Any`, because each kind of event has other fields."""


class Read(NamedTuple):
    """An item of a file. ``whole``: False if a key in it is there twice; then the first counts."""

    place: int
    tree: Any
    whole: bool = True


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
        raise Unreadable(path, _why(error)) from error
    if len(content) > most:
        hint = "; keep a large almanac as JSON Lines: one entry a line in a .jsonl file"
        message = f"is larger than {most // 1024 // 1024} MB{hint if most == MOST_YAML else ''}"
        raise Malformed(message, rule="size")
    return content


def _why(error: OSError) -> str:
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


class _Decimal(float):
    """A decimal number that is shown as a person wrote it: `1.10`, `1e5`."""

    def __new__(cls, value: str) -> "_Decimal":
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
    return _Decimal(value) if _FLOAT.fullmatch(value) else value


def json_lines(path: str, wrong: list[Malformed], folder: str | None = None) -> Iterator[Read]:
    """Yield the JSON value of each line that is not blank. The place of each is its line number.

    - ``wrong``: gets an error for each line that is not JSON. After 100 of them, the rest of the
      file is not read.
    - ``folder``: as in `read_bytes`.

    Raises Unreadable.
    """
    number = 0
    try:
        with opened(path, folder) as file:
            while len(wrong) < _MOST_WRONG and (line := file.readline(MOST_LINE + 1)):
                number += 1
                try:
                    text = _text_of_line(file, line)
                    if text:
                        yield Read(number, _json_tree(text, _DECODER))
                except Malformed as error:
                    wrong.append(Malformed(str(error), number, error.rule))
                    if error.rule == "duplicate":
                        yield Read(number, _json_tree(text, _FIRST_COUNTS), whole=False)
    except OSError as error:
        raise Unreadable(path, _why(error)) from error


def _text_of_line(file: IO[bytes], line: bytes) -> str:
    """Return a line's text. Skip the rest of a line that is too long, and raise Malformed."""
    if len(line) <= MOST_LINE:
        return text_of(line).strip()
    while line and not line.endswith(b"\n"):
        line = file.readline(MOST_LINE)
    raise Malformed("is longer than 1 MB; one entry is on a line", rule="size")


def _json_tree(text: str, decoder: json.JSONDecoder) -> Any:
    try:
        return decoder.decode(text)
    except Malformed:
        raise
    except (ValueError, RecursionError) as error:  # Python raises ValueError for 4,301 digits too
        raise Malformed(_no_json(error)) from error


def _no_json(error: Exception) -> str:
    where = f" from character {error.colno} on" if isinstance(error, json.JSONDecodeError) else ""
    why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    return f"is not JSON{where} ({why}); write one entry a line, its words in double quotes"


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    items = dict(pairs)
    if len(items) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise Malformed(f'the key "{twice}" is there twice; keep one', rule="duplicate")
    return items


_DECODER = json.JSONDecoder(object_pairs_hook=_unrepeated, parse_float=_Decimal)
_FIRST_COUNTS = json.JSONDecoder(
    object_pairs_hook=lambda pairs: dict(reversed(pairs)), parse_float=_Decimal
)


def yaml_list(text: str, wrong: list[Malformed]) -> Iterator[Read]:
    """Yield the items of a YAML list that can be read. The place of each is its index.

    ``wrong`` gets an error for each item that cannot be read. After 100 of them, the rest of the
    text is not read. Raises Malformed if the text is no list.
    """
    try:
        listing = yaml_tree(text)
    except Malformed as error:
        yield from _readable_items(text, error, wrong)
        return
    if not isinstance(listing, list | None):
        first = next(iter(listing), "id") if isinstance(listing, dict) else "id"
        words = f"must be a list; begin each item with a dash: - {first.lstrip('- ')}: …"
        raise Malformed(words, 1)
    yield from starmap(Read, enumerate(listing or ()))


def _readable_items(text: str, error: Malformed, wrong: list[Malformed]) -> Iterator[Read]:
    """Yield the items of a list that can be read, although the whole text cannot be."""
    before = len(wrong)
    for index, item in enumerate(items_of(text)):
        own: list[Malformed] = []
        try:
            tree = yaml_tree(item.text, repeated=own)[0]
            yield Read(index, tree, whole=not own)
        except Malformed as fault:
            own.append(fault)
        wrong += [Malformed(str(e), item.line - 1 + (e.line or 1), e.rule) for e in own]
        if len(wrong) >= _MOST_WRONG:
            return
    if len(wrong) == before:  # no item is wrong alone
        wrong.append(error)


def yaml_lines(text: str, paths: Sequence[TreePath]) -> list[int | None]:
    """Return for each path the line of its key or item, counted from 1. Findings show these lines.

    If the text does not have the key or item, use the line of the nearest key or item that contains
    it. If the text cannot be read, its items are read one by one. The line of a path is None in an
    item that cannot be read, and in a text that is no list.
    """
    root = _composed(text)
    if root is None:
        return _lines_in_items(text, paths)
    lines = _Lines()
    return [lines.of(root, path) for path in paths]


def _composed(text: str) -> Any:
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None


def _lines_in_items(text: str, paths: Sequence[TreePath]) -> list[int | None]:
    items, roots, lines = items_of(text), dict[int, Any](), _Lines()

    def line_of(path: TreePath) -> int | None:
        place = path[0]
        if not isinstance(place, int) or place >= len(items):
            return None
        if place not in roots:
            roots[place] = _composed(items[place].text)
        root = roots[place]
        return None if root is None else items[place].line - 1 + lines.of(root, (0, *path[1:]))

    return list(map(line_of, paths))


class _Lines:
    """Finds the lines of paths. The keys of each mapping are looked through only once."""

    def __init__(self) -> None:
        self._keys: dict[int, dict[str, tuple[int, Any]]] = {}

    def of(self, node: Any, path: TreePath) -> int:
        line: int = node.start_mark.line + 1
        for part in path:
            found = self._child(node, part)
            if found is None:
                break
            line, node = found
        return line

    def _child(self, node: Any, part: str | int) -> tuple[int, Any] | None:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            return node.value[part].start_mark.line + 1, node.value[part]
        if not isinstance(node, yaml.MappingNode):
            return None
        if id(node) not in self._keys:  # of two equal keys the first counts
            self._keys[id(node)] = {
                key.value: (key.start_mark.line + 1, value)
                for key, value in reversed(node.value)
                if isinstance(key, yaml.ScalarNode)
            }
        return self._keys[id(node)].get(str(part))
