"""Put together the site of an almanac, for `build`, `tick` and `serve`."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from onthisday.adapters.files.output_folder import OutputFolder
from onthisday.app.workspace import Almanac
from onthisday.dates.zones import local_day
from onthisday.service.building import Built, build
from onthisday.site.contents import SiteFiles
from onthisday.site.website import Website


def website_at(almanac: Almanac, now: datetime) -> Website:
    """Return the site as it is at ``now``. The site's zone says which day that is."""
    day = local_day(now, ZoneInfo(almanac.site.zone))
    changed = _changed(almanac, now)
    files = SiteFiles(almanac.pictures, almanac.texts, almanac.logo)
    return Website(almanac.site, almanac.library, day, files, changed)


def _changed(almanac: Almanac, now: datetime) -> datetime:
    """Return when the almanac, a picture or a text changed last. A time to come does not count.

    Of pictures and texts the system's own time of a change counts, because people can put back a
    file with an old time.
    """
    newest = max((file.ctime for file in almanac.beside().values()), default=0)
    beside = datetime.fromtimestamp(newest // 10**9, UTC)
    return max(almanac.library.modified, min(beside, now))


def write_site(
    almanac: Almanac, folder: str, now: datetime, progress: Callable[[int], None]
) -> Built:
    """Write the whole site, as it is at ``now``, to a folder. Raise OnThisDayError.

    ``progress`` is called after each file, with the number of files so far.
    """
    return build(website_at(almanac, now), OutputFolder(folder), progress)
