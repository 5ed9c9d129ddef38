"""Completion for bash, zsh and fish: the Tab key completes a word. Uses the library argcomplete.

``onthisday --completion SHELL`` prints a script, which the shell reads once. When a person presses
the Tab key, the script runs ``onthisday`` with the variable ``_ARGCOMPLETE``. Then
cli/__init__.py calls `answer`.
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
    """Return the script that the shell must read: ``source <(onthisday --completion bash)``."""
    return shellcode(["onthisday"], shell=shell)


def answer() -> None:
    """Write the words that may come next, and end the process.

    The variable ``COMP_LINE`` holds the line that the person typed so far.
    """
    words = os.environ.get("COMP_LINE", "").split()
    CompletionFinder()(
        _parser(words), always_complete_options=False, default_completer=_Values(words)
    )


def _parser(words: list[str]) -> argparse.ArgumentParser:
    """Return a parser for the whole command line.

    Only the module of the command that is in ``words`` is loaded, because loading is slow.
    """
    parser = top_parser()
    commands = parser.add_subparsers()
    for name, meaning in COMMANDS.items():
        command = commands.add_parser(name, help=meaning)
        if name in words:
            configure_command(name, command)
    return parser


class _Values(BaseCompleter):
    """Finds the values that an option or an argument may have.

    The option's help shows a name for the value, such as ``FILE``. This name says which values are
    possible.
    """

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
