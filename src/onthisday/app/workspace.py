"""Open a config file and its almanac. Every command begins here.

Other parts are in other files: config_file.py (the config), caches.py (other files of the cache),
compiling_apart.py (an almanac for one use), publishing.py (the site), sending.py (messages) and
serving.py (`serve`).

Adapters are imported inside the functions that need them. So if the almanac is compiled already,
`today` loads SQLite and no other large library: no YAML, asyncio, HTTP or feeds.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache, partial
from sqlite3 import DatabaseError
from typing import TYPE_CHECKING

from onthisday.adapters.files.folders import (
    AlmanacFolder,
    TextFolder,
    digest,
    files_beside,
    sign,
    small_file,
)
from onthisday.adapters.sqlite.compiled_file import (
    MEMORY,
    WAIT,
    CompiledAlmanac,
    is_damaged,
)
from onthisday.almanac.entry import ALL, Selection
from onthisday.almanac.file_signatures import (
    ReadFile,
    Signature,
    changed_files,
    is_same,
    moved,
    settled_files,
)
from onthisday.almanac.occasions import next_occasion, occasions_on
from onthisday.app.config_file import ConfigFile
from onthisday.errors import (
    Finding,
    Unwritable,
    system_words,
)
from onthisday.site_settings import Site
from onthisday.views.presenter import Presenter
from onthisday.views.view import DayView

if TYPE_CHECKING:
    from onthisday.almanac.library import Library, Published
    from onthisday.config import Config


class Almanac:
    """A compiled almanac and the site's settings, as they were at one moment.

    This is the public Python API.

    - ``pictures``: returns the bytes of a picture in the almanac's folder, by its file's name.
    - ``texts``: returns the bytes of a document's text, by its file's name.

    - ``logo``: returns the bytes of the site's logo.

    ``pictures``, ``texts`` and ``logo`` return None if there is no such file.

    - ``beside``: returns the signatures of pictures and texts, by path, as they were when it was
      called first.

    Why no NamedTuple: it would load the protocol of the library, which `today` does not need.
    """

    def __init__(
        self,
        site: Site,
        library: "Library",
        pictures: Callable[[str], bytes | None],
        texts: Callable[[str], bytes | None],
        beside: Callable[[], dict[str, Signature]] = dict,
        logo: Callable[[], bytes | None] = lambda: None,
    ) -> None:
        self.site, self.library = site, library
        self.pictures, self.texts, self.beside, self.logo = pictures, texts, beside, logo

    @classmethod
    def open(cls, config: str) -> "Almanac":
        """Open the almanac of a config file. Compile what has changed. Raise OnThisDayError."""
        return Workspace(config).almanac()

    def in_language(self, language: str | None) -> "Almanac":
        """Return the almanac as it is told in a language, as BCP 47; as it is for None.

        If the site has the language too, addresses lead to its pages there.
        """
        if language is None:
            return self
        site, native = self.site.in_language(language), self.site.own_language
        site = site if site.main else site._replace(language=language, native=native)
        files = self.pictures, self.texts, self.beside, self.logo
        return Almanac(site, self.library, *files)

    def on(
        self,
        day: date,
        selection: Selection = ALL,
        asked: date | None = None,
        at_most: int | None = None,
        known: date | None = None,
        *,
        next_always: bool = True,
    ) -> DayView:
        """Return what happened on a day, and what comes next.

        ``asked``: the day from which the 110 years of a birth are counted back, if it is another
        one (almanac/living.py). Why: who asks on one day what falls on later days must not get the
        births of people who may be living on the day of asking.

        ``at_most``: so many occasions are chosen (views/choosing.py).

        ``known``: the day until which corrections are known (`published`).

        ``next_always``: False to look for what comes next only if nothing happened on the day. Why:
        to find it, the library counts the entries of the whole year.
        """
        library, leap_day = self.published(asked or day, known), self.site.leap_day
        occasions = [*occasions_on(library, day, leap_day, selection)]
        following = None
        if next_always or not occasions:
            following = next_occasion(library, day, leap_day, selection)
        if at_most is None:
            return self.presenter.day(day, self.site.zone, occasions, following)
        from onthisday.views.choosing import choices  # only now: `today` must start fast

        some = choices(occasions, at_most)
        view = self.presenter.day(day, self.site.zone, [each.occasion for each in some], following)
        shown = zip(view.occasions, some, strict=True)
        return view._replace(occasions=tuple(each._replace(chosen=why) for each, (_, why) in shown))

    def published(self, asked: date, known: date | None = None) -> "Published":
        """Return the almanac as it may be published on a day.

        ``known``: the day until which corrections are known. If it is not given, it is today in the
        site's zone, by the clock, or ``asked`` if that is later. Why the clock: who asks what
        happened on a day of the past must not get what was put right since.
        """
        return self.library.published(asked, known or self._known(asked))

    def _known(self, asked: date) -> date:
        last = self.library.last_correction
        if last is None or last <= asked:  # then it makes no difference which day it is
            return asked
        from datetime import UTC, datetime  # only now: a time zone takes long to load
        from zoneinfo import ZoneInfo

        from onthisday.dates.zones import local_day

        return max(asked, local_day(datetime.now(UTC), ZoneInfo(self.site.zone)))

    @property
    def presenter(self) -> Presenter:
        """The presenter. It joins occasions of this almanac with their documents, to be shown."""
        return Presenter(self.library, self.site, self.has_picture)

    def has_picture(self, name: str) -> bool:
        """Return True if the site shows the picture of this name."""
        from onthisday.almanac.pictures import is_shown  # only now: few entries have pictures

        return is_shown(name, self.pictures)


class Workspace:
    """A config file, and what belongs to it: its folder, its cache and its almanac.

    ``wait``: how many seconds to wait for a cache that another process holds.
    """

    def __init__(self, config: str, wait: float = WAIT) -> None:
        self.config_file, self._wait = config, wait
        self.folder = os.path.dirname(config)
        self._config = ConfigFile(config)

    def almanac(self) -> Almanac:
        """Return the almanac as its files are now. Compile what has changed.

        A damaged cache is removed and made anew, once. If another process holds the cache for long,
        or if the disk is full, the cache is left alone: the almanac is compiled into the user's own
        cache, or else in memory.
        """
        compiled = self.compiled()
        try:
            return self._filled(compiled)
        except DatabaseError as error:
            if is_damaged(error):
                compiled.remove()
                return self._filled(self.compiled())
        try:
            return self._filled(self._own_cache())
        except DatabaseError:
            return self._filled(CompiledAlmanac(MEMORY))

    def last_good(self) -> Almanac | None:
        """Return the almanac as it was compiled last, without a look at its files.

        Return None if there is none. Raise OnThisDayError.
        """
        compiled = self.compiled()
        try:
            site = self._site(compiled)
        except BaseException:
            compiled.close()
            raise
        if not compiled.files():
            compiled.close()
            return None
        return self.almanac_of(compiled, site)

    def forget(self) -> None:
        """Remove the compiled almanac, because it is damaged.

        The next call of `almanac` makes it anew.
        """
        self.compiled().remove()

    def _filled(self, compiled: CompiledAlmanac) -> Almanac:
        """Return the almanac, with what has changed compiled into a cache that is open."""
        try:
            site = self._site(compiled)
            self._refresh(compiled, self.source(site))
        except BaseException:
            compiled.close()
            raise
        return self.almanac_of(compiled, site)

    def almanac_of(self, compiled: CompiledAlmanac, site: Site) -> Almanac:
        """Return a compiled almanac with its settings and the files that are beside it."""
        texts = TextFolder(self.path(site.texts or site.almanac))
        folders = {self.path(site.almanac), self.path(site.texts or site.almanac)}
        others = () if site.logo is None else (self.path(site.logo),)
        beside = cache(partial(files_beside, *sorted(folders), others=others))
        library, pictures = compiled.library(), self.source(site).picture
        return Almanac(site, library, pictures, texts.text, beside, partial(self._logo, site))

    def _logo(self, site: Site) -> bytes | None:
        """Return the bytes of the site's logo, which is in the config's folder; None if not."""
        if site.logo is None:
            return None
        from onthisday.checks.logo import MOST  # loaded here: `today` shows no logo

        return small_file(self.folder or ".", site.logo, MOST)

    def config(self, *, sending: bool) -> tuple["Config", tuple[Finding, ...]]:
        """Return the whole config and its findings. Raise OnThisDayError.

        A finding that is an error is of a channel that is off because of it, of the heartbeat or of
        `alerts`. With ``sending``, it is an error if an environment variable is not set.
        """
        return self._config.read(sending=sending)

    def understood_config(self) -> tuple["Config | None", tuple[Finding, ...]]:
        """Return the config as far as it is right, and everything that is wrong. For `check`.

        The config is None if nobody can tell from it where the almanac is. Raises Unreadable.
        """
        return self._config.understood()

    def cache_paths(self, ending: str) -> Iterator[str]:
        """Yield the places for a file of the cache, the best one first."""
        name = f"{os.path.basename(self.config_file)}.{ending}"
        yield self.path(os.path.join("var", "cache", name))
        with suppress(Unwritable):
            yield _private_cache(f"{self._fingerprint()}-{name}")

    def source(self, site: Site) -> AlmanacFolder:
        """Return the almanac's folder."""
        return AlmanacFolder(self.path(site.almanac))

    def path(self, written: str) -> str:
        """Return a path from the config as a path that can be opened.

        In the config, paths are relative to the config's folder.
        """
        return os.path.join(self.folder, written)

    def compiled(self) -> CompiledAlmanac:
        """Open the compiled almanac, in the best place that can be written."""
        self._config.sign()
        path = self.path(os.path.join("var", "cache", self._cache_name()))
        try:
            return CompiledAlmanac(path, self._wait)
        except Unwritable:  # this folder cannot be written
            return self._own_cache()

    def _own_cache(self) -> CompiledAlmanac:
        """Open the compiled almanac in the user's own folder for caches.

        If no file can be made there either, as on a full disk, it is kept in memory.
        """
        try:
            path = _private_cache(f"{self._fingerprint()}-{self._cache_name()}")
            return CompiledAlmanac(path, self._wait)
        except Unwritable:
            return CompiledAlmanac(MEMORY)

    def _cache_name(self) -> str:
        return f"{os.path.basename(self.config_file)}.db"

    def _fingerprint(self) -> str:
        import hashlib

        return hashlib.sha256(os.fsencode(os.path.realpath(self.config_file))).hexdigest()[:16]

    def _site(self, compiled: CompiledAlmanac) -> Site:
        """Return the site's settings.

        If the config file has not changed, they come from the cache.
        """
        noted, signature = compiled.note("site"), sign(self.config_file)
        if noted is not None:
            before, sha256, site = json.loads(noted)
            kept = ReadFile(Signature(*before), sha256)
            if is_same(kept, self.config_file, signature, digest):
                if sha256 and not signature.is_fresh(time.time_ns()):
                    compiled.set_note("site", json.dumps([signature, None, site]))
                return Site.of_json(site)
        return self._note_site(compiled, signature)

    def _note_site(self, compiled: CompiledAlmanac, signature: Signature) -> Site:
        """Read the config. Keep the site's settings in the cache, and return them.

        Only these settings are kept, because the rest of the config may hold secrets. Settings that
        use an environment variable are not kept: the variable may change, and the file would look
        the same.
        """
        sha256 = digest(self.config_file) if signature.is_fresh(time.time_ns()) else None
        site, is_from_environment = self._config.site()
        if not is_from_environment:
            compiled.set_note("site", json.dumps([signature, sha256, site]))
        _note_change(compiled, site, signature.mtime)
        return site

    def _refresh(self, compiled: CompiledAlmanac, source: AlmanacFolder) -> None:
        """Compile the almanac's files that have changed, if there are any."""
        kept = compiled.files()
        if not changed_files(kept, source.files(), source.digest):
            for name, file in settled_files(kept, time.time_ns()).items():
                compiled.keep(name, file)
            return
        from onthisday.adapters.sqlite import code_version
        from onthisday.adapters.sqlite.compiled_writer import Compiling
        from onthisday.app.interpreter import set_for_compiling
        from onthisday.app.reading_ahead import read_ahead
        from onthisday.service.reading.compiling import compile_changes

        others = max(sign(self.config_file).mtime, code_version.written())
        with set_for_compiling():
            compile_changes(Compiling(compiled), source, time.time_ns(), others, read_ahead)


def _note_change(compiled: CompiledAlmanac, site: Site, written: int) -> None:
    """Note that the content changed, if the site's settings are others than before.

    Only a digest of the settings is kept, because they may come from the environment. ``written``:
    when the config was written, in nanoseconds since 1970.
    """
    import hashlib

    said = hashlib.sha256(json.dumps(site).encode()).hexdigest()
    if said == compiled.note("settings"):
        return
    compiled.set_note("settings", said)
    if before := compiled.modified():
        compiled.set_modified(moved(before, written, time.time_ns()))


def _private_cache(name: str) -> str:
    """Return a path in the folder where the system keeps this user's caches. Raise Unwritable."""
    from platformdirs import user_cache_dir

    try:
        folder = user_cache_dir("onthisday", appauthor=False)
    except RuntimeError as error:  # such as a user of a container, who has no home
        why = "this user has no home; name a folder for caches in XDG_CACHE_HOME"
        raise Unwritable("the user's cache", why) from error
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        why = f"cannot be made: {system_words(error)}; name a folder for caches in XDG_CACHE_HOME"
        raise Unwritable(folder, why) from error
    return os.path.join(folder, name)
