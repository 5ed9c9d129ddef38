"""An almanac that has something for every part of every page, so that no word stays unseen."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.website.fixtures import png

TEXT = "It was a dry spring. In May, the mill at the weir burned down twice, and nobody knew why.\n"

DOCUMENTS = f"""
- id: book
  title: Book 7
  publisher: Press
  url: https://books.example/1
- id: diary
  title: Diary
  author: Miller
  publisher: Archive
  published: "1901-05"
  language: en
  reference: B 7
  rights: Public domain
  url: https://diary.example/1901
  archived: https://kept.example/1901
  based_on: book
  file: diary.txt
  sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}
- id: uncited
  title: Uncited
"""

HEDGES = ("stated", "reported", "rumoured")

DATES = (
    "1956-02-25", "1956-02-25?", "1956-02-25~", "1881-02", "1926-02?", "1926", "1926~", "192X",
    "18XX", "-0043-03-15", "0079", "1926-21",
    "1922-06/1923-02", "[1926,1928]", "1926-02-24/1926-02-25",
)  # fmt: skip


def entries() -> Iterator[dict[str, Any]]:
    """Yield entries of every kind of date, with everything that an entry may have."""
    for number, date in enumerate(DATES):
        yield entry(f"date{number}", date, place="Weir", tags=["mill"])
    yield entry("julian", "1917-10-25", calendar="julian", summary="Red. " * 60)
    yield entry("leap", "1904-02-29", observe="02-28")
    yield entry("easter", "1916-04-24", rule="easter-2", kind="holiday")
    yield entry("sunday", "XXXX-11", rule="11/sun-last", kind="holiday")
    yield entry("paskha", "XXXX-05", rule="paskha+39", kind="holiday")
    locator = {"start": TEXT.index("the mill"), "end": TEXT.index(" down")}
    answers = [
        {"says": says, "as": hedge, "document": document, **where}
        for says, document, where in (
            ("Once", "diary", {"locator": locator}),
            ("Once", "book", {"page": "7"}),
            ("Twice", "book", {"page": "8"}),
        )
        for hedge in HEDGES[:1]
    ]
    answers.append({"says": "Never", "as": "rumoured", "document": "uncited", "date": "1925"})
    sources = [
        {"document": "diary", "as": "reported", "locator": locator},
        {"document": "book", "as": "rumoured", "page": "7"},
        {"document": "book", "page": "9"},
    ]
    yield entry(
        "whole",
        "1926-02-25",
        sources=sources,
        accounts=[{"question": "How often?", "answers": answers}],
        corrections=[{"on": "2026-02-01", "was": "Thrice", "now": "Twice", "why": "Seen"}],
        image={"file": "wide.png", "alt": "Bar", "credit": "Nobody", "license": "CC0"},
        tone="solemn",
        tags=["mill"],
    )
    yield entry(
        "gone", "1926-02-24", corrections=[{"on": "2026-02-02", "was": "Gone", "why": "Untrue"}]
    )
    for number in range(210):
        yield entry(f"m{number}", f"{1700 + number}-02-27", tags=["many"], accounts=_differing())
        yield entry(f"u{number}", f"{1700 + number}")


def _differing() -> list[dict[str, Any]]:
    says = ({"says": "One", "document": "book"}, {"says": "Two", "document": "diary"})
    return [{"question": "How many?", "answers": list(says)}]


def entry(name: str, date: str, **more: Any) -> dict[str, Any]:
    """Return an entry as a line of JSON holds it."""
    own = {"id": name, "date": date, "title": f"What {name} was", "summary": "Summary."}
    return {**own, "sources": [{"document": "book"}], **more}


def write(folder: Path, almanac: list[dict[str, Any]], language: str = "en") -> Path:
    """Write an almanac with these entries, and its config. Return the path of the config."""
    (folder / "almanac").mkdir(parents=True)
    (folder / "almanac" / "documents.yaml").write_text(DOCUMENTS if almanac else "")
    lines = "".join(f"{json.dumps(each)}\n" for each in almanac)
    (folder / "almanac" / "all.jsonl").write_text(lines)
    (folder / "almanac" / "diary.txt").write_text(TEXT)
    (folder / "almanac" / "wide.png").write_bytes(png(160, 4))
    site = {
        "title": "Almanac",
        "url": "https://almanac.example/",
        "tag": "almanac.example,2026",
        "author": "Curators",
        "license": "CC BY 4.0",
        "links": [{"text": "Imprint", "url": "https://almanac.example/imprint"}],
        "language": language,
    }
    (folder / "config.yaml").write_text(f"site: {json.dumps(site)}\n")
    return folder / "config.yaml"
