"""An almanac that has something for every part of every page, so that no word stays unseen.

Its texts are Greek, without a Latin letter: what is not Greek on a page is a word of the code.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.website.fixtures import png

TEXT = "Ήταν ξηρή άνοιξη. Τον Μάιο ο μύλος κάηκε δύο φορές, και κανείς δεν ήξερε γιατί.\n"

DOCUMENTS = f"""
- id: book
  title: Βιβλίο ζ
  publisher: Τυπογραφείο
  url: https://books.example/1
- id: diary
  title: Ημερολόγιο ７
  author: Μυλωνάς
  publisher: Αρχείο
  published: "1901-05"
  language: el
  reference: Β ζ
  proved: 2026-01-05
  rights: Public domain
  url: https://diary.example/1901
  archived: https://kept.example/1901
  based_on: book
  file: diary.txt
  sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}
- id: uncited
  title: Άλλο
"""

OWN = ("Public domain", "el")
"""Its only texts with Latin letters: rights that let the words be shown, and a language."""

DATES = (
    "1956-02-25", "1956-02-25?", "1956-02-25~", "1881-02", "1926-02?", "1926", "1926~", "192X",
    "18XX", "-0043-03-15", "0079", "1926-21",
    "1922-06/1923-02", "[1926,1928]", "1926-02-24/1926-02-25",
)  # fmt: skip


def entries() -> Iterator[dict[str, Any]]:
    """Yield entries of every kind of date, with everything that an entry may have."""
    for number, date in enumerate(DATES):
        yield entry(f"date{number}", date, place="Μύλος", tags=["μύλος"])
    yield entry(
        "julian", "1917-10-25", calendar="julian", as_written="Οκτώβριος", summary="Κόκκινο. " * 60
    )
    yield entry("leap", "1904-02-29", observe="02-28")
    yield entry("easter", "1916-04-24", rule="easter-2", kind="holiday")
    yield entry("sunday", "XXXX-11", rule="11/sun-last", kind="holiday")
    yield entry("paskha", "XXXX-05", rule="paskha+39", kind="holiday")
    locator = {"start": TEXT.index("ο μύλος"), "end": TEXT.index(" δύο")}
    answers = [
        {"says": says, "document": document, **where}
        for says, document, where in (
            ("Μία", "diary", {"locator": locator}),
            ("Μία", "book", {"page": "ζ"}),
            ("Δύο", "book", {"page": "η"}),
        )
    ]
    answers.append({"says": "Ποτέ", "as": "rumoured", "document": "uncited", "date": "1925"})
    sources = [
        {"document": "diary", "as": "reported", "locator": locator},
        {"document": "book", "as": "rumoured", "page": "ζ"},
        {"document": "book", "page": "θ"},
    ]
    yield entry(
        "whole",
        "1926-02-25",
        sources=sources,
        accounts=[{"question": "Πόσες;", "answers": answers}],
        corrections=[{"on": "2026-02-01", "was": "Τρεις", "now": "Δύο", "why": "Έτσι"}],
        image={"file": "wide.png", "alt": "Εικόνα", "credit": "Κανείς", "license": "Ελεύθερο"},
        tone="solemn",
        tags=["μύλος"],
    )
    yield entry(
        "gone", "1926-02-24", corrections=[{"on": "2026-02-02", "was": "Όλα", "why": "Λάθος"}]
    )
    for number in range(210):
        yield entry(f"m{number}", f"{1700 + number}-02-27", tags=["πολλά"], accounts=_differing())
        yield entry(f"u{number}", f"{1700 + number}")


def _differing() -> list[dict[str, Any]]:
    says = ({"says": "Ένα", "document": "book"}, {"says": "Άλλα", "document": "diary"})
    return [{"question": "Πόσα;", "answers": list(says)}]


def entry(name: str, date: str, **more: Any) -> dict[str, Any]:
    """Return an entry as a line of JSON holds it."""
    own = {"id": name, "date": date, "title": "Τι έγινε", "summary": "Περίληψη."}
    return {**own, "sources": [{"document": "book"}], **more}


def write(folder: Path, almanac: list[dict[str, Any]], language: str = "en", **more: Any) -> Path:
    """Write an almanac with these entries, and its config. Return the path of the config."""
    (folder / "almanac").mkdir(parents=True)
    (folder / "almanac" / "documents.yaml").write_text(DOCUMENTS if almanac else "")
    lines = "".join(f"{json.dumps(each)}\n" for each in almanac)
    (folder / "almanac" / "all.jsonl").write_text(lines)
    (folder / "almanac" / "diary.txt").write_text(TEXT)
    (folder / "almanac" / "wide.png").write_bytes(png(160, 4))
    site = {
        "title": "Αλμανάκ",
        "url": "https://almanac.example/",
        "tag": "almanac.example,2026",
        "author": "Επιμελητές",
        "license": "Ελεύθερα",
        "links": [{"text": "Ταυτότητα", "url": "https://almanac.example/imprint"}],
        "language": language,
        **more,
    }
    (folder / "config.yaml").write_text(f"site: {json.dumps(site)}\n")
    return folder / "config.yaml"
