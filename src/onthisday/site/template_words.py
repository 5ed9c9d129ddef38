"""What templates call to say something: messages, and the language of a text. Used by rendering.py.

Messages are words of our own, so they may have elements. Values in them are escaped.
"""

from functools import lru_cache, partial

from markupsafe import Markup, escape

from onthisday.config import Site
from onthisday.locales.direction import direction_of_text
from onthisday.locales.locale import Locale, locale_of


def said_for(site: Site) -> dict[str, object]:
    """Return what the templates of a site call, by the name that they have for it.

    - ``_``, ``pgettext``, ``ngettext``: a message, one with a context, one for a number of things.
    - ``lang``: the attributes that tell the language and the direction of a text.
    - ``native``: the language of the almanac's texts.
    - ``region``: the language of the words, with a region, as Open Graph wants it: ``de_DE``.
    """
    locale = locale_of(site.language)
    return {
        "locale": locale,
        "_": partial(_message, locale),
        "pgettext": partial(_message_in_context, locale),
        "ngettext": partial(_message_for_number, locale),
        "lang": partial(_lang, locale),
        "native": site.own_language,
        "region": _with_region(locale),
    }


def _message(locale: Locale, message: str, **values: object) -> Markup:
    return _filled(_text(locale, message), values) if values else _plain(locale, message)


@lru_cache(10_000)  # each page says the same words
def _text(locale: Locale, message: str) -> str:
    return locale.gettext(message)


@lru_cache(10_000)
def _plain(locale: Locale, message: str) -> Markup:
    return _filled(_text(locale, message), {})


def _message_in_context(locale: Locale, context: str, message: str, **values: object) -> Markup:
    return _filled(locale.pgettext(context, message), values)


def _message_for_number(
    locale: Locale, one: str, many: str, count: int, **values: object
) -> Markup:
    kept = {name: f"{{{name}}}" for name in values}
    return _filled(locale.ngettext(one, many, count, **kept), values)


def _filled(message: str, values: dict[str, object]) -> Markup:
    """Return a message with its values, which are escaped. The message is our own."""
    escaped = {name: escape(value) for name, value in values.items()}
    return Markup(message.format_map(escaped))  # noqa: S704


@lru_cache(10_000)  # a title stands on many pages
def _lang(locale: Locale, language: str | None, text: str, *, always: bool = False) -> Markup:
    """Return the attributes of an element with a text that is not written as the page is.

    They say in which language it is and in which direction: `` lang="he" dir="rtl"``.

    - ``language``: empty if it is not known. None: the attribute is left out.
    - ``always``: say it also if it is the language of the page.
    """
    page = locale.words_tag
    says_it = language is not None and (always or language != page)
    said = f' lang="{escape(language)}"' if says_it else ""
    direction = direction_of_text(text, language or page)
    turned = f' dir="{direction}"' if direction != locale.direction else ""
    return Markup(said + turned)  # noqa: S704


def _with_region(locale: Locale) -> str:
    if "-" in locale.tag:
        return locale.tag.replace("-", "_")
    return locale.pgettext("cldr", "en_US")
