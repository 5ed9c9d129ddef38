"""An entry's page shows the sentences that it cites, if their texts are held and may be shown."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onthisday.almanac.entry import Span
from onthisday.almanac.rights import may_be_shown
from onthisday.app.workspace import Almanac
from onthisday.checks.digests import digest_of
from onthisday.schema.entry_schema import DOCUMENT
from onthisday.site.contents import SiteFiles
from onthisday.site.text_fragments import link_to_passage
from onthisday.site.website import Website
from tests.website.fixtures import entry_of, write_almanac

TEXT = "It was spring. In May the old mill <by the weir> burned down, he says. Nobody was hurt.\n"
MILL = "the old mill <by the weir>"


def place(passage: str, text: str = TEXT) -> Span:
    start = text.index(passage)
    return Span(start, start + len(passage))


def page_of(folder: Path, text: str | None = TEXT, **book: Any) -> str:
    """Return the page of an entry that cites the mill."""
    locator = book.pop("locator", place(MILL)._asdict())
    sources = [{"document": "book", "locator": locator}]
    config = write_almanac(folder, [entry_of("mill", "1901-05-03", sources=sources)])
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    tree = {"id": "book", "title": "A book", "file": "book.txt", "sha256": sha256, **book}
    (folder / "almanac" / "documents.yaml").write_text(f"- {json.dumps(tree)}\n")
    if text is not None:
        (folder / "almanac" / "book.txt").write_text(text)
    almanac = Almanac.open(str(config))
    page = Website(
        almanac.site, almanac.library, date(2026, 5, 3), SiteFiles(texts=almanac.texts)
    ).render("/entries/mill/")
    assert page is not None
    return page.body.decode()


def test_the_passage_is_marked_within_its_sentence(tmp_path: Path) -> None:
    page = page_of(tmp_path, rights="Public domain", language="en", url="https://a.example/b")
    mill = "the old mill &lt;by the weir&gt;"
    assert f"<p>In May <mark>{mill}</mark> burned down, he says.</p>" in page
    assert '<blockquote class="cited" lang="en">' in page
    assert "#:~:text=the%20old%20mill%20%3Cby%20the%20weir" in page
    assert " · Public domain</p>" in page
    assert "1 of 1 passage proved." in page


@pytest.mark.parametrize("rights", [None, "© 2022 A. Author", "All rights reserved"])
def test_without_the_right_to_show_it_no_word_of_a_text_is_shown(
    tmp_path: Path, rights: str | None
) -> None:
    page = page_of(tmp_path, rights=rights, url="https://a.example/b")
    assert "weir" not in page
    assert "1 of 1 passage proved." in page


def test_without_the_text_the_page_says_what_was_proved_and_when(tmp_path: Path) -> None:
    locator = {**place(MILL)._asdict(), "sha256": digest_of(MILL)}
    page = page_of(tmp_path, None, rights="CC0", locator=locator, proved="2026-04-30")
    assert "weir" not in page
    assert '<p class="proof">1 passage, proved on 30 April 2026.</p>' in page


@pytest.mark.parametrize(
    "locator",
    [
        {"start": 0, "end": 5000},
        {"start": 14, "end": 15},
        {"start": 0, "end": 9, "sha256": "0" * 16},
    ],
)
def test_a_passage_that_is_not_proved_is_not_shown(tmp_path: Path, locator: dict[str, Any]) -> None:
    assert "<mark>" not in page_of(tmp_path, rights="CC0", locator=locator)


def test_a_text_that_changed_is_not_shown(tmp_path: Path) -> None:
    assert "<mark>" not in page_of(tmp_path, TEXT.replace("old", "new"), rights="CC0")


@pytest.mark.parametrize(
    ("rights", "shown"),
    [
        ("Public domain", True),
        ("public domain (the author died in 1911)", True),
        ("CC0 1.0", True),
        ("CC BY 4.0", True),
        ("cc-by-sa 3.0 de", True),
        ("CC BY-ND 4.0", True),
        ("https://creativecommons.org/publicdomain/mark/1.0/", True),
        ("http://creativecommons.org/licenses/by-sa/4.0/", True),
        ("may be shown, by permission of the Weber family", True),
        ("May be shown: CC BY-NC 4.0", True),
        ("CC BY-NC 4.0", False),
        ("CC BY-NC-SA 4.0", False),
        ("https://creativecommons.org/licenses/by-nc/4.0/", False),
        ("may not be shown", False),
        ("not in the public domain", False),
        ("CC BYE", False),
        ("© 2022", False),
        (None, False),
    ],
)
def test_only_rights_that_say_so_let_a_text_be_shown(rights: str | None, shown: bool) -> None:
    document = DOCUMENT.read({"id": "a", "title": "A", "rights": rights}, (), [])
    assert may_be_shown(document) is shown


LONG = "One, two & three-four went on and on until the very end of the long line was there"


@pytest.mark.parametrize(
    ("passage", "text", "fragment"),
    [
        ("two & three-four", LONG, "two%20%26%20three%2Dfour"),
        (
            f"{LONG}.",
            f"{LONG}.",
            "One%2C%20two%20%26%20three%2Dfour%20went,the%20long%20line%20was%20there",
        ),
        ("“one”\ntwo three", "“one”\ntwo three", "one,two%20three"),
        ("ne, tw", LONG, None),
        ("o & three-fo", LONG, "three"),
        ("was", "it was. Then it was", "was"),
        ("it was there", "Then it was there. And it was there", "it%20was%20there"),
        ("— … —", "a — … — b", None),
        ("昨日" * 200, "昨日" * 200, f"{'%E6%98%A8%E6%97%A5' * 60},{'%E6%98%A8%E6%97%A5' * 60}"),
    ],
)
def test_a_link_names_the_words_of_a_passage(passage: str, text: str, fragment: str | None) -> None:
    link = link_to_passage("https://a.example/b", text, place(passage, text))
    assert link == "https://a.example/b" + (f"#:~:text={fragment}" if fragment else "")


def test_words_that_are_in_the_text_before_get_the_words_before_them() -> None:
    text = "It burned. Then the barn of the miller burned"
    start = text.rindex("burned")
    link = link_to_passage("https://a.example/", text, Span(start, start + 6))
    assert link == "https://a.example/#:~:text=of%20the%20miller-,burned"


def test_a_link_keeps_the_fragment_of_its_page_and_a_directive_that_is_there() -> None:
    where = place(MILL)
    assert link_to_passage("https://a.example/#b", TEXT, where).startswith(
        "https://a.example/#b:~:text="
    )
    there = "https://a.example/#:~:text=x"
    assert link_to_passage(there, TEXT, where) == there
