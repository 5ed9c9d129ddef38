"""An "on this day" service: it tells what happened on a day, and from which documents.

The public Python API is `load` and the `Almanac` that it returns. All other names may change.
"""

from typing import TYPE_CHECKING, Any

from onthisday.version import __version__

if TYPE_CHECKING:
    from onthisday.app.workspace import Almanac

__all__ = ["Almanac", "__version__", "load"]


def load(config: str = "config.yaml") -> "Almanac":
    """Return the almanac of a config file. Files that changed are compiled first.

    ``load("config.yaml").on(date(2026, 2, 25))`` returns that day as frozen values
    (views/view.py). The values have the shape of `onthisday today --format json`, but each date is
    a `date` and not a text. Raises OnThisDayError if the config or the almanac has errors.
    """
    from onthisday.app.workspace import Almanac

    return Almanac.open(config)


def __getattr__(name: str) -> Any:
    """Import `Almanac` only when somebody asks for it.

    Why not at once: `Almanac` loads SQLite, and `onthisday --version` must start without it.
    """
    if name != "Almanac":
        raise AttributeError(f"module 'onthisday' has no attribute {name!r}")
    from onthisday.app.workspace import Almanac

    return Almanac
