"""`notices list` shows a part of the ledger, says that there is more, and goes on."""

import asyncio
import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.sqlite import ledger_lists
from onthisday.adapters.sqlite.ledger_reading import read_ledger_file
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.cli import main
from onthisday.delivery.notice import Plan, Wanted
from tests.delivery.almanacs import write_config
from tests.delivery.test_ledger import DAY, NOW, notice


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A service whose ledger has 3 channels, each with 700 days."""
    write_config(tmp_path, "https://hooks.example/")
    ledger = SqliteLedger.open(str(tmp_path / "var" / "onthisday.db"))
    days = [DAY - timedelta(days=back) for back in range(700)]
    plans = [
        Plan(name, None, DAY, tuple(notice(name, day) for day in reversed(days)))
        for name in ("lobby", "hall", "café")
    ]
    asyncio.run(ledger.open_days(plans, NOW))
    ledger.close()
    return tmp_path


def listed(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["--config", str(folder / "config.yaml"), "notices", "list", *words]) == 0
    return capsys.readouterr().out


def tree(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    return json.loads(listed(folder, capsys, "--format", "json", *words))


def test_a_thousand_are_shown_and_how_to_see_more(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    *lines, more = listed(folder, capsys).splitlines()
    assert len(lines) == 1000
    assert [line.split()[0] for line in lines[:4]] == [
        "lobby/2026-02-25", "hall/2026-02-25", "café/2026-02-25", "lobby/2026-02-24",
    ]  # fmt: skip
    last = lines[-1].split()[0]
    assert more == f"these are 1,000; add `--before {last}` for more, `--limit 0` for all"
    following = listed(folder, capsys, "--before", last).splitlines()
    assert following[0].split()[0] not in {line.split()[0] for line in lines}
    end = listed(folder, capsys, "--before", following[-2].split()[0]).splitlines()
    assert len(end) == 100
    assert end[-1].split()[0] == f"café/{DAY - timedelta(days=699)}"


def test_all_pages_together_are_all_notices_each_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tree(folder, capsys, "--limit", "0")
    assert (len(whole["notices"]), whole["next"]) == (2100, None)
    assert len(listed(folder, capsys, "--limit", "0").splitlines()) == 2100
    found: list[Any] = []
    following: tuple[str, ...] = ()
    while True:
        page = tree(folder, capsys, "--limit", "800", *following)
        found += page["notices"]
        if page["next"] is None:
            break
        following = ("--before", page["next"])
    assert found == whole["notices"]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--day", "2026-02-24"), 3),
        (("--since", "2026-02-24"), 6),
        (("--channel", "café", "--limit", "5"), 5),
        (("--state", "waiting", "--day", "2026-02-25", "--channel", "hall"), 1),
        (("--state", "sent"), 0),
        (("--limit", "2100"), 2100),
        (("--before", f"café/{DAY - timedelta(days=699)}"), 0),
    ],
)
def test_a_choice_is_listed_and_nothing_else(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], count: int
) -> None:
    page = tree(folder, capsys, *words)
    assert len(page["notices"]) == count
    assert (page["next"] is None) == ("--limit" not in words or count == 2100)
    shown = listed(folder, capsys, *words).splitlines()
    assert len([line for line in shown if "2026-02-25T09:00Z" in line]) == count


def test_what_to_go_on_from_must_be_a_notice(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--config", str(folder / "config.yaml"), "notices", "list", "--before", "x/2026-02-25"]
    assert main(words) == 1
    assert 'no notice is named "x/2026-02-25"' in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*words[:-2], "--limit", "-3"])
    assert '"-3" is no number of notices; write 0 for all' in capsys.readouterr().err


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(state="sent"),
        Wanted(day=DAY),
        Wanted(since=DAY),
        Wanted(below="hall/2026-02-25"),
    ],
    ids=str,
)
def test_a_page_is_read_by_an_index_and_sorts_nothing(folder: Path, wanted: Wanted) -> None:
    with closing(read_ledger_file(str(folder / "var" / "onthisday.db"))) as rows:
        asked: list[str] = []
        rows.set_trace_callback(asked.append)
        ledger_lists.notices(rows, wanted._replace(limit=10))
        rows.set_trace_callback(None)
        (sql,) = [each for each in asked if "ORDER BY" in each]
        plan = str(rows.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())
    assert "INDEX notice_days" in plan
    assert "TEMP B-TREE" not in plan
