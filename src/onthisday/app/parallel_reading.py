"""Read documents for `draft`, in several processes at once, to use all cores of the machine.

    read = read_documents(find_documents(["../texts"]), "drafts")

Each process gives back the dates and drafts that it found, and not the document's text. drafts/
finds the dates. Each process has one more that gets the text out of PDFs and the like
(adapters/files/text_worker.py), because documents may be made to do harm. Called by cli/draft.py.
"""

import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial

from onthisday.adapters.files.document_files import DocumentFile, read_document
from onthisday.adapters.files.text_worker import TextWorker
from onthisday.app.cores import cores
from onthisday.service.proposing.drafting import ReadDocument, Wish, read_for

FEW = 20
"""One more process is started for each FEW documents.

For fewer documents, it takes too long to start a process.
"""

MOST = 61
"""The most processes that are started. Windows cannot wait for more.

The source is Python's documentation of concurrent.futures.ProcessPoolExecutor.
"""


def read_documents(
    files: Sequence[DocumentFile], wish: Wish, language: str | None = None
) -> tuple[ReadDocument, ...]:
    """Read documents. Return what was found in each, in the same order.

    ``language``: the language of all of them; None to guess it. On a terminal, show a progress bar.
    """
    processes = min(cores(), 1 + len(files) // FEW, MOST)
    if processes == 1:
        with TextWorker() as worker:
            read = partial(read_one, wish, worker, language=language)
            return tuple(_tracked(map(read, files), len(files)))
    with ProcessPoolExecutor(processes) as pool:
        read = partial(_read_in_pool, wish, language=language)
        return tuple(_tracked(pool.map(read, files, chunksize=8), len(files)))


def read_one(
    wish: Wish, worker: TextWorker, file: DocumentFile, language: str | None = None
) -> ReadDocument:
    """Read one document."""
    read = partial(read_document, file, worker.extract, worker.about)
    return read_for(wish, file.name, read, language)


def _read_in_pool(wish: Wish, file: DocumentFile, language: str | None) -> ReadDocument:
    return read_one(wish, _worker_of_this_process(), file, language)


@cache
def _worker_of_this_process() -> TextWorker:
    """Return the worker of a process of the pool. It ends with this process, as its input ends."""
    return TextWorker()


def _tracked(read: Iterable[ReadDocument], total: int) -> Iterable[ReadDocument]:
    # `sys.stderr` escapes what a terminal acts on, as the bar does (cli/screen.py).
    file = sys.__stderr__
    if file is None or not file.isatty():
        return read
    from tqdm import tqdm  # loaded only for a person who waits, because that takes time

    return tqdm(read, total=total, unit=" documents", leave=False, file=file)
