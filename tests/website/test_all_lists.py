"""The lists of all entries and of all documents."""

import html
import re
from pathlib import Path

import pytest

from onthisday.app.publishing import website_at
from onthisday.app.workspace import Almanac
from onthisday.site.website import Website
from tests.website.fixtures import DOCUMENTS, entry_of, open_almanac
from tests.website.test_lists import NOW, Links, body, path_of, site_of


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Website:
    """Return a site: 250 entries of 1700 to 1949, and two without a year; some ids are numbers."""
    entries = [entry_of(f"e{n:03}", f"{1700 + n}-02-25") for n in range(250)]
    without = [entry_of("2", "XXXX-02-25"), entry_of("page", "XXXX-03-01")]
    return site_of(tmp_path_factory.mktemp("large"), [*entries, *without])


PARTS = ("/entries/", "/entries/page/2/", "/entries/page/3/")


def own_links(website: Website, path: str) -> list[str]:
    main = body(website, path).partition("<main")[2].partition("</main>")[0]
    return [path_of(link, path) for _, link in Links(main).found]


@pytest.mark.parametrize("path", ["/entries/", "/tags/all/", "/documents/book/", "/year/"])
def test_a_list_of_titles_reads_no_sources(tmp_path: Path, path: str) -> None:
    entries = [entry_of(f"e{n}", f"1{n:03}", tags=["all"]) for n in range(9)]
    made = site_of(tmp_path, entries).traced(path)
    assert made is not None
    assert made.page.body.count(b">What e") == 9
    read = [each for each, _ in made.trace.asked if "FROM documents" in each]
    assert len(read) == path.startswith("/documents/"), "only its own"


def test_every_entry_is_listed_once_the_oldest_first(large: Website) -> None:
    found = [
        link
        for path in PARTS
        for link in own_links(large, path)
        if re.fullmatch(r"/entries/\w+/", link)
    ]
    expected = [f"/entries/e{n:03}/" for n in range(250)] + ["/entries/2/", "/entries/page/"]
    assert found == expected
    assert [path for path in large.paths() if path in PARTS] == list(PARTS)


def test_entries_of_a_year_are_in_the_order_of_their_days(tmp_path: Path) -> None:
    days = {"d": "1956-02-03", "c": "1956-11-02", "b": "1956", "a": "1956-02", "e": "1956-02-01?"}
    website = site_of(tmp_path, [entry_of(name, day, tags=["t"]) for name, day in days.items()])
    for path in ("/entries/", "/tags/t/", "/documents/book/"):
        found = re.findall(r"/entries/(\w)/", " ".join(own_links(website, path)))
        assert "".join(dict.fromkeys(found)) == "baedc"


def test_the_pages_of_the_list_lead_to_each_other(large: Website) -> None:
    for here, path in enumerate(PARTS):
        links = Links(body(large, path))
        assert [path_of(each, path) for each in links.of("next")] == list(
            PARTS[here + 1 : here + 2]
        )
        assert [path_of(each, path) for each in links.of("prev")] == list(PARTS[:here][-1:])


def test_each_span_of_years_leads_to_the_page_and_the_place_where_it_begins(large: Website) -> None:
    for path in PARTS:
        nav = body(large, path).partition('aria-label="Years"')[2].partition("</nav>")[0]
        spans = re.findall(r'href="([^"]*)">([^<]*)</a> <span class="by">([\d,]+)<', nav)
        assert [(name, count) for _, name, count in spans] == [
            ("1700–1799", "100"), ("1800–1899", "100"), ("1900–1999", "50"), ("No year", "2"),
        ]  # fmt: skip
        for link, name, _ in spans:
            there, _, mark = link.partition("#")
            shown = body(large, path_of(there, path) if there else path)
            assert f'id="{mark}">{name}</h2>' in shown


def test_an_entry_whose_id_is_a_number_keeps_its_page(large: Website) -> None:
    assert "What 2 was" in body(large, "/entries/2/")
    assert "What page was" in body(large, "/entries/page/")
    for path in ("/entries/page/1/", "/entries/page/4/", "/documents/page/2/", "/entries/page/02/"):
        assert large.render(path) is None


def test_spans_are_named_in_years_that_people_know(tmp_path: Path) -> None:
    entries = [entry_of(f"e{n}", f"{year:05}-03-15" if year < 0 else f"{year:04}-03-15")
               for n, year in enumerate([-43, -43, -43, 30, 30, 30])]  # fmt: skip
    shown = body(site_of(tmp_path, entries), "/entries/")
    assert re.findall(r'class="label" id="[^"]*">([^<]*)<', shown) == [
        "44 BC", "AD 30",
    ]  # fmt: skip


def test_documents_are_listed_by_title_with_the_entries_that_cite_each(tmp_path: Path) -> None:
    entries = [entry_of("first", "1956-02-25"), entry_of("second", "1957-02-25")]
    open_almanac(tmp_path, entries)
    more = '- {id: zebra, title: "About <zebras>"}\n- {id: "2", title: Éclair}\n'
    more += "- {id: f, title: Fables}\n"
    (tmp_path / "almanac" / "documents.yaml").write_text(DOCUMENTS + more, "utf-8")
    almanac = Almanac.open(str(tmp_path / "config.yaml"))
    shown = html.unescape(body(website_at(almanac, NOW), "/documents/"))
    order = [shown.index(title) for title in ("A book", "About <zebras>", "Éclair", "Fables")]
    assert order == sorted(order)
    assert "A press · 2 entries" in shown
    assert "no entry" in shown


def test_many_documents_have_several_pages(tmp_path: Path) -> None:
    open_almanac(tmp_path, [entry_of("first", "1956-02-25")])
    lines = "".join(f"- {{id: d{n:03}, title: Book {n:03}}}\n" for n in range(150))
    (tmp_path / "almanac" / "documents.yaml").write_text(DOCUMENTS + lines, "utf-8")
    website = website_at(Almanac.open(str(tmp_path / "config.yaml")), NOW)
    both = ("/documents/", "/documents/page/2/")
    assert [path for path in website.paths() if path in both] == list(both)
    found = [link for path in both for link in own_links(website, path) if "/d" in link[10:]]
    assert found == [f"/documents/d{n:03}/" for n in range(150)]


def test_an_almanac_without_entries_says_so(tmp_path: Path) -> None:
    open_almanac(tmp_path, [entry_of("first", "1956-02-25")])
    (tmp_path / "almanac" / "all.jsonl").write_text("")
    website = website_at(Almanac.open(str(tmp_path / "config.yaml")), NOW)
    assert "There is no entry yet." in body(website, "/entries/")
