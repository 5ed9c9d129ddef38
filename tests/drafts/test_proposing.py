"""The proposals of a document: passages, titles, kinds, people, places, figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.drafts.figures import figures_in
from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.names import names_in, shortest
from onthisday.drafts.proposal import Proposal
from onthisday.drafts.proposing import by_default, doubtful_too, proposals_of
from onthisday.drafts.titles import MOST, slug, title_of


def proposed(text: str, *, doubtful: bool = False) -> list[Proposal]:
    """Return the proposals of a text."""
    wanted = doubtful_too if doubtful else by_default
    return list(proposals_of("paper.txt", text, find_mentions(text), wanted))


def only(text: str) -> Proposal:
    """Return the only proposal of a text."""
    (found,) = proposed(text)
    return found


def test_a_sentence_is_the_passage_and_without_its_date_the_title() -> None:
    text = "Rain fell. On 3 March 1874, the old mill by the river burned down. Nobody died."
    found = only(text)
    (passage,) = found.passages
    assert text[passage.start : passage.end] == passage.exact
    assert passage.exact == "On 3 March 1874, the old mill by the river burned down."
    assert (found.date, found.title) == ("1874-03-03", "The old mill by the river burned down")
    assert (found.kind, found.as_written, found.julian) == ("event", "3 March 1874", False)


def test_a_heading_gives_the_title_and_the_sentence_the_passage() -> None:
    text = "3 March 1874: The mill burns\n\nLate on 3 March 1874 sparks flew from the chimney."
    found = only(text)
    assert found.title == "The mill burns"
    assert [passage.exact for passage in found.passages] == [text.rpartition("\n")[2]]


def test_a_line_that_is_only_a_date_takes_the_sentence_below() -> None:
    found = only("Chronicle\n\n3 March 1874\nThe old mill by the river burned down. It rained.")
    assert found.passages[0].exact == "3 March 1874\nThe old mill by the river burned down."


def test_it_takes_the_heading_above_where_the_sentence_below_names_another_day() -> None:
    text = "The mill burns\n\n3 March 1874\n\nThe council met on 5 March 1874 in the town hall."
    first, second = proposed(text)
    assert first.passages[0].exact == "The mill burns\n\n3 March 1874"
    assert (first.title, second.date) == ("The mill burns", "1874-03-05")


def test_two_events_of_a_day_are_two_proposals_and_one_told_twice_is_one() -> None:
    text = (
        "On 3 March 1874 Anna Weber was born in Basel. Much later, on 3 March 1874, as they say, "
        "Carl Meyer opened his shop. Anna Weber, born on 3 March 1874, was their child."
    )
    anna, carl = proposed(text)
    assert (len(anna.passages), anna.kind, anna.people) == (2, "birth", ("Anna Weber",))
    assert (len(carl.passages), carl.people) == (1, ("Carl Meyer",))


def test_who_he_was_is_taken_from_the_sentence_before_if_one_person_is_named_there() -> None:
    found = only("Carl Meyer was ill for years. He died in Basel on 3 March 1874.")
    assert (found.title, found.kind) == ("Carl Meyer died in Basel", "death")
    assert (found.people, found.place) == (("Carl Meyer",), "Basel")
    two = only("Carl Meyer and Anna Weber had met. He died in Basel on 3 March 1874.")
    assert (two.title, two.people) == ("He died in Basel", ())


def test_a_day_whose_year_is_inferred_is_proposed_only_among_the_doubtful() -> None:
    text = "On 3 March 1874 the old mill burned down. On 5 March the council met about it."
    assert [each.date for each in proposed(text)] == ["1874-03-03"]
    inferred = proposed(text, doubtful=True)[1]
    assert (inferred.date, inferred.passages[0].year_from) == ("1874-03-05", "paragraph")


def test_figures_reach_from_a_mention_to_the_next_day_that_is_named() -> None:
    text = (
        "On 3 March 1874 the mill burned.\n\nAt night, 12 firemen and 1,400 onlookers came.\n\n"
        "On 4 March 1874 the 30 workers left."
    )
    first, second = proposed(text)
    assert [each.figure.words for each in first.counted] == ["12 firemen", "1,400 onlookers"]
    assert [each.figure.words for each in second.counted] == ["30 workers"]
    counted = first.counted[1]
    assert text[counted.figure.start : counted.figure.end] == "1,400 onlookers"
    assert counted.passage.exact == "At night, 12 firemen and 1,400 onlookers came."


def test_places_count_from_the_beginning_of_the_document_not_of_the_part() -> None:
    text = "On 3 March 1874 the old mill burned down."
    (found,) = proposals_of("x", text, find_mentions(text), by_default, first=1000)
    assert (found.passages[0].start, found.passages[0].end) == (1000, 1000 + len(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,400 Soviet delegates sat", ["1,400 Soviet delegates"]),
        ("1 500 delegates and guests", ["1 500 delegates"]),
        ("four people died", ["four people"]),
        ("in 1956 delegates met", []),
        ("on the 25th, delegates met", []),
        ("four solid hours", []),
        ("680,000 of them", []),
        ("$1,400 notes", []),
        ("a 20th Congress", []),
    ],
)
def test_a_figure_is_a_number_with_the_plural_that_it_counts(text: str, words: list[str]) -> None:
    assert [figure.words for figure in figures_in(text)] == words


@pytest.mark.parametrize(
    ("text", "people", "place"),
    [
        ("First Secretary Nikita Khrushchev spoke in Moscow.", ["Nikita Khrushchev"], "Moscow"),
        ("President Kennedy met Charles de Gaulle at Paris, France.",
         ["Kennedy", "Charles de Gaulle"], "Paris, France"),
        ("The Communist Party of the Soviet Union met in March.", [], None),
        ("In Soviet media nothing was said.", [], None),
        ("V. I. Lenin’s tomb stands near Red Square.", [], "Red Square"),
    ],
)  # fmt: skip
def test_people_and_places_are_what_is_plain(
    text: str, people: list[str], place: str | None
) -> None:
    found = names_in(text)
    assert (list(found.people), found.place) == (people, place)


def test_an_initial_makes_no_other_person() -> None:
    assert shortest(["Nikita S. Khrushchev", "Josef Stalin", "Nikita Khrushchev"]) == (
        "Nikita Khrushchev",
        "Josef Stalin",
    )


@pytest.mark.parametrize(
    ("text", "date", "title"),
    [
        ("He stayed until 3 March 1874.", "3 March 1874", "He stayed"),
        ("The mill burns (3 March 1874)", "3 March 1874", "The mill burns"),
        ("## 3 March 1874 – *The mill* [burns](x)", "3 March 1874", "The mill burns"),
        ("On 3 March 1874, " + "word " * 40, "3 March 1874", None),
        ("\x1b[1mOn 3 March 1874 \x07they came", "3 March 1874", "[1mOn they came"),
    ],
)
def test_a_title_has_no_date_no_markup_and_an_end(text: str, date: str, title: str | None) -> None:
    start = text.index(date)
    found = title_of(text, start, start + len(date))
    assert len(found) <= MOST + 1
    assert title is None or found == title


def test_an_id_is_made_of_what_can_stand_in_an_address() -> None:
    assert slug("Émile Zola’s «J’accuse…!» (1898)") == "emile-zola-s-j-accuse-1898"
    assert slug("съезд") == ""


@given(st.text(max_size=300), st.sampled_from(["On 3 March 1874", "3 March 1874\n", "5.3.1874"]))
def test_whatever_stands_around_a_date_passages_hold_their_own_words(text: str, date: str) -> None:
    whole = f"{text} {date} {text}"
    for found in proposed(whole, doubtful=True):
        assert found.title
        for passage in (*found.passages, *(each.passage for each in found.counted)):
            assert whole[passage.start : passage.end] == passage.exact
