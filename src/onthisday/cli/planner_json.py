"""Write a planner as JSON. Called by planner.py.

A planner of a large almanac is long. So its items are made and written one after the other.
"""

import json
from collections.abc import Iterable, Iterator
from textwrap import indent

from onthisday.almanac.jubilees import jubilees_between
from onthisday.cli.plan import Plan, month_of
from onthisday.views.as_json import tree_of
from onthisday.views.undated import UndatedView
from onthisday.views.view import DayView, NextView


def lines(plan: Plan) -> Iterator[str]:
    """Yield the lines of an object with the lists ``days`` and ``undated``."""
    yield "{"
    yield from _list("days", _days(plan), ",")
    yield from _list("undated", _undated(plan), "")
    yield "}"


def _list(name: str, views: Iterable[DayView | UndatedView], end: str) -> Iterator[str]:
    item = ""
    yield f'  "{name}": ['
    for view in views:
        yield from (f"{item},",) if item else ()
        item = indent(json.dumps(tree_of(view), ensure_ascii=False, indent=2), "    ")
    yield from (item,) if item else ()
    yield f"  ]{end}"


def _days(plan: Plan) -> Iterator[DayView]:
    """Yield the days that have something, each with the first occasion of the next one."""
    before: DayView | None = None
    for part in plan.parts():
        if part.precision == "day":
            view = DayView(part.day, plan.zone, tuple(plan.views(part)), None)
            if before:
                first = view.occasions[0]
                yield before._replace(next=NextView(first.id, view.day, first.title))
            before = view
    if before:
        yield before._replace(next=plan.next())


def _undated(plan: Plan) -> Iterator[UndatedView]:
    for part in jubilees_between(plan.library, *plan.days, plan.selection):
        yield UndatedView(tuple(plan.views(part)), part.day.year, month_of(part))
