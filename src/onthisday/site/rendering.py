"""Make HTML from the templates in templates/. They say how a page looks.

The other modules of site/ say what is on a page. Words about occasions come from views/words.py.
All text that is put into a template is escaped. The templates are a part of the package, so reading
them is not counted as I/O.
"""

from functools import cache
from importlib.resources import files
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined

from onthisday.config import Site
from onthisday.dates.edtf import HistoricalDate
from onthisday.views import date_words, words


def render(template: str, site: Site, path: str, **shown: object) -> str:
    """Return a template filled in for a path. The path begins with a slash and is quoted.

    Links on the page are relative to the path (``home`` leads to `/`), so that a copy of the site
    works anywhere. ``here`` is the whole address of the page.
    """
    home = "../" * (path.count("/") - 1) or "./"
    return _rendered(template, site, home, here=f"{site.url}{path[1:]}", **shown)


def plain(site: Site, title: str, text: str) -> str:
    """Return a page that says one thing, such as "there is no such page". It fits any path."""
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
    """Return True for a date that HTML's `time` element can hold: a certain day from AD 1 on."""
    doubtful = found.uncertain or found.approximate
    is_day = found.precision == "day" and found.calendar == "gregorian"
    return is_day and not doubtful and found.year is not None and found.year > 0


def _template(name: str) -> str:
    return (files("onthisday.site") / "templates" / name).read_text(encoding="utf-8")
