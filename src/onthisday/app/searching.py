"""Search an almanac: keep its index, make it when it is first needed, and ask it.

`onthisday search` uses `SearchCache`. `serve` uses `Searching`, which does the same beside the
event loop, so that pages do not wait.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from sqlite3 import DatabaseError
from threading import Lock
from typing import TYPE_CHECKING

from onthisday.adapters.sqlite import search_file
from onthisday.adapters.sqlite.search_file import (
    ENGLISH,
    PASSING,
    Languages,
    SearchFile,
    version_of,
)
from onthisday.adapters.web.questions import Asked
from onthisday.config import Site
from onthisday.errors import OnThisDayError, Unwritable
from onthisday.locales.locale import locale_of
from onthisday.search.finding import Found, find
from onthisday.service.log_events import event
from onthisday.site.website import Website

if TYPE_CHECKING:
    from onthisday.almanac.library import Published

log = logging.getLogger("onthisday")


class SearchCache:
    """The index of the almanac that was searched last.

    ``paths``: where its file may be. The first that can be written is used; if none can, the index
    is kept in a temporary file.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self._version: str | None = None
        self._file: SearchFile | None = None
        self._lock = Lock()

    def has(self, library: "Published", languages: Languages = ENGLISH) -> bool:
        """Return True if the index of this library is ready."""
        return self._file is not None and self._version == version_of(library, languages)

    def prepare(self, library: "Published", languages: Languages = ENGLISH) -> SearchFile:
        """Return the index of a library. Make it, if there is none. Raises OnThisDayError."""
        version = version_of(library, languages)
        with self._lock:
            if self._file is None or self._version != version:
                self._file = None  # so that it is closed: Windows replaces no file that is open
                self._file = self._opened(library, languages) or self._made(library, languages)
                self._version = version
            return self._file

    def find(
        self,
        library: "Published",
        text: str,
        limit: int,
        languages: Languages = ENGLISH,
        native: str = "en",
    ) -> Found:
        """Return what is found. An index that is damaged is made anew, once.

        ``languages``: in which dates can be asked for; what is found is shown in the first one.
        ``native``: the language of entries that do not say theirs.
        """
        locale = locale_of(languages[0])
        try:
            return find(library, self.prepare(library, languages), text, limit, locale, native)
        except DatabaseError:
            self._forget()
            return find(library, self.prepare(library, languages), text, limit, locale, native)

    def _opened(self, library: "Published", languages: Languages) -> SearchFile | None:
        found = (search_file.opened(path, library, languages) for path in self._paths)
        return next(filter(None, found), None)

    def _made(self, library: "Published", languages: Languages) -> SearchFile:
        for path in self._paths:
            try:
                return search_file.make(path, library, languages)
            except Unwritable:
                continue
        return search_file.make(PASSING, library, languages)

    def _forget(self) -> None:
        with self._lock:
            self._version = self._file = None
            for path in self._paths:
                search_file.remove(path)


def languages_of(site: Site) -> Languages:
    """Return the languages in which dates can be asked for: that of the site, then all others."""
    return (site.language, *(language for language, _ in site.folders))


PATIENCE = 2.0
"""Seconds for which a reader waits while the index is made. Then the page says so."""

MOST_WAITING = 64
"""So many questions may wait for their turn. Further ones are told to come again."""


class Searching:
    """Searches for `serve`, in threads of its own.

    ``patience``: for how many seconds a reader waits while the index is made.
    """

    def __init__(self, cache: SearchCache, patience: float = PATIENCE) -> None:
        self._cache, self._patience = cache, patience
        self._making: asyncio.Future[SearchFile] | None = None
        self._waiting, self._told = 0, ""

    async def find(self, website: Website, asked: Asked) -> Found | str:
        """Return what is found on a site or, if nothing can be found now, why.

        That is a key of `found_words.search_words`.
        """
        if self._waiting >= MOST_WAITING:
            return "busy"
        self._waiting += 1
        try:
            return await self._found(website, asked) or "making"
        except OnThisDayError as error:
            self._tell(str(error))
            return "failed"
        finally:
            self._waiting -= 1

    async def _found(self, website: Website, asked: Asked) -> Found | None:
        site, library = website.site_at(asked.path), website.library
        languages = languages_of(site)
        if not await self._is_ready(library, languages):
            return None
        loop = asyncio.get_running_loop()
        text, limit = asked.text, asked.limit
        return await loop.run_in_executor(
            _ASKING, self._cache.find, library, text, limit, languages, site.own_language
        )

    def _tell(self, words: str) -> None:
        """Log once why nobody can search."""
        if words != self._told:
            log.error("searching: %s", words, extra=event("search.failed"))
        self._told = words

    async def _is_ready(self, library: "Published", languages: Languages) -> bool:
        loop = asyncio.get_running_loop()
        if await loop.run_in_executor(_ASKING, self._cache.has, library, languages):
            return True
        if self._making is None or self._making.done():
            self._making = loop.run_in_executor(_MAKING, self._cache.prepare, library, languages)
            self._making.add_done_callback(_look)  # maybe no reader waits until it fails
        done, _ = await asyncio.wait({self._making}, timeout=self._patience)
        for each in done:
            each.result()
        return bool(done)


def _look(made: "asyncio.Future[SearchFile]") -> None:
    """Look at what failed. Otherwise asyncio logs that nobody did."""
    if not made.cancelled():
        made.exception()


_MAKING = ThreadPoolExecutor(1, "making-search")
_ASKING = ThreadPoolExecutor(1, "searching")
