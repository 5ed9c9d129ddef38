"""A fault: what a rule of `check` finds in an entry or a document."""

from typing import NamedTuple

from onthisday.almanac.entry import Silence
from onthisday.errors import TreePath


class Fault(NamedTuple):
    """What a rule finds in an entry or a document, at a path of it.

    ``others`` are the entries that it is about too: a silence of one of them holds.
    """

    path: TreePath
    rule: str
    message: str
    others: tuple[str, ...] = ()


def unused_silence(place: int, silence: Silence) -> Fault:
    """Return what is wrong with a silence that silences nothing."""
    message = f'silences "{silence.rule}", which has nothing to say here; take the silence out'
    return Fault(("silence", place), "silence", message)
