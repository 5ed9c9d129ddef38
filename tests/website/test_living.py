"""A birth of a person who may be living is on no page, in no feed and in no calendar."""

from datetime import UTC, date, datetime
from pathlib import Path

from onthisday.app.publishing import website_at, write_site
from onthisday.site.contents import SiteFiles
from onthisday.site.website import Website
from tests.website.fixtures import entry_of, open_almanac, png

PEOPLE = [
    entry_of("zoe", "1950-02-25", kind="birth", tags=["zoe"], place="Zoetown"),
    entry_of("zoe-vague", "1950-02", kind="birth"),
    entry_of("zoe-next", "1950-02-26", kind="birth"),
    entry_of("mia", "1950-02-25", kind="birth", living="public figure"),
    entry_of("old", "1916-02-25", kind="birth", tags=["old"]),
    entry_of("war", "1944-02-25"),
]


def everything(website: Website) -> str:
    """Return all paths of a site, with what they hold."""
    pages = ((path, website.render(path)) for path in website.paths())
    return "\n".join(f"{path} {page.body.decode(errors='replace')}" for path, page in pages if page)


def test_nothing_of_the_site_names_a_person_who_may_be_living(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, PEOPLE)
    website = Website(almanac.site, almanac.library, date(2026, 2, 25))
    site = everything(website)
    assert "zoe" not in site.lower()
    for name in ("mia", "old", "war"):
        assert f"/entries/{name}/" in site
    for path in ("/entries/zoe/", "/entries/zoe/index.json", "/tags/zoe/", "/tags/zoe/feed.atom"):
        assert website.render(path) is None
    assert "zoe" not in (website.render("/days/02-26/index.json") or website).body.decode()  # type: ignore[union-attr]


def test_a_picture_that_only_such_a_birth_shows_is_not_there(tmp_path: Path) -> None:
    people = [
        entry_of("zoe", "1950-02-25", kind="birth", image={"file": "zoe.png"}),
        entry_of("ann", "1950-02-25", kind="birth", image={"file": "both.png"}),
        entry_of("war", "1944-02-25", image={"file": "both.png"}),
    ]
    almanac = open_almanac(tmp_path, people)
    for name in ("zoe.png", "both.png", "other.png"):
        (tmp_path / "almanac" / name).write_bytes(png(4, 3))
    website = Website(almanac.site, almanac.library, date(2026, 2, 25), SiteFiles(almanac.pictures))
    assert website.render("/images/zoe.png") is None
    assert website.render("/images/both.png") is not None
    assert website.render("/images/other.png") is not None
    later = Website(almanac.site, almanac.library, date(2060, 2, 25), SiteFiles(almanac.pictures))
    assert later.render("/images/zoe.png") is not None


def test_a_static_site_takes_in_a_birth_on_the_day_on_which_it_is_110_years_ago(
    tmp_path: Path,
) -> None:
    almanac, out = open_almanac(tmp_path, PEOPLE), tmp_path / "public"
    write_site(almanac, str(out), datetime(2026, 2, 24, 12, tzinfo=UTC), lambda _: None)
    assert not (out / "entries" / "old").exists()
    write_site(almanac, str(out), datetime(2026, 2, 25, 12, tzinfo=UTC), lambda _: None)
    assert (out / "entries" / "old" / "index.html").exists()
    assert not (out / "entries" / "zoe").exists()


def test_who_has_an_older_page_learns_that_it_changed_on_that_day(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, PEOPLE, zone="Asia/Kolkata")
    before, after = (
        website_at(almanac, datetime(2060, 2, day, 12, tzinfo=UTC)) for day in (24, 25)
    )
    one, other = before.render("/days/02-25/"), after.render("/days/02-25/")
    assert one is not None
    assert other is not None
    assert one.body != other.body
    assert other.modified == datetime(2060, 2, 24, 18, 30, tzinfo=UTC)
    assert one.modified < other.modified
