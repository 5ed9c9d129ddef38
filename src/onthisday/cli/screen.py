"""The standard streams: the same bytes on every system, and nothing on which a terminal would act.

All that is printed goes through here. What others wrote (documents, file names, servers) may hold
escape sequences; those are shown as ``\\u001b``, see characters.py. Our own sequences pass beside
it: colours with `styled`, and the progress bar through ``sys.__stderr__``, the stream as Python
made it.
"""

import io
import os
import sys
from typing import TextIO

from onthisday.characters import escaped


class Screen(io.TextIOWrapper):
    """A standard stream that escapes what a terminal would act on."""

    def __init__(self, first: io.TextIOWrapper, encoding: str, newline: str | None) -> None:
        super().__init__(
            first.buffer,
            encoding,
            "backslashreplace",
            newline,
            first.line_buffering,
            first.write_through,
        )
        self._first = first  # without it, Python would close the file

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
    # Python 3.14 colours `--help` by itself. The colours would be shown as escapes.
    os.environ.setdefault("PYTHON_COLORS", "0")
    sys.stdout, sys.stderr = _screen(sys.stdout), _screen(sys.stderr)


def _screen(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    as_is = stream.isatty() or "PYTHONIOENCODING" in os.environ
    return Screen(stream, stream.encoding if as_is else "utf-8", None if as_is else "\n")
