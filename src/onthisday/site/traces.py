"""Note what a page is made from, so that nobody makes the page again as long as that is the same.

While a page is made, each thing that is asked is noted with a digest of the answer: rows of the
compiled almanac, a picture, the text of a document. The notes are the page's trace. Later the same
questions are asked again. If all answers are the same, the page is the same, because a page is made
from nothing else. (Mokhov, Mitchell, Peyton Jones, "Build systems à la carte", 2018: "verifying
traces".)

The day is another such thing. Of it is noted until when the page stays the same, and not which day
it was. Why: the feed of a tag has something new on a few days of the year, and it is the same on
all others.

Why no rules, such as "an entry is shown on the page of its day": somebody who changes a page may
forget the rule, and then a page would be stale. What is noted cannot be forgotten: a page reaches
its almanac, its files and the day only through what notes (contents.py, and in adapters/sqlite
noted_rows.py). The settings of the site and the program are not noted: if they differ, every page
is made anew.

Used by website.py, contents.py and noted_rows.py.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache, partial
from typing import Any, Generic, NamedTuple, TypeVar

A = TypeVar("A")
R = TypeVar("R")

Question = tuple[Any, ...]
"""What was asked, as JSON can hold it: its kind, such as ``text``, and then what kind needs."""

Asked = tuple[Question, str]
"""A question, and a digest of its answer."""

UNTIL = "until"
"""The kind of the question whether a day has come."""

Note = Callable[[], Asked]
"""A function: it returns what was asked.

It is called when the page is finished, because rows may be read until then.
"""


class Trace(NamedTuple):
    """What a page was made from. It can be kept as text.

    - ``asked``: each question, as JSON in one line, and a digest of its answer.
    - ``until``: the day from which on the page may be another one, although all answers are the
      same.
    """

    asked: tuple[tuple[str, str], ...]
    until: date


NOTHING = Trace((), date.min)
"""The trace of what was never noted. Nothing is as it was."""


_notes: ContextVar[list[Note] | None] = ContextVar("_notes", default=None)


@contextmanager
def noting() -> Iterator[list[Note]]:
    """Note what is asked in the block by this thread. The list grows meanwhile."""
    notes: list[Note] = []
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)


def note(made: Note) -> None:
    """Note a question, if anybody notes now."""
    notes = _notes.get()
    if notes is not None:
        notes.append(made)


def note_until(day: date) -> None:
    """Note that what is made now may be another one from this day on, if anybody notes now."""
    if day < date.max:
        note(lambda: ((UNTIL, day), ""))


def trace_of(notes: Iterable[Note]) -> Trace:
    """Return the trace of a page that is finished. Each question is in it once."""
    asked = _asked(notes)
    until = min((question[1] for question in asked if question[0] == UNTIL), default=date.max)
    others = (each for each in asked.items() if each[0][0] != UNTIL)
    return Trace(tuple((_text_of(question), answer) for question, answer in others), until)


@lru_cache(10_000)  # many pages ask the same
def _text_of(question: Question) -> str:
    return json.dumps(question, ensure_ascii=False, separators=(",", ":"))


def asked_in(text: str) -> Question:
    """Return a question of a trace."""
    return tuple(json.loads(text))


def _asked(notes: Iterable[Note]) -> dict[Question, str]:
    return dict(made() for made in notes)


def digest_of(parts: Iterable[str | bytes]) -> str:
    """Return a digest of some parts, in their order."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        whole.update(b"%d:" % len(content))
        whole.update(content)
    return whole.hexdigest()


class _Kept(NamedTuple, Generic[R]):
    """A value, and what it was made from."""

    value: R
    notes: tuple[Note, ...]

    def given(self) -> R:
        """Return the value, and note what it was made from."""
        for each in self.notes:
            note(each)
        return self.value


def _made(function: Callable[[], R]) -> _Kept[R]:
    with noting() as notes:
        value = function()
    return _Kept(value, tuple(map(_fixed, _asked(notes).items())))


def _fixed(asked: Asked) -> Note:
    return lambda: asked


def remembered(function: Callable[[A], R], most: int | None = None) -> Callable[[A], R]:
    """Return a function that calls another once for each argument, and keeps the value.

    Whoever gets a kept value notes all that the value was made from. So `functools.cache` must not
    be used for what pages are made from. The value must not be an iterator, which reads later. If
    ``most`` values are kept, all are forgotten.
    """
    kept: dict[A, _Kept[R]] = {}

    def given(argument: A) -> R:
        found = kept.get(argument)
        if found is None:
            if len(kept) == most:
                kept.clear()
            found = kept[argument] = _made(partial(function, argument))
        return found.given()

    return given


class remembered_property(Generic[R]):  # noqa: N801 - it is used as `cached_property` is
    """A property that is made once. Whoever gets it notes all that it was made from."""

    def __init__(self, function: Callable[[Any], R]) -> None:
        self._function, self.__doc__ = function, function.__doc__
        self._place = f"_{function.__name__}"

    def __get__(self, owner: Any, _class: type) -> R:
        kept: _Kept[R] | None = owner.__dict__.get(self._place)
        if kept is None:
            kept = owner.__dict__[self._place] = _made(partial(self._function, owner))
        return kept.given()
