"""Where the site is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class Output(Protocol):
    """A folder that the site is written to, file by file, each atomically."""

    def write(self, name: str, content: bytes, modified: datetime) -> bool:
        """Write a file as of an instant; return False where it holds these bytes already."""

    def finish(self) -> int:
        """Remove what an earlier build wrote and this one did not; make all of it durable.

        Returns how many files were removed. What nobody here wrote is never touched.
        """
