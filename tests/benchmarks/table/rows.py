"""All rows of the table: what measures each, and what it means in plain words."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.benchmarks.table import (
    building,
    checking,
    compiling,
    drafting,
    feeds,
    importing,
    sending,
    serving,
    starting,
    today,
)
from tests.benchmarks.table.running import Run
from tests.benchmarks.table.values import Line


class Part(NamedTuple):
    """A part of the program: its name in `--only`, what measures it, and its rows."""

    name: str
    measure: Callable[[Run], Iterator[Line]]
    rows: tuple[str, ...]


_REPLIES = tuple(f"`serve`, cached {reply}{what}" for reply in ("200", "304")
                 for what in ("", ", CPU of a reply"))  # fmt: skip

PARTS = (
    Part("today", today.measure, tuple(
        f"`today`, beside {name}" for name in ("Python alone", "calendar", "remind"))),
    Part("compile", compiling.measure, (
        "compile JSON Lines, one core", "compile YAML, one core", "compile JSON Lines, all cores",
        "compile JSON Lines, the most memory")),
    Part("build", building.measure, (
        "`build`, first, one core", "`build`, first, all cores", "`build`, all cores beside one",
        "`build`, nothing changed", "`build`, one entry changed", "`build`, a new day")),
    Part("serve", serving.measure, _REPLIES),
    Part("start", starting.measure, (
        "`serve`, ready", "`serve`, memory", "`serve`, first page: a day",
        "`serve`, first page: a crowded day", "`serve`, first page: today",
        "`serve`, first page: an entry")),
    Part("feeds", feeds.measure, tuple(f"feeds: {name}" for name in feeds.PATHS)),
    Part("send", sending.measure, ("messages, beside httpx-aiohttp", "messages, beside aiohttp")),
    Part("tick", sending.ticks, tuple(f"a tick with {what}" for what in sending.ROWS.values())),
    Part("check", checking.measure, tuple(
        f"`check` {texts} texts, {cores}" for texts in ("without", "with")
        for cores in ("one core", "all cores"))),
    Part("draft", drafting.measure, ("`draft`, one core", "`draft`, all cores")),
    Part("import", importing.measure, tuple(f"`import {form}`" for form in importing.FORMATS)),
)  # fmt: skip
