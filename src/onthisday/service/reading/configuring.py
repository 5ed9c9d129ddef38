"""Use case: read the config and the table of channels, and tell everything that is wrong at once.

schema/ finds the problems. Here they become findings, with a file and a line. Called by
app/config_file.py.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from onthisday.config import Config
from onthisday.errors import Finding, InvalidInput, Severity, TreePath
from onthisday.schema.config_schema import parse_config
from onthisday.schema.shapes import Problem, nearest

Lines = Callable[[Sequence[TreePath]], list[int | None]]


def read_config(
    tree: Any, environ: Mapping[str, str], file: str, lines: Lines, *, sending: bool
) -> tuple[Config, tuple[Finding, ...]]:
    """Return the config and its findings.

    A finding that is an error is of a channel or of the heartbeat, which is then off. Other errors
    are raised as InvalidInput.

    ``lines`` returns the line of each path in the file. With ``sending``, an environment variable
    that is not set is an error.
    """
    config, errors, warnings = parse_config(tree, environ, sending=sending)
    found = _findings("error", errors, file, lines) + _findings("warning", warnings, file, lines)
    if config is None:
        raise InvalidInput(found)
    return config, found


def understand_config(
    tree: Any, environ: Mapping[str, str], file: str, lines: Lines
) -> tuple[Config | None, tuple[Finding, ...]]:
    """Return the config as far as it is right, and its findings. For `check`, which goes on.

    The config is None if nobody can tell from it where the almanac and the texts are.
    """
    config, errors, warnings = parse_config(tree, environ, sending=False, partly=True)
    found = _findings("error", errors, file, lines) + _findings("warning", warnings, file, lines)
    return config, found


def read_channels(
    config: Config,
    rows: Iterable[tuple[int, dict[str, str]]],
    environ: Mapping[str, str],
    file: str,
    *,
    sending: bool,
) -> tuple[Config, tuple[Finding, ...]]:
    """Return the config with the channels of a CSV file added, and the findings.

    ``rows`` are the rows of the file, each with its line. A row with an error is a channel that is
    off. With ``sending``, an environment variable that is not set is an error.
    """
    # imported here, because it loads every chat service, and most configs have no table
    from onthisday.schema.channel_rows import read_rows

    names = [channel.name for channel in config.channels]
    table = read_rows(rows, config.site, names, environ)
    unset = [each.problem for each in table.unset]
    errors = _table_findings("error", [*table.problems, *(unset if sending else ())], file)
    idle = [*(() if sending else unset), *table.idle]
    whole = config._replace(
        channels=(*config.channels, *table.channels), faulty=(*config.faulty, *table.faulty)
    )
    return whole, (*errors, *_table_findings("warning", idle, file))


def unknown_alerts(config: Config, file: str, lines: Lines) -> tuple[Finding, ...]:
    """Return a finding if ``alerts`` names no channel. Ask after all channels are read."""
    names = [channel.name for channel in config.channels]
    names += [channel.name for channel in config.faulty]
    if config.alerts is None or config.alerts in names:
        return ()
    near = nearest(config.alerts, tuple(names[:20])) if names else "; there is no channel"
    message = f'alerts: no channel is named "{config.alerts}"{near}'
    return _findings("error", [Problem(("alerts",), message)], file, lines)


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
