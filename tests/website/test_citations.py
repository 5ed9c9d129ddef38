"""`cite.bib` and `cite.json` of an entry: what they have, and that its page leads to them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from bibtexparser.entrypoint import parse_string

from onthisday.app.workspace import Almanac
from onthisday.site.website import Website
from tests.website.fixtures import entry_of, write_almanac

DAY = date(2026, 2, 25)

DOCUMENTS = """\
- id: book
  title: A book
  author: Ann Smith
  published: "1950~"
- {id: letter, title: A letter, reference: MS 1, language: de}
- {id: other, title: Another book}
"""

ENTRY = entry_of(
    "mill",
    "1906-03-01",
    updated="2026-02-01",
    sources=[
        {"document": "book", "page": "7"},
        {"document": "book", "page": "9"},
        {"document": "book"},
    ],
    accounts=[
        {
            "question": "Who?",
            "answers": [
                {"says": "Ann", "document": "book", "page": "7"},
                {"says": "Ben", "document": "letter"},
            ],
        }
    ],
)


def opened(folder: Path, *more: dict[str, Any], **site: Any) -> Website:
    write_almanac(folder, [ENTRY, *more], author="The curators", title="Our days", **site)
    (folder / "almanac" / "documents.yaml").write_text(DOCUMENTS, encoding="utf-8")
    almanac = Almanac.open(str(folder / "config.yaml"))
    return Website(almanac.site, almanac.library, DAY)


def body(website: Website, path: str) -> str:
    page = website.render(path)
    assert page is not None
    return page.body.decode()


def test_an_entry_is_cited_with_all_documents_that_it_rests_on(tmp_path: Path) -> None:
    website = opened(tmp_path)
    assert json.loads(body(website, "/entries/mill/cite.json")) == [
        {
            "id": "entry:mill",
            "type": "webpage",
            "title": "What mill was",
            "author": [{"literal": "The curators"}],
            "container-title": "Our days",
            "issued": {"date-parts": [[2026, 2, 1]]},
            "URL": "https://almanac.example/entries/mill/",
            "language": "en",
        },
        {
            "id": "book",
            "type": "document",
            "title": "A book",
            "author": [{"literal": "Ann Smith"}],
            "issued": {"date-parts": [[1950]], "circa": True},
            "locator": "7, 9",
        },
        {
            "id": "letter",
            "type": "document",
            "title": "A letter",
            "call-number": "MS 1",
            "language": "de",
        },
    ]
    library = parse_string(body(website, "/entries/mill/cite.bib"))
    assert [entry.key for entry in library.entries] == ["entry:mill", "book", "letter"]


def test_its_page_leads_to_both_and_the_site_lists_them(tmp_path: Path) -> None:
    website = opened(tmp_path, languages=["it"])
    for folder in ("", "/it"):
        page = body(website, f"{folder}/entries/mill/")
        for ending in ("bib", "json"):
            assert f'<a href="cite.{ending}"' in page
            assert f"{folder}/entries/mill/cite.{ending}" in set(website.paths())
    italian = json.loads(body(website, "/it/entries/mill/cite.json"))[0]
    assert italian["URL"] == "https://almanac.example/it/entries/mill/"


def test_a_withdrawn_entry_says_so_and_its_page_offers_nothing_to_cite(tmp_path: Path) -> None:
    correction = {
        "on": "2026-02-02",
        "was": "It burned.",
        "now": None,
        "why": "It was another mill",
    }
    website = opened(tmp_path, entry_of("gone", "1906-03-02", corrections=[correction]))
    assert "cite.bib" not in body(website, "/entries/gone/")
    item = json.loads(body(website, "/entries/gone/cite.json"))[0]
    assert item["note"].startswith("Withdrawn on 2 February 2026")
    assert "Withdrawn on 2" in body(website, "/entries/gone/cite.bib")


def test_what_is_not_published_has_no_citation(tmp_path: Path) -> None:
    website = opened(tmp_path, entry_of("zoe", "1990-03-02", kind="birth"))
    for path in ("zoe/cite.bib", "zoe/cite.json", "none/cite.bib", "mill/cite.ris"):
        assert website.render(f"/entries/{path}") is None
