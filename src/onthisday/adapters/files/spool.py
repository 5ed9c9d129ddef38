"""Keep values of an import in a temporary file, so that a million do not fill the memory.

The file has no name, and is gone when the process ends. Used by service/importing/, which asks for
the protocol `Spool`.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from onthisday.adapters.files.temporary import in_temporary_folder


class FileSpool:
    """Implements `Spool` (service/importing/reading.py)."""

    def __init__(self) -> None:
        with in_temporary_folder():
            self._file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - it lives as long as this

    def add(self, value: Any) -> int:
        line = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
        with in_temporary_folder():
            place = self._file.tell()
            self._file.write(line + b"\n")
        return place

    def at(self, place: int) -> Any:
        self._file.seek(place)
        return json.loads(self._file.readline().decode("utf-8", "surrogatepass"))

    def items(self) -> Iterator[tuple[int, Any]]:
        place = 0
        with in_temporary_folder():
            self._file.flush()
        while True:
            self._file.seek(place)
            line = self._file.readline()
            if not line:
                return
            yield place, json.loads(line.decode("utf-8", "surrogatepass"))
            place += len(line)

    def close(self) -> None:
        """Remove the file."""
        with suppress(OSError):  # what could not be written is told already
            self._file.close()
