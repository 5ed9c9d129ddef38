"""Drafting, put together: documents read in parallel, the almanac that may have them already.

    read = read_documents(find_documents(["../texts"]), "drafts")

Reading and finding take all cores; each process gives back what it found, and never a text.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from onthisday.adapters.files.document_files import DocumentFile, read_document
from onthisday.service.proposing.drafting import ReadDocument, Wish, read_for

FEW = 20
"""Documents that are read in this process: to start others takes longer."""

MOST = 61
"""Processes; Windows cannot wait for more of them (concurrent.futures.ProcessPoolExecutor)."""


def read_documents(files: Sequence[DocumentFile], wish: Wish) -> tuple[ReadDocument, ...]:
    """Read documents, in order; on a terminal, show how far it is."""
    read = partial(read_one, wish)
    processes = min(os.cpu_count() or 1, 1 + len(files) // FEW, MOST)
    if processes == 1:
        return tuple(_tracked(map(read, files), len(files)))
    with ProcessPoolExecutor(processes) as pool:
        return tuple(_tracked(pool.map(read, files, chunksize=8), len(files)))


def read_one(wish: Wish, file: DocumentFile) -> ReadDocument:
    """Read one document, in whatever process."""
    return read_for(wish, file.name, partial(read_document, file))


def _tracked(read: Iterable[ReadDocument], total: int) -> Iterator[ReadDocument]:
    from tqdm import tqdm

    yield from tqdm(read, total=total, unit=" documents", disable=None, leave=False)
