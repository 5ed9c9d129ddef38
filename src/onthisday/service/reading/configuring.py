"""Use case: read the config and the table of channels, and say everything that is wrong with them.

schema/ says what a config must look like. Here its problems become findings, with file and line.
Called by app/workspace.py.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from onthisday.config import Config
from onthisday.errors import Finding, InvalidInput, Severity, TreePath
from onthisday.schema.config_schema import parse_config
from onthisday.schema.shapes import Problem

Lines = Callable[[Sequence[TreePath]], list[int | None]]


def read_config(
    tree: Any, environ: Mapping[str, str], file: str, lines: Lines, *, sending: bool
) -> tuple[Config, tuple[Finding, ...]]:
    """Return the config and its warnings; raise InvalidInput.

    ``lines`` returns the lines of paths in the file that ``tree`` was read from. With ``sending``,
    a variable of the environment that a channel needs must be set.
    """
    config, errors, warnings = parse_config(tree, environ, sending=sending)
    found = _findings("error", errors, file, lines) + _findings("warning", warnings, file, lines)
    if config is None:
        raise InvalidInput(found)
    return config, found


def read_channels(
    config: Config,
    rows: Iterable[tuple[int, dict[str, str]]],
    environ: Mapping[str, str],
    file: str,
    *,
    sending: bool,
) -> tuple[Config, tuple[Finding, ...]]:
    """Return the config with the channels of a table added, and warnings; raise InvalidInput.

    ``rows`` are the rows of a CSV file, each with its line.
    """
    # imported here, because it loads every chat service, and most configs have no table
    from onthisday.schema.channel_rows import read_rows

    names = [channel.name for channel in config.channels]
    table = read_rows(rows, config.site, names, environ)
    unset = [each.problem for each in table.unset]
    errors = [*table.problems, *unset] if sending else table.problems
    if errors:
        raise InvalidInput(_table_findings("error", errors, file))
    warnings = _table_findings("warning", table.idle if sending else [*unset, *table.idle], file)
    return config._replace(channels=(*config.channels, *table.channels)), warnings


def _table_findings(severity: Severity, problems: list[Problem], file: str) -> tuple[Finding, ...]:
    return tuple(Finding(severity, p.rule, file, int(p.path[0]), p.message) for p in problems)


def _findings(
    severity: Severity, problems: list[Problem], file: str, lines: Lines
) -> tuple[Finding, ...]:
    if not problems:
        return ()
    return tuple(
        Finding(severity, problem.rule, file, line, problem.message)
        for problem, line in zip(problems, lines([p.path for p in problems]), strict=True)
    )
