"""Write a day as HTML for a newsletter. Called by showing.py.

People paste it into a mail. So it is a part of a page: without a script, without a stylesheet, with
whole addresses, and each element has its own style, because mail programs take out all else. The
paper and the ink are those of the mail; only the accent has a colour. No tables are needed.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from typing import NamedTuple

from onthisday.characters import spaced
from onthisday.cli.terminal import nothing_in
from onthisday.colours import LIGHT
from onthisday.config import Site
from onthisday.feeds.safe_text import uri_of
from onthisday.locales.direction import marked
from onthisday.locales.locale import ENGLISH, Locale, capital
from onthisday.views import date_words, found_words, source_words, words
from onthisday.views.correction_words import correction_words
from onthisday.views.together import shared_answers, sources_once
from onthisday.views.view import DayView, ImageView, NextView, OccasionView, SourceView

_SMALL = "margin:0 0 4px;font-size:14px"
_LABEL = "margin:12px 0 2px;font-size:13px;font-weight:bold"
_LIST = "margin:0 0 4px;padding-left:20px;font-size:14px"


class Newsletter(NamedTuple):
    """How to write days for a newsletter.

    - ``site``: its address and accent.
    - ``locale``: the language of the words.
    - ``asked``: what the filter asks for (`found_words.asked_words`).
    """

    site: Site
    locale: Locale = ENGLISH
    asked: str = ""

    def lines(self, day: DayView, since: date | None = None) -> Iterator[str]:
        """Yield the lines of a day. ``since``: the first of several days, if all are empty."""
        yield self._begin()
        if since is None:
            yield _heading(capital(date_words.long_day(self.locale, day.day)))
        if not day.occasions:
            yield paragraph(nothing_in(self.locale, day, since, self.asked))
            yield self._next(day.next)
        for occasion in day.occasions:
            yield from self._occasion(occasion)
        yield "</div>"

    def part(self, heading: str, occasions: Iterable[OccasionView]) -> Iterator[str]:
        """Yield the lines of a part of a planner: a day, a month or a year."""
        yield self._begin()
        yield _heading(heading)
        for occasion in occasions:
            yield from self._occasion(occasion)
        yield "</div>"

    def sentence(self, text: str) -> Iterator[str]:
        """Yield the line of a sentence that stands alone."""
        yield paragraph(text)

    def _begin(self) -> str:
        lang = f'lang="{_value(self.locale.words_tag)}"'
        if self.locale.direction == "rtl":
            lang += ' dir="rtl"'  # else a mail is from left to right
        return f'<div {lang} style="font-family:Georgia,serif;line-height:1.5">'

    def _next(self, following: NextView | None) -> str:
        if following is None:
            return paragraph(found_words.nothing_later(self.locale, self.asked))
        day = _text(date_words.short_day(self.locale, following.day))
        link = _link(f"{self.site.url}entries/{following.id}/", _text(following.title))
        said = self.locale.gettext("Next: {day}, {title}.", day=day, title=link)
        return f'<p style="margin:0 0 8px">{said}</p>'

    def _occasion(self, view: OccasionView) -> Iterator[str]:
        accent = self.site.colours.accent or LIGHT.accent
        since = _text(words.since_line(self.locale, view))
        yield f'<p style="margin:16px 0 0;font-size:14px;color:{accent}">{since}</p>'
        title = _link(view.url, _text(view.title), "color:inherit;text-decoration:none")
        own, summary = (marked(self.locale, each) for each in view.languages[1:3])
        yield f'<h3{own} style="margin:0 0 6px;font-size:19px">{title}</h3>'
        if view.summary:
            yield f'<p{summary} style="margin:0 0 8px">{_lines(view.summary)}</p>'
        for correction in reversed(view.corrections):
            said = _text(correction_words(self.locale, correction))
            yield f'<p style="{_SMALL}"><em>{said}</em></p>'
        if view.image:
            yield _picture(view.image)
        yield f'<p style="{_LABEL}">{source_words.sources_heading(self.locale)}</p>'
        yield _list(_source(self.locale, each) for each in sources_once(view.sources))
        if view.accounts:
            yield f'<p style="{_LABEL}">{source_words.where_they_differ(self.locale)}</p>'
        for account in view.accounts:
            own = marked(self.locale, account.language)
            yield f'<p{own} style="{_SMALL}"><em>{_text(account.question)}</em></p>'
            answers = shared_answers(account, view.date)
            yield _list(_text(source_words.answer_words(self.locale, each)) for each in answers)


def _heading(text: str) -> str:
    return f'<h2 style="margin:0 0 8px;font-size:22px;font-weight:normal">{_text(text)}</h2>'


def paragraph(text: str) -> str:
    """Return a plain text as a paragraph."""
    return f'<p style="margin:0 0 8px">{_text(text)}</p>'


def _source(locale: Locale, source: SourceView) -> str:
    named, address = _text(source_words.source_words(locale, source)), source.url or source.archived
    return _link(address, named) if address else named


def _picture(image: ImageView) -> str:
    shown = f'src="{_value(uri_of(image.url))}" alt="{_value(image.alt or "")}"'
    credit = ", ".join(filter(None, (image.credit, image.license)))
    below = f'<br><span style="font-size:13px">{_text(credit)}</span>' if credit else ""
    return f'<p style="{_SMALL}"><img {shown} style="max-width:100%;height:auto">{below}</p>'


def _link(address: str, shown: str, style: str = "") -> str:
    own = f' style="{style}"' if style else ""
    return f'<a href="{_value(uri_of(address))}"{own}>{shown}</a>'


def _list(items: Iterable[str]) -> str:
    return f'<ul style="{_LIST}">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def _lines(text: str) -> str:
    return "<br>".join(map(_text, text.strip().splitlines()))


def _text(text: str) -> str:
    return escape(spaced(text), quote=False)


def _value(text: str) -> str:
    return escape(spaced(text))
