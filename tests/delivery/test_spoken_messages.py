"""Every word of every message goes through the catalogues, in the language of its channel."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.almanac.entry import Correction
from onthisday.app.workspace import Almanac
from onthisday.characters import FSI, PDI, ended, spaced
from onthisday.config import Channel
from onthisday.delivery.notice import Notice
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.cutting import at_sentence, at_word, fitted, sentences, units
from onthisday.messages.message import Message
from onthisday.service.sending.composing import Composer
from onthisday.views.correction_words import correction_lines
from tests.delivery.channels import channel
from tests.delivery.fakes import instant
from tests.pseudo import left_in_english, pseudo
from tests.website import rich

PEOPLE = sorted(set(SERVICES) - {"webhook"})

DAY = date(2026, 2, 25)

PUT_RIGHT = (Correction(date(2026, 3, 2), "χίλια", "δύο", "Γιατί."),)

WITHDRAWN = (Correction(date(2026, 3, 2), "χίλια", None, "Γιατί."),)

SHOWN = (
    "history@example.org", "list@lists.example.org", "From: ", "To: ", "Subject: ", "[picture",
)  # fmt: skip
"""What a preview says itself, to those who run the program."""


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> list[Message]:
    """Return messages of every kind in the language that nobody speaks."""
    folder = tmp_path_factory.mktemp("spoken") / "site"
    almanac = Almanac.open(str(rich.write(folder, list(rich.entries()), "en", title="Κάθε μέρα")))
    composer = Composer(almanac.site, almanac.library).in_language(pseudo())
    falling = [view.id for view in almanac.on(DAY).occasions]
    assert len(falling) > 1
    one = _said(composer, Notice("room", DAY, "UTC", tuple(falling[:1]), entry=falling[0]))
    several = _said(composer, Notice("room", DAY, "UTC", tuple(falling)))
    week = Notice("room", DAY, "UTC", tuple(falling), first=DAY, last=date(2026, 3, 3))
    digest = _said(composer, week)
    assert digest.last is not None
    ahead = several._replace(sent_on=date(2026, 2, 24)), one._replace(sent_on=date(2026, 2, 20))
    late = (each._replace(late=True) for each in (one, several, digest))
    both = [one, several, digest, *ahead, *late]
    corrected = [
        one._replace(kind="onthisday.correction", corrections=each)
        for each in (PUT_RIGHT, WITHDRAWN)
    ]
    return [*both, *(each._replace(test=True) for each in both), *corrected]


def _said(composer: Composer, notice: Notice) -> Message:
    found = composer.compose(notice)
    assert found is not None
    assert found.language == pseudo()
    return found


@pytest.mark.parametrize("length", ["short", "full"])
@pytest.mark.parametrize("kind", PEOPLE)
def test_no_message_has_a_word_that_is_only_english(
    kind: str, length: str, messages: list[Message]
) -> None:
    to = channel(kind, length=length, language=pseudo())
    left = {
        line
        for message in messages
        for line in _seen(kind, to, message).splitlines()
        if left_in_english(line, *rich.OWN, *SHOWN)
    }
    assert left == set()


def _seen(kind: str, to: Channel, message: Message) -> str:
    request = SERVICES[kind].render(message, to, instant("2026-02-25T09:00"))
    tree: Any = json.loads(request.body)
    return SERVICES[kind].seen(tree)


def test_a_correction_says_no_word_that_is_only_english(messages: list[Message]) -> None:
    locale = messages[0].locale
    for correction in (*PUT_RIGHT, *WITHDRAWN):
        for line in correction_lines(locale, correction):
            assert not left_in_english(line)


LETTERS = st.text(st.sampled_from(f"aב .!{FSI}{PDI}\u2066\u202e\n"), max_size=60)


def _is_balanced(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += (letter == FSI) - (letter == PDI)
        if depth < 0:
            return False
    return depth == 0


@given(LETTERS, st.integers(4, 60))
def test_a_cut_never_leaves_a_mark_without_its_partner(text: str, most: int) -> None:
    assert _is_balanced(spaced(text))
    for cut in (fitted, at_word, at_sentence):
        assert _is_balanced(cut(text, most))
        assert units(cut(text, most)) <= most
    assert all(map(_is_balanced, sentences(text)))


@given(LETTERS)
def test_an_isolate_ends_with_its_line_and_begins_again_in_the_next(text: str) -> None:
    assert all(map(_is_balanced, ended(spaced(text).split(" "))))


@given(LETTERS)
def test_only_whole_pairs_stay_of_the_marks_of_strangers(text: str) -> None:
    assert not set(spaced(text)) & set("\u2066\u202e\n")
    assert spaced(spaced(text)) == spaced(text)
