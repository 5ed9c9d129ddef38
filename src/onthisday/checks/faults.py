"""A fault: one thing that a rule of `check` found wrong in an entry or a document.

A fault has no file and line yet. service/checking/findings.py adds them and makes a `Finding`.
"""

from typing import NamedTuple

from onthisday.almanac.entry import Silence
from onthisday.errors import TreePath


class Fault(NamedTuple):
    """One thing that a rule found wrong in an entry or a document.

    - ``path``: the place in the entry or the document.
    - ``others``: the ids of further entries that the fault is about. If one of these entries
      switches the rule off, the fault is not shown.
    """

    path: TreePath
    rule: str
    message: str
    others: tuple[str, ...] = ()


def unused_silence(place: int, silence: Silence) -> Fault:
    """Return the fault of a ``silence`` that is not needed, because its rule finds nothing."""
    message = f'silences "{silence.rule}", which finds nothing here; take the silence out'
    return Fault(("silence", place), "silence", message)
