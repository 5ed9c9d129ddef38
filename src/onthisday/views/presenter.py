"""The presenter makes views: it joins occasions with the documents that they rest on.

Called by everything that shows occasions: feeds, pages, messages, commands and the Python API. The
views are in view.py.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Account, Answer, Citation, Entry, Image, Place
from onthisday.almanac.occasions import Occasion
from onthisday.almanac.translations import told_in
from onthisday.site_settings import Site
from onthisday.views.source_words import document_name
from onthisday.views.view import (
    AccountView,
    AnswerView,
    DayView,
    ImageView,
    NextView,
    OccasionView,
    SourceView,
)

if TYPE_CHECKING:
    from onthisday.almanac.library import Library

HasPicture = Callable[[str], bool]
"""A function: it takes a picture's name and returns True if the site shows that picture."""


def every_picture(_name: str) -> bool:
    """Return True. This is for those who cannot look whether a picture is there."""
    return True


class Presenter:
    """Makes views from one library.

    - ``site``: its address, its tag, and the language of entries that do not say theirs.
    - ``language``: the language of the texts, as far as they are translated; by default the site's.
    - ``has_picture``: returns True if the site shows the picture of a name. A picture that is
      missing is in no view.
    - ``place``: where the views are shown. A picture that may not be shown there is in no view.
    """

    def __init__(
        self,
        library: "Library",
        site: Site,
        has_picture: HasPicture = every_picture,
        place: Place = "site",
        language: str | None = None,
    ) -> None:
        self._library, self._url, self._tag, self._root = library, site.url, site.tag, site.root
        self._has_picture, self._place = has_picture, place
        self._language, self._native = language or site.language, site.own_language

    def occasion_id(self, occasion: Occasion) -> str:
        """Return ``tag:example.org,2026:secret-speech/2026`` (RFC 4151)."""
        return f"tag:{self._tag}:{occasion.id}"

    def day(
        self, day: date, zone: str, occasions: Iterable[Occasion], following: Occasion | None
    ) -> DayView:
        """Return the view of a day."""
        views = tuple(self.occasion(occasion) for occasion in occasions)
        return DayView(day, zone, views, following and self.next(following))

    def occasion(self, occasion: Occasion) -> OccasionView:
        """Return the view of an occasion.

        Its address ends with the year of its day. Why: some feed programs know an item by its
        link, and would miss the same entry in the next year.
        """
        return self._view(occasion.entry, occasion)

    def entry(self, entry: Entry) -> OccasionView:
        """Return the view of an entry without an occasion, so without a year."""
        return self._view(entry, None)

    def titled(self, entry: Entry) -> OccasionView:
        """Return the view of an entry for where its date and its title stand alone.

        It has no sources, accounts and picture, so no document is read for it.
        """
        return self._view(entry, None, whole=False)

    def named(self, occasion: Occasion) -> OccasionView:
        """Return the view of an occasion for where its date and its title stand alone: `titled`."""
        return self._view(occasion.entry, occasion, whole=False)

    def _view(self, entry: Entry, on: Occasion | None, *, whole: bool = True) -> OccasionView:
        entry, languages = told_in(entry, self._language, self._native)
        url = f"{self._url}entries/{entry.id}/"
        return OccasionView(
            id=entry.id,
            occasion=on and self.occasion_id(on),
            date=entry.date,
            as_written=entry.as_written,
            observed=on and on.observed,
            years=on and on.years,
            milestone=on is not None and on.milestone,
            kind=entry.kind,
            title=entry.title,
            summary=entry.summary,
            place=entry.place,
            tags=entry.tags,
            tone=entry.tone,
            image=self._image(entry.image) if whole and entry.image else None,
            url=f"{url}#{on.day.year}" if on else url,
            sources=tuple(map(self._source, entry.sources)) if whole else (),
            accounts=tuple(map(self._account, entry.accounts, languages.accounts)) if whole else (),
            brief=entry.brief,
            corrections=entry.corrections,
            rule=entry.rule,
            languages=languages,
        )

    def next(self, occasion: Occasion) -> NextView:
        """Return the short view of the occasion that comes next: its id, its day and its title."""
        view = self.named(occasion)
        return NextView(view.id, occasion.day, view.title, view.languages.title)

    def document(self, document_id: str) -> Document:
        """Return a document that an entry cites.

        It is always there: an almanac that lacks a cited document cannot be compiled.
        """
        found = self._library.document(document_id)
        if found is None:
            raise LookupError(f'document "{document_id}" is not in the library')
        return found

    def _image(self, image: Image) -> ImageView | None:
        """Return the view of a picture. The site shows a picture that is kept in the almanac."""
        if not image.may_go_to(self._place):
            return None
        said = (image.alt, image.credit, image.license)
        if image.file is None:
            return ImageView(image.url, *said) if image.url else None
        if not self._has_picture(image.file):
            return None
        from urllib.parse import quote  # loaded here: few entries have pictures, `today` is fast

        return ImageView(f"{self._root}images/{quote(image.file)}", *said, image.file)

    def _source(self, citation: Citation) -> SourceView:
        document = self.document(citation.document)
        return SourceView(
            document=document.id,
            title=document.title,
            author=document.author,
            publisher=document.publisher,
            published=document.published,
            url=document.url,
            archived=document.archived,
            page=citation.page,
            as_=citation.as_,
            locator=citation.locator,
        )

    def _account(self, account: Account, languages: tuple[str, ...]) -> AccountView:
        question, *others = languages
        answers = tuple(map(self._answer, account.answers, others))
        return AccountView(account.question, answers, question)

    def _answer(self, answer: Answer, language: str) -> AnswerView:
        cited = answer.citation
        name = document_name(self.document(cited.document))
        return AnswerView(
            answer.says,
            cited.as_,
            answer.date,
            cited.document,
            name,
            cited.page,
            cited.locator,
            language,
        )
