"""What the words and the dates beside a date make of it: its mention, its draft, its question."""

import json
from pathlib import Path

import pytest

from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.mentions import Mention, find_mentions
from onthisday.drafts.merging import drafts_of
from onthisday.drafts.proposal import Draft
from onthisday.drafts.proposing import by_default, doubtful_too, proposals_of
from onthisday.schema.draft_format import draft_tree, draft_yaml
from tests.core.almanacs import run
from tests.drafts.terminal import answered


def only(text: str, language: str = "en") -> Mention:
    """Return the only mention of a text."""
    (found,) = find_mentions(text, language)
    return found


def draft(text: str, *, doubtful: bool = False) -> Draft:
    """Return the only draft of a text."""
    wanted = doubtful_too if doubtful else by_default
    (found,) = drafts_of(proposals_of("a.txt", text, find_mentions(text), wanted))
    return found


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("He died before 3 May 1850.", "bound"),
        ("He died around the 3 May 1850.", "approximate"),
        ("He died on 03/04/1850.", "ambiguous"),
        ("He died on 3 May 1850.", None),
    ],
)
def test_a_mention_says_why_it_is_not_proposed(text: str, doubt: str | None) -> None:
    found = only(text)
    assert (found.doubt, found.proposed) == (doubt, doubt is None)


DAYS = {
    "en": "3 May 1950", "de": "3. Mai 1950", "fr": "3 mai 1950", "it": "3 maggio 1950",
    "es": "3 de mayo de 1950", "pt": "3 de maio de 1950", "nl": "3 mei 1950", "ru": "3 мая 1950",
}  # fmt: skip


@pytest.mark.parametrize("code", DAYS)
def test_each_word_of_a_language_makes_of_a_date_what_its_field_says(code: str) -> None:
    language, day = LANGUAGES[code], DAYS[code]
    bounds = [f"Xyz {word} {day}" for word in language.sides | language.bounds | language.either]
    after = [f"Xyz {day} {word}." for word in language.bounds_after]
    hedges = [text for word in language.hedges for text in (f"xyz {word} {day}", f"{day} {word}")]
    assert not [text for text in bounds + after if "1950-05-03" in certain(text, code)]
    assert not [text for text in hedges if "1950-05-03" in certain(text, code)]


def certain(text: str, language: str) -> set[str]:
    """Return the days of a text that are proposed."""
    return {found.value for found in find_mentions(text, language) if found.proposed}


def test_a_doubtful_day_is_a_draft_with_all_and_says_why() -> None:
    found = draft("Ann Webb died before 12 March 1820.", doubtful=True)
    assert "#> Doubtful: the text does not say that it happened on this day." in draft_yaml(
        found, {"a.txt": "a"}
    )
    assert draft_tree(found, {"a.txt": "a"})["doubt"] == "bound"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("On 14/26 December 1825 he spoke.", "14/26 December 1825", "1825-12-26"),
        ("On 25 October (7 November) 1917 he", "25 October (7 November) 1917", "1917-11-07"),
        ("On the night of 16th/17th April 1941.", "16th/17th April 1941", "1941-04-16"),
        ("On 27 December/8 January 1814 he", "27 December/8 January 1814", "1814-01-08"),
    ],
)
def test_two_dates_of_one_day_or_night_are_one_mention(text: str, words: str, value: str) -> None:
    found = only(text)
    assert (found.text, found.value, found.proposed) == (words, value, True)


@pytest.mark.parametrize("text", ["25 October/8 November 1917", "4/9 May 1950", "14 (25) May 1825"])
def test_two_dates_that_are_no_pair_give_no_certain_day(text: str) -> None:
    assert not any(found.proposed for found in find_mentions(f"On {text} it rained.", "en"))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("His body lay there until October 31, 1961. Then, at night, it was moved.",
         "Then, at night, it was moved"),
        ("He was in office until October 14, 1964, when he was ousted.", "He was ousted"),
        ("His body lay there until October 31, 1961. On that day it was moved.",
         "On that day it was moved"),
    ],
)  # fmt: skip
def test_the_title_after_until_is_what_happened_then(text: str, title: str) -> None:
    found = draft(text).lead
    assert found.title == title
    assert found.passages[0].exact == text


def test_a_day_that_was_hedged_and_then_named_is_one_draft() -> None:
    text = "Ann Lee was born, probably on 4 June 1811. Ann Lee was baptised on 4 June 1811 too."
    found = draft(text)
    assert found.lead.date == "1811-06-04?"
    assert len(found.lead.passages) == 2


@pytest.mark.parametrize(
    ("text", "language", "calendar"),
    [
        ("On 3 May 1500", "it", None),
        ("On 3 May 1600", "en", None),
        ("On 3 May 1800", "en", "gregorian"),
        ("Am 3. Mai 1650", "de", None),
        ("Am 3. Mai 1750", "de", "gregorian"),
        ("le 3 mai 1580", "fr", None),
        ("le 3 mai 1600", "fr", "gregorian"),
        ("il 3 maggio 1600", "it", "gregorian"),
        ("el 3 de mayo de 1600", "es", "gregorian"),
        ("em 3 de maio de 1600", "pt", "gregorian"),
        ("op 3 mei 1690", "nl", None),
        ("op 3 mei 1790", "nl", "gregorian"),
        ("3 мая 1900 года", "ru", None),
        ("3 мая 1918 года", "ru", "gregorian"),
        ("29 февраля 1900 года", "ru", "julian"),
        ("3 мая 1900 года (ст. ст.)", "ru", "julian"),
        ("16 мая 1900 года (н. ст.)", "ru", "gregorian"),
    ],
)
def test_the_calendar_is_asked_about_where_language_and_day_leave_it_open(
    text: str, language: str, calendar: str | None
) -> None:
    found = [one for one in find_mentions(text, language) if one.precision == "day"]
    assert [one.calendar for one in found] == ([calendar] if found else [])
    assert found or language not in {"ru", "de", "fr", "nl", "es", "pt"}


@pytest.mark.parametrize(
    "text",
    ["Родился 13.02.1850.", "Geb. 13.2.1690 in Ulm.", "Gedoopt op 13-2-1690 te Zwolle.",
     "Buried 12 Nov 1650.", "Nato il 13 maggio 1550.", "Né le 13 mai 1550.", "13 de maio de 1550"],
)  # fmt: skip
def test_the_calendar_is_asked_about_in_a_short_text_too(text: str) -> None:
    (found,) = find_mentions(text)
    assert (found.calendar, found.proposed) == (None, True)


def test_a_draft_with_an_open_calendar_has_the_question_in_its_place() -> None:
    found = draft("Guy Fawkes was found on 5 November 1605.")
    written = draft_yaml(found, {"a.txt": "a"})
    assert "#> Asked: the text does not say its calendar. Write julian or gregorian." in written
    assert '  calendar: julian or gregorian?\n  as_written: "5 November 1605"\n' in written
    tree = draft_tree(found, {"a.txt": "a"})
    assert (tree["calendar"], tree["as_written"]) == (None, "5 November 1605")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a new almanac, and a document whose calendar is open."""
    assert run(tmp_path, "init", "ours").returncode == 0
    (tmp_path / "plot.txt").write_text("Guy Fawkes was found on 5 November 1605 in a cellar.")
    return tmp_path / "ours"


@pytest.mark.program
def test_accepting_asks_for_the_calendar_and_a_draft_with_the_answer_is_known(folder: Path) -> None:
    shown, code = answered(folder, ["draft", "../plot.txt", "--accept"], ["k", "?", "j"])
    assert code == 0
    assert "? The text does not say its calendar; keep asks for it." in shown
    assert "j  julian: it is remembered on 15 November" in shown
    assert "g  gregorian: it is remembered on 5 November" in shown
    kept = (folder / "almanac" / "accepted.yaml").read_text()
    assert "calendar: julian\n" in kept
    told = run(folder, "draft", "../plot.txt", "--format", "json")
    assert [each["entry"] for each in json.loads(told.stdout)] == [
        "guy-fawkes-was-found-in-a-cellar-1605"
    ]


@pytest.mark.program
def test_who_does_not_know_the_calendar_may_go_back(folder: Path) -> None:
    shown, code = answered(folder, ["draft", "../plot.txt", "--accept"], ["k", "b", "s"])
    assert (code, "kept 0, rejected 0, left 1" in shown) == (0, True)


@pytest.mark.program
def test_no_entry_is_taken_that_still_has_the_question(folder: Path) -> None:
    drafts = run(folder, "draft", "../plot.txt").stdout
    (folder / "almanac" / "plot.yaml").write_text(drafts)
    told = run(folder, "check")
    assert told.returncode == 3
    assert 'calendar must be one of gregorian, julian, not "julian or gregorian?"' in told.stdout
