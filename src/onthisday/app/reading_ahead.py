"""Read blocks of an almanac in several processes, to use all cores of the machine.

    compile_changes(compiled, source, now, ahead=read_ahead)

It pays only if there is much to read, because a process takes a tenth of a second to start. One
process for each core reads; this one puts the entries into the compiled almanac meanwhile. Their
order is that of the blocks, so the compiled almanac is the same with any number of processes.

Why not `multiprocessing`: its processes begin with the program that was started, which may be a
person's own script that calls `onthisday.load`; or they are a copy of this process, which is unsafe
if it has threads, as `serve` has.

If a process cannot be started, or ends, its blocks are read in this one. So it is if the program's
files have changed since this process began, because other code may make other rows. Called by
workspace.py.
"""

import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, suppress
from itertools import chain, cycle
from pickle import HIGHEST_PROTOCOL, UnpicklingError, dump, load
from types import TracebackType
from typing import IO, Any, Self, cast

from onthisday.adapters.sqlite import code_version
from onthisday.almanac.compiled import Packed
from onthisday.almanac.source import Block
from onthisday.app.cores import cores

ENOUGH = 8 * 1024 * 1024
"""Bytes of JSON Lines. To read fewer takes less time than to start the processes."""

_YAML = 5
"""So many times longer it takes to read a byte of YAML."""

MOST = 4
"""The most processes. This one cannot put in what more of them read."""

_Read = tuple[Block, Packed | None]


def read_ahead(
    blocks: Iterable[Block], enough: int = ENOUGH, processes: int | None = None
) -> Generator[_Read]:
    """Give the blocks back in their order, each with its entries, or with None: nobody read it.

    - ``enough``: for fewer bytes of JSON Lines no process is started.
    - ``processes``: None for one for each core.
    """
    blocks, processes = iter(blocks), processes or min(cores(), MOST)
    first = list(_until(enough, blocks)) if processes > 1 else []
    if processes == 1 or sum(map(_cost, first)) < enough:
        yield from ((block, None) for block in chain(first, blocks))
        return
    with ExitStack() as stack:
        helpers = [stack.enter_context(_Helper()) for _ in range(processes)]
        yield from _in_turns(chain(first, blocks), helpers)


def _until(enough: int, blocks: Iterator[Block]) -> Iterator[Block]:
    while enough > 0 and (block := next(blocks, None)):
        enough -= _cost(block)
        yield block


def _cost(block: Block) -> int:
    return len(block.content) * (1 if block.name.endswith(".jsonl") else _YAML)


def _in_turns(blocks: Iterable[Block], helpers: "list[_Helper]") -> Iterator[_Read]:
    """Give each helper a block in its turn, and a next one as soon as it has answered."""
    asked: deque[tuple[Block, _Helper]] = deque()
    for block, helper in zip(blocks, cycle(helpers), strict=False):
        done = None
        if len(asked) == len(helpers):
            done = asked.popleft()[0], helper.answer()
        helper.ask(block)
        asked.append((block, helper))
        if done:
            yield done
    yield from ((block, helper.answer()) for block, helper in asked)


class _Helper:
    """A process that reads (reading_process.py). Use it inside ``with``."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        # -P: the folder of an almanac may be somebody else's, and no code is taken from there
        command = [sys.executable, "-P", "-m", f"{__package__}.reading_process"]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=pipe, stdout=pipe, stderr=nothing
            )
        self._give(code_version.signature())
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

    def ask(self, block: Block) -> None:
        """Have a block read."""
        self._give(block)

    def _give(self, value: object) -> None:
        if self._process is not None:
            with suppress(OSError):  # it has ended, so it does not answer either
                pipe = cast("IO[bytes]", self._process.stdin)
                dump(value, pipe, HIGHEST_PROTOCOL)
                pipe.flush()

    def answer(self) -> Packed | None:
        """Return the entries of the block that was asked for; None if the process cannot."""
        if self._process is None:
            return None
        try:
            answer: Any = load(cast("IO[bytes]", self._process.stdout))  # noqa: S301 - our own process
        except (OSError, EOFError, UnpicklingError):
            return None
        return cast("Packed | None", answer)
