"""deploy/alerts.yaml: promtool accepts and tries the rules, and they use metrics that exist."""

import re
import shutil
import subprocess

import pytest
import yaml

from onthisday.adapters.web.metrics import exposition
from tests.operation.test_metrics import MEASURES
from tests.website.fixtures import SHIPPED

pytestmark = pytest.mark.program

DEPLOY = SHIPPED / "deploy"
PROMTOOL = shutil.which("promtool")


def rules() -> list[dict[str, str]]:
    (group,) = yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"]
    found: list[dict[str, str]] = group["rules"]
    return found


@pytest.mark.skipif(PROMTOOL is None, reason="there is no promtool: apt install prometheus")
@pytest.mark.parametrize(
    "words", [("check", "rules", "alerts.yaml"), ("test", "rules", "alerts.test.yaml")]
)
def test_promtool_takes_the_rules_and_their_trials(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [PROMTOOL or "", *words],
        cwd=DEPLOY,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_rule_is_tried_where_it_fires_and_where_it_does_not() -> None:
    trials = yaml.safe_load((DEPLOY / "alerts.test.yaml").read_text())["tests"]
    asked = [(each["alertname"], bool(each["exp_alerts"])) for trial in trials
             for each in trial["alert_rule_test"]]  # fmt: skip
    names = {rule["alert"] for rule in rules()}
    assert {name for name, fires in asked if fires} == names
    assert {name for name, fires in asked if not fires} == names


def test_the_rules_ask_for_what_is_measured() -> None:
    asked = {name for rule in rules() for name in re.findall(r"onthisday_\w+", rule["expr"])}
    told = set(re.findall(r"^(onthisday_\w+)", exposition(MEASURES)[0].decode(), re.MULTILINE))
    assert asked
    assert asked <= told


def test_every_alert_says_what_to_do() -> None:
    for rule in rules():
        assert set(rule["annotations"]) == {"summary", "action"}
        assert rule["labels"]["severity"] in {"critical", "warning"}  # type: ignore[index]
