"""The day and the files that pages are made from, of which is noted what was asked (traces.py).

Used by contents.py. The rows of the almanac note for themselves (`Published.noting`).
"""

import hashlib
from collections.abc import Callable
from datetime import date
from functools import partial

from onthisday.errors import Unreadable
from onthisday.site.traces import Asked, Question, note

Files = Callable[[str], bytes | None]
"""A function: it takes a file's name and returns the bytes of the file, or None.

The file is a picture or the text of a document.
"""


class NotedDay:
    """A day. Whoever asks for the day depends on it, and who asks for the year only on the year."""

    def __init__(self, day: date) -> None:
        self.unnoted = day

    @property
    def day(self) -> date:
        """The day."""
        note(partial(self._asked, "day"))
        return self.unnoted

    @property
    def year(self) -> int:
        """The year of the day."""
        note(partial(self._asked, "year"))
        return self.unnoted.year

    def answer(self, question: Question) -> str | None:
        """Return the answer to a noted question; None if it is not about the day."""
        return self._asked(question[0])[1] if question[0] in {"day", "year"} else None

    def _asked(self, kind: str) -> Asked:
        return (kind,), str(self.unnoted if kind == "day" else self.unnoted.year)


class NotedFiles:
    """Files of one kind, such as pictures, by name. ``kind``: the name of the kind, for notes."""

    def __init__(self, kind: str, files: Files) -> None:
        self._kind, self._files = kind, files

    def __call__(self, name: str) -> bytes | None:
        """Return the bytes of a file, or None. Raise what the files raise."""
        try:
            content = self._files(name)
        except Unreadable:
            note(lambda: ((self._kind, name), _UNREADABLE))
            raise
        answer = _digest(content)
        note(lambda: ((self._kind, name), answer))
        return content

    def answer(self, question: Question) -> str | None:
        """Return the answer to a noted question; None if it is not about these files."""
        kind, *names = question
        if kind != self._kind:
            return None
        try:
            return _digest(self._files(*names))
        except Unreadable:
            return _UNREADABLE


_UNREADABLE = "unreadable"


def _digest(content: bytes | None) -> str:
    return "none" if content is None else hashlib.blake2b(content, digest_size=16).hexdigest()
