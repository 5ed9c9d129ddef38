"""The site of an almanac, put together: for `build`, `tick` and `serve`."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from onthisday.adapters.files.writing import OutputFolder
from onthisday.app.workspace import Almanac
from onthisday.dates.zones import local_day
from onthisday.service.building import Built, build
from onthisday.site.website import Website


def website_at(almanac: Almanac, now: datetime) -> Website:
    """Return the site on the day that it is in the site's zone."""
    day = local_day(now, ZoneInfo(almanac.site.zone))
    return Website(almanac.site, almanac.library, day, almanac.pictures, almanac.texts)


def write_site(
    almanac: Almanac, folder: str, now: datetime, progress: Callable[[int], None]
) -> Built:
    """Write the site of a day to a folder."""
    return build(website_at(almanac, now), OutputFolder(folder), progress)
