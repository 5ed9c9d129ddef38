"""An occasion as HTML for the programs that read feeds.

The HTML has few elements, no style and whole addresses. Why: these programs remove the HTML that
they do not allow. We use only the HTML that Miniflux allows (internal/reader/sanitizer), because
the other programs allow it too.

Called by feed.py.
"""

from collections.abc import Iterable
from html import escape

from onthisday.almanac.entry import Correction
from onthisday.dates.historical_date import HistoricalDate
from onthisday.feeds.safe_text import uri_of
from onthisday.locales.direction import marked
from onthisday.locales.locale import Locale
from onthisday.views import correction_words, source_words, words
from onthisday.views.together import shared_answers, sources_once
from onthisday.views.view import AccountView, ImageView, OccasionView, SourceView


def occasion_html(locale: Locale, view: OccasionView) -> str:
    """Return the HTML of an occasion: what happened, the sources, and where the sources differ."""
    parts = [f"<p><em>{_text(words.since_line(locale, view))}</em></p>"]
    if view.summary:
        own = marked(locale, view.languages.summary)
        parts.append(f"<p{own}>{text_html(view.summary)}</p>")
    parts.extend(_correction(locale, each) for each in reversed(view.corrections))
    if view.image:
        parts.append(_picture(view.image))
    parts.append(f"<p><strong>{source_words.sources_heading(locale)}</strong></p>")
    parts.append(_list(_source(locale, each) for each in sources_once(view.sources)))
    if view.accounts:
        parts.append(f"<p><strong>{source_words.where_they_differ(locale)}</strong></p>")
        parts.extend(_account(locale, account, view.date) for account in view.accounts)
    return "\n".join(parts)


def withdrawn_html(locale: Locale, view: OccasionView) -> str:
    """Return the HTML of an occasion whose entry is withdrawn: what was wrong, and why."""
    told = [_correction(locale, each) for each in reversed(view.corrections)]
    link = f'<p><a href="{_value(view.url)}">{correction_words.its_page(locale)}</a></p>'
    return "\n".join([*told, link])


def _correction(locale: Locale, correction: Correction) -> str:
    when = words.labelled(locale, correction_words.what_and_when(locale, correction))
    was, why = f"<del>{_text(correction.was)}</del>", _text(correction_words.why(correction))
    if correction.now:
        now = f"<ins>{_text(correction.now)}</ins>"
        said = locale.gettext("was {was}; now {now}. {why}", was=was, now=now, why=why)
    else:
        said = locale.gettext("was {was}. {why}", was=was, why=why)
    return f"<p><strong>{_text(when)}</strong> {said}</p>"


def text_html(text: str) -> str:
    """Return a plain text as HTML. Its line ends become line breaks.

    Quotation marks stay, because some programs show the description as it is written.
    """
    return "<br>".join(escape(line, quote=False) for line in text.splitlines())


def day_html(title: str, url: str) -> str:
    """Return the HTML of an item that only links to the page of a day."""
    return f'<p><a href="{_value(url)}">{_text(title)}</a></p>'


def headed_html(title: str, url: str, content: str) -> str:
    """Return the HTML of an item with its title first, so that several items fit into one."""
    return f'<h3><a href="{_value(url)}">{_text(title)}</a></h3>\n{content}'


def _picture(image: ImageView) -> str:
    return f'<p><img src="{_value(uri_of(image.url))}" alt="{_value(image.alt or "")}"></p>'


def _source(locale: Locale, source: SourceView) -> str:
    named, link = _text(source_words.source_words(locale, source)), source.url or source.archived
    return f'<a href="{_value(uri_of(link))}">{named}</a>' if link else named


def _account(locale: Locale, account: AccountView, known: HistoricalDate) -> str:
    answers = (
        _text(source_words.answer_words(locale, each)) for each in shared_answers(account, known)
    )
    own = marked(locale, account.language)
    return f"<p{own}>{_text(account.question)}</p>\n{_list(answers)}"


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _text(text: str) -> str:
    return escape(" ".join(text.split()) if "\n" in text else text, quote=False)


def _value(text: str) -> str:
    """Return a text as the value of an attribute."""
    return escape(" ".join(text.split()) if "\n" in text else text)
