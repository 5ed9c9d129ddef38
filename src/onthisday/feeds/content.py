"""An occasion as HTML for the programs that read feeds.

The HTML has few elements, no style and whole addresses. Why: these programs remove the HTML that
they do not allow. We use only the HTML that Miniflux allows (internal/reader/sanitizer), because
the other programs allow it too.

Called by feed.py.
"""

from collections.abc import Iterable
from html import escape

from onthisday.almanac.entry import Correction
from onthisday.dates.edtf import HistoricalDate
from onthisday.feeds.safe_text import uri_of
from onthisday.views import correction_words, source_words, words
from onthisday.views.together import shared_answers, sources_once
from onthisday.views.view import AccountView, ImageView, OccasionView, SourceView


def occasion_html(view: OccasionView) -> str:
    """Return the HTML of an occasion: what happened, the sources, and where the sources differ."""
    parts = [f"<p><em>{_text(words.since_line(view))}</em></p>"]
    if view.summary:
        parts.append(f"<p>{text_html(view.summary)}</p>")
    parts.extend(map(_correction, reversed(view.corrections)))
    if view.image:
        parts.append(_picture(view.image))
    parts.append(f"<p><strong>{source_words.SOURCES}</strong></p>")
    parts.append(_list(map(_source, sources_once(view.sources))))
    if view.accounts:
        parts.append(f"<p><strong>{source_words.WHERE_THEY_DIFFER}</strong></p>")
        parts.extend(_account(account, view.date) for account in view.accounts)
    return "\n".join(parts)


def withdrawn_html(view: OccasionView) -> str:
    """Return the HTML of an occasion whose entry is withdrawn: what was wrong, and why."""
    told = [_correction(each) for each in reversed(view.corrections)]
    link = f'<p><a href="{_value(view.url)}">{correction_words.ITS_PAGE}</a></p>'
    return "\n".join([*told, link])


def _correction(correction: Correction) -> str:
    when, why = correction_words.what_and_when(correction), correction_words.why(correction)
    now = f"; now <ins>{_text(correction.now)}</ins>" if correction.now else ""
    said = f"was <del>{_text(correction.was)}</del>{now}. {_text(why)}"
    return f"<p><strong>{_text(when)}:</strong> {said}</p>"


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


def _source(source: SourceView) -> str:
    named, link = _text(source_words.source_words(source)), source.url or source.archived
    return f'<a href="{_value(uri_of(link))}">{named}</a>' if link else named


def _account(account: AccountView, known: HistoricalDate) -> str:
    answers = (_text(source_words.answer_words(each)) for each in shared_answers(account, known))
    return f"<p>{_text(account.question)}</p>\n{_list(answers)}"


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _text(text: str) -> str:
    return escape(" ".join(text.split()) if "\n" in text else text, quote=False)


def _value(text: str) -> str:
    """Return a text as the value of an attribute."""
    return escape(" ".join(text.split()) if "\n" in text else text)
