"""The languages of the site: the keys ``site.languages`` and ``site.titles`` of config.yaml.

Each language has a folder, such as `/it/`. No language is named as another path of the site is:
every path begins with a longer word than ``de``. Called by config_schema.py.
"""

from onthisday.locales.locale import SPOKEN, is_spoken
from onthisday.schema.language_tags import parse_language_tag
from onthisday.schema.shapes import Misfit, Together


def parse_site_language(text: str) -> str:
    """Return a language in which there are pages. Raises ValueError.

    Why only those that have words here: else all that we say would be English, on pages that say
    that they are in another language.
    """
    tag = parse_language_tag(text)
    if not is_spoken(tag):
        raise ValueError(f'the pages have no words in "{tag}"; write one of {", ".join(SPOKEN)}')
    return tag


def _languages(languages: tuple[str, ...], main: str) -> tuple[str, ...]:
    """Return the languages of the site, if none is there twice. Raises Misfit.

    Capitals make no difference in a tag (RFC 5646, section 2.1.1), nor in some file systems.
    """
    seen = {main.lower()}
    for place, language in enumerate(languages):
        if language.lower() == main.lower():
            words = f'"{language}" is site.language, which is at / already; leave it out here'
            raise Misfit(words, "languages", place, rule="language")
        if language.lower() in seen:
            words = f'"{language}" is here twice; leave one out'
            raise Misfit(words, "languages", place, rule="language")
        seen.add(language.lower())
    return languages


def _titles(
    titles: tuple[tuple[str, str], ...], languages: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Return the titles, if each is of a language of the site. Raises Misfit."""
    for language, _ in titles:
        if language not in languages:
            words = f'"{language}" is not in site.languages; add it there, or leave out this title'
            raise Misfit(words, "titles", language, rule="language")
    return titles


TOGETHER = (
    Together(("languages", "language"), _languages),
    Together(("titles", "languages"), _titles),
)
"""What is judged together with other keys of ``site``."""
