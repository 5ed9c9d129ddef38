"""A webhook has at most 20,000 bytes and at least one occasion, whatever an entry says."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from onthisday.almanac.entry import Span
from onthisday.dates.edtf import parse
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.cutting import at_sentence, at_word, clean, graphemes, units
from onthisday.messages.message import Message
from onthisday.messages.webhook import MOST
from onthisday.schema.view_schema import OCCASIONS
from onthisday.views.as_json import tree_of
from onthisday.views.view import AccountView, AnswerView, ImageView, OccasionView, SourceView
from tests.delivery.channels import NOW, channel, message, occasion, source
from tests.delivery.fakes import instant
from tests.delivery.test_targets_limits import NASTY
from tests.examples import examples

SCHEMA = Draft202012Validator(OCCASIONS)

PIECES = st.sampled_from(
    (*NASTY, "A sentence of words. ", '"', "\\", "\x00", "字", "👩‍👩‍👧‍👦", "\ud800")
)
TEXTS = st.builds(lambda text, times: text * times, PIECES, st.sampled_from((1, 9, 400, 4000)))
MAYBE = st.none() | TEXTS
URLS = st.none() | st.sampled_from(("https://e.org/a", "https://e.org/" + "ü" * 3000))
SPANS = st.sampled_from((0, 1, 90)).map(lambda n: tuple(Span(i, i + 9) for i in range(n)))
SOURCES = st.builds(
    SourceView, document=st.just("d"), title=TEXTS, author=MAYBE, publisher=MAYBE,
    published=st.none() | st.just(parse("2006-02")), url=URLS, page=MAYBE,
    as_=st.just("stated"), locator=SPANS,
)  # fmt: skip
ANSWERS = st.builds(
    AnswerView, says=TEXTS, as_=st.just("reported"), date=st.none(), document=st.just("d"),
    name=TEXTS, page=MAYBE, locator=SPANS,
)  # fmt: skip
ACCOUNTS = st.builds(AccountView, TEXTS, st.lists(ANSWERS, max_size=2).map(lambda a: tuple(a * 9)))
IMAGES = st.none() | st.builds(ImageView, URLS.filter(bool), MAYBE, MAYBE, MAYBE)
TIMES = st.sampled_from((1, 1, 60))
VIEWS = st.builds(
    lambda sources, accounts, times, **keys: occasion(
        sources=tuple(sources) * times, accounts=tuple(accounts) * times, **keys
    ),
    st.lists(SOURCES, max_size=2), st.lists(ACCOUNTS, max_size=2), TIMES, title=TEXTS,
    summary=MAYBE, place=MAYBE, as_written=MAYBE, image=IMAGES,
    tags=st.lists(TEXTS, max_size=2).map(tuple),
)  # fmt: skip


def data_of(what: Message, name: str = "room") -> dict[str, Any]:
    body = SERVICES["webhook"].render(what, channel("webhook", name=name), instant(NOW)).body
    assert len(body) <= MOST
    data: dict[str, Any] = json.loads(body.decode())["data"]
    return data


@examples(120)
@given(view=VIEWS, times=st.integers(1, 3), test=st.booleans())
def test_any_entry_is_sent_within_20_kb(view: OccasionView, times: int, *, test: bool) -> None:
    said = message(*(view,) * times, test=test)._replace(channel='"' * 100)
    data = data_of(said)
    assert len(data["occasions"]) >= 1
    assert len(data["occasions"]) + data["more"] == times
    day = {"day": data["day"], "zone": data["zone"], "occasions": data["occasions"], "next": None}
    SCHEMA.validate(day)
    shown, whole = data["occasions"][0], tree_of(view._replace(sources=(), accounts=()))
    for key in ("id", "occasion", "date", "kind", "url", "tone", "years", "milestone"):
        assert shown[key] == whole[key]
    assert shown["title"].strip() or not view.title.strip()


def test_only_a_summary_that_is_too_long_is_cut_and_after_a_whole_sentence() -> None:
    view = occasion(summary="He speaks behind closed doors of a cult. " * 2000)
    (shown,) = data_of(message(view))["occasions"]
    assert shown["summary"].endswith("of a cult. …")
    assert 5900 < len(shown["summary"]) <= 6000
    assert {**shown, "summary": None} == {**json.loads(json.dumps(tree_of(view))), "summary": None}


def test_where_the_sources_are_too_many_the_last_are_left_out() -> None:
    view = occasion(sources=tuple(source(title=f"Book {n}") for n in range(2000)))
    (shown,) = data_of(message(view))["occasions"]
    titles = [each["title"] for each in shown["sources"]]
    assert titles == [f"Book {n}" for n in range(40)]
    assert shown["summary"] == view.summary


def test_an_entry_that_fits_is_not_changed_and_the_next_one_waits() -> None:
    first, second = occasion(summary="x " * 9000), occasion(id="b", summary="y " * 9000)
    data = data_of(message(first, second))
    assert [each["summary"] for each in data["occasions"]] == [first.summary]
    assert data["more"] == 1


@given(st.text(max_size=80), st.integers(1, 60))
def test_a_text_is_cut_at_a_sentence_or_a_word_and_between_graphemes(text: str, most: int) -> None:
    for cut in (at_sentence(text, most), at_word(text, most)):
        assert units(cut) <= most
        if cut not in (clean(text), "…"):
            assert cut.endswith("…")
            kept = cut[:-1].rstrip()
            whole, clusters = "", list(graphemes(clean(text)))
            starts = {whole := whole + cluster for cluster in clusters}
            assert kept in {"", *(start.rstrip() for start in starts)}


@pytest.mark.parametrize(("text", "most", "cut"), [
    ("One came. Two went away. Three", 25, "One came. …"),
    ("One came. Two went away. Three", 26, "One came. Two went away. …"),
    ("He met Dr. Smith in St. Ives there", 20, "He met Dr. Smith in…"),
    ("It cost 1.500.000 and more", 16, "It cost…"),
    ("Short.", 6, "Short."),
    ("第一句。第二句很长很长", 8, "第一句。 …"),
])  # fmt: skip
def test_a_cut_ends_where_a_sentence_ends(text: str, most: int, cut: str) -> None:
    assert at_sentence(text, most) == cut
