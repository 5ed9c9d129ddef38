"""Open a config file and its almanac. Every command begins here.

Parts that only some commands need are in other files: publishing.py (the site), sending.py
(messages) and serving.py (`serve`).

Adapters are imported inside the functions that need them. So if the almanac is compiled already,
`today` loads SQLite and no other large library: no YAML, asyncio, HTTP or feeds.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from sqlite3 import DatabaseError
from typing import TYPE_CHECKING, Any, NamedTuple

from onthisday.adapters.files.folders import (
    AlmanacFolder,
    TextFolder,
    digest,
    files_beside,
    sign,
)
from onthisday.adapters.sqlite.compiled_file import MEMORY, WAIT, CompiledAlmanac, is_damaged
from onthisday.almanac.entry import ALL, Selection
from onthisday.almanac.file_signatures import (
    ReadFile,
    Signature,
    changed_files,
    is_same,
    moved,
    settled_files,
    young_for,
)
from onthisday.almanac.occasions import Occasion, next_occasion, occasions_on
from onthisday.config import Site
from onthisday.errors import (
    Finding,
    InvalidInput,
    OnThisDayError,
    Unreadable,
    Unwritable,
    system_words,
)
from onthisday.views.presenter import Presenter
from onthisday.views.view import DayView

if TYPE_CHECKING:
    from onthisday.adapters.sqlite.passage_file import PassageFile
    from onthisday.almanac.library import Library
    from onthisday.config import Config


class Almanac(NamedTuple):
    """A compiled almanac and the site's settings, as they were at one moment.

    This is the public Python API.

    - ``pictures``: returns the bytes of a picture in the almanac's folder, by its file's name.
    - ``texts``: returns the bytes of a document's text, by its file's name.

    ``pictures`` and ``texts`` return None if there is no such file.

    - ``beside``: returns the signatures of pictures and texts, by path, as they were when it was
      called first.
    """

    site: Site
    library: "Library"
    pictures: Callable[[str], bytes | None]
    texts: Callable[[str], bytes | None]
    beside: Callable[[], dict[str, Signature]] = dict

    @classmethod
    def open(cls, config: str) -> "Almanac":
        """Open the almanac of a config file. Compile what has changed. Raise OnThisDayError."""
        return Workspace(config).almanac()

    def on(self, day: date, selection: Selection = ALL) -> DayView:
        """Return what happened on a day, and what comes next."""
        following = next_occasion(self.library, day, self.site.leap_day, selection)
        return self.presenter.day(day, self.site.zone, self.occasions(day, selection), following)

    def occasions(self, day: date, selection: Selection = ALL) -> Iterator[Occasion]:
        """Yield the occasions that fall on a day."""
        return occasions_on(self.library, day, self.site.leap_day, selection)

    @property
    def presenter(self) -> Presenter:
        """The presenter. It joins occasions of this almanac with their documents, to be shown."""
        return Presenter(self.library, self.site.url, self.site.tag, self.has_picture)

    def has_picture(self, name: str) -> bool:
        """Return True if the site shows the picture of this name."""
        from onthisday.site.pictures import is_shown  # only now: few entries have pictures

        return is_shown(name, self.pictures)


class Workspace:
    """A config file, and what belongs to it: its folder, its cache and its almanac.

    ``wait``: how many seconds to wait for a cache that another process holds.
    """

    def __init__(self, config: str, wait: float = WAIT) -> None:
        self.config_file, self._wait = config, wait
        self.folder = os.path.dirname(config)
        self._kept: tuple[tuple[Signature, bool, dict[str, str]], Settled] | None = None
        self._table: (
            tuple[tuple[Signature, Config, bool], tuple[Config, tuple[Finding, ...]]] | None
        ) = None

    def almanac(self) -> Almanac:
        """Return the almanac as its files are now. Compile what has changed.

        A damaged cache is removed and made anew, once. If another process holds the cache for long,
        or if the disk is full, the cache is left alone: the almanac is compiled into the user's own
        cache, or else in memory.
        """
        compiled = self._compiled()
        try:
            return self._filled(compiled)
        except DatabaseError as error:
            if is_damaged(error):
                compiled.remove()
                return self._filled(self._compiled())
        try:
            return self._filled(self._own_cache())
        except (DatabaseError, Unwritable):
            return self._filled(CompiledAlmanac(MEMORY))

    def last_good(self) -> Almanac | None:
        """Return the almanac as it was compiled last, without a look at its files.

        Return None if there is none. Raise OnThisDayError.
        """
        compiled = self._compiled()
        try:
            site = self._site(compiled)
        except BaseException:
            compiled.close()
            raise
        if not compiled.files():
            compiled.close()
            return None
        return self._of(compiled, site)

    def forget(self) -> None:
        """Remove the compiled almanac, because it is damaged.

        The next call of `almanac` makes it anew.
        """
        self._compiled().remove()

    def _filled(self, compiled: CompiledAlmanac) -> Almanac:
        """Return the almanac, with what has changed compiled into a cache that is open."""
        try:
            site = self._site(compiled)
            self._refresh(compiled, self.source(site))
        except BaseException:
            compiled.close()
            raise
        return self._of(compiled, site)

    def _of(self, compiled: CompiledAlmanac, site: Site) -> Almanac:
        texts = TextFolder(self.path(site.texts or site.almanac))
        folders = {self.path(site.almanac), self.path(site.texts or site.almanac)}
        beside = cache(partial(_files_beside, *sorted(folders)))
        library, pictures = compiled.library(), self.source(site).picture
        return Almanac(site, library, pictures, texts.text, beside)

    def config(self, *, sending: bool) -> tuple["Config", tuple[Finding, ...]]:
        """Return the whole config and its findings. Raise OnThisDayError.

        A finding that is an error is of a channel that is off because of it, of the heartbeat or of
        `alerts`. With ``sending``, it is an error if an environment variable is not set.
        """
        from onthisday.service.reading.configuring import unknown_alerts

        config, findings, lines = self._settled(sending=sending)
        if config.channels_file is not None:
            file = self.path(config.channels_file)
            config, more = self._with_table(config, file, sending=sending)
            findings = (*findings, *more)
        return config, (*findings, *unknown_alerts(config, self.config_file, lines))

    def _settled(self, *, sending: bool) -> "Settled":
        """Return what the config file says, without the channels of a CSV file.

        The file is read again only if it, or an environment variable, has changed. Why: with
        thousands of channels that takes seconds, and `serve` asks in each tick.
        """
        state = (_sign_or_explain(self.config_file), sending, dict(os.environ))
        if self._kept is None or self._kept[0] != state or state[0].is_fresh(time.time_ns()):
            written = self._config_tree()
            config, findings = self._read(written, sending=sending)
            findings = (*findings, *_open_secrets(self.config_file, written))
            self._kept = (state, (config, findings, written.lines))
        return self._kept[1]

    def young_for(self) -> float:
        """Return for how many seconds more a file is young, and so may be half written.

        The files are the config, the CSV file of channels, and those of the almanac. Return 0 if no
        channel is on, because then nothing is planned.
        """
        changed = [sign(self.config_file).mtime] if os.path.exists(self.config_file) else []
        try:
            config, _ = self.config(sending=True)
            if not any(channel.enabled for channel in config.channels):
                return 0.0
            if config.channels_file is not None:
                changed.append(sign(self.path(config.channels_file)).mtime)
            changed += [file.mtime for file in self.source(config.site).files().values()]
        except OnThisDayError:
            pass  # what is wrong may be half written; who reads it tells it
        return young_for(changed, time.time_ns())

    def _with_table(
        self, config: "Config", file: str, *, sending: bool
    ) -> tuple["Config", tuple[Finding, ...]]:
        """Add the channels of a CSV file, and the findings about it.

        The file is read again only if it has changed.
        """
        from onthisday.adapters.file_system import is_open_to_others
        from onthisday.adapters.files import csv_rows, trees
        from onthisday.service.reading.configuring import read_channels

        state = (self._sign_table(file), config, sending)
        if self._table is None or self._table[0] != state or state[0].is_fresh(time.time_ns()):
            try:
                rows = csv_rows.rows(file)
                read = read_channels(config, rows, os.environ, file, sending=sending)
            except trees.Malformed as error:
                finding = Finding("error", error.rule, file, error.line, str(error))
                raise InvalidInput((finding,)) from error
            self._table = (state, read)
        config, warnings = self._table[1]
        if is_open_to_others(file):
            message = f"others may read it, and it may hold secrets; `chmod 600 {file}`"
            warnings = (*warnings, Finding("warning", "mode", file, None, message))
        return config, warnings

    def _sign_table(self, file: str) -> Signature:
        try:
            return sign(file)
        except Unreadable as error:
            why = f"{error.why}; channels_file in {self.config_file} names it"
            raise Unreadable(file, why) from error

    def passages(self) -> "PassageFile":
        """Return the memory of passages that were proved.

        `check` needs it if a document has changed.
        """
        from onthisday.adapters.sqlite.passage_file import PassageFile

        name = f"{os.path.basename(self.config_file)}.passages.db"
        return PassageFile(self.path(os.path.join("var", "cache", name)))

    def source(self, site: Site) -> AlmanacFolder:
        """Return the almanac's folder."""
        return AlmanacFolder(self.path(site.almanac))

    def path(self, written: str) -> str:
        """Return a path from the config as a path that can be opened.

        In the config, paths are relative to the config's folder.
        """
        return os.path.join(self.folder, written)

    def _compiled(self) -> CompiledAlmanac:
        _sign_or_explain(self.config_file)
        path = self.path(os.path.join("var", "cache", self._cache_name()))
        try:
            return CompiledAlmanac(path, self._wait)
        except Unwritable:  # this folder cannot be written
            return self._own_cache()

    def _own_cache(self) -> CompiledAlmanac:
        """Open the compiled almanac in the user's own folder for caches."""
        path = _private_cache(f"{self._fingerprint()}-{self._cache_name()}")
        return CompiledAlmanac(path, self._wait)

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
                return Site(*site)
        return self._note_site(compiled, signature)

    def _note_site(self, compiled: CompiledAlmanac, signature: Signature) -> Site:
        """Read the config. Keep the site's settings in the cache, and return them.

        Only these settings are kept, because the rest of the config may hold secrets. Settings that
        use an environment variable are not kept: the variable may change, and the file would look
        the same.
        """
        sha256 = digest(self.config_file) if signature.is_fresh(time.time_ns()) else None
        written = self._config_tree()
        site = self._read(written, sending=False)[0].site
        if not _names_the_environment(written.tree):
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
        from onthisday.service.reading.compiling import compile_changes

        others = max(sign(self.config_file).mtime, code_version.written())
        compile_changes(Compiling(compiled), source, time.time_ns(), others)

    def _read(self, written: "Written", *, sending: bool) -> tuple["Config", tuple[Finding, ...]]:
        from onthisday.service.reading.configuring import read_config

        file = self.config_file
        return read_config(written.tree, os.environ, file, written.lines, sending=sending)

    def _config_tree(self) -> "Written":
        from onthisday.adapters.files import trees

        _sign_or_explain(self.config_file)
        try:
            text = trees.text_of(trees.read_bytes(self.config_file, most=4 * 1024 * 1024))
            tree = trees.yaml_tree(text, hidden=True)
            return Written(tree, lambda paths: trees.yaml_lines(text, paths))
        except trees.Malformed as error:
            finding = Finding("error", error.rule, self.config_file, error.line, str(error))
            raise InvalidInput((finding,)) from error


Settled = tuple["Config", tuple[Finding, ...], Callable[[Any], list[int | None]]]
"""A config, its findings, and a function that finds the lines of its parts."""


def _files_beside(*folders: str) -> dict[str, Signature]:
    return {
        os.path.join(folder, name): signature
        for folder in folders
        for name, signature in files_beside(folder).items()
    }


class Written(NamedTuple):
    """A config as a person wrote it: its tree, and a function that finds the lines of its parts.

    - ``tree``: dicts and lists.
    - ``lines``: returns the line of each path in the tree.
    """

    tree: Any
    lines: Callable[[Any], list[int | None]]


def _open_secrets(file: str, written: Written) -> Iterator[Finding]:
    """Yield a warning for each secret in a config that others may read."""
    from onthisday.adapters.file_system import is_open_to_others
    from onthisday.schema.literal_secrets import literal_secrets

    if not is_open_to_others(file):
        return
    paths = list(literal_secrets(written.tree))
    for path, line in zip(paths, written.lines(paths) if paths else (), strict=True):
        words = f"others may read this {path[-1]}; `chmod 600 {file}`, or write ${{NAME}} here"
        yield Finding("warning", "mode", file, line, words)


def _names_the_environment(tree: Any) -> bool:
    """Return True if the site's settings use an environment variable, written `${NAME}`."""
    view = (tree or {}).get
    return any("${" in str(view(key)) for key in ("site", "almanac", "leap_day", "feed", "texts"))


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


def _sign_or_explain(config: str) -> Signature:
    """Return a config file's signature (its size and times).

    If there is no file, raise Unreadable, which says how to make one.
    """
    if not os.path.exists(config):
        raise Unreadable(config, "there is no such file; `onthisday init DIR` makes one")
    return sign(config)


def _private_cache(name: str) -> str:
    """Return a path in the folder where the system keeps this user's caches. Raise Unwritable."""
    from platformdirs import user_cache_dir

    folder = user_cache_dir("onthisday", appauthor=False)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        why = f"cannot be made: {system_words(error)}; name a folder for caches in XDG_CACHE_HOME"
        raise Unwritable(folder, why) from error
    return os.path.join(folder, name)
