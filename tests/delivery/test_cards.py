"""What a card says in words, whatever the service."""

from onthisday.dates.edtf import parse
from onthisday.messages.card import FULL, SHORT
from onthisday.messages.fitting import card_within
from onthisday.messages.line import plain
from onthisday.messages.lines import lines_of
from onthisday.views.view import AccountView, AnswerView, OccasionView
from tests.delivery.channels import message, occasion, source


def full(view: OccasionView) -> list[str]:
    """Return the lines of a full card below the title and the summary."""
    return plain(lines_of(card_within(message(view), FULL, lambda _: True))).splitlines()[3:]


def test_a_source_that_stands_alone_is_named_once() -> None:
    assert full(occasion(accounts=())) == [
        "Source: History Today, Stalin Denounced (February 2006), p. 58"
    ]


def test_sources_that_do_not_differ_are_listed_and_not_counted() -> None:
    other = source(document="fakti", publisher="Fakti", title="Fakti", page=None)
    assert full(occasion(accounts=(), sources=(source(), other))) == [
        "Sources: History Today, Stalin Denounced (February 2006), p. 58; Fakti (February 2006)"
    ]


def answer(says: str, name: str, date: str) -> AnswerView:
    return AnswerView(says, "stated", parse(date), name, name, None, ())


def test_an_answer_says_its_date_only_if_it_is_another_one() -> None:
    answers = (
        answer("on the 25th", "Fakti", "1956-02-25"), answer("on the 25th", "Pravda", "1956-02-25"),
        answer("in the night", "State Department", "1956-02-24/1956-02-25"),
        answer("on the 26th", "Mondo", "1956-02-26?"),
    )  # fmt: skip
    said = full(occasion(accounts=(AccountView("On which day?", answers),)))
    assert said[2] == (
        "• On which day? on the 25th (Fakti; Pravda); in the night (State Department, "
        "24–25 February 1956); on the 26th (Mondo, perhaps 26 February 1956)."
    )


def test_a_day_of_several_says_for_all_together_how_sure_it_is_if_that_fits() -> None:
    other = occasion(id="b", title="A mill burns down", years=200, milestone=True, accounts=())
    other = other._replace(sources=(source(document="chronicle"),))
    both = message(occasion(), other)
    whole = plain(lines_of(card_within(both, SHORT, lambda _: True))).splitlines()
    assert whole[-1] == "2 sources, which differ on 1 question."
    narrow = card_within(both, SHORT, lambda card: len(plain(lines_of(card))) < 110)
    assert plain(lines_of(narrow)).splitlines() == [
        "On 25 February — 2 anniversaries",
        "70 years ago: Khrushchev denounces Stalin",
        "200 years ago: A mill burns down",
    ]


def test_titles_come_before_how_sure_they_are_and_that_before_sentences() -> None:
    views = [occasion(id=str(number), title="A title of some length") for number in range(4)]
    card = card_within(message(*views), SHORT, lambda card: len(plain(lines_of(card))) < 230)
    assert (len(card.items), card.sure) == (4, True)
    assert not any(item.sentences for item in card.items)


def test_a_title_in_a_list_has_its_own_day_if_that_is_another_one() -> None:
    leap = occasion(date=parse("1952-02-29"), observed=parse("1952-02-29"), years=74)
    month = occasion(date=parse("1953-03"), observed=parse("1953-03"), years=73)
    several = message(leap, month, occasion())
    assert plain(lines_of(card_within(several, SHORT, lambda _: True))).splitlines()[1:6:2] == [
        "74 years ago (29 February 1952): Khrushchev denounces Stalin",
        "73 years ago (March 1953): Khrushchev denounces Stalin",
        "70 years ago: Khrushchev denounces Stalin",
    ]
