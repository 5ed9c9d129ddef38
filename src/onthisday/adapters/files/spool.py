"""Keep values of an import in a temporary file, so that a million do not fill the memory.

The file has no name, and is gone when the process ends. Used by service/importing/, which asks for
the protocol `Spool`.
"""

import json
import tempfile
from collections.abc import Iterator
from typing import Any


class FileSpool:
    """Implements `Spool` (service/importing/reading.py)."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - it lives as long as this object

    def add(self, value: Any) -> int:
        place = self._file.tell()
        self._file.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        self._file.write(b"\n")
        return place

    def at(self, place: int) -> Any:
        self._file.seek(place)
        return json.loads(self._file.readline().decode("utf-8", "surrogatepass"))

    def items(self) -> Iterator[tuple[int, Any]]:
        place = 0
        while True:
            self._file.seek(place)
            line = self._file.readline()
            if not line:
                return
            yield place, json.loads(line.decode("utf-8", "surrogatepass"))
            place += len(line)

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
