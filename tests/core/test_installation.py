"""The command that adds an extra: it depends on how, and from where, the program was installed."""

from typing import Any

import pytest

from onthisday.adapters.installation import Installation, Tool, words_for

PYTHON = "/venv/bin/python"
GIT = {
    "url": "https://git.example/history.git",
    "vcs_info": {"vcs": "git", "commit_id": "0123abc", "requested_revision": "main"},
}
WHERE: list[tuple[dict[str, Any] | None, list[str]]] = [
    (None, ["onthisday-almanac[drafts]"]),
    ({"url": "file:///srv/on%20this", "dir_info": {}}, ["/srv/on this[drafts]"]),
    ({"url": "file:///srv/it", "dir_info": {"editable": True}}, ["--editable", "/srv/it[drafts]"]),
    ({"url": "file:///srv/it.whl", "archive_info": {}}, ["/srv/it.whl[drafts]"]),
    (
        {"url": "https://files.example/it.whl", "archive_info": {}},
        ["onthisday-almanac[drafts] @ https://files.example/it.whl"],
    ),
    (GIT, ["onthisday-almanac[drafts] @ git+https://git.example/history.git@0123abc"]),
    (
        {**GIT, "url": "https://git.example/it.git", "subdirectory": "src"},
        ["onthisday-almanac[drafts] @ git+https://git.example/it.git@0123abc#subdirectory=src"],
    ),
]
HOW: list[tuple[Tool, list[str]]] = [
    ("pip", [PYTHON, "-m", "pip", "install"]),
    ("uv", ["uv", "pip", "install", "--python", PYTHON]),
    ("uv tool", ["uv", "tool", "install"]),
    ("pipx", ["pipx", "install", "--force"]),
]


@pytest.mark.parametrize(("source", "wanted"), WHERE, ids=str)
@pytest.mark.parametrize(("tool", "command"), HOW, ids=str)
def test_the_command_names_the_tool_and_the_place(
    tool: Tool, command: list[str], source: dict[str, Any] | None, wanted: list[str]
) -> None:
    assert words_for("drafts", Installation(tool, PYTHON, source)) == [*command, *wanted]


def test_extras_that_are_there_are_kept() -> None:
    has_apprise = Installation("uv tool", PYTHON, None, frozenset({"apprise"}))
    assert words_for("drafts", has_apprise)[-1] == "onthisday-almanac[apprise,drafts]"
