"""Corrections and withdrawn entries, as feeds, calendars and pages show them."""

import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import feedparser
import icalendar
import pytest
import reader
from hypothesis import given, settings
from hypothesis import strategies as st

from onthisday.almanac.entry import Correction
from onthisday.almanac.occasions import Occasion
from onthisday.app.publishing import write_site
from onthisday.app.workspace import Almanac
from onthisday.cli import main
from onthisday.feeds import atom, ics, jsonfeed, rss
from onthisday.feeds.calendar import calendar_of
from onthisday.feeds.feed import Feed, daily_feed_of, feed_of
from onthisday.feeds.items import Item
from onthisday.feeds.withdrawn import shown_of
from onthisday.site.website import Website
from tests.delivery.fakes import entry as fact
from tests.website.fixtures import entry_of, open_almanac, serving, write_almanac

DAY = date(2026, 3, 3)

SAID = "Corrected on 2 March 2026: was 1,400 heard it; now 1,436 heard it. The minutes count them."

MEND = {"on": "2026-03-02", "was": "1,400 heard it", "now": "1,436 heard it",
        "why": "The minutes count them"}  # fmt: skip

GONE = {"on": "2026-03-02", "was": "He spoke here", "why": "The letter was forged."}

BAD = "<b>2</b> & \"3\" ]]> <script>alert(1)</script> 'x' \\; {{ x }}"


def feed_on(almanac: Almanac, day: date = DAY, make: Any = feed_of) -> Feed:
    made: Feed = make(almanac.site, almanac.library.published(day), day)
    return made


def entries(**more: Any) -> list[dict[str, Any]]:
    """Return entries of some days. The one in the middle has ``more``."""
    days = ("02-24", "02-25", "02-26", "03-01")
    plain = [entry_of(f"e{day}", f"1956-{day}", tags=["one"]) for day in days]
    return [*plain, entry_of("it", "1926-02-25", tags=["one"], **more)]


class Words(HTMLParser):
    """Collects the text of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def the_change(before: Feed, after: Feed) -> tuple[Item, Item]:
    """Return the one item that is not the same in both feeds."""
    pairs = zip(before.items, after.items, strict=True)
    [(old, new)] = [(one, other) for one, other in pairs if one != other]
    return old, new


def plain(content: str) -> str:
    """Return HTML as a person reads it."""
    parser = Words()
    parser.feed(content)
    return "".join(parser.found)


def test_a_correction_changes_one_item_which_keeps_its_id(tmp_path: Path) -> None:
    before = feed_on(open_almanac(tmp_path, entries()))
    after = feed_on(open_almanac(tmp_path, entries(corrections=[MEND])))
    [(old, new)] = [
        pair for pair in zip(before.items, after.items, strict=True) if len({*pair}) > 1
    ]
    same = new._replace(content=old.content, updated=old.updated)
    assert same == old
    assert new.updated == datetime(2026, 3, 2, tzinfo=UTC) == after.updated
    assert SAID in plain(new.content)
    assert "was <del>1,400 heard it</del>; now <ins>1,436 heard it</ins>" in new.content


def test_a_correction_counts_from_the_start_of_its_day_in_the_sites_zone(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, entries(corrections=[MEND]), zone="Pacific/Kiritimati")
    item = next(each for each in feed_on(almanac).items if "it/" in each.id)
    assert item.updated == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_a_correction_that_is_still_to_come_is_nowhere(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, entries())
    paths = ("/feed.atom", "/daily.json", "/calendar.ics", "/entries/it/", "/entries/it/index.json",
             "/corrections/", "/days/02-25/", "/search/entries/0.json")  # fmt: skip
    now = datetime(2026, 3, 1, 23, tzinfo=UTC)

    def bodies() -> dict[str, bytes]:
        almanac = Almanac.open(str(config))
        website = Website(almanac.site, almanac.library, now.date())
        pages = {path: website.render(path) for path in paths}
        return {path: page.body for path, page in pages.items() if page}

    before = bodies()
    for each in (MEND, GONE):
        write_almanac(tmp_path, entries(corrections=[each]))
        assert bodies() == before
    assert len(before) == len(paths)


def test_a_withdrawn_entry_stays_in_the_feed_as_withdrawn_and_nothing_else_moves(
    tmp_path: Path,
) -> None:
    before = feed_on(open_almanac(tmp_path, entries()))
    after = feed_on(open_almanac(tmp_path, entries(corrections=[GONE])))
    [(old, new)] = [
        pair for pair in zip(before.items, after.items, strict=True) if len({*pair}) > 1
    ]
    assert (new.id, new.published, new.url) == (old.id, old.published, old.url)
    assert new.updated == datetime(2026, 3, 2, tzinfo=UTC)
    assert new.title == "Withdrawn: What it was"
    said = "Withdrawn on 2 March 2026: was He spoke here. The letter was forged."
    assert said in plain(new.content)
    assert "The summary of it" not in new.content + new.summary
    assert new.sources == ()


def test_a_withdrawn_entry_has_no_item_of_a_later_day(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, entries(corrections=[GONE]))
    later = [item.id for item in feed_on(almanac, date(2027, 3, 3)).items]
    assert later
    assert [name for name in later if "it/" in name] == []


def test_an_item_of_the_day_of_withdrawal_itself_says_so(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, entries(corrections=[{**GONE, "on": "2026-02-25"}]))
    found = [item for item in feed_on(almanac).items if "it/2026" in item.id]
    assert [item.title for item in found] == ["Withdrawn: What it was"]
    assert found[0].updated == found[0].published


def test_the_daily_item_keeps_its_id_and_does_not_name_what_is_withdrawn(tmp_path: Path) -> None:
    before = feed_on(open_almanac(tmp_path, entries()), make=daily_feed_of)
    after = feed_on(open_almanac(tmp_path, entries(corrections=[GONE])), make=daily_feed_of)
    assert [item.id for item in before.items] == [item.id for item in after.items]
    [(old, new)] = [
        pair for pair in zip(before.items, after.items, strict=True) if len({*pair}) > 1
    ]
    assert old.title == "25 February: What it was, and 1 more"
    assert new.title == "25 February: What e02-25 was"
    assert new.updated == datetime(2026, 3, 2, tzinfo=UTC)
    assert "Withdrawn: What it was" in new.content


def test_a_day_of_which_all_is_withdrawn_stays_in_the_daily_feed(tmp_path: Path) -> None:
    made = open_almanac(tmp_path, [entry_of("it", "1926-02-25", corrections=[GONE])])
    [item] = feed_on(made, make=daily_feed_of).items
    assert item.title == "25 February: Withdrawn: What it was"
    assert [each.id for each in feed_on(made).items] == ["tag:almanac.example,2026:it/2026"]


def occasions(*withdrawn: int) -> list[Occasion]:
    """Return the occasions of a crowded day. Some are withdrawn."""
    gone = (Correction(DAY, "a", None, "b"),)
    made = [fact(f"c{n}") for n in range(9)]
    made = [one._replace(corrections=gone) if n in withdrawn else one for n, one in enumerate(made)]
    return [Occasion(one, date(2026, 2, 25), 70) for one in made]


@given(st.sets(st.integers(0, 8)), st.integers(1, 10))
def test_what_is_withdrawn_takes_no_place_of_another(gone: set[int], places: int) -> None:
    shown = shown_of(occasions(*gone), places)
    stand = [each for each in shown if not each.entry.withdrawn]
    assert len(stand) == min(places, 9 - len(gone))
    before = {each.id for each in shown_of(occasions(), places)}
    assert {each.id for each in shown if each.entry.withdrawn} == before & {
        f"c{n}/2026" for n in gone
    }


DAYS = st.dates(date(2026, 2, 20), date(2026, 3, 9))


@settings(max_examples=20)
@given(st.lists(DAYS, max_size=3).map(sorted), DAYS | st.none(), DAYS)
def test_whatever_is_put_right_no_item_gets_another_id_or_an_update_to_come(
    mended: list[date], withdrawn: date | None, today: date
) -> None:
    corrections = [{**MEND, "on": str(day)} for day in mended]
    gone = withdrawn if withdrawn and mended[-1:] <= [withdrawn] else None
    corrections += [{**GONE, "on": str(gone)}] if gone else []
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        before = feed_on(open_almanac(Path(one), entries()), today).items
        after = feed_on(open_almanac(Path(other), entries(corrections=corrections)), today).items
    never_told = gone is not None and gone < date(2026, 2, 25) <= today
    lost = {"tag:almanac.example,2026:it/2026"} if never_told else set()
    assert {item.id for item in before} - {item.id for item in after} == lost
    published = {item.id: item.published for item in before}
    for item in after:
        assert item.published == published[item.id]
        assert item.published <= item.updated
        assert item.updated <= datetime(today.year, today.month, today.day, tzinfo=UTC)


def test_a_page_is_newer_from_the_day_on_which_its_correction_counts(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, entries(corrections=[{**MEND, "on": "2999-03-02"}]))
    modified = []
    for day in (date(2999, 3, 1), date(2999, 3, 2)):
        page = Website(almanac.site, almanac.library, day).render("/entries/it/")
        assert page
        modified.append(page.modified)
    assert modified[0] < modified[1] == datetime(2999, 3, 2, tzinfo=UTC)


def test_a_reader_sees_an_update_and_no_new_item(tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    with closing(reader.make_reader(":memory:", feed_root="")) as program:
        for change in ([], [MEND], [MEND, GONE]):
            made = feed_on(open_almanac(tmp_path / "almanac", entries(corrections=change)))
            path.write_bytes(atom.render(made))
            if not change:
                program.add_feed(str(path))
            seen = program.update_feed(str(path))
            assert seen
            assert (seen.new, seen.modified) == ((5, 0) if not change else (0, 1))
        [entry] = [each for each in program.get_entries() if "it/" in each.id]
        assert entry.title == "Withdrawn: What it was"


@pytest.mark.parametrize("form", [atom, rss])
def test_feedparser_reads_the_correction_under_the_same_id(form: Any, tmp_path: Path) -> None:
    plain_feed, mended = (
        feedparser.parse(form.render(feed_on(open_almanac(tmp_path, entries(**more)))))
        for more in ({}, {"corrections": [MEND]})
    )
    assert not mended.bozo
    assert [one.id for one in plain_feed.entries] == [one.id for one in mended.entries]
    [item] = [one for one in mended.entries if "it/" in one.id]
    assert SAID in plain(item.content[0].value)
    assert "updated" not in item or item.updated_parsed[:3] == (2026, 3, 2)


def events_of(almanac: Almanac, day: date = DAY) -> list[Any]:
    made = ics.render(calendar_of(almanac.site, almanac.library.published(day), day))
    events: list[Any] = icalendar.Calendar.from_ical(made).walk("VEVENT")
    return [each for each in events if ":it/" in str(each["UID"])]


def test_events_of_a_withdrawn_entry_are_cancelled_with_a_higher_sequence(tmp_path: Path) -> None:
    before = events_of(open_almanac(tmp_path, entries()))
    mended = events_of(open_almanac(tmp_path, entries(corrections=[MEND])))
    gone = events_of(open_almanac(tmp_path, entries(corrections=[MEND, GONE])))
    assert [one["UID"] for one in before] == [one["UID"] for one in mended]
    assert [one["UID"] for one in before] == [one["UID"] for one in gone]
    sequences = [int(each[0]["SEQUENCE"]) for each in (before, mended, gone)]
    assert sequences == sorted({*sequences}), "two corrections of one day count twice"
    assert {one.get("STATUS") for one in before + mended} == {None}
    assert {one["STATUS"] for one in gone} == {"CANCELLED"}
    assert {one["LAST-MODIFIED"].dt for one in gone} == {datetime(2026, 3, 2, tzinfo=UTC)}
    assert "“1,400 heard it”; now “1,436 heard it”" in mended[0]["DESCRIPTION"]
    assert gone[0]["SUMMARY"] == "Withdrawn: What it was"
    assert "The letter was forged." in gone[0]["DESCRIPTION"]


def test_an_event_that_no_calendar_had_is_not_cancelled(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, entries(corrections=[GONE]))
    assert [one["DTSTART"].dt.year for one in events_of(almanac)] == [2026, 2027]
    assert [one["DTSTART"].dt.year for one in events_of(almanac, date(2027, 3, 3))] == [2027]
    assert events_of(almanac, date(2027, 4, 1)) == []


def site_of(folder: Path, *given: dict[str, Any], day: date = DAY) -> Website:
    almanac = open_almanac(folder, list(given))
    return Website(almanac.site, almanac.library, day)


def html(website: Website, path: str) -> str:
    page = website.render(path)
    assert page is not None
    return page.body.decode()


def test_the_page_of_an_entry_shows_its_corrections_the_newest_first(tmp_path: Path) -> None:
    older = {**MEND, "on": "2026-02-26", "was": "Many heard it", "now": "1,400 heard it"}
    page = html(site_of(tmp_path, *entries(corrections=[older, MEND])), "/entries/it/")
    assert re.findall("<del[^>]*>(.*?)</del>", page) == ["1,400 heard it", "Many heard it"]
    assert re.findall("<ins[^>]*>(.*?)</ins>", page) == ["1,436 heard it", "1,400 heard it"]
    assert 'Corrected on <time datetime="2026-03-02">2 March 2026</time>' in page
    assert '<del datetime="2026-02-26">' in page
    [data] = re.findall("<script type=.application/ld.json.>(.*?)</script>", page)
    assert [one["dateCreated"] for one in json.loads(data)["correction"]] == [
        "2026-03-02",
        "2026-02-26",
    ]


def test_the_page_of_a_withdrawn_entry_stays_and_says_so(tmp_path: Path) -> None:
    website = site_of(tmp_path, *entries(corrections=[GONE]))
    page = html(website, "/entries/it/")
    assert "<strong>This entry is withdrawn.</strong>" in page
    assert "<title>Withdrawn: What it was –" in page
    assert '<del datetime="2026-03-02">What it was</del>' in page
    assert "The letter was forged." in page
    assert "How to cite" not in page
    assert "/entries/it/" in list(website.paths())
    tree = json.loads(html(website, "/entries/it/index.json"))
    assert tree["occasions"][0]["corrections"] == [{**GONE, "now": None}]


def test_no_page_of_a_day_has_a_withdrawn_entry_and_lists_mark_it(tmp_path: Path) -> None:
    website = site_of(tmp_path, *entries(corrections=[GONE]), day=date(2027, 2, 25))
    for path in ("/", "/days/02-25/", "/year/", "/days/02-25/index.json", "/embed/"):
        assert "What it was" not in html(website, path), path
    for path in ("/entries/", "/tags/one/", "/documents/book/"):
        listed = html(website, path)
        assert listed.count("withdrawn on 2 March 2026") == 1, path
    assert "It is 1 entry" not in html(website, "/year/")


def test_the_corrections_of_the_site_are_listed_the_newest_first(tmp_path: Path) -> None:
    last = {**MEND, "on": "2026-03-03", "was": "older", "now": "newer"}
    site = site_of(
        tmp_path,
        *entries(corrections=[MEND, GONE]),
        entry_of("x", "1956-04-01", corrections=[last]),
    )
    page = html(site, "/corrections/")
    assert re.findall(r'<a href="../entries/(\w+)/#corrections">', page) == ["x", "it", "it"]
    assert re.findall(r"(Withdrawn|Corrected) on", page) == ["Corrected", "Withdrawn", "Corrected"]
    assert 'cite="../entries/x/#corrections"' in page
    assert "/corrections/" in list(site.paths())


def test_where_nothing_was_corrected_the_page_says_so_and_every_page_leads_to_it(
    tmp_path: Path,
) -> None:
    site = site_of(tmp_path, *entries())
    assert "No entry was corrected yet." in html(site, "/corrections/")
    assert '<a href="../../corrections/">Corrections</a>' in html(site, "/entries/it/")
    assert site.render("/corrections/2/") is None


def test_a_long_list_of_corrections_has_parts_that_hold_each_once(tmp_path: Path) -> None:
    many = [
        entry_of(f"e{n}", "1956-05-05", corrections=[{**MEND, "on": "2026-02-01"}] * 3)
        for n in range(90)
    ]
    site = site_of(tmp_path, *many)
    paths = [path for path in site.paths() if path.startswith("/corrections/")]
    assert paths == ["/corrections/", "/corrections/2/", "/corrections/3/"]
    found = [
        name
        for path in paths
        for name in re.findall(r"<h2.*entries/(\w+)/#corrections", html(site, path))
    ]
    assert len(found) == 270
    assert {found.count(f"e{n}") for n in range(90)} == {3}
    assert 'rel="next" href="../corrections/2/"' in html(site, "/corrections/")
    assert site.render("/corrections/4/") is None


def test_the_corrections_of_a_person_who_may_be_living_are_on_no_page(tmp_path: Path) -> None:
    child = entry_of("kim", "1990-02-25", kind="birth", corrections=[{**MEND, "was": "Kim Secret"}])
    site = site_of(tmp_path, *entries(), child)
    for path in site.paths():
        page = site.render(path)
        assert page
        assert b"Secret" not in page.body, path
    assert "No entry was corrected yet." in html(site, "/corrections/")


HOSTILE = {"on": "2026-03-02", "was": f"was {BAD}", "now": f"now {BAD}", "why": f"why {BAD}"}


def rendered(website: Website, almanac: Almanac) -> Iterator[tuple[str, str]]:
    for path in ("/entries/it/", "/corrections/"):
        yield path, html(website, path)
    for make in (feed_of, daily_feed_of):
        for item in feed_on(almanac, make=make).items:
            yield "feed", item.content


@pytest.mark.parametrize("last", [{}, {"now": None}])
def test_text_with_markup_is_text_everywhere(tmp_path: Path, last: dict[str, Any]) -> None:
    almanac = open_almanac(tmp_path, entries(corrections=[{**HOSTILE, **last}]))
    website = Website(almanac.site, almanac.library, DAY)
    for where, page in rendered(website, almanac):
        assert "<script>alert" not in page, where
        assert "<b>2</b>" not in page, where
    for form in (atom, rss):
        assert not feedparser.parse(form.render(feed_on(almanac))).bozo
    told = json.loads(jsonfeed.render(feed_on(almanac)))
    [item] = [one for one in told["items"] if "it/" in one["id"]]
    assert f"was {BAD}" in plain(item["content_html"])
    assert BAD in plain(html(website, "/corrections/"))


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_today_shows_a_correction_in_every_format(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_almanac(tmp_path, entries(corrections=[{**HOSTILE, "was": "a\u0085b"}]))
    assert main(["--config", str(config), "today", "--date", "2026-02-25", "--format", form]) == 0
    out = capsys.readouterr().out
    if form == "json":
        told = json.loads(out)["occasions"][0]["corrections"]
        assert told == [{**HOSTILE, "was": "a\nb"}]
        return
    assert "Corrected on 2 March 2026: was “a b”; now “now" in out
    if form == "html":
        assert "<script>" not in out
        assert BAD in plain(out)
    elif form == "markdown":
        assert "\\<script\\>" in out


def test_today_does_not_tell_what_is_withdrawn_also_of_an_earlier_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_almanac(tmp_path, entries(corrections=[GONE]))
    main(["--config", str(config), "today", "--date", "2026-02-25"])
    assert "What it was" not in capsys.readouterr().out


def test_a_search_finds_a_withdrawn_entry_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_almanac(tmp_path, entries(corrections=[GONE]))
    main(["--config", str(config), "search", "summary", "of", "it"])
    assert "25 February 1926 · withdrawn" in capsys.readouterr().out
    main(["--config", str(config), "search", "summary", "of", "it", "--format", "json"])
    [hit] = json.loads(capsys.readouterr().out)["hits"]
    assert hit["withdrawn"] == "2026-03-02"


@pytest.mark.program
def test_build_and_serve_give_the_same_pages_of_corrections(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, entries(corrections=[MEND, GONE]))
    out = tmp_path / "public"
    write_site(Almanac.open(str(config)), str(out), datetime.now(UTC), lambda _: None)
    with serving(config) as (url, _):
        for path in ("corrections/", "entries/it/", "entries/it/index.json", "feed.atom",
                     "calendar.ics", "days/02-25/"):  # fmt: skip
            file = out / path / "index.html" if path.endswith("/") else out / path
            with urllib.request.urlopen(f"{url}{path}") as answer:
                assert answer.read() == file.read_bytes(), path


def test_a_future_day_shows_what_is_known_by_then(tmp_path: Path) -> None:
    soon = datetime.now(UTC).date() + timedelta(days=40)
    almanac = open_almanac(tmp_path, entries(corrections=[{**GONE, "on": str(soon)}]))
    year = soon.year
    assert "it" in [one.id for one in almanac.on(date(year - 1, 2, 25)).occasions]
    assert "it" not in [one.id for one in almanac.on(date(year + 1, 2, 25)).occasions]
