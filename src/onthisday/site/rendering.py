"""Make HTML from the templates in templates/.

The templates say how a page looks. The other modules of site/ say what is on a page. Words about
occasions come from the modules of words in views/. All text that is put into a template is escaped.
The templates are a part of the package, so reading them is not counted as I/O.
"""

from functools import cache, lru_cache
from importlib.resources import files
from types import CodeType
from urllib.parse import quote, urlsplit

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule

from onthisday.checks.logo import ending_of
from onthisday.colours import palettes
from onthisday.config import Site
from onthisday.dates.historical_date import HistoricalDate
from onthisday.locales.locale import N_, capital, locale_of
from onthisday.site.in_languages import in_languages
from onthisday.site.template_words import said_for
from onthisday.site_settings import Colours
from onthisday.views import (
    correction_words,
    date_words,
    found_words,
    historical_words,
    rule_words,
    source_words,
    together,
    words,
)


def render(template: str, site: Site, path: str, **shown: object) -> str:
    """Return the HTML of a page: fill in a template.

    ``path`` is the path of the page in its language. It begins with a slash and is quoted, as in a
    URL. The template also gets

    - ``here``: the whole address of the page.
    - ``home``: the way from the page to the first page of its language.
    - ``root``: the way from the page to `/`, where the stylesheet is.
    - ``languages``: the same page in each language; none if the site has only one.
    - ``frame``: what is the same on all pages with these two ways (templates/frame.html).

    Links are relative to the page, so that a copy of the site works anywhere.
    """
    home = "../" * (path.count("/") - 1) or "./"
    root = f"{home}../".removeprefix("./") if site.folder else home
    about = {"here": f"{site.url}{path[1:]}", "languages": in_languages(site, root, path[1:])}
    return _rendered(template, site, home, root, **about, **shown)


def prepare() -> None:
    """Make all templates ready. Otherwise the first page of each kind takes some 20 ms longer."""
    for file in (files("onthisday.site") / "templates").iterdir():
        if file.name.endswith((".html", ".css", ".svg")):
            _templates().get_template(file.name)


def lost(site: Site) -> str:
    """Return the page for an address that leads nowhere. It works on any path."""
    text = N_("The address may be mistyped, or the entry is gone.")
    return plain(site, N_("There is no such page"), text)


def plain(site: Site, title: str, text: str) -> str:
    """Return a page with a title and a text, such as "there is no such page". It works on any path.

    They are messages: the page says them in the language of the site.
    """
    home, root = urlsplit(site.url).path, urlsplit(site.root).path
    about = {"here": site.url, "languages": in_languages(site, root, "")}
    locale = locale_of(site.language)
    said = {"title": locale.gettext(title), "text": text and locale.gettext(text)}
    return _rendered("plain.html", site, home, root, **about, **said)


def logo_path(name: str) -> str:
    """Return the path of a logo on the site, without the first slash: ``logo.svg``."""
    return f"logo.{ending_of(name)}"


def favicon(colours: Colours) -> str:
    """Return the picture of the site in the tab of a browser, as SVG: a leaf of a calendar."""
    light, dark = palettes(*colours)
    return _templates().get_template("favicon.svg").render(light=light, dark=dark)


@cache
def style(colours: Colours, *, plate: bool) -> str:
    """Return the stylesheet (CSS) of all pages in these colours.

    ``plate``: on dark pages the logo stands on light paper, because it is made for that.
    """
    light, dark = palettes(*colours)
    sheet = _templates().get_template("style.css")
    return sheet.render(light=light, dark=dark, plate=plate)


def search_script(given: str) -> str:
    """Return the script of `/search/`. ``given``: JSON, what Python and the script share."""
    return _template("search.js").replace("const GIVEN = {};", f"const GIVEN = {given};", 1)


@cache
def embed_script() -> str:
    """Return the script of the page that other sites show in a frame."""
    return _template("embed.js")


def _rendered(template: str, site: Site, home: str, root: str, /, **shown: object) -> str:
    frame = _frame(site, home, root)
    page = _templates_of(site).get_template(template)
    return page.render(home=home, root=root, frame=frame, **shown)


@lru_cache(128)
def _frame(site: Site, home: str, root: str) -> TemplateModule:
    return _templates_of(site).get_template("frame.html").make_module({"home": home, "root": root})


@lru_cache(32)
def _templates_of(site: Site) -> Environment:
    """Return the templates of a site in one language, with what they call to say something.

    They have it from the beginning, so that a template that others import is made once, and not for
    each page.
    """
    environment = _templates().overlay()
    environment.globals = {**environment.globals, **said_for(site), "site": site}
    return environment


class _Compiled(BytecodeCache):
    """Keeps the code of each template, because each language of a site has an `Environment`."""

    def __init__(self) -> None:
        self._codes: dict[str, CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.code


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_Compiled(),
    )
    environment.globals |= {"words": words, "dates": date_words, "together": together}
    environment.globals |= {"historical": historical_words, "rules": rule_words}
    environment.globals |= {"source_words": source_words, "found_words": found_words}
    environment.globals["corrected"] = correction_words
    environment.tests["plain_day"] = _is_plain_day
    environment.filters["logo"] = logo_path
    environment.filters["isolated"] = lambda texts, locale: map(locale.isolate, texts)
    environment.filters["capital_first"] = capital
    environment.filters["digits"] = lambda number, locale: locale.digits(number)
    environment.filters["quoted"] = lambda text: quote(text, safe="")
    return environment


def _is_plain_day(found: HistoricalDate) -> bool:
    """Return True if a date fits into HTML's element ``time``: a certain day, not before AD 1."""
    doubtful = found.uncertain or found.approximate
    is_day = found.precision == "day" and found.calendar == "gregorian"
    return is_day and not doubtful and found.year is not None and found.year > 0


def _template(name: str) -> str:
    return (files("onthisday.site") / "templates" / name).read_text(encoding="utf-8")
