"""Decide what a message says: a card, short or full. The result is values; lines.py lays them out.

A short card says why today, what happened, one thing worth knowing, how sure it is, and where to
read on. A full one also has each question on which sources differ, and each source. On a day of
several entries come all titles that fit, then how sure they are together, then sentences for the
first ones.

A sentence, a question and a source are shown whole or not at all. Only a title is cut, if it alone
is too long. What is left out is counted.

Used by all services but the webhook, which sends values. Each says whether a card fits.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from onthisday.almanac.entry import Correction
from onthisday.config import Channel
from onthisday.messages.cutting import at_word, sentences, units
from onthisday.messages.message import Message
from onthisday.views.together import sources_once
from onthisday.views.view import OccasionView, SourceView
from onthisday.views.words import question_words

_T = TypeVar("_T")


class Amount(NamedTuple):
    """How much a card may say of an entry.

    - ``sentences``: how many of the summary.
    - ``units``: how long they may be together, in UTF-16 units. One alone may be twice as long.
    - ``answers``: how many to each question on which sources differ; without one, no questions.
    - ``sources``: whether each is named.
    - ``told``: of how many entries of one day more than the title is told.
    """

    sentences: int
    units: int = 600
    answers: int = 0
    sources: bool = False
    told: int = 3


SHORT = Amount(sentences=3)

FULL = Amount(sentences=999, units=100_000, answers=999, sources=True, told=999)

TITLES = (300, 150, 100, 60, 40)
"""How long a title may be, in UTF-16 units, from the longest to the shortest."""

CORRECTED = (5000, 2000, 1000, 600, 300, 200, 100, 60, 40)
"""How long each text of a correction may be, in UTF-16 units, from the longest to the shortest."""

ALERT = (1500, 1000, 700, 400, 250, 150)
"""How long the text of an alert may be, in UTF-16 units, from the longest to the shortest."""


class Item(NamedTuple):
    """What a card says of an entry.

    - ``when``: whether it says since when, and where.
    - ``sure``: whether it says how many sources there are, and whether they differ.
    - ``questions``: those on which sources differ, with their answers, in words.
    - ``more_questions``, ``more_sources``: how many are left out.
    - ``day``: its day, in a digest.
    """

    view: OccasionView
    title: str
    day: date | None = None
    when: bool = False
    sure: bool = False
    sentences: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    more_questions: int = 0
    sources: tuple[SourceView, ...] = ()
    more_sources: int = 0


class Card(NamedTuple):
    """What a message says.

    - ``more``: how many entries are left out.
    - ``sure``: whether it says, for all entries together, how many sources there are.
    - ``alert``: the text of an alert, as much as fits. Then there are no items.
    - ``corrections``: what is put right, as much as fits. Then the one item has its title alone.
    """

    message: Message
    items: tuple[Item, ...] = ()
    more: int = 0
    sure: bool = False
    alert: str | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def only(self) -> Item | None:
        """The item of a message that is about one entry alone, and is no digest."""
        alone = len(self.message.view.occasions) == 1 and self.message.last is None
        return self.items[0] if alone else None


Fits = Callable[[Card], bool]


def amount_of(channel: Channel, short: Amount = SHORT) -> Amount:
    """Return how much a channel is told. ``short`` is what its service takes for short."""
    return FULL if channel.length == "full" else short


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
    card = _titles(message, fits) if message.last is None else _digest(message, fits)
    if card.only is None and not amount.sources:
        surer = card._replace(sure=True)
        card = surer if fits(surer) else card
    most = amount.told if message.last is None or amount.sources else 0  # a digest is a list
    for index in range(min(len(card.items), most)):
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


def _titles(message: Message, fits: Fits) -> Card:
    """Return a card of all titles, or of as many as fit.

    Titles become shorter before one is left out, but not so short that they say nothing.
    """
    count = len(message.view.occasions)
    for most in TITLES:
        card = _of_titles(message, count, most)
        if fits(card):
            return card
        if count > 1 and most <= 100:
            break
    shown = _most_titles(message, fits)
    return _of_titles(message, max(shown, 1), 100 if shown else TITLES[-1])


def _digest(message: Message, fits: Fits) -> Card:
    """Return a card of all titles of a digest; or of so many of each day that they fit.

    If there is not room for one of each day, the last days are left out.
    """
    most = max(day.size for day in message.days)
    a_day = _longest(range(most + 1), lambda count: fits(_of_days(message, count)))
    if a_day:
        return _of_days(message, a_day)
    one_each = _of_days(message, 1)
    counts = range(len(one_each.items) + 1)
    shown = _longest(counts, lambda count: fits(_first_of(one_each, count)))
    return _first_of(one_each, max(1, shown))


def _first_of(card: Card, shown: int) -> Card:
    return card._replace(items=card.items[:shown], more=card.more + len(card.items) - shown)


def _of_days(message: Message, a_day: int) -> Card:
    """Return a card of at most so many titles of each day. Round anniversaries come before others.

    The titles stay in their order.
    """
    items: list[Item] = []
    at = 0
    for day in message.days:
        views = message.view.occasions[at : at + day.size]
        at += day.size
        best = sorted(range(day.size), key=lambda place: not views[place].milestone)[:a_day]
        shown = (views[place] for place in sorted(best))
        items += [Item(view, at_word(view.title, _TITLE), day.day) for view in shown]
    return Card(message, tuple(items), len(message.view.occasions) - len(items))


_TITLE = 100
"""How long a title in a digest may be, in UTF-16 units."""


def _most_titles(message: Message, fits: Fits) -> int:
    counts = range(len(message.view.occasions) + 1)
    return _longest(counts, lambda shown: fits(_of_titles(message, shown, 100)))


def _longest(forms: Sequence[_T], fits: Callable[[_T], bool]) -> _T:
    """Return the last form that fits; the first one if none does. The forms grow longer.

    It is found by halves: a day may have a thousand entries.
    """
    fitting, too_long = 0, len(forms)
    while too_long - fitting > 1:
        middle = (fitting + too_long) // 2
        fitting, too_long = (middle, too_long) if fits(forms[middle]) else (fitting, middle)
    return forms[fitting]


def _of_titles(message: Message, shown: int, most: int) -> Card:
    views = message.view.occasions
    items = tuple(Item(view, at_word(view.title, most)) for view in views[:shown])
    return Card(message, items, len(views) - shown)


class _Told(NamedTuple):
    """How much is told of an entry, in the order in which it is added."""

    when: int = 0
    sure: int = 0
    sentences: int = 0
    questions: int = 0
    sources: int = 0


def _partly(card: Card, index: int, everything: "_Everything", fits: Fits) -> Card:
    """Return a card that says of one entry as much as fits, one kind of thing after the other."""
    told = _Told()
    for kind, most in zip(_Told._fields, map(len, everything), strict=True):
        forms = [told._replace(**{kind: count}) for count in range(most + 1)]
        told = _longest(forms, lambda form: fits(_telling(card, index, everything, form)))
    return _telling(card, index, everything, told)


_Everything = tuple[tuple[None, ...], tuple[None, ...], tuple[str, ...], tuple[str, ...],
                    tuple[SourceView, ...]]  # fmt: skip


def _everything(card: Card, index: int, amount: Amount) -> _Everything:
    """Return all that may be told of an entry, of each kind in the order of `_Told`."""
    view = card.items[index].view
    if card.only is None and not amount.sources:
        amount = amount._replace(sentences=min(1, amount.sentences), answers=0)
    whole = (None,) if card.only or amount.sources else ()
    brief = None if amount.sources else view.brief
    said = _short_enough(sentences(brief or view.summary or ""), amount)
    questions = tuple(
        question_words(account, amount.answers, view.date)
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
