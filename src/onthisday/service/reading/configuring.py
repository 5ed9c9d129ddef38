"""Use case: read the config, and say everything that is wrong with it."""

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
    """Return the config and its warnings, or raise InvalidInput.

    ``lines`` gives the line of each path in the file that ``tree`` was read from.
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
    """Return a config with the channels of a table too, and its warnings, or raise InvalidInput.

    ``rows`` are a CSV's, each with its line.
    """
    from onthisday.schema.channel_rows import read_rows  # it loads every chat service

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
