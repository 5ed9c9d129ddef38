"""The pages are true: each link, command, option and key exists, and each example works."""

import re
import shlex
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from onthisday.adapters.files.trees import yaml_tree
from onthisday.cli import COMMANDS, command_parser
from onthisday.schema.channel_schema import CHANNEL
from onthisday.schema.config_schema import CONFIG, parse_config
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.shapes import Problem
from onthisday.schema.view_schema import OCCASIONS
from tests.operation.pages import PAGES, Block, anchors, blocks
from tests.website.fixtures import SHIPPED

DOCS = SHIPPED / "docs"
PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(SHIPPED)))


@PAGE
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text("utf-8")):
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(file), f"{page.name}: {target}"


@PAGE
def test_every_file_of_ours_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`((?:src|tests|docs|deploy|\.ci|messages|views|feeds|schema|drafts|checks"
                       r"|site|dates|delivery|adapters|service|app|cli|almanac|texts)/[^`*<…]+)`",
                       page.read_text("utf-8"))  # fmt: skip
    for name in named:
        if "example" in name or ":" in name or name in _OF_READERS:
            continue
        places = (page.parent / name, SHIPPED / name, SHIPPED / "src" / "onthisday" / name)
        assert any(place.exists() for place in places), f"{page.name}: {name}"


_OF_READERS = {
    "almanac/documents.yaml",
    "almanac/almanac.yaml",
    "almanac/accepted.yaml",
    "almanac/rejected.csv",
}
"""Files that people have in their own almanac."""


def test_the_readme_is_a_tour_of_at_most_1300_words_that_leads_to_every_page() -> None:
    readme = (SHIPPED / "README.md").read_text("utf-8")
    assert len(readme.split()) <= 1300
    for page in PAGES[1:]:
        assert f"({page.relative_to(SHIPPED)})" in readme, page


def codes_in_first_cells(text: str) -> set[str]:
    """Return what stands as code in the first cell of each row of the tables in a text."""
    cells = re.findall(r"^\| (`[^|]*)\|", text, re.MULTILINE)
    return {code for cell in cells for code in re.findall(r"`([^`]+)`", cell)}


def told_in(page: str) -> set[str]:
    """Return what the tables of a page name in their first cells."""
    return codes_in_first_cells((DOCS / page).read_text("utf-8"))


def keys_of(schema: dict[str, Any], prefix: str = "") -> set[str]:
    """Return the keys of a JSON Schema's object, and those of the objects in it, with dots."""
    keys = set()
    for name, inner in schema.get("properties", {}).items():
        whole = (inner, *inner.get("anyOf", ()))
        deeper = set().union(*(keys_of(part, f"{prefix}{name}.") for part in whole))
        keys |= deeper or {f"{prefix}{name}"}
    return keys


def words_of(schema: Any) -> set[str]:
    """Return the names of all keys of a JSON Schema, at any depth."""
    if isinstance(schema, list):
        return set().union(*map(words_of, schema))
    if not isinstance(schema, dict):
        return set()
    names = set(schema.get("properties", {}))
    return names.union(*map(words_of, schema.values()))


def test_every_key_of_the_config_is_told_and_no_other() -> None:
    assert told_in("config.md") == keys_of(CONFIG.schema())


def test_every_key_of_a_channel_is_told_and_no_other() -> None:
    page = (DOCS / "channels.md").read_text("utf-8")
    table = page.split("## The keys")[1].split("## The services")[0]
    assert codes_in_first_cells(table) == set(CHANNEL.schema()["properties"])


def test_every_key_of_an_entry_and_of_a_document_is_told() -> None:
    told = told_in("almanac.md")
    there = words_of(ENTRY.schema()) | words_of(DOCUMENT.schema())
    within = {"start", "end", "rule", "reason", "words"}  # of a locator and a silence
    assert there - told - within == set()


def test_every_key_of_an_occasion_is_told() -> None:
    page = (DOCS / "reference.md").read_text("utf-8")
    assert {word for word in words_of(OCCASIONS) if f"`{word}`" not in page} == set()


def helps(name: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Return the help of a command and of each of its subcommands, by name."""
    found = {name: _help(name, [], capsys)}
    below = re.search(r"^  ([a-z]+(?:\|[a-z]+)+)$", found[name], re.MULTILINE)
    if below and name in {"channels", "notices"}:
        for word in below[1].split("|"):
            found[f"{name} {word}"] = _help(name, [word], capsys)
    return found


def _help(name: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        command_parser(name).parse_args([*words, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_every_command_and_option_is_told_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    page = (DOCS / "reference.md").read_text("utf-8")
    all_helps = {k: v for name in COMMANDS for k, v in helps(name, capsys).items()}
    options = {word for text in all_helps.values() for word in re.findall(r"--[a-z][a-z-]*", text)}
    options |= {"--version", "--completion"}
    assert {name for name in COMMANDS if f"`{name}" not in page} == set()
    assert set(re.findall(r"--[a-z][a-z-]*", page)) == options
    for name in all_helps:
        command, _, below = name.partition(" ")
        row = next(line for line in page.splitlines() if line.startswith(f"| `{command}"))
        assert not below or f"`{below}`" in row or f"{command} {below}`" in row, name


EXAMPLES = [
    (block, line)
    for block in blocks("sh", "text")
    for line in re.findall(r"^(?:\$ )?(?:\S*/)?onthisday ([^\\\n]*)$", block.text, re.MULTILINE)
]


@pytest.mark.parametrize(("block", "line"), EXAMPLES, ids=str)
def test_every_command_that_a_page_shows_is_one(block: Block, line: str) -> None:
    words = shlex.split(line, comments=True)
    words = words[2:] if words[0] == "--config" else words
    words = shlex.split(re.sub(r"--days (\S*\.\.)", r"--days=\1", shlex.join(words)))
    for cut in ("||", "&&", ";", "|", ">"):
        words = words[: words.index(cut)] if cut in words else words
    command_parser(words[0]).parse_args(words[1:])


@pytest.mark.parametrize("block", blocks("yaml"), ids=str)
def test_every_example_in_yaml_is_read(block: Block) -> None:
    if block.page.startswith("deploy"):
        return
    tree = yaml_tree(dedent(block.text))
    problems: list[Problem] = []
    if isinstance(tree, list):
        for item in tree:
            (ENTRY if "date" in item else DOCUMENT).read(item, (), problems)
    elif {"site", "channels", "proxy", "websub"} & set(tree):
        environ = dict.fromkeys(re.findall(r"\$\{(\w+)\}", block.text), "https://example.invalid/x")
        _, problems, _ = parse_config(tree, environ, sending=True)
    else:
        assert set(tree) <= words_of(ENTRY.schema())
    assert problems == []


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_every_example_in_python_runs(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.yaml").write_text(f"almanac: {SHIPPED / 'almanac'}\n")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(block.text, str(block), "exec"), names)
    assert names["day"].occasions[0].years == 70
