"""The commands of the command line.

Each command has a module with ``configure(parser)``, which adds its options, and
``main(args) -> int``, which runs it. Only the module of the command that a person typed is
imported, so that `today` starts fast.

Exit codes (docs/reference.md):

- 0: done.
- 1: an error, such as a mistake in the config.
- 2: the command was typed wrongly.
- 3: `check` found an error, or a notice still waits after `tick`.
"""

import argparse
import errno
import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

from onthisday.cli.config_option import CONFIG, add_config
from onthisday.cli.screen import set_up_streams
from onthisday.errors import OnThisDayError, system_words
from onthisday.version import __version__

COMMANDS = {
    "today": "what happened on this day",
    "upcoming": "what comes",
    "search": "entries by their words",
    "check": "every finding in config, almanac and citations",
    "serve": "scheduler, feeds, pages and messages in one process",
    "tick": "one pass for cron and timers: send what is due, write the site, exit",
    "build": "write the whole site as static files",
    "draft": "entries proposed from documents",
    "import": "entries from what people already have",
    "export": "the almanac in formats that other programs read",
    "work": "deliver only, for further machines that share the ledger with serve",
    "notices": "the ledger: what was sent, what waits, what gave up",
    "channels": "destinations; a message as it would look; a test message",
    "init": "a new almanac with its config, ready to serve",
    "schema": "the JSON Schema of the files, and of what is told",
}


_MODULES = {"import": "import_files"}
"""The modules of commands whose names Python keeps for itself."""


def run() -> NoReturn:
    """Run the command that this process was started with, and end the process."""
    gc.disable()  # nothing is garbage until the command is loaded, and to look for it takes time
    _open_what_is_closed()
    set_up_streams()
    if "_ARGCOMPLETE" in os.environ:  # a shell asks which words may come next
        import_module("onthisday.cli.completion").answer()
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # `onthisday today | head -1` stops reading early; not an error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        _tell(f"onthisday: standard output: {system_words(error)}")
        code = 1
    except KeyboardInterrupt:
        code = 130
    os._exit(code)  # faster: a normal end of Python takes a tenth of the time of `today`


def _open_what_is_closed() -> None:
    """Let a standard stream that is closed, as after `2>&-`, lead to nowhere.

    The system gives the lowest free number to the next file that is opened. If that were the number
    of stderr, a line that is meant for a person would be written into the ledger, or into a
    connection. So this runs before anything else is opened.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets this number: the lower ones are open
        if getattr(sys, name) is None:
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _tell(words: object) -> None:
    """Tell a person what is wrong, on stderr. If stderr takes nothing, the exit code says it."""
    try:
        print(words, file=sys.stderr, flush=True)
    except OSError:
        pass


def main(words: list[str]) -> int:
    """Run a command line and return its exit code."""
    config, words = config_of(words)
    if not config:
        _parser().error("argument --config: expected a file")
    before, after = _split(words)
    if before or not after or after[0] not in COMMANDS:  # not always: a parser slows `today` down
        parser = _parser()
        if after and after[0] not in COMMANDS:
            _refuse_command(parser, after[0])
        args = parser.parse_args([*before, *after[:1]])
        if args.completion:
            print(import_module("onthisday.cli.completion").script(args.completion), end="")
            return 0
        if args.command is None:
            parser.error("name a command; `onthisday --help` lists them")
    name = after[0]
    chosen = command_parser(name).parse_args(_joined(after[1:]))
    chosen.config = config
    if not gc.isenabled():  # it is enabled if `run` did not begin this
        gc.freeze()  # what is loaded stays
        gc.enable()
    return _guarded(_module_of(name).main, chosen)


def command_parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of one command."""
    description = COMMANDS[name]
    parser = argparse.ArgumentParser(
        prog=f"onthisday {name}",
        description=f"{description[0].upper()}{description[1:]}.",
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    configure_command(name, parser)
    return parser


def configure_command(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the options of a command to its parser."""
    add_config(parser)
    _module_of(name).configure(parser)


def _module_of(name: str) -> Any:
    """Load the module of a command."""
    return import_module(f"onthisday.cli.{_MODULES.get(name, name)}")


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Return the object that lays out the help text, with the width of the terminal.

    Why we find the width here: otherwise argparse loads `shutil` to find the width. That takes a
    thirtieth of the time of `today`.
    """
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
    except (ValueError, OSError):
        columns = 80
    return argparse.HelpFormatter(prog, width=columns - 2)


def _parser() -> argparse.ArgumentParser:
    parser = top_parser()
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", nargs="?")
    return parser


def top_parser() -> argparse.ArgumentParser:
    """Return the parser for the options before the command's name, such as `--version`."""
    parser = argparse.ArgumentParser(
        prog="onthisday",
        description="What happened on this day, from your documents, with its sources.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        epilog="commands:\n" + "\n".join(f"  {name:<10} {COMMANDS[name]}" for name in COMMANDS),
    )
    add_config(parser)
    parser.add_argument("--version", action="version", version=f"onthisday {__version__}")
    parser.add_argument(
        "--completion", choices=("bash", "zsh", "fish"), metavar="SHELL",
        help="print completion for bash, zsh or fish",
    )  # fmt: skip
    return parser


def config_of(words: list[str]) -> tuple[str, list[str]]:
    """Return the path of the config file, and all words that do not belong to `--config`.

    `--config` may be before or after the command. If `--config` is there several times, the last
    one counts. A `--config` without a file stays in the words, so that the parser refuses it.
    """
    config, rest, index = CONFIG, [], 0
    while index < len(words):
        name, equals, value = words[index].partition("=")
        if name == "--config" and (equals or index + 1 < len(words)):
            config = value if equals else words[index + 1]
            index += 1 if equals else 2
        else:
            rest.append(words[index])
            index += 1
    return config, rest


def _refuse_command(parser: argparse.ArgumentParser, word: str) -> NoReturn:
    """End with exit code 2. The message names the command that the person most likely meant."""
    from onthisday.schema.shapes import nearest  # needed only after a typing mistake

    parser.error(f"argument COMMAND: invalid choice: '{word}'{nearest(word, tuple(COMMANDS))}")


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the words before the command's name, and the other words with the name first."""
    index = 0
    while index < len(words) and words[index].startswith("-"):
        index += 2 if words[index] == "--completion" else 1
    return words[:index], words[index:]


def _joined(words: list[str]) -> list[str]:
    """Join `--days -3..+7` to one word, because argparse would take `-3..+7` for an option."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "--days" and ".." in word:
            joined[-1] = f"--days={word}"
        else:
            joined.append(word)
    return joined


def _guarded(command: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    try:
        return command(args)
    except OnThisDayError as error:
        _tell(f"onthisday: {error}" if "\n" not in str(error) else error)
        return 1
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        return _unexpected(error, args)


def _unexpected(error: Exception, args: argparse.Namespace) -> int:
    from onthisday.cli.unexpected import forgot_damaged_cache, log_traceback

    if forgot_damaged_cache(error, args.config):
        _tell("onthisday: the cache was damaged and is removed; try again")
        return 1
    _tell(f"onthisday: unexpected: {log_traceback(error, os.path.dirname(args.config))}")
    return 1
