"""Make a card that says as much as fits, with nothing cut inside a sentence.

On a day of several entries come all titles that fit (card_titles.py), then how sure they are
together, then sentences for the first ones.

Used by all services but the webhook, which sends values. Each says whether a card fits.
"""

from typing import NamedTuple

from onthisday.almanac.entry import Correction
from onthisday.messages.card import Amount, Card, Fits, Item
from onthisday.messages.card_titles import longest, of_a_day, of_a_digest
from onthisday.messages.cutting import at_word, sentences, units
from onthisday.messages.message import Message
from onthisday.views.source_words import question_words
from onthisday.views.together import sources_once
from onthisday.views.view import SourceView

CORRECTED = (5000, 2000, 1000, 600, 300, 200, 100, 60, 40)
"""How long each text of a correction may be, in UTF-16 units, from the longest to the shortest."""

ALERT = (1500, 1000, 700, 400, 250, 150)
"""How long the text of an alert may be, in UTF-16 units, from the longest to the shortest."""


def card_within(message: Message, amount: Amount, fits: Fits) -> Card:
    """Return a card that says as much as fits, up to an amount.

    If even the shortest card does not fit, it is returned all the same.
    """
    if message.text is not None:
        cards = [Card(message, alert=at_word(message.text, most)) for most in ALERT]
        return next(filter(fits, cards), cards[-1])
    if message.corrections:
        corrected = [_correcting(message, most) for most in CORRECTED]
        return next(filter(fits, corrected), corrected[-1])
    titles = of_a_day(message, fits) if message.last is None else of_a_digest(message, fits)
    return _with_more(_surer(titles, amount, fits), amount, fits)


def _surer(card: Card, amount: Amount, fits: Fits) -> Card:
    """Return a card of several entries that says how sure they are together, if that fits."""
    if card.only is not None or amount.sources:
        return card
    surer = card._replace(sure=True)
    return surer if fits(surer) else card


def _with_more(card: Card, amount: Amount, fits: Fits) -> Card:
    """Return a card that tells more than the title of its first entries, as much as fits."""
    is_list = card.message.last is not None and not amount.sources  # a short digest has only titles
    for index in range(0 if is_list else min(len(card.items), amount.told)):
        everything = _everything(card, index, amount)
        whole = _telling(card, index, everything, _Told(*map(len, everything)))
        if not fits(whole):
            return _partly(card, index, everything, fits)
        card = whole
    return card


def _correcting(message: Message, most: int) -> Card:
    """Return a card of corrections of which each text has at most ``most`` UTF-16 units."""
    view = message.view.occasions[0]
    corrections = tuple(_cut(each, most) for each in message.corrections)
    return Card(message, (Item(view, at_word(view.title, most)),), corrections=corrections)


def _cut(correction: Correction, most: int) -> Correction:
    was, now, why = (
        text and at_word(text, most) for text in (correction.was, correction.now, correction.why)
    )
    return Correction(correction.on, was or "", now, why or "")


class _Told(NamedTuple):
    """How much is told of an entry, in the order in which it is added."""

    when: int = 0
    sure: int = 0
    sentences: int = 0
    questions: int = 0
    sources: int = 0


_Everything = tuple[tuple[None, ...], tuple[None, ...], tuple[str, ...], tuple[str, ...],
                    tuple[SourceView, ...]]  # fmt: skip
"""All that may be told of an entry: each kind, in the order of `_Told`."""


def _partly(card: Card, index: int, everything: _Everything, fits: Fits) -> Card:
    """Return a card that says of one entry as much as fits, one kind of thing after the other."""
    told = _Told()
    for kind, most in zip(_Told._fields, map(len, everything), strict=True):
        forms = [told._replace(**{kind: count}) for count in range(most + 1)]
        told = longest(forms, lambda form: fits(_telling(card, index, everything, form)))
    return _telling(card, index, everything, told)


def _everything(card: Card, index: int, amount: Amount) -> _Everything:
    """Return all that may be told of an entry, up to an amount."""
    view = card.items[index].view
    if card.only is None and not amount.sources:
        amount = amount._replace(sentences=min(1, amount.sentences), answers=0)
    whole = (None,) if card.only or amount.sources else ()
    brief = None if amount.sources else view.brief
    said = _short_enough(sentences(brief or view.summary or ""), amount)
    questions = tuple(
        question_words(card.message.locale, account, amount.answers, view.date)
        for account in view.accounts
        if amount.answers
    )
    sources = sources_once(view.sources) if amount.sources else ()
    return whole, whole, said, questions, sources


def _short_enough(said: tuple[str, ...], amount: Amount) -> tuple[str, ...]:
    """Return the first sentences that are together short enough; one may be twice as long."""
    shown: list[str] = []
    room = amount.units
    for sentence in said[: amount.sentences]:
        room -= units(sentence) + 1
        if room < (0 if shown else -amount.units):
            break
        shown.append(sentence)
    return tuple(shown)


def _telling(card: Card, index: int, everything: _Everything, told: _Told) -> Card:
    _, _, said, questions, sources = everything
    item = card.items[index]
    fuller = Item(
        view=item.view,
        title=item.title,
        day=item.day,
        when=bool(told.when),
        sure=bool(told.sure),
        sentences=said[: told.sentences],
        questions=questions[: told.questions],
        more_questions=len(questions) - told.questions if told.questions else 0,
        sources=sources[: told.sources],
        more_sources=len(sources) - told.sources if told.sources else 0,
    )
    return card._replace(items=(*card.items[:index], fuller, *card.items[index + 1 :]))
