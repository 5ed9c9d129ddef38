"""An "on this day" service: what happened today, from documents, with its sources.

`load` is the public Python API; everything else is inside.
"""

from typing import TYPE_CHECKING

from onthisday.version import __version__

if TYPE_CHECKING:
    from onthisday.app.workspace import Almanac

__all__ = ["__version__", "load"]


def load(config: str = "config.yaml") -> "Almanac":
    """Return the almanac of a config file, compiled where it changed.

    ``load("config.yaml").on(date(2026, 2, 25))`` gives that day as frozen values, in the shape of
    `onthisday today --format json`. Raises OnThisDayError where config or almanac has errors.
    """
    from onthisday.app.workspace import Almanac

    return Almanac.open(config)
