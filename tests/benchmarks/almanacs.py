"""Large almanacs for the benchmarks. Each day has about as many entries, except one day."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

DOCUMENT = '- {id: gazette, title: The Gazette, publisher: The Press, published: "1999"}\n'

SPECIAL = date(2026, 2, 25)
"""The day that has ten entries in an almanac of any size."""


def entry(number: int, day: date) -> dict[str, object]:
    """Return an entry as a tree, of the size that people write."""
    return {
        "id": f"entry-{number}",
        "date": day.isoformat(),
        "kind": "event",
        "title": f"The {number}th thing happens in the town",
        "summary": f"In our own words, what happened at number {number}, and why it is remembered. "
        "Two sentences are what most entries have.",
        "place": "Moscow",
        "tags": ["town", f"street-{number % 100}"],
        "tone": "neutral",
        "sources": [{"document": "gazette", "as": "stated", "locator": {"start": 10, "end": 90}}],
    }


def entries(count: int) -> Iterator[dict[str, object]]:
    """Yield ``count`` entries. Ten fall on SPECIAL, the others on other days."""
    for number in range(min(count, 10)):
        yield entry(number, date(1900 + number, SPECIAL.month, SPECIAL.day))
    for number in range(10, count):
        day = date(1700, 3, 1) + timedelta(days=number * 7 % 100_000)
        if (day.month, day.day) == (SPECIAL.month, SPECIAL.day):
            day += timedelta(days=1)
        yield entry(number, day)


def write_config(folder: Path) -> Path:
    """Write a config and the document. Return the path of the config."""
    (folder / "almanac").mkdir(parents=True)
    (folder / "almanac" / "documents.yaml").write_text(DOCUMENT, encoding="utf-8")
    config = folder / "config.yaml"
    config.write_text("site: {url: https://example.net/}\n", encoding="utf-8")
    return config


def write_lines(path: Path, trees: Iterator[dict[str, object]]) -> None:
    """Write entries as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(tree)}\n" for tree in trees)


def yaml_text(trees: Iterator[dict[str, object]]) -> str:
    """Return entries as YAML in block style, as people write it."""
    import yaml

    return yaml.dump(list(trees), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
