"""The day and the files that pages are made from, of which is noted what was asked (traces.py).

Used by contents.py. The rows of the almanac note for themselves (`Published.noting`).
"""

import hashlib
from collections.abc import Callable
from datetime import date

from onthisday.errors import Unreadable
from onthisday.site.traces import Question, note, note_until

Files = Callable[[str], bytes | None]
"""A function: it takes a file's name and returns the bytes of the file, or None.

The file is a picture or the text of a document.
"""


class NotedDay:
    """A day. Of whoever asks for it is noted how long the answer holds.

    What asks for the day holds until the next day; what asks for the year, until the next year.
    """

    def __init__(self, day: date) -> None:
        self.unnoted = day

    @property
    def day(self) -> date:
        """The day."""
        self.daily()
        return self.unnoted

    @property
    def year(self) -> int:
        """The year of the day."""
        self.yearly()
        return self.unnoted.year

    def daily(self) -> None:
        """Note that what is made now changes on the next day."""
        self.lasting(date.fromordinal(min(self.unnoted.toordinal() + 1, date.max.toordinal())))

    def yearly(self) -> None:
        """Note that what is made now changes in the next year."""
        year = self.unnoted.year
        self.lasting(date(year + 1, 1, 1) if year < date.max.year else date.max)

    def lasting(self, until: date) -> date:
        """Return the day, for what stays the same on each day before another one."""
        note_until(until)
        return self.unnoted


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
