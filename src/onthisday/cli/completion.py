"""Completion for bash, zsh and fish, by the library argcomplete.

``onthisday --completion SHELL`` prints a script for the shell. When a person presses the Tab key,
that script runs ``onthisday`` again with the variable ``_ARGCOMPLETE``. cli/__init__.py then calls
`answer`.
"""

import argparse
import os
from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from argcomplete.completers import BaseCompleter, FilesCompleter
from argcomplete.finders import CompletionFinder
from argcomplete.shell_integration import shellcode

from onthisday.cli import COMMANDS, config_of, configure_command, top_parser
from onthisday.errors import OnThisDayError


def script(shell: str) -> str:
    """Return the script that a shell is to read: ``source <(onthisday --completion bash)``."""
    return shellcode(["onthisday"], shell=shell)


def answer() -> None:
    """Write the words that may follow the line in ``COMP_LINE``, and end the process."""
    words = os.environ.get("COMP_LINE", "").split()
    CompletionFinder()(
        _parser(words), always_complete_options=False, default_completer=_Values(words)
    )


def _parser(words: list[str]) -> argparse.ArgumentParser:
    """Return a parser of the whole command line. Only the command in it is loaded."""
    parser = top_parser()
    commands = parser.add_subparsers()
    for name, meaning in COMMANDS.items():
        command = commands.add_parser(name, help=meaning)
        if name in words:
            configure_command(name, command)
    return parser


class _Values(BaseCompleter):
    """The values that an option or an argument may have, by the name that its help gives them."""

    def __init__(self, words: list[str]) -> None:
        self._words = words

    def __call__(self, *, action: argparse.Action, **more: Any) -> Iterable[str]:
        match action.metavar:
            case "FILE" | "DIR" | "PATH":
                return FilesCompleter()(action=action, **more)
            case "NAME":
                return _channels(config_of(self._words)[0])
            case "Z":
                return available_timezones()
        return ()


def _channels(config: str) -> Iterable[str]:
    from onthisday.app.workspace import Workspace

    try:
        return [channel.name for channel in Workspace(config).config(sending=False)[0].channels]
    except OnThisDayError:
        return ()
