"""Read documents for `draft`, in several processes at once.

    read = read_documents(find_documents(["../texts"]), "drafts")

It uses all cores of the machine. Each process gives back the dates and drafts that it found, and
not the document's text. Finding dates is done in drafts/. Called by cli/draft.py.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from onthisday.adapters.files.document_files import DocumentFile, read_document
from onthisday.service.proposing.drafting import ReadDocument, Wish, read_for

FEW = 20
"""Documents for which one more process is started. To start one for fewer takes too long."""

MOST = 61
"""Processes at most. Windows cannot wait for more (concurrent.futures.ProcessPoolExecutor)."""


def read_documents(files: Sequence[DocumentFile], wish: Wish) -> tuple[ReadDocument, ...]:
    """Return what was read of each document, in their order. On a terminal, show a progress bar."""
    read = partial(read_one, wish)
    processes = min(os.cpu_count() or 1, 1 + len(files) // FEW, MOST)
    if processes == 1:
        return tuple(_tracked(map(read, files), len(files)))
    with ProcessPoolExecutor(processes) as pool:
        return tuple(_tracked(pool.map(read, files, chunksize=8), len(files)))


def read_one(wish: Wish, file: DocumentFile) -> ReadDocument:
    """Read one document. It can run in any process."""
    return read_for(wish, file.name, partial(read_document, file))


def _tracked(read: Iterable[ReadDocument], total: int) -> Iterator[ReadDocument]:
    from tqdm import tqdm

    yield from tqdm(read, total=total, unit=" documents", disable=None, leave=False)
