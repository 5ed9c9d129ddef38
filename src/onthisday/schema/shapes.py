"""Shapes: a declaration of what a tree of plain values may hold.

A tree is what a YAML or JSON parser returns: dict, list, str, int, float, bool, None. Each shape
does two things. ``read`` turns a tree into a value, and adds every problem to a list, with its path
in the tree. ``schema`` returns the same shape as JSON Schema. Config, channels, entries and
documents are declared with shapes.

Not here: files and lines. The code that read the file turns a path into a line.

Why not a validation library: the fast ones stop at the first problem, and the others take longer to
import than `today` may take to run.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from onthisday.characters import clean
from onthisday.errors import TreePath
from onthisday.schema.nearest_forms import without_curly_quotes

Json = dict[str, Any]


_UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, so no feed can (XML 1.0, section 2.2).

A JSON file can hold them, written as escapes.
"""


class Problem(NamedTuple):
    """Something that is wrong at a path of a tree. ``rule`` is a name of schema/rules.py."""

    path: TreePath
    message: str
    rule: str = "shape"

    @property
    def sentence(self) -> str:
        """The message with the name of its key, where nothing else says of which entry it is."""
        name = name_of(self.path)
        says_it = not self.path or self.message.startswith(name)
        return self.message if says_it else f"{name}: {self.message}"


class Shape(Protocol):
    """What a tree may hold."""

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> Any:
        """Return the tree's value. Add every problem to ``problems``.

        If there is a problem, the returned value means nothing.
        """

    def schema(self) -> Json:
        """Return this shape as JSON Schema (2020-12)."""


class Text(NamedTuple):
    """A text that is not blank. With ``lenient``, a whole number is taken too, as a text.

    The value has no controls (characters.py). Those that XML forbids are a problem.
    """

    lenient: bool = False

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> str | None:
        if isinstance(tree, str):
            text = tree.strip()
            if text and text.isprintable():  # nearly all are
                return text
            if not _UNSHOWN.search(text) and (text := clean(text).strip()):
                return text
        if self.lenient and isinstance(tree, int) and not isinstance(tree, bool):
            return str(tree)
        problems.append(Problem(path, f"{name_of(path)} {_not_text(tree)}"))
        return None

    def schema(self) -> Json:
        return {"type": ["string", "integer"] if self.lenient else "string", "minLength": 1}


def _not_text(tree: Any) -> str:
    if isinstance(tree, str) and (unshown := _UNSHOWN.search(tree)):
        return f"has a character that cannot be shown, U+{ord(unshown[0]):04X}; take it out"
    if isinstance(tree, str):
        return "is blank; say something or leave it out"
    if isinstance(tree, (int, float)):
        written = kind_of(tree) if isinstance(tree, bool) else tree
        return f'must be text, not {kind_of(tree)}; put it in quotes: "{written}"'
    return f"must be text, not {kind_of(tree)}"


_TEXT = Text()


class Whole(NamedTuple):
    """A whole number of at least ``least``, and at most ``most``."""

    least: int = 0
    most: int | None = None

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> int | None:
        number = isinstance(tree, int) and not isinstance(tree, bool)
        if number and self.least <= tree <= (tree if self.most is None else self.most):
            return int(tree)
        what = str(tree) if number else kind_of(tree)
        mend = f"; write {tree} without quotes" if _is_digits(tree) else ""
        which = f"of at least {self.least}"
        which = which if self.most is None else f"from {self.least} to {self.most}"
        message = f"{name_of(path)} must be a whole number {which}, not {what}"
        problems.append(Problem(path, f"{message}{mend}"))
        return None

    def schema(self) -> Json:
        most = {} if self.most is None else {"maximum": self.most}
        return {"type": "integer", "minimum": self.least} | most


def _is_digits(tree: Any) -> bool:
    return isinstance(tree, str) and tree.isascii() and tree.isdecimal()


_FLAGS = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
"""What people may write for true and false."""


class Flag(NamedTuple):
    """The value true or false."""

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> bool | None:
        if isinstance(tree, bool):
            return tree
        shown = f'"{tree}"' if isinstance(tree, str) else kind_of(tree)
        meant = _FLAGS.get(str(tree).lower())
        mend = f"; write {meant}" if meant else ""
        message = f"{name_of(path)} must be true or false, not {shown}{mend}"
        problems.append(Problem(path, message))
        return None

    def schema(self) -> Json:
        return {"type": "boolean"}


class FlagOr(NamedTuple):
    """The value true or false, or a value of another shape."""

    of: Shape

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> Any:
        return tree if isinstance(tree, bool) else self.of.read(tree, path, problems)

    def schema(self) -> Json:
        return {"anyOf": [{"type": "boolean"}, self.of.schema()]}


class Choice(NamedTuple):
    """One of the given words."""

    words: tuple[str, ...]

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> str | None:
        if isinstance(tree, str) and tree in self.words:
            return tree
        shown = f'"{tree}"' if isinstance(tree, (str, int)) else kind_of(tree)
        message = f"{name_of(path)} must be one of {', '.join(self.words)}, not {shown}"
        close = nearest(str(tree), self.words) if isinstance(tree, str) else ""
        problems.append(Problem(path, message + (close if "did you" in close else "")))
        return None

    def schema(self) -> Json:
        return {"type": "string", "enum": list(self.words)}


class Parsed(NamedTuple):
    """A text that ``parse`` turns into a value. ``parse`` raises ValueError if it cannot.

    With ``or_number``, a number is taken too, as the text that a person wrote.
    """

    parse: Callable[[str], Any]
    description: str
    rule: str = "shape"
    or_number: bool = False

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> Any:
        number = self.or_number and isinstance(tree, (int, float)) and not isinstance(tree, bool)
        text = str(tree) if number else _TEXT.read(tree, path, problems)
        if text is None:
            return None
        try:
            return self.parse(text)
        except ValueError as error:
            bare = without_curly_quotes(text)
            mend = f'; curly quotation marks do not quote: write "{bare}"' if bare else ""
            message = f"{name_of(path)}: {str(error).partition('; ')[0] if bare else error}{mend}"
            problems.append(Problem(path, message, self.rule))
            return None

    def schema(self) -> Json:
        types = ["string", "number"] if self.or_number else "string"
        return {"type": types, "description": self.description}


class Hidden(NamedTuple):
    """A shape whose values are secrets, or may be: if the columns of a table are shifted, all may.

    A problem is told with the fixed words ``mend``, because other messages could show the value. To
    them comes what to write, if it is one of a few known words, and otherwise ``advice``.
    """

    of: Shape
    mend: str
    advice: str = ""

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> Any:
        wrong: list[Problem] = []
        value = self.of.read(tree, path, wrong)
        for each in wrong:
            known = _KNOWN_WORDS.search(each.message)
            words = f"{name_of(each.path)} {self.mend}{known[0] if known else self.advice}"
            problems.append(Problem(each.path, words, each.rule))
        return value

    def schema(self) -> Json:
        return self.of.schema()


_KNOWN_WORDS = re.compile(r'; (did you mean "?[^"?]*"?\?|write (true|false|"\d\d:\d\d"))$')
"""The end of a message that shows no value: a name that the program knows, or a few digits."""


class Later(NamedTuple):
    """A shape that is loaded only when it is needed, so that a program starts faster."""

    load: Callable[[], Shape]

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> Any:
        return self.load().read(tree, path, problems)

    def schema(self) -> Json:
        return self.load().schema()


class Listing(NamedTuple):
    """A list with at least ``least`` items.

    - ``or_one``: a single value is taken as a list of one.
    - ``lack``, ``rule``: what is told if there are fewer items, and by which rule.
    """

    of: Shape
    or_one: bool = False
    least: int = 0
    lack: str = "is empty; add one"
    rule: str = "shape"

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> tuple[Any, ...]:
        if isinstance(tree, list):
            if len(tree) < self.least:
                problems.append(Problem(path, f"{name_of(path)} {self.lack}", self.rule))
            read = self.of.read
            return tuple([read(item, (*path, at), problems) for at, item in enumerate(tree)])
        if self.or_one:
            return (self.of.read(tree, path, problems),)
        message = f"{name_of(path)} must be a list, not {kind_of(tree)}"
        problems.append(Problem(path, f"{message}{_as_list(tree)}"))
        return ()

    def schema(self) -> Json:
        listing = {"type": "array", "items": self.of.schema(), "minItems": self.least}
        return {"anyOf": [self.of.schema(), listing]} if self.or_one else listing


def _as_list(tree: Any) -> str:
    """Return the last words of an error message: how to write a single value as a list."""
    if isinstance(tree, dict) and tree:
        return f"; begin each item with a dash: - {next(iter(tree))}: …"
    return "; put it in brackets: […]" if isinstance(tree, (str, int, float)) else ""


class Table(NamedTuple):
    """A mapping. People choose the names; all values have one shape."""

    of: Shape

    def read(
        self, tree: Any, path: TreePath, problems: list[Problem]
    ) -> tuple[tuple[str, Any], ...]:
        if isinstance(tree, dict):
            return tuple(
                (str(key), self.of.read(item, (*path, key), problems)) for key, item in tree.items()
            )
        problems.append(Problem(path, f"{name_of(path)} must be a mapping, not {kind_of(tree)}"))
        return ()

    def schema(self) -> Json:
        return {"type": "object", "additionalProperties": self.of.schema()}


class Key(NamedTuple):
    """One key of a record.

    ``default`` is its value if people leave it out. ``absent`` is the message if a required key is
    missing. ``kept`` is False if only the values of other keys need it.
    """

    shape: Shape
    meaning: str
    required: bool = False
    default: Any = None
    absent: str | None = None
    kept: bool = True


class Together(NamedTuple):
    """A value that can be judged only together with other values of its record, or as a whole.

    ``read`` takes the values of all ``keys``, in their order. It returns the value of the first
    key, or raises Misfit. It is not called if one of these keys has a problem already.

    ``if_given``: it is also not called if people leave the first key out.
    """

    keys: tuple[str, ...]
    read: Callable[..., Any]
    if_given: bool = False


FIELD_OF = {"as": "as_"}
"""The field of a key whose name is a reserved word of Python."""


class Record:
    """A mapping with known keys. ``build`` makes the value of all keys, and may raise Misfit.

    - ``together``: values that are judged together. Why not in ``build``: that is called only if
      all keys are right, so it would hide what is wrong behind the problem of another key.
    - ``hidden``: no unknown key is named. Why: if a table lacks its first line, the names of its
      columns are values.

    A record may read a million entries, so it prepares what is the same for all of them.
    """

    def __init__(
        self,
        keys: Mapping[str, Key],
        build: Callable[..., Any],
        *,
        together: tuple[Together, ...] = (),
        hidden: bool = False,
    ) -> None:
        self.keys, self.build, self._hidden = keys, build, hidden
        self._judges = [(*each, _values_of(each.keys)) for each in together]
        self._is_judged = not all(each.if_given for each in together)
        self._may_be_judged = {each.keys[0] for each in together}
        fields = {name: FIELD_OF.get(name, name) for name in keys}
        self._readers = {
            name: (fields[name], key.shape.read, (name,)) for name, key in keys.items()
        }
        self._absent = {fields[name]: key.default for name, key in keys.items()}
        self._unkept = tuple(fields[name] for name, key in keys.items() if not key.kept)
        self._required = tuple(name for name, key in keys.items() if key.required)

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> Any:
        if not isinstance(tree, dict):
            message = f"{name_of(path)} must be a mapping of keys, not {kind_of(tree)}"
            problems.append(Problem(path, message))
            return None
        before = len(problems)
        values = self._values(tree, path, problems)
        for name in self._required:
            if tree.get(name) is None:
                problems.append(self._missing(name, path))  # noqa: PERF401 - mostly nothing is
        if self._is_judged or not self._may_be_judged.isdisjoint(tree):
            self._judge(tree, values, path, problems, before)
        return self._built(values, path, problems) if len(problems) == before else None

    def _values(self, tree: Json, path: TreePath, problems: list[Problem]) -> Json:
        values = self._absent.copy()
        for name, item in tree.items():
            reader = self._readers.get(name)
            if reader is None:
                problems.append(self._unknown(name, item, path))
            elif item is not None:
                field, read, step = reader
                values[field] = read(item, path + step, problems)
        return values

    def _judge(
        self, tree: Json, values: Json, path: TreePath, problems: list[Problem], before: int
    ) -> None:
        """Judge together what belongs together. From ``before`` on, the problems are its own."""
        wrong = self._wrong(tree, path, problems[before:]) if problems[before:] else set()
        for keys, read, if_given, chosen in self._judges:
            if if_given and tree.get(keys[0]) is None:
                continue
            if wrong and not wrong.isdisjoint(keys):
                wrong.add(keys[0])
                continue
            try:
                values[keys[0]] = read(*chosen(values))
            except Misfit as misfit:
                wrong.add(keys[0])
                problems.append(misfit.problem(path))

    def _wrong(self, tree: Json, path: TreePath, problems: list[Problem]) -> set[str | int]:
        """Return the keys that are missing, or have one of the problems."""
        missing = {name for name in self._required if tree.get(name) is None}
        depth = len(path)
        return missing | {each.path[depth] for each in problems if len(each.path) > depth}

    def _built(self, values: Json, path: TreePath, problems: list[Problem]) -> Any:
        for field in self._unkept:
            del values[field]
        try:
            return self.build(**values)
        except Misfit as misfit:
            problems.append(misfit.problem(path))
            return None

    def _missing(self, name: str, path: TreePath) -> Problem:
        key = self.keys[name]
        what = key.absent or f"has no {name}; add {name}: {key.meaning}"
        return Problem(path, f"{name_of(path)} {what}")

    def _unknown(self, name: str, item: Any, path: TreePath) -> Problem:
        key, colon, _ = name.partition(":")
        if item is None and colon and key in self.keys:
            hint = f"; write a space after the colon: {key}: …"
        else:
            hint = nearest(name, tuple(self.keys))
            if item is None and "did you" not in hint:
                hint += "; if it is more of the value before it, put all of that value in quotes"
        shown = "unknown key" if self._hidden else f'unknown key "{name}"'
        return Problem((*path, name), f"{shown}{hint}")

    def schema(self) -> Json:
        return {
            "type": "object",
            "properties": {name: _described(key) for name, key in self.keys.items()},
            "required": [name for name, key in self.keys.items() if key.required],
            "additionalProperties": False,
        }


def _values_of(keys: tuple[str, ...]) -> Callable[[Json], tuple[Any, ...]]:
    """Return a function that takes the values of some keys out of a record, as a tuple."""
    return itemgetter(*keys) if len(keys) > 1 else lambda values: (values[keys[0]],)


class Misfit(ValueError):
    """Each value alone is right, but together they are not. ``path`` is in the record."""

    def __init__(self, message: str, *path: str | int, rule: str = "shape") -> None:
        super().__init__(message)
        self.path, self.rule = path, rule

    def problem(self, path: TreePath) -> Problem:
        """Return the problem. ``path``: where the record is."""
        return Problem((*path, *self.path), str(self), self.rule)


def _described(key: Key) -> Json:
    shape = key.shape.schema()
    if not key.required:
        shape = {"anyOf": [shape, {"type": "null"}]}
    return {"description": key.meaning, **shape}


def name_of(path: TreePath) -> str:
    """Return a path as people write it: ``sources[0].document``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else str(part)
    return name or "it"


def kind_of(tree: Any) -> str:
    """Return in words what a tree is: "a list", "nothing"."""
    if tree is None:
        return "nothing"
    if isinstance(tree, bool):
        return "true" if tree else "false"
    kinds = {dict: "a mapping", list: "a list", str: "a text", int: "a number", float: "a number"}
    found = (words for kind, words in kinds.items() if isinstance(tree, kind))
    return next(found, type(tree).__name__)


@lru_cache(1000)  # many entries have the same mistake
def nearest(word: str, known: tuple[str, ...]) -> str:
    """Return ``; did you mean "x"?``. If no known word is near, name all of them."""
    from difflib import get_close_matches  # slow to load: only after a mistake

    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else f"; known are {', '.join(known)}"
