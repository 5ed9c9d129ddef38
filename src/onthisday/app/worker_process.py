"""A process of our own that does a part of the work, to use all cores of the machine.

It runs a module of this program, and gets and gives Python's own values (pickle) through pipes.

Why not `multiprocessing`: its processes begin with the program that was started, which may be a
person's own script that calls `onthisday.load`; or they are a copy of this process, which is unsafe
if it has threads, as `serve` has.

It ends as soon as this process ends, in whatever way, because its input ends then. If it cannot be
started, or ends, its answers are None: then the work is done in this process. Used by
reading_ahead.py and making_pages.py.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pickle import HIGHEST_PROTOCOL, UnpicklingError, dump, load
from types import TracebackType
from typing import IO, Any, Self, cast


class WorkerProcess:
    """A process that answers questions. Use it inside ``with``.

    - ``module``: the name of its module in this package.
    - ``first``: what it gets first. It sends no answer to it.
    """

    def __init__(self, module: str, first: object) -> None:
        self._module, self._first = module, first
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        # -P: the folder of an almanac may be somebody else's, and no code is taken from there
        command = [sys.executable, "-P", "-m", f"{__package__}.{self._module}"]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=pipe, stdout=pipe, stderr=nothing
            )
        self.ask(self._first)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def ask(self, question: object) -> None:
        """Have something done."""
        if self._process is not None:
            with suppress(OSError):  # it has ended, so it does not answer either
                pipe = cast("IO[bytes]", self._process.stdin)
                dump(question, pipe, HIGHEST_PROTOCOL)
                pipe.flush()

    def answer(self) -> Any:
        """Return the answer to the first question that has none yet; None if there is none."""
        if self._process is None:
            return None
        try:
            return load(cast("IO[bytes]", self._process.stdout))  # noqa: S301 - our own process
        except (OSError, EOFError, UnpicklingError):
            return None


def questions() -> Iterator[Any]:
    """Yield what the process that started this one gives it. Called in the process."""
    with suppress(EOFError):
        while True:
            yield load(sys.stdin.buffer)  # noqa: S301 - it comes from our own program


def give(answer: object) -> None:
    """Give an answer to the process that started this one. Called in the process."""
    dump(answer, sys.stdout.buffer, HIGHEST_PROTOCOL)
    sys.stdout.buffer.flush()
