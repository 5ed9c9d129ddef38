"""What an importer yields: facts, and what is not imported and why.

Used by each importer, and by service/importing/.
"""

from typing import Any, NamedTuple

from onthisday.almanac.entry import Span


class Place(NamedTuple):
    """Where a fact stands in its file.

    - ``line``: the line of its beginning, for messages; of a spreadsheet, the row.
    - ``span``: of a text: its passage, in code points. None for a spreadsheet.
    - ``page``: of a spreadsheet: ``row 12``, or ``Births, row 12`` if it is not the first sheet.
    - ``file``: the name of the file, if it is one that the imported file includes.
    """

    line: int
    span: Span | None = None
    page: str | None = None
    file: str | None = None


class Found(NamedTuple):
    """A fact of a file.

    - ``text``: what stands at its place, in the file's own words. Of a text it is exactly the
      passage. Of a spreadsheet it is the row's cells with U+001F between them. A second import sees
      by it whether the fact changed.
    - ``tree``: the keys of an entry, as curators write them (schema/entry_schema.py): ``date`` in
      EDTF, ``title``, ``kind``, ``rule``, ``place``, ``tags``… It has no ``id``. It has
      ``sources`` only if the file names sources of its own: service/importing/ puts a citation of
      the file and of the place before them. Texts are as a curator would write them: no markup, no
      controls. What is wrong in it is found by the schema, and the fact is then refused.
    - ``id``: the format's own name for the fact, if it has one that stays: it becomes the entry's
      id. Letters, digits, ``-``, ``_`` and ``.``. None: an id is made of the date and the title.
    - ``documents``: the documents that ``sources`` name, as curators write them (trees with ``id``
      and ``title``).
    - ``whole``: the tree is a whole entry of an almanac, as `export` writes it: it brings its own
      sources, and what is not in it is not in the entry.
    - ``unsaid``: the keys of which a whole entry says nothing, because its table has no column for
      them. They stay as they are.
    """

    place: Place
    text: str
    tree: dict[str, Any]
    id: str | None = None
    documents: tuple[dict[str, Any], ...] = ()
    whole: bool = False
    unsaid: tuple[str, ...] = ()


class Refused(NamedTuple):
    """What is not imported, and why.

    - ``text``: what stands there; messages show its beginning.
    - ``reason``: in words that follow the place: "falls every month, and an entry falls once a
      year". It says what to do, if something can be done.
    """

    place: Place
    text: str
    reason: str


class Note(NamedTuple):
    """Something about the whole file that the person must hear, such as "the encoding is guessed".

    It does not keep anything from being imported.
    """

    place: Place
    message: str


Read = Found | Refused | Note


class Broken(ValueError):
    """The file is not of the format that it is said to be, or ends before its end.

    What was yielded before it stands. ``line``: where it broke; None if that is nowhere.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line
