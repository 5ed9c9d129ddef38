"""The pages as HTML: how a page looks is in templates/, what it shows is the site's (site/).

Pure: templates and stylesheet are package data, and count as code. Everything that is put in is
escaped. Words come from words.py.
"""

from functools import cache
from importlib.resources import files
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined

from onthisday.config import Site
from onthisday.dates.edtf import HistoricalDate
from onthisday.views import date_words, words


def render(template: str, site: Site, path: str, **shown: object) -> str:
    """Render a template for a path, which begins with a slash and is quoted as in an address.

    Links on the page are relative to it (``home`` leads to `/`), so that a copy works anywhere;
    ``here`` is its whole address.
    """
    home = "../" * (path.count("/") - 1) or "./"
    return _rendered(template, site, home, here=f"{site.url}{path[1:]}", **shown)


def plain(site: Site, title: str, text: str) -> str:
    """Return a page, for any path, that says one thing: that there is no such page, say."""
    home = urlsplit(site.url).path
    return _rendered("plain.html", site, home, here=site.url, title=title, text=text)


@cache
def style() -> str:
    """Return the stylesheet."""
    return _template("style.css")


def _rendered(template: str, site: Site, home: str, **shown: object) -> str:
    return _environment().get_template(template).render(site=site, home=home, **shown)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals |= {"words": words, "dates": date_words}
    environment.tests["plain_day"] = _is_plain_day
    environment.filters["quoted"] = lambda text: quote(text, safe="")
    return environment


def _is_plain_day(found: HistoricalDate) -> bool:
    """Say whether a date is one that HTML's `time` element knows: a sure day after Christ."""
    doubtful = found.uncertain or found.approximate
    is_day = found.precision == "day" and found.calendar == "gregorian"
    return is_day and not doubtful and found.year is not None and found.year > 0


def _template(name: str) -> str:
    return (files("onthisday.site") / "templates" / name).read_text(encoding="utf-8")
