"""Explain errors of libyaml to a person who writes YAML by hand: which line, and what to write.

libyaml names the place where it could not read on, in words for programmers. Often the mistake is
some lines before that place. So the lines themselves are searched here for the mistakes that people
make. Nothing here decides what the YAML means. Called by trees.py.
"""

import json
import re
from typing import NamedTuple

import yaml

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""The characters that end a line, as libyaml sees it."""

_NO_YAML = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")
"""The characters that YAML does not allow (YAML 1.2.2, section 5.1), and a byte order mark."""

_SLOT = re.compile(
    r"(?P<dashes>\s*(?:-\s+)*)(?:(?P<key>[^\s:#\"'\[{][^:]*):\s+)?(?P<value>[^\s#].*?)\s*"
)
"""A line with a value: the value of a key, an item of a list, or more text of the line before it.
"""

_SPECIAL = "@`%*&!|>?-,[]{}"
"""The characters that cannot begin a value without quotes."""

_OPENS = re.compile(r"([:,-]\s+|[\[{]\s*)\Z")
"""What stands before a quotation mark that opens a value."""

_CURLY = {"“": "”", "„": "“”", "‘": "’", "‚": "‘’", "«": "»", "»": "«"}
"""Quotation marks that do not quote in YAML, each with the marks that may close it."""

_MOST_SHOWN = 60


class Mistake(NamedTuple):
    """A mistake. ``line`` counts from 1. ``words`` say what to do."""

    line: int
    words: str


class _Place(NamedTuple):
    """A place in the text.

    - ``number``: the number of the line, from 1.
    - ``column``: the column, from 0.
    - ``text``: the text of the line.
    - ``above``: all lines before it.
    """

    number: int
    column: int
    text: str
    above: list[str]

    @property
    def letter(self) -> str:
        """The character at the column; "" if the line ends before it."""
        return self.text[self.column : self.column + 1]

    @property
    def nearest_above(self) -> str:
        """The last line before this one that is not blank."""
        return next((line for line in reversed(self.above) if line.strip()), "")


class _Error(NamedTuple):
    """An error of libyaml.

    - ``here``: where libyaml could not read on.
    - ``begun``: where the thing begins that it was reading, such as a list.
    - ``problem``: the reason that libyaml gives.
    - ``hidden``: the file may hold secrets, so no value is shown.
    """

    here: _Place
    begun: _Place
    problem: str
    hidden: bool

    def shown(self, value: str) -> str:
        """Return a value in the form that a message shows.

        A long value is cut between two words.
        """
        if self.hidden:
            return "…"
        if len(value) <= _MOST_SHOWN:
            return value
        return f"{value[:_MOST_SHOWN].rpartition(' ')[0] or value[:_MOST_SHOWN]} …"

    def key(self, text: str, *, sure: bool = True) -> str:
        """Return a key in the form that a message shows.

        It may be a part of a secret, above all if it is not ``sure`` that this is a key.
        """
        is_known = sure and re.fullmatch("[a-z_]{1,20}", text) is not None
        return text if is_known or not self.hidden else "KEY"

    def quoted(self, value: str) -> str:
        """Return a value in quotes that YAML can read.

        The quotes that it has now are taken away.
        """
        closing = _CURLY.get(value[0], value[0] if value[0] in "\"'" else "")
        if len(value) > 1 and value[-1] in closing:
            value = value[1:-1]
        single = {'"', "\\"} & {*value} and "'" not in value
        value = self.shown(value)
        return f"'{value}'" if single else json.dumps(value, ensure_ascii=False)


def mistake_in(text: str, error: yaml.YAMLError, *, hidden: bool) -> Mistake:
    """Return the mistake in a text that libyaml could not read. With ``hidden``, show no value."""
    if unshown := _NO_YAML.search(text):
        words = f"has a character that cannot be shown, U+{ord(unshown[0]):04X}; take it out"
        return Mistake(len(_BREAK.findall(text, 0, unshown.start())) + 1, words)
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Mistake(1, f"is not YAML: {' '.join(str(error).split())}")
    lines = _BREAK.split(text)
    here = _place(lines, error.problem_mark)
    begun = _place(lines, error.context_mark or error.problem_mark)
    told = _Error(here, begun, error.problem or "", hidden)
    for explain in (_space, _open_quote, _bracket, _value, _colon, _dash, _indentation):
        if mistake := explain(told):
            return mistake
    words = "cannot be read from here on; look for a quotation mark, a dash or a colon too few or "
    return Mistake(here.number, f"{words}too many, here or just above (YAML: {told.problem})")


def _place(lines: list[str], mark: yaml.Mark) -> _Place:
    number = min(mark.line, len(lines) - 1)
    return _Place(number + 1, mark.column, lines[number], lines[:number])


def _space(error: _Error) -> Mistake | None:
    """Find a line that is indented by a tab or another odd space. Return None if there is none."""
    here = error.here
    blank = len(here.text) - len(here.text.lstrip())
    if "\t" in here.text[: max(here.column + 1, blank)]:
        return Mistake(here.number, "a tab cannot indent; use spaces")
    odd = re.match(r" *([^\S ])", here.text)
    words = "this line begins with an odd space, U+{:04X}; type plain spaces there"
    return Mistake(here.number, words.format(ord(odd[1]))) if odd else None


def _open_quote(error: _Error) -> Mistake | None:
    """Find a quotation mark that opens a value and is never closed.

    libyaml may notice this only at the next quotation mark, which it takes for the closing one.
    """
    here, begun = error.here, error.begun
    if error.problem == "found unexpected end of stream":
        return _unclosed(begun.number, begun.letter)
    for mark in "\"'":
        if here.text[: here.column].count(mark) % 2:
            for number in range(here.number - 1, 0, -1):
                line = here.above[number - 1]
                if line.count(mark) % 2 and _OPENS.search(line.rpartition(mark)[0]):
                    return _unclosed(number, mark)
    return None


def _unclosed(number: int, mark: str) -> Mistake:
    return Mistake(number, f"a quotation mark {mark} opens here and is never closed; close it")


def _bracket(error: _Error) -> Mistake | None:
    """Find brackets that are not closed, or that contain a value which needs quotes."""
    here, begun = error.here, error.begun
    if error.problem == "did not find expected node content":
        return _empty_bracket(here)
    closing = re.fullmatch("did not find expected ',' or '(.)'", error.problem)
    if closing is None:
        return None
    if here.number == begun.number and here.letter == ":":
        words = "a value inside the brackets has a colon in it; put that value in quotes"
    elif closing[1] in begun.text[begun.column :]:
        rest = error.shown(here.text[here.column :])
        words = f"the brackets cannot be read from {rest} on; put each value in single quotes"
    else:
        words = f"{begun.letter} opens here and is never closed; add {closing[1]} at its end"
    return Mistake(begun.number, words)


def _empty_bracket(here: _Place) -> Mistake | None:
    """Find a bracket that opens and is not closed before the file ends.

    This is for a file that ends after the bracket or after a comma. In this case the error message
    of libyaml differs from the one for other open brackets.
    """
    for number in range(here.number - 1 if not here.text[here.column :].strip() else 0, 0, -1):
        if opened := re.match(r"[^#]*?(?:^|\s)([\[{])[^\]}]*$", here.above[number - 1]):
            closing = "]" if opened[1] == "[" else "}"
            words = f"{opened[1]} opens here and is never closed; add {closing} at its end"
            return Mistake(number, words)
    return None


def _value(error: _Error) -> Mistake | None:
    """Find a value that needs quotes."""
    here = error.here
    slot = _SLOT.fullmatch(here.text)
    if slot is None or here.column < slot.start("value") or not (slot["key"] or slot["dashes"]):
        return None
    value, first = slot["value"], slot["value"][0]
    key = error.key(slot["key"]) if slot["key"] else ""
    name = f"the value of {key}" if key else "this item"
    write = f"{key}: {error.quoted(value)}" if key else f"- {error.quoted(value)}"
    if first in "\"'":
        words = f"{name} {_why_no_quotes(value)}; write {write}"
    elif first in "[{" and error.problem.startswith("found character"):
        words = f"a value inside the brackets begins with {here.letter}; put that value in quotes"
    elif first in _CURLY:
        words = f"{name} needs straight quotation marks, for curly ones do not quote: {write}"
    elif first in _SPECIAL:
        words = f"{name} begins with {first}; put it in quotes: {write}"
    elif here.letter == ":":
        words = f"{name} has a colon in it; put it in quotes: {write}"
    else:
        return None
    return Mistake(here.number, words)


def _why_no_quotes(value: str) -> str:
    if value[0] == '"' and value.endswith('"') and "\\" in value:
        return "has a \\ in it, which means something else between double quotes"
    return "has quotation marks that close before its end"


def _colon(error: _Error) -> Mistake | None:
    """Find a line where the colon after the key is missing, or the space after the colon."""
    begun = error.begun
    if error.problem != "could not find expected ':'":
        return None
    text = begun.text.strip().removeprefix("- ")
    if glued := re.fullmatch(r"([\w-]+):(\S.*)", text):
        words = f"write a space after the colon: {error.key(glued[1])}: {error.shown(glued[2])}"
        return Mistake(begun.number, words)
    key, _, value = text.partition(" ")
    write = f"{error.key(key, sure=False)}: {error.shown(value)}".rstrip()
    words = f"no colon follows the first word; write {write}, or, if this line is more text of the"
    return Mistake(begun.number, f"{words} key above, begin it further right")


def _dash(error: _Error) -> Mistake | None:
    """Find an item without a dash, or a dash with no space after it."""
    here, begun = error.here, error.begun
    glued = re.fullmatch(r"\s*-(\w.*)", here.nearest_above)
    if glued:
        words = f"write a space after the dash: - {error.shown(glued[1])}"
        return Mistake(here.above.index(here.nearest_above) + 1, words)
    if error.problem != "did not find expected '-' indicator" or here.column != begun.column:
        return None
    words = (
        f"an item of a list begins with a dash: - {error.shown(here.text.strip())}; a key of the"
    )
    return Mistake(here.number, f"{words} item above begins where the other keys of it begin")


def _indentation(error: _Error) -> Mistake | None:
    """Find a line that begins too far left or too far right."""
    here, above = error.here, _SLOT.match(error.here.nearest_above)
    column = len(here.text) - len(here.text.lstrip())
    if above is None or here.text[column : column + 1] in {*_SPECIAL} - {"-"}:
        return None
    if column > above.end("dashes"):
        words = (
            "this line begins further right than the key above; if it is a key, begin both in the "
            "same column; if it is more text, put all of that text in quotes"
        )
    else:
        words = "this line begins further left than those it belongs to; begin it where they begin"
    return Mistake(here.number, words)
