"""Every rule stands in the table of rules, in `check --rules` and in docs/check.md."""

import json
import re
from pathlib import Path

import pytest

from onthisday.schema.rules import RULES, silenceable
from tests.core.almanacs import ROOT, run

SOURCE = ROOT / "src" / "onthisday"

NAMED = re.compile(
    r'rule="([a-z0-9-]+)"'
    r'|Fault\((?:path|\([^)]*\)), "([a-z0-9-]+)"'
    r'|(?:_refuse|Malformed)\(.*, "([a-z0-9-]+)"\)$'
    r'|findings\.add\(.*, "([a-z0-9-]+)"\)$'
    r'|Problem\(.*, "([a-z0-9-]+)"\)$'
    r'|Finding\("\w+", "([a-z0-9-]+)"'
    r'|return "(moved|changed)"'
    r'|_duplicate\([^"\n]*"([a-z-]+)"',
    re.MULTILINE,
)


def test_every_rule_that_the_source_names_is_in_the_table() -> None:
    found = {
        next(filter(None, match.groups())): path.name
        for path in SOURCE.rglob("*.py")
        for match in NAMED.finditer(path.read_text("utf-8"))
    }
    assert set(found) - set(RULES) == set(), found
    assert len(found) > 25


def test_every_rule_is_on_its_page_with_its_severity() -> None:
    page = (ROOT / "docs" / "check.md").read_text("utf-8")
    table = {
        name: severity
        for row in re.findall(r"^\| (`[^|]*) \| (error|warning) \|", page, re.MULTILINE)
        for name in re.findall(r"`([a-z0-9-]+)`", row[0])
        for severity in (row[1],)
    }
    assert table == {name: rule.severity for name, rule in RULES.items()}


@pytest.mark.program
def test_the_rules_are_listed_and_nothing_is_checked(tmp_path: Path) -> None:
    told = run(tmp_path, "check", "--rules")
    assert (told.returncode, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        [rule.name, rule.severity] for rule in RULES.values()
    ]
    assert all(len(line.split()) > 4 for line in lines)


@pytest.mark.program
def test_the_rules_are_listed_as_json(tmp_path: Path) -> None:
    told = run(tmp_path, "check", "--rules", "--format", "json")
    listed = json.loads(told.stdout)
    assert [rule["name"] for rule in listed] == list(RULES)
    assert {"name", "severity", "meaning"} <= set(listed[0])


@pytest.mark.parametrize("what", ["entry", "document"])
def test_only_what_is_a_matter_of_judgment_can_be_silenced(what: str) -> None:
    names = silenceable(what)
    assert names
    assert {RULES[name].severity for name in names} == {"warning"}
    assert "silence" not in names
