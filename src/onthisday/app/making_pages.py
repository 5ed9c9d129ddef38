"""Make the pages of a site in several processes, to use all cores of the machine.

It pays only for many pages, because a process takes a third of a second to start. The files have
the same bytes with any number of processes. Called by publishing.py.
"""

from collections.abc import Callable, Iterator
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
    task: Task,
    make: "Makers",
    is_here: Callable[[str], bool],
    enough: int = ENOUGH,
    processes: int | None = None,
) -> "Makers":
    """Return what makes and writes pages in several processes, or with ``make`` if they are few.

    ``make`` also makes those pages that a process cannot, and those for whose path ``is_here``
    returns True. This process makes them while the others make the rest.
    """
    many = processes or min(cores(), MOST)

    def made(paths: list[str]) -> "Iterator[Made]":
        if many == 1 or len(paths) < enough:
            yield from make(paths)
            return
        parts = _parts([path for path in paths if not is_here(path)])
        with ExitStack() as stack:
            answers = _answers(task, parts, many, stack)
            yield from make(list(filter(is_here, paths)))
            for part, pages in zip(parts, answers, strict=True):
                yield from make(part) if pages is None else pages

    return made


def _parts(paths: list[str]) -> list[list[str]]:
    return [paths[at : at + _TOGETHER] for at in range(0, len(paths), _TOGETHER)]


def _answers(
    task: Task, parts: list[list[str]], many: int, stack: ExitStack
) -> "Iterator[list[Made] | None]":
    """Have so many processes make all parts from now on. Return the answers, in their order.

    A process that is idle gets the next part. They end with the ``stack``.
    """
    from concurrent.futures import ThreadPoolExecutor  # only now: to load it takes some ms

    pool = stack.enter_context(ThreadPoolExecutor(many))  # it ends last, when nobody answers
    started = [WorkerProcess("making_process", task) for _ in range(many)]
    idle: SimpleQueue[WorkerProcess] = SimpleQueue()
    for each in started:
        idle.put(stack.enter_context(each))

    def answer(part: list[str]) -> "list[Made] | None":
        worker = idle.get()
        worker.ask(part)
        try:
            return worker.answer()  # type: ignore[no-any-return]
        finally:
            idle.put(worker)

    return pool.map(answer, parts)
