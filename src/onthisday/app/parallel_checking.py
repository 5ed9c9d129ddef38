"""Read what documents' texts say of the entries that cite them, for `check`, on all cores.

    check(almanac, source, texts, memory, today, on_all_cores(library))

This process finds the entries and notes what is found, in order, so the report is the same as that
of one process. The others get a text with some entries, and give back what the text says. Why the
entries are sent: then no other process needs the compiled almanac, which may be in memory alone.
The rules that need no text are not shared out: to send an entry takes as long as they do.

Called by cli/check.py. service/checking/passage_reading.py does the work.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from onthisday.almanac.document import Document
from onthisday.almanac.library import Library
from onthisday.app.cores import cores
from onthisday.checks.not_in_passage import KnownAlmanac
from onthisday.service.checking.passage_reading import Cited, ReadAll, Reads, read_all, read_cited

if TYPE_CHECKING:
    from concurrent.futures import Future

_FEW = 3_000
"""Citations. Fewer are read before other processes have started, where each loads Python anew."""

_MOST = 61
"""The most processes: Windows cannot wait for more (concurrent.futures)."""

_AHEAD = 2
"""For each process so many texts are read ahead, so that it need not wait."""


def on_all_cores(library: Library) -> ReadAll:
    """Return what reads the texts: this process, or as many as there are cores."""
    processes = min(cores(), _MOST)
    files = {document.id for document in library.documents() if document.file}
    many = sum(count for name, count in library.cited().items() if name in files) > _FEW
    return partial(read_in_processes, processes) if many and processes > 1 else read_all


def read_in_processes(
    processes: int, almanac: KnownAlmanac, many: Iterable[Cited]
) -> Iterator[tuple[Cited, Reads]]:
    """Read with so many processes. The results come in the order of ``many``."""
    from concurrent.futures import ProcessPoolExecutor  # slow to load, and few texts need it

    waiting = deque[tuple[Cited, "Future[Reads] | None"]]()
    known = almanac.documents, almanac.language
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=known) as pool:
        for cited in many:
            waiting.append((cited, pool.submit(_read, cited) if cited.entries else None))
            if len(waiting) > _AHEAD * processes:
                yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())


def _done(cited: Cited, reads: "Future[Reads] | None") -> tuple[Cited, Reads]:
    return cited, reads.result() if reads else ()


_known: list[KnownAlmanac] = []
"""What a process of the pool knows of the almanac."""


def _begin(documents: Mapping[str, Document], language: str) -> None:
    """Begin a process of the pool. It needs no names, because it judges nothing."""
    _known[:] = [KnownAlmanac(documents, frozenset().__contains__, language)]


def _read(cited: Cited) -> Reads:
    return read_cited(_known[0], cited)
