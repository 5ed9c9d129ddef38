"""`serve` shows each change at a tick, and what did not change keeps its ETag."""

import asyncio
import json
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from onthisday.adapters.web.server import Snapshot
from onthisday.almanac.file_signatures import FRESH
from onthisday.app.serving import Service
from onthisday.app.workspace import Workspace
from tests.caching.changes import CHANGES, NAME, begin, line, put
from tests.website.fixtures import TICKING, health, png, process_serving, wait_for

pytestmark = pytest.mark.program


@contextmanager
def ticking(config: Path) -> Iterator[str]:
    """Run a `serve` that ticks each second. Yield its address."""
    with process_serving("-c", TICKING, str(config)) as (home, _):
        wait_for(lambda: health(home)["ticked"] is not None)
        yield home


def shown(home: str, path: str = "days/02-25/index.json") -> set[str]:
    """Return the titles that a page shows."""
    with urllib.request.urlopen(f"{home}{path}", timeout=10) as reply:
        tree = json.load(reply)
    return {each["title"] for each in tree.get("occasions", tree.get("hits"))}


def asked(home: str, path: str, etag: str = "") -> tuple[int, str]:
    """Return the status and the ETag of an answer."""
    request = urllib.request.Request(f"{home}{path}", headers={"If-None-Match": etag})
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status, reply.headers["ETag"]
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, error.headers["ETag"]


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_shown(tmp_path: Path, change: str) -> None:
    config = begin(tmp_path / "there")
    states = CHANGES[change](config.parent)
    _, titles = next(states)
    with ticking(config) as home:
        assert shown(home) == titles
        for place, titles in states:
            if place == config.parent:
                wait_for(lambda expected=titles: shown(home) == expected)
                assert shown(home, "search/index.json?q=thing") == titles
        assert health(home)["status"] == "ok"


def test_the_cache_may_be_deleted_while_it_is_served(tmp_path: Path) -> None:
    config = begin(tmp_path / "there")
    with ticking(config) as home:
        assert shown(home, "search/index.json?q=thing") == {"Old thing", "Other thing"}
        for title in ("New", "Odd"):
            shutil.rmtree(config.parent / "var" / "cache")
            assert asked(home, "year/")[0] == 200
            before = health(home)["ticked"]
            wait_for(lambda before=before: health(home)["ticked"] > before)
            assert health(home)["status"] == "ok"
            put(config.parent, title)
            wait_for(lambda title=title: shown(home) == {f"{title} thing", "Other thing"})
            assert shown(home, "search/index.json?q=thing") == {f"{title} thing", "Other thing"}


def test_pages_are_made_anew_once_more_after_a_picture_that_changed_a_moment_ago(
    tmp_path: Path,
) -> None:
    """If it changes again right then, the system may show the same times for it."""
    config = begin(tmp_path / "there")
    (config.parent / "almanac" / "dot.png").write_bytes(png(3, 3))
    service = Service(Workspace(str(config)))

    def current() -> Snapshot:
        asyncio.run(service.tick())
        return service.current(time.time())

    assert service.current(time.time()) is not current()
    time.sleep(FRESH / 1e9)
    last = current()
    assert current() is last


def test_a_half_written_file_shows_the_last_good_almanac_until_it_is_whole(tmp_path: Path) -> None:
    config = begin(tmp_path / "there")
    path, whole = config.parent / "almanac" / NAME, line("one", "New")
    with ticking(config) as home, path.open("w") as file:
        file.write(whole[:20])
        file.flush()
        wait_for(lambda: health(home)["status"] == "degraded")
        assert shown(home) == {"Old thing", "Other thing"}
        file.write(whole[20:])
        file.flush()
        wait_for(lambda: shown(home) == {"New thing", "Other thing"})
        assert health(home)["status"] == "ok"


def test_a_page_whose_bytes_did_not_change_keeps_its_etag_and_is_304(tmp_path: Path) -> None:
    config = begin(tmp_path / "there")
    with ticking(config) as home:
        changed, same = "entries/one/", "entries/other/"
        before = {path: asked(home, path)[1] for path in (changed, same)}
        put(config.parent, "New")
        wait_for(lambda: asked(home, changed, before[changed])[0] == 200)
        assert asked(home, same, before[same]) == (304, before[same])
