"""Read WikiWars for a benchmark: 22 articles of history in which people marked the dates.

By Mazur and Dale, 2010: `WikiWars_20120218_v104.zip` of
davidsbatista/Temporal-Information-Datasets, licence CC BY-SA. It is fetched for a measurement and
not kept in the project. Each date is a TIMEX2 element, with the date in ``val``. Only dates that
are exact to the day count, with or without a time of day, as in the tables that were published
about it.

The marks have errors. These are known, and are counted as they stand:
- article 01: "April 29" is marked 1945-04-19.
"""

import html
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

_TAG = re.compile(r"<TIMEX2(?P<said>[^>]*)>|</TIMEX2>")
_BODY = re.compile(r"<TEXT>(.*)</TEXT>", re.DOTALL)
_VALUE = re.compile(r'\bval="(?P<value>[^"]*)"')
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTHS = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")


class Gold(NamedTuple):
    """A day that people marked. ``written``: its words have year, month and day."""

    start: int
    end: int
    value: str
    written: bool


class Marked(NamedTuple):
    """A date of any kind that people marked, with its value as TIMEX2 has it."""

    start: int
    end: int
    value: str


class Article(NamedTuple):
    """An article without the marks, and what was marked in it: days, and dates of all kinds."""

    number: int
    text: str
    gold: tuple[Gold, ...]
    marked: tuple[Marked, ...]


def articles(path: Path) -> list[Article]:
    """Return the articles of the archive, in order."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if "/keyinline/" in name)
        marked = {name: archive.read(name).decode() for name in names if name.endswith(".xml")}
    return [_article(int(Path(name).name[:2]), text) for name, text in marked.items()]


def _article(number: int, marked: str) -> Article:
    body = _BODY.search(marked)[1]  # type: ignore[index]
    text, place, gold, every = "", 0, [], []
    open_tags: list[tuple[int, str]] = []
    for tag in _TAG.finditer(body):
        text += html.unescape(body[place : tag.start()])
        place = tag.end()
        if tag["said"] is not None:
            value = _VALUE.search(tag["said"])
            open_tags.append((len(text), value["value"] if value else ""))
            continue
        start, said = open_tags.pop()
        every.append(Marked(start, len(text), said))
        day = _DAY.match(said)
        if day is not None:
            gold.append(Gold(start, len(text), day[0], is_written(text[start:])))
    whole = text + html.unescape(body[place:])
    return Article(number, whole, tuple(gold), tuple(every))


def is_written(words: str) -> bool:
    """Return True if words have a year, a month and a day."""
    return len(re.findall(r"\d+", words)) >= 2 and bool(
        re.search(r"\b\d{4}\b", words) and _MONTHS.search(words)
    )
