"""A fault: one thing that a rule of `check` found wrong in an entry or a document.

A fault has no file and line yet. service/checking/findings.py adds them and makes a `Finding`.
"""

import re
from typing import NamedTuple

from onthisday.almanac.entry import Silence
from onthisday.errors import TreePath


class Fault(NamedTuple):
    """One thing that a rule found wrong in an entry or a document.

    - ``path``: the place in the entry or the document.
    - ``others``: the ids of further entries that the fault is about. If one of these entries
      switches the rule off, the fault is not shown.
    - ``words``: the words of the entry that the fault is about. A curator can switch the rule off
      for these words alone.
    """

    path: TreePath
    rule: str
    message: str
    others: tuple[str, ...] = ()
    words: str | None = None


def is_silenced(fault: Fault, silence: Silence) -> bool:
    """Return True if a silence is of the fault's rule, and of its words if it names words."""
    if silence.rule != fault.rule:
        return False
    return silence.words is None or (
        fault.words is not None and f" {_words(fault.words)} " in f" {_words(silence.words)} "
    )


def _words(text: str) -> str:
    """Return the words of a text in small letters, with one space between two of them."""
    return " ".join(re.findall(r"[\w,.]*\w", text.casefold()))


def unused_silence(place: int, silence: Silence) -> Fault:
    """Return the fault of a ``silence`` that is not needed, because its rule finds nothing."""
    here = f'in the words "{silence.words}"' if silence.words else "here"
    message = f'silences "{silence.rule}", which finds nothing {here}; take the silence out'
    return Fault(("silence", place), "silence", message)
