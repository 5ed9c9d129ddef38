"""deploy/README.md names every file, metric and event that exists, and no others."""

import re

from onthisday.adapters.web.metrics import exposition
from tests.operation.test_metrics import MEASURES
from tests.website.fixtures import SHIPPED

DEPLOY = SHIPPED / "deploy"
README = (DEPLOY / "README.md").read_text()


def test_every_metric_is_told_and_every_metric_told_is_there() -> None:
    told = set(re.findall(r"\b(onthisday_\w+)", README))
    there = set(re.findall(r"^(onthisday_\w+)", exposition(MEASURES)[0].decode(), re.MULTILINE))
    assert told == there


def test_every_event_is_told() -> None:
    sources = (SHIPPED / "src").rglob("*.py")
    named = {name for path in sources
             for name in re.findall(r'event\(\s*"([a-z.]+)"', path.read_text())}  # fmt: skip
    assert len(named) > 8
    assert {name for name in named if f"`{name}`" not in README} == set()


def test_every_file_that_it_names_is_there() -> None:
    named = re.findall(r"`((?:[\w.-]+/)*[\w.-]+\.(?:yaml|conf|md)|[\w/]*Caddyfile)`", README)
    assert len(named) > 5
    for name in named:
        assert any((folder / name).exists() for folder in (DEPLOY, SHIPPED)), name
    for name in re.findall(r"deploy/systemd/\S+", README):
        assert list(SHIPPED.glob(name)), name


def test_every_file_of_this_folder_is_told_somewhere() -> None:
    told = README + "".join(path.read_text() for path in DEPLOY.rglob("*.yaml"))
    told += (SHIPPED / "README.md").read_text()
    for path in DEPLOY.iterdir():
        assert path.name.removesuffix(".dockerignore") in told, path.name
