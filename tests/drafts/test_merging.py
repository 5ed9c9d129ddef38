"""The drafts of several documents together, and the questions on which their figures differ."""

from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.merging import drafts_of
from onthisday.drafts.proposal import Draft
from onthisday.drafts.proposing import by_default, proposals_of


def drafts(**texts: str) -> list[Draft]:
    """Return the drafts of documents. The keys are file names, the values are texts."""
    return list(
        drafts_of(
            proposal
            for name, text in texts.items()
            for proposal in proposals_of(name, text, find_mentions(text), by_default)
        )
    )


PAPER = "On 3 March 1874 the mill of Carl Meyer in Basel burned down. 40 workers fled."
LETTER = "Carl Meyer lost his mill in Basel on 3 March 1874, and 45 workers their bread."
OTHER = "On 3 March 1874 the railway to Olten was opened by Anna Weber."


def test_documents_that_name_the_same_people_on_a_day_make_one_suggested_draft() -> None:
    (draft,) = drafts(paper=PAPER, letter=LETTER)
    assert [proposal.document for proposal in draft.proposals] == ["paper", "letter"]
    assert draft.suggested
    assert (draft.place, draft.people) == ("Basel", ("Carl Meyer",))


def test_figures_that_differ_are_a_question_with_each_ones_sentence() -> None:
    (draft,) = drafts(paper=PAPER, letter=LETTER)
    (question,) = draft.questions
    assert question.question == "How many workers?"
    said = [(name, given.figure.words, given.passage.exact) for name, given in question.answers]
    assert said == [("paper", "40 workers", "40 workers fled."), ("letter", "45 workers", LETTER)]


def test_figures_on_which_documents_agree_are_none() -> None:
    (draft,) = drafts(paper=PAPER, letter=LETTER.replace("45", "forty of its 40"))
    assert draft.questions == ()


def test_documents_that_name_others_on_a_day_make_drafts_of_their_own() -> None:
    mill, railway = drafts(paper=PAPER, other=OTHER)
    assert not mill.suggested
    assert not railway.suggested


def test_a_document_that_tells_two_events_of_a_day_goes_with_the_first_of_them() -> None:
    for name in ("Weber", "Keller", "Huber", "Vogel", "Brunner", "Steiner", "Moser"):
        anna = f"On 3 May 1900 Anna {name} came to Basel."
        carl = f"On 3 May 1900 Carl Meyer{name.lower()} came to Olten."
        both = f"On 3 May 1900 Carl Meyer{name.lower()} of Olten and Anna {name} of Basel met."
        first, second = drafts(anna=anna, carl=carl, both=both)
        assert [each.document for each in first.proposals] == ["anna", "both"]
        assert [each.document for each in second.proposals] == ["carl"]


def test_drafts_come_in_the_order_of_their_days_and_each_has_its_id() -> None:
    found = drafts(
        late="Rain fell here on 5 May 1900.",
        early="Caesar was killed in Rome on 15 March 44 BC.",
        twice="Hail fell on 4 May 1900 at Bern. Rain fell on 4 May 1900 at Olten.",
    )
    assert [draft.lead.date for draft in found] == [
        "-0043-03-15", "1900-05-04", "1900-05-04", "1900-05-05",
    ]  # fmt: skip
    assert len({draft.id for draft in found}) == 4
    assert found[-1].id == "rain-fell-here-1900"


def test_a_day_named_by_both_calendars_is_one_draft_and_cites_its_sentence_once() -> None:
    both = (
        "On 25 October 1917, Old Style, Carl Meyer left Petrograd, and by the calendar of the "
        "others this was 7 November 1917."
    )
    (draft,) = drafts(paper=both, letter="Carl Meyer left us on 7 November 1917.")
    assert (draft.lead.date, draft.lead.julian, draft.lead.as_written) == (
        "1917-10-25", True, "25 October 1917",
    )  # fmt: skip
    assert [len(proposal.passages) for proposal in draft.proposals] == [1, 1]


def test_a_draft_whose_title_gives_no_address_is_named_by_its_day() -> None:
    (draft,) = drafts(paper="14 февраля 1956 года открылся съезд.")
    assert draft.id == "event-1956-02-14"
