"""An "on this day" service: what happened today, from documents, with its sources.

`load`, and the `Almanac` that it returns, are the public Python API; everything else is inside.
"""

from typing import TYPE_CHECKING, Any

from onthisday.version import __version__

if TYPE_CHECKING:
    from onthisday.app.workspace import Almanac

__all__ = ["Almanac", "__version__", "load"]


def load(config: str = "config.yaml") -> "Almanac":
    """Return the almanac of a config file, compiled where it changed.

    ``load("config.yaml").on(date(2026, 2, 25))`` gives that day as frozen values (views/view.py),
    in the shape of `onthisday today --format json`, with dates as dates. Raises OnThisDayError
    where config or almanac has errors.
    """
    from onthisday.app.workspace import Almanac

    return Almanac.open(config)


def __getattr__(name: str) -> Any:
    """Load `Almanac` when it is first asked for: naming the version must not open SQLite."""
    if name != "Almanac":
        raise AttributeError(f"module 'onthisday' has no attribute {name!r}")
    from onthisday.app.workspace import Almanac

    return Almanac
