"""What a planner has: which days, months and years, and their occasions as readers see them.

Made by planner.py, which prints it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from onthisday.almanac.entry import Selection
from onthisday.almanac.jubilees import Coming, coming
from onthisday.almanac.occasions import next_occasion
from onthisday.app.workspace import Almanac
from onthisday.locales.locale import Locale, locale_of
from onthisday.views.choosing import Choice, choices
from onthisday.views.view import NextView, OccasionView

if TYPE_CHECKING:
    from onthisday.almanac.library import Published


class Plan(NamedTuple):
    """What comes from a first day to a last one (``days``).

    - ``library``: what may be published on the day of asking.
    - ``today`` and ``zone``: the day of asking, and whose day it is.
    - ``selection``: the filter. With ``milestones``, it is a plan of round anniversaries, and has
      also those that are dated to a month or a year.
    - ``at_most``: so many occasions of a day, a month or a year are chosen.
    """

    almanac: Almanac
    library: "Published"
    days: tuple[date, date]
    today: date
    zone: str
    selection: Selection
    at_most: int | None

    @property
    def locale(self) -> Locale:
        """The language of the words."""
        return locale_of(self.almanac.site.language)

    def parts(self) -> Iterator[Coming]:
        """Yield the days, months and years that have something, in order."""
        leap_day, undated = self.almanac.site.leap_day, bool(self.selection.milestones)
        return coming(self.library, *self.days, leap_day, self.selection, undated=undated)

    def choices(self, part: Coming) -> Iterable[Choice]:
        """Return the occasions of a part, or those that are chosen, each with the reason."""
        if self.at_most is None:
            return (Choice(occasion, "all") for occasion in part.occasions)
        return choices([*part.occasions], self.at_most)

    def chosen_parts(self) -> Iterator[Coming]:
        """Yield `parts`, each with those occasions alone that are chosen."""
        for part in self.parts():
            yield part._replace(occasions=(each.occasion for each in self.choices(part)))

    def views(self, part: Coming) -> Iterator[OccasionView]:
        """Yield the occasions of a part, or those that are chosen, as readers see them."""
        presenter = self.almanac.presenter
        for occasion, why in self.choices(part):
            yield presenter.occasion(occasion)._replace(chosen=why)

    def next(self) -> NextView | None:
        """Return the first occasion of a day after the last one."""
        leap_day = self.almanac.site.leap_day
        found = next_occasion(self.library, self.days[1], leap_day, self.selection)
        return found and self.almanac.presenter.next(found)


def month_of(part: Coming) -> int | None:
    """Return the month of what is dated to a month; None for a year."""
    return part.day.month if part.precision == "month" else None
