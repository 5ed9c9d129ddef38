"""Write a file that is not there yet, in pieces: whole, or not at all. Used by cli/export.py."""

import os
from collections.abc import Iterable
from pathlib import Path

from onthisday.adapters.file_system import (
    give_first_name,
    remove_unless_open,
    sync_file,
    sync_folder,
)
from onthisday.errors import Unwritable, system_words


def write_new(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file. Raise Unwritable, also if there is a file of that name.

    The bytes go into a file beside it, which gets the name when it is whole. If the process is
    killed before, there is no file of that name.
    """
    taken = Unwritable(str(path), "is there already and is not overwritten; name another")
    if os.path.lexists(path):  # asked early: a million entries take a while
        raise taken
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("xb") as file:
            file.writelines(pieces)
        sync_file(beside)
        give_first_name(beside, path)
        sync_folder(path.parent)
    except FileExistsError as error:
        raise taken from error
    except OSError as error:
        raise Unwritable(str(path), f"cannot be written: {system_words(error)}") from error
    finally:
        remove_unless_open(beside)
