"""An occasion as HTML for feed readers: few elements, no style, whole addresses.

What stays within Miniflux's allowlist (internal/reader/sanitizer) stays within every reader's.
"""

from collections.abc import Iterable
from html import escape

from onthisday.views import words
from onthisday.views.view import AccountView, OccasionView, SourceView


def occasion_html(view: OccasionView) -> str:
    """Return what happened, the sources, and where they differ."""
    parts = [f"<p><em>{_text(words.since_line(view))}</em></p>"]
    if view.summary:
        parts.append(f"<p>{_text(view.summary)}</p>")
    if view.image:
        parts.append(
            f'<p><img src="{_text(view.image.url)}" alt="{_text(view.image.alt or "")}"></p>'
        )
    parts.append(f"<p><strong>{words.SOURCES}</strong></p>")
    parts.append(_list(map(_source, view.sources)))
    if view.accounts:
        parts.append(f"<p><strong>{words.WHERE_THEY_DIFFER}</strong></p>")
        parts.extend(map(_account, view.accounts))
    return "\n".join(parts)


def day_html(title: str, url: str) -> str:
    """Return a link to a day's page."""
    return f'<p><a href="{_text(url)}">{_text(title)}</a></p>'


def headed_html(title: str, url: str, content: str) -> str:
    """Return an item's content under its title, as part of a larger one."""
    return f'<h3><a href="{_text(url)}">{_text(title)}</a></h3>\n{content}'


def _source(source: SourceView) -> str:
    named = _text(words.source_words(source))
    return f'<a href="{_text(source.url)}">{named}</a>' if source.url else named


def _account(account: AccountView) -> str:
    answers = (_text(words.answer_words(answer)) for answer in account.answers)
    return f"<p>{_text(account.question)}</p>\n{_list(answers)}"


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _text(text: str) -> str:
    return escape(" ".join(text.split()) if "\n" in text else text)
