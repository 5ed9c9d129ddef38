"""The settings of the site, as frozen, valid values: a part of the config (config.py).

Why a file of its own: `today` needs these settings alone, and each class that Python makes at its
start takes time.
"""

from typing import Any, NamedTuple

from onthisday.almanac.entry import LeapDay


class Link(NamedTuple):
    """A link in the footer of every page, such as to an imprint."""

    text: str
    url: str


class Colours(NamedTuple):
    """The colours of the pages in the config, as ``#8a1f11``. None: the program's own.

    ``accent_dark``: the accent of dark pages, if it is not to be made from the accent.
    """

    accent: str | None = None
    accent_dark: str | None = None


class Site(NamedTuple):
    """The settings for everything that shows the almanac: feeds, pages and `today`.

    - ``zone``: the time zone whose midnight begins a new day on the site.
    - ``tag``: a part of every id: an owner and a date, as RFC 4151 wants them.
    - ``almanac``: the folder with the almanac's files.
    - ``texts``: the folder with the documents' texts.
    - ``feed_items``: a feed has at least this many items.
    - ``feed_at_most``: a feed shows at most this many occasions of one day (views/choosing.py).
    - ``links``: stand in the footer of every page.
    - ``logo``: the name of its file, from the config's folder.
    - ``colours``: those of the pages, as far as they are not the program's own.
    - ``languages``: the site is also in these, each in a folder of its own, such as `/it/`.
    - ``titles``: the title in some of these languages: ``("it", "Accadde oggi")``.
    - ``main``: the language of `/`, if this value is the site in another one (`in_language`).
    - ``native``: the language of entries that do not say theirs, if it is not ``language``.
    - ``hub``: the address of the WebSub hub, which feeds name.
    """

    title: str
    url: str
    author: str | None
    license: str | None
    zone: str
    language: str
    tag: str
    almanac: str = "almanac"
    leap_day: LeapDay = "feb-28"
    feed_items: int = 30
    feed_at_most: int = 100
    texts: str | None = None
    links: tuple[Link, ...] = ()
    colours: Colours = Colours()
    logo: str | None = None
    languages: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    main: str | None = None
    native: str | None = None
    hub: str | None = None

    @classmethod
    def of_json(cls, values: list[Any]) -> "Site":
        """Return the site that JSON has kept as a list."""
        site = cls(*values)
        links, colours = tuple(Link(*each) for each in site.links), Colours(*site.colours)
        titles = tuple((language, title) for language, title in site.titles)
        site = site._replace(links=links, colours=colours, titles=titles)
        return site._replace(languages=tuple(site.languages))

    def in_language(self, language: str) -> "Site":
        """Return the site in a language: with the address and the title that it has there.

        Without that very language, take a more general one: ``de`` for ``de-AT`` (RFC 4647, section
        3.4). If the site has none of them, return the site as it is at `/`.
        """
        if language in self.languages:
            title = dict(self.titles).get(language, self.title)
            url = f"{self.url}{language}/"
            main = self.language
            return self._replace(
                language=language, title=title, url=url, main=main, native=self.own_language
            )
        general = language.rpartition("-")[0]
        return self.in_language(general) if general and language != self.language else self

    @property
    def own_language(self) -> str:
        """The language of entries that do not say theirs."""
        return self.native or self.language

    @property
    def folder(self) -> str:
        """The folder of its language: ``it/``; empty for the main language."""
        return "" if self.main is None else f"{self.language}/"

    @property
    def root(self) -> str:
        """The address of the site in its main language. What is the same in all is only there."""
        return self.url.removesuffix(self.folder)

    @property
    def folders(self) -> tuple[tuple[str, str], ...]:
        """Each language of the site with its folder. The main language is the first."""
        others = ((language, f"{language}/") for language in self.languages)
        return ((self.main or self.language, ""), *others)
