"""Make the pages of a site in several processes, to use all cores of the machine.

It pays only for many pages, because a process takes a third of a second to start. The files have
the same bytes with any number of processes. Called by publishing.py.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from onthisday.app.cores import cores
from onthisday.app.worker_process import WorkerProcess

if TYPE_CHECKING:
    from onthisday.service.building import Made, Makers

ENOUGH = 1_500
"""Pages. To make fewer takes less time than to start the processes."""

MOST = 16
"""The most processes. This one must remember what they made."""

_TOGETHER = 50
"""So many pages are asked for at once. What pages next to each other need is the same."""


class Task(NamedTuple):
    """What is built: the config, the folder of the site, the time (in ISO 8601).

    ``state``: `publishing.state_of`, of which the processes must find the same.
    """

    config: str
    folder: str
    now: str
    state: str


def make_with_all_cores(
    task: Task, make: "Makers", enough: int = ENOUGH, processes: int | None = None
) -> "Makers":
    """Return what makes and writes pages in several processes, or with ``make`` if they are few.

    ``make`` also makes those pages that a process cannot.
    """
    many = processes or min(cores(), MOST)

    def made(paths: list[str]) -> "Iterator[Made]":
        if many == 1 or len(paths) < enough:
            yield from make(paths)
            return
        parts = [paths[at : at + _TOGETHER] for at in range(0, len(paths), _TOGETHER)]
        with ExitStack() as stack:
            started = [WorkerProcess("making_process", task) for _ in range(many)]
            workers = [stack.enter_context(each) for each in started]
            for part, pages in zip(parts, _answers(workers, parts), strict=True):
                yield from make(part) if pages is None else pages

    return made


def _answers(workers: list[WorkerProcess], parts: list[list[str]]) -> "Iterator[list[Made] | None]":
    """Yield the answers to all parts in their order. A worker that is idle gets the next part."""
    idle: SimpleQueue[WorkerProcess] = SimpleQueue()
    for each in workers:
        idle.put(each)

    def answer(part: list[str]) -> "list[Made] | None":
        worker = idle.get()
        worker.ask(part)
        try:
            return worker.answer()  # type: ignore[no-any-return]
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(len(workers)) as pool:
        yield from pool.map(answer, parts)
