"""Make an occasion shorter whose values are too long for a message. The result is values again.

The summary is cut first, after a whole sentence. Then other texts are cut after a whole word, and
the last accounts, sources and tags are left out. What cannot be cut is left out: half of a web
address or of a tag would be another one. The shape stays. Used by webhook.py; services that send
text use fitting.py.
"""

from collections.abc import Callable
from typing import NamedTuple

from onthisday.almanac.entry import Correction
from onthisday.messages.cutting import at_sentence, at_word, units
from onthisday.views.view import AccountView, AnswerView, ImageView, OccasionView, SourceView

Fits = Callable[[OccasionView], bool]

SUMMARIES = (6000, 3000, 1500)
"""The longest summary, in UTF-16 units, while everything else stays whole."""

ADDRESS = 500
"""The longest web address, in characters, once not only the summary is cut."""


class Room(NamedTuple):
    """How much of an occasion stays: the longest texts in UTF-16 units, and how many of the rest.

    - ``text``: the longest of all texts that are not the summary.
    - ``each``: how many accounts, sources, tags, and answers and spans of each.
    """

    summary: int
    text: int
    each: int


ROOMS = (
    Room(1500, 1500, 40), Room(1500, 600, 20), Room(1200, 400, 12), Room(1000, 300, 8),
    Room(800, 250, 6), Room(600, 200, 4), Room(500, 150, 3), Room(400, 120, 2), Room(300, 100, 1),
)  # fmt: skip


def shortened(view: OccasionView, fits: Fits) -> OccasionView:
    """Return an occasion as long as it may be; at its shortest if even that does not fit.

    Each step cuts what the step before has left, so only the first one reads all of a long entry.
    """
    short = view
    if fits(view._replace(summary=None)):
        for most in SUMMARIES:
            short = short._replace(summary=_summary(short, most))
            if fits(short):
                return short
    for room in ROOMS:
        short = _within(short, room)
        if fits(short):
            break
    return short


def corrections_within(
    corrections: tuple[Correction, ...], fits: Callable[[tuple[Correction, ...]], bool]
) -> tuple[Correction, ...]:
    """Return corrections with texts as long as they may be; at their shortest if none fit."""
    short = corrections
    for room in (None, *ROOMS):
        if room is not None:
            short = _corrections(short, room)
        if fits(short):
            break
    return short


def _corrections(corrections: tuple[Correction, ...], room: Room) -> tuple[Correction, ...]:
    """Return the last corrections, with shorter texts."""
    return tuple(
        Correction(
            each.on,
            _cut(each.was, room.text),
            each.now and _cut(each.now, room.text),
            _cut(each.why, room.text),
        )
        for each in corrections[-room.each :]
    )


def _within(view: OccasionView, room: Room) -> OccasionView:
    def text(value: str | None) -> str | None:
        return value and _cut(value, room.text)

    return view._replace(
        title=_cut(view.title, room.text),
        summary=_summary(view, room.summary),
        place=text(view.place),
        as_written=text(view.as_written),
        tags=tuple(tag for tag in view.tags if units(tag) <= room.text)[: room.each],
        image=view.image and _image(view.image, room),
        sources=tuple(_source(each, room) for each in view.sources[: room.each]),
        accounts=tuple(_account(each, room) for each in view.accounts[: room.each]),
    )


def _summary(view: OccasionView, most: int) -> str | None:
    summary = view.summary
    return summary if summary is None or units(summary) <= most else at_sentence(summary, most)


def _source(source: SourceView, room: Room) -> SourceView:
    return source._replace(
        title=_cut(source.title, room.text),
        author=source.author and _cut(source.author, room.text),
        publisher=source.publisher and _cut(source.publisher, room.text),
        url=_address(source.url),
        archived=_address(source.archived),
        page=source.page and _cut(source.page, room.text),
        locator=source.locator[: room.each],
    )


def _address(url: str | None) -> str | None:
    return url if url and len(url) <= ADDRESS else None


def _account(account: AccountView, room: Room) -> AccountView:
    answers = tuple(_answer(each, room) for each in account.answers[: room.each])
    return account._replace(question=_cut(account.question, room.text), answers=answers)


def _answer(answer: AnswerView, room: Room) -> AnswerView:
    return answer._replace(
        says=_cut(answer.says, room.text),
        name=_cut(answer.name, room.text),
        page=answer.page and _cut(answer.page, room.text),
        locator=answer.locator[: room.each],
    )


def _image(image: ImageView, room: Room) -> ImageView | None:
    if len(image.url) > ADDRESS:
        return None
    return image._replace(
        alt=image.alt and _cut(image.alt, room.text),
        credit=image.credit and _cut(image.credit, room.text),
        license=image.license and _cut(image.license, room.text),
    )


def _cut(text: str, most: int) -> str:
    """Return a text as it is, if it is short enough."""
    return text if units(text) <= most else at_word(text, most)
