"""What people are told: help that names the config, and what the system refuses, in words."""

import errno
import os

import pytest

from onthisday.cli import COMMANDS, main
from onthisday.errors import system_words

ACTIONS = {
    "channels": ("list", "preview", "test"),
    "notices": ("list", "show", "replay", "backup", "restore", "migrate"),
}


@pytest.mark.parametrize(
    "words",
    [(name,) for name in COMMANDS]
    + [(name, action) for name, actions in ACTIONS.items() for action in actions],
)
def test_the_help_of_every_command_and_action_names_the_config(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    assert "--config FILE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "its rights do not allow it"),
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk can only be read"),
        (errno.EADDRINUSE, "another program listens there already"),
        (errno.EADDRNOTAVAIL, "this machine has no such address"),
        (errno.EPIPE, os.strerror(errno.EPIPE)),
    ],
)
def test_what_the_system_refuses_is_told_in_words(number: int, words: str) -> None:
    assert system_words(OSError(number, os.strerror(number))) == words


def test_an_error_without_a_number_keeps_its_own_words() -> None:
    assert system_words(OSError(-2, "Name or service not known")) == "Name or service not known"
    assert system_words(OSError()) == "OSError"
