"""Put together the site of an almanac, for `build`, `tick` and `serve`."""

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from onthisday.adapters.files.output_folder import OutputFolder
from onthisday.adapters.sqlite.build_file import BuildFile
from onthisday.app.caches import build_cache
from onthisday.app.interpreter import set_for_building
from onthisday.app.program_digest import program_digest
from onthisday.app.workspace import Almanac, Workspace
from onthisday.dates.zones import local_day
from onthisday.site.built import Built

if TYPE_CHECKING:
    from onthisday.service.building import Makers
    from onthisday.site.website import Website


def website_at(almanac: Almanac, now: datetime) -> "Website":
    """Return the site as it is at ``now``. The site's zone says which day that is."""
    from onthisday.site.contents import SiteFiles  # only now: who builds nothing loads no templates
    from onthisday.site.website import Website

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
    almanac: Almanac,
    folder: str,
    now: datetime,
    progress: Callable[[int], None],
    workspace: Workspace | None = None,
) -> Built:
    """Write the whole site, as it is at ``now``, to a folder. Raise OnThisDayError.

    - ``progress`` is called after each file, with the number of files so far.
    - ``workspace``: whose almanac it is. Then what the last build into this folder made is
      remembered in its cache, and not made again.
    """
    paths = () if workspace is None else build_cache(workspace, folder)
    with closing(BuildFile(paths)) as memory:
        output, state = OutputFolder(folder), state_of(almanac)
        day, is_sure = local_day(now, ZoneInfo(almanac.site.zone)), _is_sure(almanac)
        is_same = is_sure and memory.world == state
        if is_same and memory.day == day and (pages := output.untouched(memory.manifest)):
            return Built(pages, 0, 0, 0)
        from onthisday.service.building import build  # only now: if nothing changed, it is quick

        config = None if workspace is None else workspace.config_file
        website = website_at(almanac, now)
        make = _makers(website, folder, config, now, state)
        with set_for_building():
            is_as = website.lasts if is_same else website.is_as
            built = build(website, output, memory, make, progress, is_as)
        memory.done(state if is_sure else None, output.manifest())
        return built


def state_of(almanac: Almanac) -> str:
    """Return a digest of all that a site is made from, beside the day."""
    beside = sorted(almanac.beside().items())
    known = (program_digest(), almanac.site, almanac.library.version, beside)
    return hashlib.blake2b(repr(known).encode(), digest_size=16).hexdigest()


def _is_sure(almanac: Almanac) -> bool:
    """Return False if a picture or a text has just changed (`Signature.is_fresh`)."""
    now, beside = time.time_ns(), almanac.beside().items()
    return not any(file.is_fresh(now) for path, file in beside if path[-1] != os.sep)


def _makers(
    website: "Website", folder: str, config: str | None, now: datetime, state: str
) -> "Makers":
    """Return what makes the pages. ``config``: None if other processes cannot find the almanac."""
    from onthisday.adapters.files.site_writer import SiteWriter
    from onthisday.app.making_pages import Task, make_with_all_cores
    from onthisday.service.building import make_pages

    here = partial(make_pages, website, SiteWriter(folder))
    if config is None:
        return here
    task = Task(config, folder, now.isoformat(), state)
    return make_with_all_cores(task, here, website.is_of_words)
