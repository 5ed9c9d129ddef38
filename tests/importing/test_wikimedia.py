"""`import wikimedia`: the answers of Wikipedia's on-this-day API, and those of this program."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onthisday.importers.found import Broken, Found, Note, Read, Refused
from onthisday.importers.wikimedia import read
from onthisday.site.contents import SiteFiles
from onthisday.site.website import Website
from tests.importing.incoming import incoming
from tests.importing.test_ics import must_be_an_entry
from tests.website.fixtures import entry_of, open_almanac


def page(title: str, language: str = "en") -> dict[str, Any]:
    """Return a page as the API tells of it."""
    canonical = title.replace(" ", "_")
    address = f"https://{language}.wikipedia.org/wiki/{canonical}"
    return {
        "type": "standard",
        "title": canonical,
        "displaytitle": f'<span class="mw-page-title-main">{title}</span>',
        "titles": {"canonical": canonical, "normalized": title},
        "lang": language,
        "content_urls": {"desktop": {"page": address}},
        "extract": "Words of Wikipedia.",
    }


def event(text: str, year: int | None = 1956, *pages: dict[str, Any]) -> dict[str, Any]:
    """Return an event as the API tells it."""
    told: dict[str, Any] = {"text": text, "pages": list(pages)}
    return told if year is None else told | {"year": year}


def all_of(answer: Any, name: str = "02-25.json") -> list[Read]:
    """Return what is read from an answer."""
    return list(read(incoming(json.dumps(answer, ensure_ascii=False), name)))


def found(answer: Any, name: str = "02-25.json") -> list[Found]:
    """Return the facts of an answer."""
    facts = [each for each in all_of(answer, name) if isinstance(each, Found)]
    for each in facts:
        must_be_an_entry(each)
    return facts


def one(kind: str, *told: Any, **options: Any) -> dict[str, Any]:
    """Return the entry of the one event of a list."""
    [fact] = found({kind: [event(*told, **options)]})
    return fact.tree


def test_each_list_gives_its_kind() -> None:
    answer = {
        "births": [event("Anna, a miller")],
        "deaths": [event("Bruno, a miller (b. 1900)")],
        "events": [event("The mill burns")],
        "holidays": [event("Day of mills", None)],
    }
    assert [each.tree for each in found(answer)] == [
        {"date": "1956-02-25", "title": "Anna, a miller", "kind": "birth"},
        {"date": "1956-02-25", "title": "Bruno, a miller (b. 1900)", "kind": "death"},
        {"date": "1956-02-25", "title": "The mill burns"},
        {"date": "XXXX-02-25", "title": "Day of mills", "kind": "holiday"},
    ]


@pytest.mark.parametrize(
    ("year", "date"),
    [
        (-44, "-0043-02-25"),
        (-1, "0000-02-25"),
        (-2, "-0001-02-25"),
        (1, "0001-02-25"),
        (784, "0784-02-25"),
        (None, "XXXX-02-25"),
    ],
)
def test_a_year_below_zero_is_before_christ(year: int | None, date: str) -> None:
    assert one("events", "The mill burns", year)["date"] == date


@pytest.mark.parametrize(
    ("text", "title", "died"),
    [
        ("Anna, a miller (d. 2005)", "Anna, a miller", "2005"),
        ("Anna († 2005)", "Anna", "2005"),
        ("Anna (d. 44 BC)", "Anna", "-0043"),
        ("Anna (d. c. 450)", "Anna", "0450~"),
        ("Anna (d. last week)", "Anna (d. last week)", None),
        ("Anna, a miller", "Anna, a miller", None),
    ],
)
def test_a_birth_says_when_the_person_died(text: str, title: str, died: str | None) -> None:
    entry = one("births", text, -100)
    assert (entry["title"], entry.get("died")) == (title, died)


def test_pages_become_documents_that_the_entry_cites() -> None:
    pages = (page("Nikita Khrushchev"), page("Côte d'Azur"), page("Nikita Khrushchev"))
    [fact] = found({"events": [event("Khrushchev speaks", 1956, *pages)]})
    first, second = fact.documents
    assert first == {
        "id": "wikipedia-en-Nikita_Khrushchev",
        "title": "Nikita Khrushchev",
        "url": "https://en.wikipedia.org/wiki/Nikita_Khrushchev",
        "language": "en",
        "publisher": "Wikipedia",
        "rights": "CC BY-SA 4.0",
    }
    assert second["id"].startswith("wikipedia-en-Cote_d-Azur-")
    assert fact.tree["sources"] == [{"document": each["id"]} for each in (first, second)]
    assert fact.tree["language"] == "en"


def test_pages_of_two_wikipedias_or_in_other_letters_stay_apart() -> None:
    pages = (page("Москва", "ru"), page("Минск", "ru"), page("Rom", "de"), page("Rom", "en"))
    [fact] = found({"events": [event("A tour", 1956, *pages)]})
    assert len({each["id"] for each in fact.documents}) == 4
    assert "language" not in fact.tree


def test_a_page_without_an_address_has_that_of_its_wikipedia() -> None:
    told = {"title": "A_b?", "lang": "de"}
    [fact] = found({"events": [event("A tour", 1956, told, {"title": "C"}, {}, "D")]})  # type: ignore[arg-type]
    assert [each["url"] for each in fact.documents] == ["https://de.wikipedia.org/wiki/A_b%3F"]


def test_html_and_words_about_the_picture_are_taken_out() -> None:
    entry = one("events", "The <i>Mary&nbsp;Rose</i> (pictured)\n is <b>raised</b>.")
    assert entry["title"] == "The Mary Rose is raised."


SPEECH = (page("Nikita Khrushchev"), page("Secret Speech"), page("Stalin"))


def test_what_is_selected_is_featured_once() -> None:
    answer = {
        "selected": [event("The mill burns", 1874)],
        "events": [event("The mill burns", 1874), event("The mill burns", 1875)],
    }
    assert [each.tree.get("featured") for each in found(answer)] == [True, None]
    assert len(all_of(answer)) == 2


@pytest.mark.parametrize("first", ["selected", "events"])
def test_a_selected_event_in_other_words_is_known_by_its_pages(first: str) -> None:
    selected = {"selected": [event("Khrushchev denounced Stalin.", 1956, *SPEECH[:2])]}
    events = {"events": [event("In a secret speech he denounces Stalin.", 1956, *SPEECH)]}
    answer = selected | events if first == "selected" else events | selected
    fact, note = sorted(all_of(answer), key=lambda each: isinstance(each, Note))
    assert isinstance(fact, Found)
    assert fact.tree["featured"] is True
    assert fact.tree["title"] == "In a secret speech he denounces Stalin."
    assert isinstance(note, Note)
    assert "is the same event as" in note.message


def test_a_selected_event_that_is_in_no_other_list_is_an_entry_too() -> None:
    answer = {
        "selected": [event("A speech", 1956, SPEECH[0]), event("A wedding", 1981)],
        "events": [event("Another", 1956, *SPEECH[:1], page("Moon")), event("A funeral", 1981)],
    }
    titles = [(each.tree["title"], each.tree.get("featured")) for each in found(answer)]
    assert titles == [
        ("Another", None),
        ("A funeral", None),
        ("A speech", True),
        ("A wedding", True),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "02-25.json",
        "2-25.json",
        "02_25",
        "0225.json",
        "onthisday-all-02-25.json",
        "2026-02-25.json",
        "feb-25.json",
        "25 Februar.json",
        "en.wikipedia_births_February_25.json",
    ],
)
def test_the_name_of_the_file_says_the_day(name: str) -> None:
    [fact] = found({"events": [event("The mill burns")]}, name)
    assert fact.tree["date"] == "1956-02-25"


@pytest.mark.parametrize("name", ["all.json", "25.json", "13-45.json", "onthisday.json", "x-1-2-3"])
def test_without_a_day_the_file_is_broken_and_says_how_to_name_it(name: str) -> None:
    with pytest.raises(Broken, match=r"such as 02-25\.json"):
        all_of({"events": [event("The mill burns")]}, name)


def test_pages_of_the_day_say_the_day_too() -> None:
    births = [event(f"Anna {n}", 1900 + n, page(f"Anna {n}"), page("25 février")) for n in range(4)]
    births.append(event("Bruno", 1956, page("Bruno")))
    assert {each.tree["date"][5:] for each in found({"births": births}, "all.json")} == {"02-25"}


def test_a_name_that_the_pages_speak_against_is_not_believed() -> None:
    births = [event(f"Anna {n}", 1900 + n, page("February 26")) for n in range(4)]
    with pytest.raises(Broken, match="name says 02-25, but its pages link to 02-26"):
        all_of({"births": births})


def test_several_answers_may_stand_in_a_list_or_by_their_days() -> None:
    answers = [{"events": [event("One")]}, {"births": [event("Two")]}]
    assert [each.tree["title"] for each in found(answers)] == ["One", "Two"]
    by_day = {"03-01": {"events": [event("One")]}, "March 2": {"events": [event("Two")]}}
    days = [each.tree["date"] for each in found(by_day, "year.json")]
    assert days == ["1956-03-01", "1956-03-02"]


def test_places_are_exact_and_lines_are_counted() -> None:
    answer = {"events": [event("Ä 🎂"), event("Two", 1957, page("Ö"))], "births": [event("Three")]}
    text = json.dumps(answer, ensure_ascii=False, indent=1)
    facts = [each for each in read(incoming(text, "02-25.json")) if isinstance(each, Found)]
    assert len(facts) == 3
    for fact in facts:
        assert fact.place.span is not None
        assert text[slice(*fact.place.span)] == fact.text
        assert json.loads(fact.text)["text"] == fact.tree["title"]
        assert text[: fact.place.span.start].count("\n") + 1 == fact.place.line


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"year": 1956}, "no text"),
        ({"text": " ", "year": 1956}, "no text"),
        ({"text": 5}, "no text"),
        ("A text", "no text"),
        (None, "no text"),
        ({"text": "A", "year": "1956"}, "no number"),
        ({"text": "A", "year": True}, "no number"),
        ({"text": "A", "year": 0}, "no date can have"),
        ({"text": "A", "year": 10**30}, "no date can have"),
    ],
)
def test_what_is_no_event_is_refused_with_the_reason(told: Any, reason: str) -> None:
    [refused] = all_of({"events": [told]})
    assert isinstance(refused, Refused)
    assert reason in refused.reason


def test_what_is_not_read_is_told_once() -> None:
    answer = [{"tfa": {}, "events": None}, {"tfa": 1, "births": [event("Anna")]}]
    notes = [each.message for each in all_of(answer) if isinstance(each, Note)]
    assert notes == [
        '"tfa" is no list of events, and is not read',
        '"events" is no list of events, and is not read',
    ]


def test_another_answer_of_the_api_is_broken() -> None:
    with pytest.raises(Broken, match="none of selected, births"):
        all_of({"type": "errors/not_found", "title": "Not found."})


ENTRIES = [
    entry_of("caesar", "-0043-03-15", kind="death", featured=True),
    entry_of("wedding", "1981-03-15", place="London"),
    entry_of("old", "1880-03-15", kind="birth"),
    entry_of("pi", "XXXX-03-15", kind="holiday"),
]


def test_what_this_program_answers_can_be_imported(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, ENTRIES)
    files = SiteFiles(almanac.pictures)
    website = Website(almanac.site, almanac.library, date(2026, 2, 25), files)
    answer = website.render("/api/rest_v1/feed/onthisday/all/03/15")
    assert answer is not None
    facts = {each.id: each for each in found(json.loads(answer.body), "03-15.json")}
    keys = ("date", "title", "kind", "featured")
    for entry in ENTRIES:
        tree = facts[entry["id"]].tree
        assert [tree.get(key) for key in keys] == [entry.get(key) for key in keys]
        assert tree["sources"]
    assert len(facts) == len(ENTRIES)
