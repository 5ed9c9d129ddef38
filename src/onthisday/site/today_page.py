"""Today's page, the same as JSON, and a small page that other sites can show in a frame.

Used by website.py.
"""

from datetime import timedelta

from onthisday.almanac.occasions import Occasion, next_occasion, occasions_of_days, occasions_on
from onthisday.site import rendering
from onthisday.site.page import Page, SiteState, only
from onthisday.views.view import DayView

_A_YEAR = 366


def _today(state: SiteState) -> Page:
    view = _view(state)
    before = None if view.occasions else _before(state)
    return state.of_today(
        state.html(
            "today.html",
            "/",
            view=view,
            before=before and state.presenter.occasion(before),
            before_day=before and before.day,
        )
    )


def _embedded(state: SiteState) -> Page:
    view = _view(state)
    return state.of_today(state.html("embed.html", "/embed/", view=view))


def _json(state: SiteState) -> Page:
    return state.of_today(state.json(_view(state)))


def _view(state: SiteState) -> DayView:
    leap_day = state.site.leap_day
    occasions = occasions_on(state.library, state.day, leap_day)
    following = next_occasion(state.library, state.day, leap_day)
    return state.presenter.day(state.day, state.site.zone, occasions, following)


def _before(state: SiteState) -> Occasion | None:
    """Return the last occasion before today, at most a year ago."""
    backs = range(1, min(_A_YEAR, state.day.toordinal() - 1))
    days = (state.day - timedelta(days=back) for back in backs)
    found = next(occasions_of_days(state.library, days, state.site.leap_day, at_once=1), None)
    return found and found[1][0]


def _style(state: SiteState) -> Page:
    return state.page(rendering.style().encode(), "text/css; charset=utf-8")


ROUTES = (
    only("/", _today),
    only("/index.json", _json),
    only("/embed/", _embedded),
    only("/style.css", _style),
)
