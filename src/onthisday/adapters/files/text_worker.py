"""Get the text out of documents of unknown origin, in a process with limits of memory and time.

A document may be made to do harm: a page of 1 KB can ask for gigabytes, or for hours. The process
(text_process.py) is used for one document after another. If a document takes too much, the process
is ended, this document has no text, and the next one gets a new process. Used by app/.

Plain text is read here, because that takes no more than its length. Why a process: no thread can be
ended, and no thread has a limit of memory. Why not one of `multiprocessing`: it would read what it
is answered with pickle, which can run code.
"""

import json
import os
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any, NamedTuple, Self

from onthisday.texts.about import About
from onthisday.texts.extract import Extract, NoText, NotInstalled
from onthisday.texts.formats import extract, is_simple

MEGABYTE = 1024 * 1024

SPACE_A_BYTE = 4
"""Bytes of memory for each byte of a document: it is held more than once."""

MOST_ANSWER = 256 * MEGABYTE
"""Bytes. No answer is longer."""

TOO_SLOW = "takes too long to be read; save its text alone"
BROKE = "cannot be read: the program that reads it broke off; save its text alone"


class Limits(NamedTuple):
    """What reading a document may take.

    - ``seconds``, and ``more`` seconds for each megabyte of the document.
    - ``memory``: bytes, with those of the libraries; and SPACE_A_BYTE for each byte of a document.
    """

    seconds: float = 20.0
    more: float = 10.0
    memory: int = 1024 * MEGABYTE


class TextWorker:
    """Gets texts. Use it inside ``with``. The process is started when it is needed first."""

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008 - it cannot change
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the process."""
        self._end()

    def extract(self, content: bytes) -> Extract:
        """Return the text of a document. Raises NoText."""
        return extract(content) if is_simple(content) else _extract_of(self._answer(content, 0))

    def about(self, content: bytes) -> About:
        """Return what a document says of itself: nothing if it cannot be read."""
        try:
            return About() if is_simple(content) else About(**self._answer(content, 1))
        except (NoText, TypeError):
            return About()

    def _answer(self, content: bytes, only_about: int) -> dict[str, Any]:
        process = self._process = self._process or _started()
        seconds = self._limits.seconds + self._limits.more * len(content) / MEGABYTE
        memory = self._limits.memory + SPACE_A_BYTE * len(content)
        late, answer = threading.Event(), dict[str, Any]()
        timer = threading.Timer(seconds, _kill, (process, late))
        timer.start()
        try:
            answer = _asked(process, content, (len(content), memory, 2 + int(seconds), only_about))
        except (OSError, ValueError) as error:
            raise NoText(TOO_SLOW if late.is_set() else BROKE) from error
        finally:
            timer.cancel()
            if not answer or answer.pop("full", False) or late.is_set():
                self._end()
        return answer

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _started() -> subprocess.Popen[bytes]:
    # -P: this folder may hold documents of unknown origin, and no code is taken from there
    command = [sys.executable, "-P", "-m", f"{__package__}.text_process"]
    return subprocess.Popen(  # noqa: S603 - our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name.upper() in _NEEDED},
    )


_NEEDED = {"PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP"}
"""The environment variables that the process gets. The others may hold secrets."""


def _kill(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _asked(
    process: subprocess.Popen[bytes], content: bytes, head: tuple[int, ...]
) -> dict[str, Any]:
    """Give a document to the process, and return its answer. Raises OSError or ValueError."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"".join(number.to_bytes(8, "big") for number in head))
    process.stdin.write(content)
    process.stdin.flush()
    size = int.from_bytes(_read(process.stdout, 8), "big")
    if size > MOST_ANSWER:
        raise ValueError("the answer is too long")
    answer = json.loads(_read(process.stdout, size).decode("utf-8", "surrogatepass"))
    if not isinstance(answer, dict):
        raise ValueError("the answer is no object")  # noqa: TRY004 - the caller catches it
    return answer


def _read(stream: Any, size: int) -> bytes:
    content: bytes = stream.read(size)
    if len(content) < size:
        raise ValueError("the process ended")
    return content


def _extract_of(answer: dict[str, Any]) -> Extract:
    if "extra" in answer:
        raise NotInstalled(str(answer["no_text"]), str(answer["extra"]))
    if "no_text" in answer:
        raise NoText(str(answer["no_text"]))
    return Extract(**answer | {"about": About(*answer["about"])})
