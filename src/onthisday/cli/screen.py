"""The standard streams: the same bytes on every system, and nothing on which a terminal would act.

All that the commands print goes through here. What others wrote (documents, file names, servers)
may hold escape sequences; those are written as `\\u001b`, see characters.py. Only `styled` writes
the sequences of our own: colours, and the progress that is painted over.
"""

import io
import os
import sys
from typing import TextIO

from onthisday.characters import escaped


class Screen(io.TextIOWrapper):
    """A standard stream that escapes what a terminal would act on."""

    def write(self, text: str, /) -> int:
        """Write a text."""
        return super().write(escaped(text))

    def write_styled(self, text: str) -> None:
        """Write a text as it is."""
        super().write(text)


def styled(text: str, stream: TextIO) -> None:
    """Write a text that has escape sequences of our own, and nothing raw of others."""
    if isinstance(stream, Screen):
        stream.write_styled(text)
    else:
        stream.write(text)


def set_up_streams() -> None:
    """Have stdout and stderr write the same bytes into files and pipes on every system.

    The bytes are UTF-8 with LF as the line end. (Windows would use its own encoding, and CR LF.)
    On a terminal, or if PYTHONIOENCODING is set, the encoding does not change. If the encoding
    does not have a letter, the letter is written as an escape, such as ``\\u017e``.
    """
    sys.stdout, sys.stderr = _screen(sys.stdout), _screen(sys.stderr)


def _screen(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    as_is = stream.isatty() or "PYTHONIOENCODING" in os.environ
    encoding = stream.encoding if as_is else "utf-8"
    buffering = {"line_buffering": stream.line_buffering, "write_through": stream.write_through}
    newline = None if as_is else "\n"
    return Screen(stream.detach(), encoding, "backslashreplace", newline, **buffering)
