"""The command that adds an extra: it depends on how, and from where, the program was installed."""

import json
import tomllib
from typing import Any

import pytest

from onthisday.adapters.installation import (
    EXTRAS,
    NAME,
    Installation,
    Source,
    Tool,
    source_of,
    words_for,
)
from tests.website.fixtures import SHIPPED

PYTHON, PREFIX = "/venv/bin/python", "/home/anna/venvs/onthisday-new"
GIT = {
    "url": "https://git.example/history.git",
    "vcs_info": {"vcs": "git", "commit_id": "0123abc", "requested_revision": "main"},
}
RECORDED: list[tuple[dict[str, Any], list[str]]] = [
    ({"url": "file:///srv/on%20this", "dir_info": {}}, ["/srv/on this[drafts]"]),
    ({"url": "file:///srv/it", "dir_info": {"editable": True}}, ["--editable", "/srv/it[drafts]"]),
    ({"url": "file:///srv/it.whl", "archive_info": {}}, ["/srv/it.whl[drafts]"]),
    (
        {"url": "https://files.example/it.whl", "archive_info": {}},
        ["onthisday-almanac[drafts] @ https://files.example/it.whl"],
    ),
    (GIT, ["onthisday-almanac[drafts] @ git+https://git.example/history.git@0123abc"]),
    (
        {**GIT, "url": "file:///srv/it.git", "subdirectory": "src"},
        ["onthisday-almanac[drafts] @ git+file:///srv/it.git@0123abc#subdirectory=src"],
    ),
]
PACKAGES = ["odfdo", "pypdf", "python-docx", "trafilatura", "lxml_html_clean"]
HOW: list[tuple[Tool, list[str]]] = [
    ("pip", [PYTHON, "-m", "pip", "install", *PACKAGES]),
    ("pip elsewhere", ["pip", "--python", PYTHON, "install", *PACKAGES]),
    ("uv", ["uv", "pip", "install", "--python", PYTHON, *PACKAGES]),
    ("uv tool", ["uv", "tool", "install", "onthisday-almanac[drafts]"]),
    ("pipx", ["pipx", "inject", "onthisday-new", *PACKAGES]),
]


@pytest.mark.parametrize(("tool", "command"), HOW, ids=str)
def test_the_command_is_the_tools_own(tool: Tool, command: list[str]) -> None:
    assert words_for("drafts", Installation(tool, PYTHON, PREFIX)) == command


@pytest.mark.parametrize(("recorded", "wanted"), RECORDED, ids=str)
def test_uv_tool_installs_from_where_the_program_came(
    recorded: dict[str, Any], wanted: list[str]
) -> None:
    source = source_of(json.dumps(recorded))
    assert source is not None
    words = words_for("drafts", Installation("uv tool", PYTHON, PREFIX, source))
    assert words == ["uv", "tool", "install", *wanted]


def test_uv_tool_keeps_the_extras_that_are_there() -> None:
    has_apprise = Installation("uv tool", PYTHON, PREFIX, Source(), frozenset({"apprise"}))
    assert words_for("drafts", has_apprise)[-1] == "onthisday-almanac[apprise,drafts]"


@pytest.mark.parametrize("recorded", [
    "{", "[]", "{}", '{"url": 3}', '{"url": "file:///x", "dir_info": null}', '{"url": "file://[x"}',
    '{"url": "https://git.example/it", "vcs_info": {"vcs": "git"}}',
])  # fmt: skip
def test_a_damaged_record_is_no_source(recorded: str) -> None:
    assert source_of(recorded) is None


def test_the_extras_are_those_of_the_project() -> None:
    project = tomllib.loads((SHIPPED / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["name"] == NAME
    extras = project["optional-dependencies"]
    assert {
        extra: tuple(wanted.partition(">")[0] for wanted in extras[extra])
        for extra in extras.keys() - {"dev"}
    } == EXTRAS
