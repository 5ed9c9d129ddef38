"""A process that reads blocks of an almanac for another one. reading_ahead.py starts it.

It reads from its standard input which code the other process has, and ends if it has other code.
Then it reads blocks until the input ends. Of each it writes to its standard output
the entries, packed as the compiled almanac takes them; or None if anything in the block is wrong.
Then the other process reads the block itself, and tells what is wrong.
"""

from onthisday.adapters.files.blocks import pieces_of
from onthisday.adapters.files.trees import Malformed
from onthisday.adapters.sqlite import code_version
from onthisday.adapters.sqlite.packing import packed
from onthisday.almanac.compiled import Packed, Row
from onthisday.almanac.source import Block
from onthisday.app.interpreter import set_for_compiling
from onthisday.app.worker_process import give, questions
from onthisday.schema.entry_schema import ENTRY
from onthisday.schema.shapes import Problem


def main() -> None:
    """Answer each block of the standard input."""
    asked = questions()
    if next(asked) == code_version.signature():
        with set_for_compiling():
            for block in asked:
                give(_entries_of(block))


def _entries_of(block: Block) -> Packed | None:
    wrong: list[Malformed] = []
    problems: list[Problem] = []
    try:
        rows = [
            Row(place, ENTRY.read(tree, (), problems)) for place, tree, _ in pieces_of(block, wrong)
        ]
    except Malformed:
        return None
    return None if wrong or problems else packed(block.name, rows)


if __name__ == "__main__":
    main()
