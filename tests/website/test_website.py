"""The paths of the site, what its pages show, and the files that `build` writes."""

import json
import os
import re
import time
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from onthisday.app.publishing import website_at, write_site
from onthisday.app.workspace import Almanac
from onthisday.config import Link
from onthisday.errors import Unwritable
from onthisday.service.building import file_name
from onthisday.site.built import Built
from onthisday.site.day_pages import every_day
from onthisday.site.website import Website
from tests.website.fixtures import SHIPPED, entry_of, open_almanac, write_almanac

NOW = datetime(2026, 2, 25, 12, tzinfo=UTC)


def shipped(day: date = date(2026, 2, 25)) -> Website:
    almanac = Almanac.open(str(SHIPPED / "config.yaml"))
    return Website(almanac.site, almanac.library, day)


def html(website: Website, path: str) -> str:
    page = website.render(path)
    assert page is not None
    assert page.media_type == "text/html; charset=utf-8"
    return page.body.decode()


def written(folder: Path, almanac: Almanac, now: datetime = NOW) -> Built:
    return write_site(almanac, str(folder), now, lambda _: None)


def test_every_path_that_is_listed_has_a_page_once() -> None:
    website = shipped()
    paths = list(website.paths())
    assert len(paths) == len(set(paths))
    assert all(website.render(path) is not None for path in paths)
    assert sum(path.startswith("/days/") and path.endswith("/") for path in paths) == 366
    assert {"/year/", "/disputed/", "/tags/stalin/feed.rss", "/calendar.ics"} <= set(paths)


@pytest.mark.parametrize(
    "path",
    ["", "/x", "/days/02-30/", "/days/13-01/", "/days/2-5/", "/entries/none/", "/entries/../",
     "/entries/secret-speech", "/documents/none/", "/feed.xml", "//", "/days/02-25/x", "/\x00"],
)  # fmt: skip
def test_what_is_not_there_is_not_there(path: str) -> None:
    assert shipped().render(path) is None


def test_today_says_years_since_and_the_entrys_own_page_the_year() -> None:
    website = shipped()
    assert "70 years ago" in html(website, "/")
    for path in ("/entries/secret-speech/", "/days/02-25/"):
        shown = html(website, path)
        assert "years ago" not in shown
        assert "25 February 1956" in shown


def test_a_day_without_entries_names_the_next() -> None:
    shown = html(shipped(date(2026, 7, 1)), "/")
    assert "Nothing is recorded for 1 July." in shown
    assert "11 September 2026" in shown


def test_a_first_page_of_an_empty_day_has_the_last_day_the_round_years_and_the_next_days() -> None:
    shown = html(shipped(date(2026, 11, 26)), "/")
    last, rounds, coming = map(shown.index, ("The last: 31", "Round anniv", "The next days"))
    assert last < shown.index("buried by night") < rounds, "the last day is told in full"
    assert rounds < shown.index("denounces Stalin") < shown.index("This year") < coming
    assert shown.index("This year") < shown.index("Revolts break out in Hungary") < coming
    assert shown.count("70 years ago</span>") == shown[rounds:coming].count("<li>")
    days = re.findall(r'class="when" href="\./days/(\d\d-\d\d)/"', shown[coming:])
    assert days == ["02-14", "02-25", "02-26", "03-27", "06-04"]


def test_a_day_with_entries_names_the_next_days_and_nothing_instead() -> None:
    shown = html(shipped(), "/")
    assert "The next days" in shown
    assert "Round anniversaries" not in shown
    assert "The last:" not in shown


@pytest.mark.parametrize(
    ("dates", "years"),
    [
        (["1926-03-01", "1916-03-02", "1826-04-01", "1951-06-01", "1976-05-01?", "2016-05-02",
          "1913-02-20"],
         [200, 100, 50, 75, 110, 10]),
        (["1920-03-01", "2026-01-01", "2036-03-01", "196X", "1926~", "1926/1930", "XXXX-03-03"],
         []),
    ],
)  # fmt: skip
def test_the_roundest_years_stand_first_and_only_exact_ones_stand_there(
    tmp_path: Path, dates: list[str], years: list[int]
) -> None:
    entries = [entry_of(f"e{number}", date) for number, date in enumerate(dates)]
    shown = html(website_at(open_almanac(tmp_path, entries), NOW), "/")
    assert re.findall(r"([0-9]+) years ago</span>", shown) == [str(each) for each in years]


def test_the_first_page_names_the_jubilees_of_this_month_and_of_this_year(tmp_path: Path) -> None:
    entries = [entry_of("mill", "1906"), entry_of("inn", "1926-02?"), entry_of("war", "1956-02-25"),
               entry_of("about", "1826~"), entry_of("odd", "1913"), entry_of("may", "1926-05"),
               entry_of("baby", "1976", kind="birth")]  # fmt: skip
    almanac = open_almanac(tmp_path, entries)
    shown = html(website_at(almanac, NOW), "/")
    month, year = shown.index("This month</h2>"), shown.index("This year</h2>")
    assert shown.index("What war was") < month < shown.index("What inn was") < year
    assert year < shown.index("What mill was")
    assert "perhaps 100 years ago</span>" in shown[month:year]
    assert shown.count("<li><span") == 2, "no approximate date, no other month, no living person"
    later = html(website_at(almanac, NOW.replace(year=2027)), "/")
    assert "This month" not in later
    assert "This year" not in later


def test_an_empty_day_names_no_jubilee_twice(tmp_path: Path) -> None:
    entries = [entry_of("mill", "1906"), entry_of("inn", "1926-02"), entry_of("may", "1926-05"),
               entry_of("war", "1936-05-08"), entry_of("odd", "1913-02-20")]  # fmt: skip
    shown = html(website_at(open_almanac(tmp_path, entries), NOW), "/")
    parts = ("Round anniversaries in 2026", "What war was", "This month", "What inn was",
             "This year", "What mill was", "The next days")  # fmt: skip
    assert sorted(parts, key=shown.index) == [*parts]
    assert [shown.count(f"What {name} was") for name in ("mill", "inn", "may")] == [1, 1, 0]


def test_an_empty_day_has_room_for_more_jubilees(tmp_path: Path) -> None:
    entries = [entry_of(f"e{year}", f"{year}") for year in range(1806, 2016, 10)]
    full = [*entries, entry_of("war", "1936-02-25")]
    for number, (some, count) in enumerate([(entries, 10), (full, 5)]):
        shown = html(website_at(open_almanac(tmp_path / str(number), some), NOW), "/")
        assert shown[shown.index("This year") :].count("years ago") == count


def test_a_first_page_is_not_empty_if_nothing_is_round_and_nothing_has_a_day(
    tmp_path: Path,
) -> None:
    shown = html(website_at(open_almanac(tmp_path, [entry_of("only", "1957")]), NOW), "/")
    assert shown.index("Not dated to the day") < shown.index("What only was")


def test_a_crowded_day_to_come_says_how_many_more_it_has(tmp_path: Path) -> None:
    entries = [entry_of(f"e{number}", f"19{50 + number}-03-01") for number in range(5)]
    shown = html(website_at(open_almanac(tmp_path, entries), NOW), "/")
    assert "What e2 was</a> and 2 more" in shown
    assert "What e3 was" not in shown[shown.index("The next days") :]


@pytest.mark.parametrize("path", ["/days/02-26/", "/days/02-29/", "/days/01-01/", "/days/12-31/"])
def test_a_days_page_leads_to_the_days_beside_it_that_have_entries(
    tmp_path: Path, path: str
) -> None:
    entries = [entry_of(f"e{day}", f"1956-{day}") for day in ("01-01", "02-29", "12-31")]
    shown = html(website_at(open_almanac(tmp_path, entries), NOW), path)
    around = re.findall(r'rel="(?:prev|next)" href="../../days/([0-9-]+)/', shown)
    assert around == {
        "/days/02-26/": ["01-01", "02-29"], "/days/02-29/": ["01-01", "12-31"],
        "/days/01-01/": ["12-31", "02-29"], "/days/12-31/": ["02-29", "01-01"],
    }[path]  # fmt: skip


def test_a_days_page_leads_nowhere_if_no_other_day_has_entries(tmp_path: Path) -> None:
    website = website_at(open_almanac(tmp_path, [entry_of("only", "1956-02-25")]), NOW)
    assert 'class="around"' not in html(website, "/days/02-25/")
    assert html(website, "/days/02-26/").count('href="../../days/02-25/"') == 2


@pytest.mark.slow
def test_only_today_and_the_feeds_turn_at_midnight() -> None:
    first, second = shipped(), shipped(date(2026, 2, 26))
    turned = {path for path in first.paths() if first.render(path) != second.render(path)}
    assert {"/", "/index.json", "/embed/", "/feed.atom", "/daily.atom"} <= turned
    assert all(
        path.count("/") == 1
        or "feed." in path
        or "calendar." in path
        or "daily." in path
        or path == "/embed/"
        for path in turned
    )


def test_an_entrys_page_shows_each_answer_with_its_document() -> None:
    shown = html(shipped(), "/entries/secret-speech/")
    assert "How many delegates listened?" in shown
    assert '<p class="says">1,500 delegates</p>' in shown
    by = "History Today, p.\N{NO-BREAK SPACE}58"
    assert f'<a href="../../documents/history-today-2006/">{by}</a>' in shown
    assert "rumoured" in shown


def test_an_entrys_page_shows_equal_answers_and_each_document_once(tmp_path: Path) -> None:
    answers = [{"says": said, "document": "book", "page": page} for said, page in
               (("Ada", "7"), ("Ben", "8"), ("Ada", "9"))]  # fmt: skip
    entry = entry_of("first", "1956-02-25", accounts=[{"question": "Who?", "answers": answers}],
                     sources=[{"document": "book", "page": "7"}, {"document": "book"}])  # fmt: skip
    website = website_at(open_almanac(tmp_path, [entry]), NOW)
    for path in ("/entries/first/", "/days/02-25/"):
        shown = html(website, path)
        assert (shown.count(">Ada<"), shown.count(">Ben<")) == (1, 1)
        assert "A press, pp.\N{NO-BREAK SPACE}7, 9</a>" in shown
        assert shown.count("A press, A book, p.") == 1


def test_links_of_the_config_stand_in_the_footer_of_every_page(tmp_path: Path) -> None:
    links = '  links: [{text: "Imprint & <more>", url: "https://example.org/i?a=1&b=2"}]\n'
    config = write_almanac(tmp_path, config=links)
    for _ in range(2):  # the second time they come out of the cache
        almanac = Almanac.open(str(config))
        assert almanac.site.links == (Link("Imprint & <more>", "https://example.org/i?a=1&b=2"),)
        website = website_at(almanac, NOW)
        for path in ("/", "/year/", "/entries/first/", "/tags/", "/subscribe/"):
            footer = html(website, path).partition("<footer>")[2]
            link = '<a href="https://example.org/i?a=1&amp;b=2">Imprint &amp; &lt;more&gt;</a>'
            assert link in footer
    assert "links" not in html(shipped(), "/").partition("<footer>")[2]


def test_a_documents_page_shows_what_rests_on_it() -> None:
    shown = html(shipped(), "/documents/becomes-premier/")
    assert "Khrushchev becomes" in shown
    assert "Based on" in shown


def test_what_an_entry_says_is_escaped(tmp_path: Path) -> None:
    nasty = entry_of("first", "1956-02-25", title="<script>x</script>", place='"><img src=x>')
    almanac = open_almanac(tmp_path, [nasty])
    for path in ("/", "/days/02-25/", "/entries/first/", "/documents/book/"):
        shown = html(website_at(almanac, NOW), path)
        assert "<script>" not in shown
        assert "<img" not in shown


def test_no_page_has_a_control_that_an_entry_had(tmp_path: Path) -> None:
    odd = entry_of("first", "1956-02-25", title="a\x7fb\x9f", summary="c\x85d\u2028e")
    website = website_at(open_almanac(tmp_path, [odd]), NOW)
    for path in website.paths():
        page = website.render(path)
        assert page is not None
        if page.media_type != "image/x-icon":
            said = page.body.decode()
            assert not any("\x7f" <= char <= "\x9f" or char == "\u2028" for char in said)
    assert "c\nd\ne" in html(website, "/entries/first/"), "style.css shows these as line breaks"


@pytest.mark.parametrize(
    "path", ["/", "/days/02-25/", "/entries/secret-speech/", "/documents/fakti-2025/"]
)
def test_no_page_offers_its_json_as_a_feed(path: str) -> None:
    assert 'type="application/json"' not in html(shipped(), path)
    assert shipped().render(f"{path}index.json") is not None


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


@pytest.mark.slow
def test_every_link_leads_somewhere() -> None:
    website, known = shipped(), set[str]()
    for path in website.paths():
        if not path.endswith("/"):
            continue
        links = Links()
        links.feed(html(website, path))
        for link in links.found:
            target = unquote(urljoin(f"http://here{path}", link.partition("#")[0]))
            if target.startswith("http://here") and target not in known:
                assert website.render(target.removeprefix("http://here")), (path, link)
                known.add(target)
    assert len(known) > 366


def test_the_json_beside_a_page_has_every_key_of_an_occasion() -> None:
    website = shipped()
    for path in ("/index.json", "/days/02-25/index.json", "/entries/secret-speech/index.json"):
        page = website.render(path)
        assert page is not None
        tree = json.loads(page.body)
        assert list(tree) == ["day", "zone", "occasions", "next"]
        assert tree["occasions"][0]["id"] == "secret-speech"
    today = website.render("/index.json")
    assert today is not None
    assert json.loads(today.body)["occasions"][0]["years"] == 70


def test_the_days_of_a_year_are_366() -> None:
    days = list(every_day())
    assert len(days) == 366
    assert days == sorted(days)


@pytest.mark.slow
def test_build_writes_every_path_and_then_nothing(tmp_path: Path) -> None:
    almanac = Almanac.open(str(SHIPPED / "config.yaml"))
    built = written(tmp_path / "site", almanac)
    assert built.files == built.written
    website = website_at(almanac, NOW)
    for path in website.paths():
        page = website.render(path)
        assert page is not None
        assert (tmp_path / "site" / file_name(path)).read_bytes() == page.body
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    assert written(tmp_path / "site", almanac)[:3] == (built.files, 0, 0)
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}


@pytest.mark.slow
def test_a_correction_of_the_same_length_gets_a_later_mtime(tmp_path: Path) -> None:
    site = tmp_path / "site"
    page = site / "entries/first/index.html"
    written(site, open_almanac(tmp_path, [entry_of("first", "1956-02-25", title="abc")]))
    os.utime(page, (4_000_000_000, 4_000_000_000))
    size = page.stat().st_size
    written(site, open_almanac(tmp_path, [entry_of("first", "1956-02-25", title="abd")]))
    assert page.stat().st_size == size
    assert page.stat().st_mtime == 4_000_000_001


@pytest.mark.slow
def test_build_removes_what_it_wrote_and_nothing_else(tmp_path: Path) -> None:
    site = tmp_path / "site"
    two = [entry_of("first", "1956-02-25"), entry_of("second", "1957-03-01")]
    written(site, open_almanac(tmp_path, two))
    (site / "entries/mine.txt").write_text("kept")
    built = written(site, open_almanac(tmp_path, two[:1]))
    assert built.removed == 4
    assert not (site / "entries/second").exists()
    assert (site / "entries/mine.txt").read_text() == "kept"


@pytest.mark.slow
def test_a_manifest_that_somebody_changed_removes_nothing_outside(tmp_path: Path) -> None:
    outside = tmp_path / "precious"
    outside.write_text("kept")
    site = tmp_path / "site"
    almanac = open_almanac(tmp_path, [entry_of("first", "1956-02-25")])
    written(site, almanac)
    (site / ".onthisday").write_text(f"../precious\n{outside}\n")
    written(site, almanac)
    assert outside.read_text() == "kept"


def test_no_file_is_dated_later_than_the_clock(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, [entry_of("first", "1956-02-25")])
    written(tmp_path / "site", almanac, datetime(2999, 1, 1, tzinfo=UTC))
    for path in (tmp_path / "site").rglob("*"):
        assert path.stat().st_mtime <= time.time(), path


def test_build_into_a_file_says_so(tmp_path: Path) -> None:
    config = write_almanac(tmp_path)
    (tmp_path / "site").write_text("a file")
    with pytest.raises(Unwritable, match="site"):
        written(tmp_path / "site", Almanac.open(str(config)))
