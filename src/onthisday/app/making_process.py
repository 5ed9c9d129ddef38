"""A process that makes and writes pages of a site for another one. making_pages.py starts it.

It opens the almanac itself. If what it finds is not what the other process has, such as after an
edit, it makes nothing, and the other process makes its pages.
"""

from datetime import datetime

from onthisday.adapters.files.site_writer import SiteWriter
from onthisday.app.interpreter import set_for_building
from onthisday.app.making_pages import Task
from onthisday.app.publishing import state_of, website_at
from onthisday.app.worker_process import give, questions
from onthisday.app.workspace import Workspace
from onthisday.service.building import Made, make_pages
from onthisday.site.website import Website


def main() -> None:
    """Answer each list of paths of the standard input with the pages that were made."""
    asked = questions()
    task: Task = next(asked)
    website, writer = _opened(task), SiteWriter(task.folder)
    with set_for_building():
        for paths in asked:
            give(_made(website, writer, paths))


def _opened(task: Task) -> Website | None:
    now, almanac = datetime.fromisoformat(task.now), Workspace(task.config).last_good()
    if almanac is None or state_of(almanac) != task.state:
        return None
    return website_at(almanac, now)


def _made(website: Website | None, writer: SiteWriter, paths: list[str]) -> list[Made] | None:
    """Return the pages; None if anything is wrong. Then the other process meets and tells it."""
    try:
        return None if website is None else list(make_pages(website, writer, paths))
    except Exception:  # noqa: BLE001
        return None


if __name__ == "__main__":
    main()
