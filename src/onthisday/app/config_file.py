"""The config file and its table of channels, read again only if they have changed.

Why: with thousands of channels, to read them takes seconds, and `serve` asks in each tick. Used by
workspace.py, which has the almanac. What the keys mean is in schema/.
"""

import os
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from onthisday.adapters.files.folders import sign
from onthisday.almanac.file_signatures import Signature
from onthisday.errors import Finding, InvalidInput, Unreadable

if TYPE_CHECKING:
    from onthisday.config import Config, Site

MOST = 4 * 1024 * 1024
"""Bytes. A larger config file is refused."""


_Written = tuple[Any, Callable[[Any], list[int | None]]]
"""A config as a person wrote it: its tree of dicts and lists, and a function for its lines.

The function returns the line of each path in the tree.
"""

Read = tuple["Config", tuple[Finding, ...]]
"""A config and its findings."""

_Settled = tuple["Config", tuple[Finding, ...], Callable[[Any], list[int | None]]]
"""What a config file says, its findings, and a function that finds the lines of its parts.

Why no NamedTuple: in one, Python compiles the name "Config", which takes a twentieth of `today`.
"""


class ConfigFile:
    """A config file. ``path``: where it is."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._kept: tuple[tuple[Signature, bool, dict[str, str]], _Settled] | None = None
        self._table: tuple[tuple[Signature, Config, bool], Read] | None = None

    def sign(self) -> Signature:
        """Return the file's signature (its size and times).

        If there is no file, raise Unreadable, which says how to make one.
        """
        if not os.path.exists(self.path):
            raise Unreadable(self.path, "there is no such file; `onthisday init DIR` makes one")
        return sign(self.path)

    def read(self, *, sending: bool) -> Read:
        """Return the whole config and its findings. Raise OnThisDayError.

        See `Workspace.config`.
        """
        from onthisday.service.reading.configuring import unknown_alerts

        config, findings, lines = self._settled(sending=sending)
        if config.channels_file is not None:
            file = os.path.join(os.path.dirname(self.path), config.channels_file)
            config, more = self._with_table(config, file, sending=sending)
            findings = (*findings, *more)
        return config, (*findings, *unknown_alerts(config, self.path, lines))

    def understood(self) -> tuple["Config | None", tuple[Finding, ...]]:
        """Return the config as far as it is right, and everything that is wrong. For `check`.

        The config is None if nobody can tell from it where the almanac is. Raises Unreadable.
        """
        from onthisday.service.reading.configuring import understand_config, unknown_alerts

        try:
            written = self._written()
        except InvalidInput as error:
            return None, error.findings
        tree, lines = written
        config, found = understand_config(tree, os.environ, self.path, lines)
        found = (*found, *_open_secrets(self.path, written))
        if config is None:
            return None, found
        try:
            if config.channels_file is not None:
                file = os.path.join(os.path.dirname(self.path), config.channels_file)
                config, more = self._with_table(config, file, sending=False)
                found = (*found, *more)
        except InvalidInput as error:  # `alerts` may name a channel of this table
            return config, (*found, *error.findings)
        return config, (*found, *unknown_alerts(config, self.path, lines))

    def site(self) -> tuple["Site", bool]:
        """Return the site's settings, and whether an environment variable is in one of them."""
        written = self._written()
        site, (tree, _) = self._read(written, sending=False)[0].site, written
        view = (tree or {}).get
        keys = ("site", "almanac", "leap_day", "feed", "texts", "websub")
        return site, any("${" in str(view(key)) for key in keys)

    def _settled(self, *, sending: bool) -> _Settled:
        """Return what the config file says, without the channels of a CSV file."""
        state = (self.sign(), sending, dict(os.environ))
        if self._kept is None or self._kept[0] != state or state[0].is_fresh(time.time_ns()):
            written = self._written()
            config, findings = self._read(written, sending=sending)
            findings = (*findings, *_open_secrets(self.path, written))
            self._kept = (state, (config, findings, written[1]))
        return self._kept[1]

    def _read(self, written: _Written, *, sending: bool) -> Read:
        from onthisday.service.reading.configuring import read_config

        tree, lines = written
        return read_config(tree, os.environ, self.path, lines, sending=sending)

    def _written(self) -> _Written:
        from onthisday.adapters.files import trees
        from onthisday.adapters.files.yaml_lines import yaml_lines

        self.sign()
        try:
            text = trees.text_of(trees.read_bytes(self.path, most=MOST))
            tree = trees.yaml_tree(text, hidden=True)
            return tree, lambda paths: yaml_lines(text, paths)
        except trees.Malformed as error:
            finding = Finding("error", error.rule, self.path, error.line, str(error))
            raise InvalidInput((finding,)) from error

    def _with_table(self, config: "Config", file: str, *, sending: bool) -> Read:
        """Add the channels of a CSV file, and the findings about it."""
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
            why = f"{error.why}; channels_file in {self.path} names it"
            raise Unreadable(file, why) from error


def _open_secrets(file: str, written: _Written) -> Iterator[Finding]:
    """Yield a warning for each secret in a config that others may read."""
    from onthisday.adapters.file_system import is_open_to_others
    from onthisday.schema.literal_secrets import literal_secrets

    if not is_open_to_others(file):
        return
    tree, lines = written
    paths = list(literal_secrets(tree))
    for path, line in zip(paths, lines(paths) if paths else (), strict=True):
        words = f"others may read this {path[-1]}; `chmod 600 {file}`, or write ${{NAME}} here"
        yield Finding("warning", "mode", file, line, words)
