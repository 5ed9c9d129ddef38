"""A fault: one thing that a rule of `check` found wrong in an entry or a document.

It has no file and line yet: service/checking/findings.py makes a finding of it.
"""

from typing import NamedTuple

from onthisday.almanac.entry import Silence
from onthisday.errors import TreePath


class Fault(NamedTuple):
    """One thing that a rule found wrong in an entry or a document.

    ``path`` says where in it. ``others`` are further entries that the fault is about. If one of
    them silences the rule, the fault is silenced.
    """

    path: TreePath
    rule: str
    message: str
    others: tuple[str, ...] = ()


def unused_silence(place: int, silence: Silence) -> Fault:
    """Return the fault of a silence that silences nothing."""
    message = f'silences "{silence.rule}", which finds nothing here; take the silence out'
    return Fault(("silence", place), "silence", message)
