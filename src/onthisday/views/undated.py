"""What is dated to a month or a year, as a planner in JSON shows it. Used by cli/ and schema/."""

from typing import NamedTuple

from onthisday.views.view import OccasionView


class UndatedView(NamedTuple):
    """What is dated to a month or a year, in a year in which it has a round anniversary.

    ``month`` is None for what is dated to a year.
    """

    occasions: tuple[OccasionView, ...]
    year: int
    month: int | None
