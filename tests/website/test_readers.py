"""Programs that people read with, on an almanac that is as odd as almanacs may be.

feedparser, reader, icalendar and vobject read each feed and calendar of it. The other programs that
docs/formats.md names are tried by hand.
"""

import json
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest
import reader
import vobject  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string

from onthisday.app.publishing import website_at, write_site
from onthisday.app.workspace import Almanac
from onthisday.cli.export import FORMATS
from onthisday.feeds.safe_text import one_line
from onthisday.locales.locale import ENGLISH
from onthisday.site.website import Website
from tests.website.fixtures import entry_of, png, write_almanac

NOW = datetime(2026, 2, 25, 12, tzinfo=UTC)

TITLES = {
    "markup": "2 < 3 &amp; so <i> \"q\" 'a' ]]> \\; , ; : end",
    "controls": "a\x7fb\x85c\x9fd\u2028e\u2029f\ufdd0g",
    "emoji": "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL} e\N{COMBINING ACUTE ACCENT} \U0001f3f3\ufe0f",
    "persian": "می\N{ZERO WIDTH NON-JOINER}خواهم \N{RIGHT-TO-LEFT MARK}שלום",
    "long": "x" * 3000,
}

ACCOUNTS = [
    {
        "question": "How <many>?",
        "answers": [{"says": "1 & 2", "document": "book"}, {"says": "3 < 4", "document": "iri"}],
    }
]

DOCUMENTS = """\
- {id: book, title: "A <book> & more", publisher: "P & Q", url: "https://a.example/?b=1&c=2"}
- {id: iri, title: "Iri", url: "https://bücher.example/ß/{x}|y?q=é#ü", published: "-0043"}
"""


def odd_entries() -> list[dict[str, Any]]:
    tags = ["café", "x:y", "日本", "\N{PARTY POPPER}", "c++", "a,b", "Ω;ß"]
    entries = [
        entry_of(
            name, f"195{number}-02-25", title=title, summary=f"{title}\n{title}", place=title[:40],
            tags=tags, updated="2026-02-24",
        )
        for number, (name, title) in enumerate(TITLES.items())
    ]  # fmt: skip
    said = {"alt": 'A "dot" <&>'}
    return [
        *entries,
        entry_of("ides", "-0043-02-24", sources=[{"document": "iri"}], accounts=ACCOUNTS),
        entry_of("first-year", "0000-02-23", image={"file": "été 1 & <2>.png", **said}),
        entry_of("old", "-4712-02-23", image={"file": "missing.png", **said}),
        entry_of("far", "1960-02-29", image={"url": "https://bücher.example/ö.png", **said}),
        entry_of("uncertain", "1914-02-22?", calendar="julian"),
        entry_of("easter", "0325-06-19", kind="holiday", rule="easter+0"),
        *(entry_of(f"many-{n}", f"{1800 + n}-02-20") for n in range(120)),
    ]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Almanac:
    folder = tmp_path_factory.mktemp("odd")
    config = write_almanac(
        folder, odd_entries(), title="On < this & day \U0001f4c5", author="Müller & <Co>",
        url="https://exämple.org/ä/", license="CC <4> & ©", zone="Pacific/Kiritimati",
    )  # fmt: skip
    (folder / "almanac" / "documents.yaml").write_text(DOCUMENTS, encoding="utf-8")
    (folder / "almanac" / "été 1 & <2>.png").write_bytes(png(4, 4))
    return Almanac.open(str(config))


@pytest.fixture(scope="module")
def site(odd: Almanac) -> Website:
    return website_at(odd, NOW)


def body(site: Website, path: str) -> bytes:
    page = site.render(path)
    assert page is not None, path
    return page.body


def stems(site: Website) -> list[str]:
    """Return the paths of all feeds, without their endings."""
    return [path[: -len(".atom")] for path in site.paths() if path.endswith(".atom")]


def test_every_feed_has_the_same_items_with_the_same_links_in_each_format(site: Website) -> None:
    assert len(stems(site)) == 2 + 1 + 7
    for stem in stems(site):
        items = json.loads(body(site, f"{stem}.json"))["items"]
        said = [(item["id"], item["url"]) for item in items]
        assert len({link for _, link in said}) == len({name for name, _ in said}) == len(said) > 0
        for ending in ("atom", "rss"):
            parsed = feedparser.parse(body(site, f"{stem}.{ending}"))
            assert not parsed.bozo, parsed.get("bozo_exception")
            assert [(entry.id, entry.link) for entry in parsed.entries] == said
            assert [entry.title for entry in parsed.entries] == [item["title"] for item in items]
            assert all(entry.published_parsed <= NOW.timetuple() for entry in parsed.entries)


@pytest.mark.program
def test_a_feed_reader_finds_all_items_and_then_nothing_new(odd: Almanac, tmp_path: Path) -> None:
    write_site(odd, str(tmp_path / "site"), NOW, lambda _: None)
    root = str(tmp_path / "site")
    with closing(reader.make_reader(":memory:", feed_root=root)) as library:
        for stem in ("feed", "daily", "tags/café/feed"):
            for ending in ("atom", "rss", "json"):
                library.add_feed(f"{stem}.{ending}")
        new = {}
        for result in library.update_feeds_iter():
            assert not isinstance(result.value, Exception), result
            assert result.value is not None
            new[result.url] = result.value.new
        assert new["feed.atom"] == new["feed.rss"] == new["feed.json"] > 100
        for result in library.update_feeds_iter():
            assert result.value is None or not isinstance(result.value, Exception), result
            assert not (result.value and (result.value.new or result.value.modified))


def test_calendar_programs_read_every_event(site: Website) -> None:
    for path in [path for path in site.paths() if path.endswith(".ics")]:
        content = body(site, path)
        calendar = icalendar.Calendar.from_ical(content)
        assert all(part.errors == [] for part in calendar.walk())
        events = {str(event["UID"]): event for event in calendar.events}
        assert len(events) == len(calendar.events) > 0
        assert all(str(event["URL"]).isascii() for event in events.values())
        other = vobject.readOne(content.decode())
        summaries = {event.uid.value: event.summary.value for event in other.vevent_list}
        assert summaries == {uid: str(event["SUMMARY"]) for uid, event in events.items()}


def test_a_calendar_program_shows_title_place_and_change_as_they_are(site: Website) -> None:
    events = icalendar.Calendar.from_ical(body(site, "/calendar.ics")).events
    for name, title in TITLES.items():
        (event,) = [e for e in events if str(e["UID"]).endswith(f":{name}/2026")]
        assert str(event["SUMMARY"]).endswith(f": {ENGLISH.isolate(one_line(title))}")
        assert str(event["LOCATION"]) == one_line(title[:40]).strip()
        assert (datetime(2026, 2, 23, 10, tzinfo=UTC),) * 2 == (event.DTSTAMP, event.LAST_MODIFIED)
        assert int(str(event["SEQUENCE"])) == (date(2026, 2, 24) - date(1970, 1, 1)).days


def test_programs_read_every_export(odd: Almanac) -> None:
    exported = {name: b"".join(form(odd.site, odd.library, NOW.date()).content).decode()
                for name, form in FORMATS.items()}  # fmt: skip
    calendar = icalendar.Calendar.from_ical(exported["ics"])
    assert all(part.errors == [] for part in calendar.walk())
    other = vobject.readOne(exported["ics"])
    ids = {str(event["UID"]) for event in calendar.events}
    assert ids == {event.uid.value for event in other.vevent_list}
    assert len(ids) == len(calendar.events) == len(odd_entries()) - 1 + 41  # Easter, written out
    library = parse_string(exported["bibtex"])
    assert not library.failed_blocks
    items = json.loads(exported["csl"])
    assert [item["id"] for item in items] == [entry.key for entry in library.entries]
    assert [item["title"] for item in items] == ["A <book> & more", "Iri"]
    lines = exported["calendar"].splitlines()
    assert all(line.startswith("\t") or line.count("\t") == 1 for line in lines[1:])


def test_every_entry_is_cited_for_programs(site: Website, odd: Almanac) -> None:
    for entry in odd.library.entries():
        items = json.loads(body(site, f"/entries/{entry.id}/cite.json"))
        library = parse_string(body(site, f"/entries/{entry.id}/cite.bib").decode())
        assert not library.failed_blocks
        assert [item["id"] for item in items] == [each.key for each in library.entries]
        assert items[0]["title"] == entry.title
