"""What people are told of an import: while it runs, and at its end.

Made by importing.py, printed by cli/import_files.py.
"""

from typing import NamedTuple

from onthisday.errors import Finding
from onthisday.importers.found import Note, Refused
from onthisday.service.importing.differences import Change


class Changed(NamedTuple):
    """An entry that a changed fact updates. ``what``: ``document``, if it is one."""

    id: str
    changes: list[Change]
    what: str = "entry"


class Vanished(NamedTuple):
    """An entry whose fact is no longer in the file. It stays in the almanac."""

    id: str


Told = Refused | Note | Changed | Vanished


class Result(NamedTuple):
    """What an import did, or would do.

    - ``target``: the name of the almanac's file with the new entries.
    - ``same``: facts that are entries already, and did not change. ``moved``: those of them that
      stand elsewhere in the file now.
    - ``elsewhere``: entries of the almanac that a file of a whole almanac does not have.
    - ``documents``: how many documents are new.
    """

    target: str
    new: int
    changed: int
    same: int
    moved: int
    vanished: int
    refused: int
    elsewhere: int
    documents: int
    findings: tuple[Finding, ...] = ()
