"""Read blocks of an almanac in several processes, to use all cores of the machine.

    compile_changes(compiled, source, now, ahead=read_ahead)

It pays only if there is much to read, because a process takes a tenth of a second to start. One
process for each core reads; this one puts the entries into the compiled almanac meanwhile. Their
order is that of the blocks, so the compiled almanac is the same with any number of processes.

If a process cannot be started, or ends, its blocks are read in this one. So it is if the program's
files have changed since this process began, because other code may make other rows. Called by
workspace.py.
"""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, cycle

from onthisday.adapters.sqlite import code_version
from onthisday.almanac.compiled import Packed
from onthisday.almanac.source import Block
from onthisday.app.cores import cores
from onthisday.app.worker_process import WorkerProcess

ENOUGH = 8 * 1024 * 1024
"""Bytes of JSON Lines. To read fewer takes less time than to start the processes."""

_YAML = 5
"""So many times longer it takes to read a byte of YAML."""

MOST = 4
"""The most processes. This one cannot put in what more of them read."""

_MODULE = "reading_process"

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
        started = [WorkerProcess(_MODULE, code_version.signature()) for _ in range(processes)]
        workers = [stack.enter_context(each) for each in started]
        yield from _in_turns(chain(first, blocks), workers)


def _until(enough: int, blocks: Iterator[Block]) -> Iterator[Block]:
    while enough > 0 and (block := next(blocks, None)):
        enough -= _cost(block)
        yield block


def _cost(block: Block) -> int:
    return len(block.content) * (1 if block.name.endswith(".jsonl") else _YAML)


def _in_turns(blocks: Iterable[Block], workers: list[WorkerProcess]) -> Iterator[_Read]:
    """Give each worker a block in its turn, and a next one as soon as it has answered."""
    asked: deque[tuple[Block, WorkerProcess]] = deque()
    for block, worker in zip(blocks, cycle(workers), strict=False):
        done = None
        if len(asked) == len(workers):
            done = asked.popleft()[0], worker.answer()
        worker.ask(block)
        asked.append((block, worker))
        if done:
            yield done
    yield from ((block, worker.answer()) for block, worker in asked)
