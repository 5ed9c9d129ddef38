"""A ledger is moved from store to store: all of it or nothing, and nothing is sent again."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from onthisday.app.ledgers import open_ledger
from onthisday.app.moving import move_ledger
from onthisday.app.workspace import Workspace
from onthisday.config import Config, Secret
from onthisday.delivery.alerts import Told
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.moving import NoticeRecord, freed
from onthisday.delivery.notice import Attempt, Known, Plan, State
from onthisday.delivery.pauses import Pause
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.retries import ENDED, REPEATS, settle
from onthisday.errors import OnThisDayError, Unwritable
from tests.delivery.almanacs import run, write_config
from tests.delivery.fakes import config
from tests.delivery.postgres_server import PASSWORD, new_database
from tests.delivery.sink import running_sink
from tests.delivery.test_ledger import DAY, EVE, NOW, notice, plan
from tests.delivery.test_postgres import stored_in

pytestmark = pytest.mark.program

HOUR = timedelta(hours=1)
NEXT = DAY + timedelta(days=1)


def new_file(_folder: Path) -> str:
    """Return a store in a file that is not there yet."""
    return f"sqlite:///{secrets.token_hex(4)}/ledger.db"


def new_server(_folder: Path) -> str:
    """Return a store in a new database."""
    return new_database()


PLACES: list[Callable[[Path], str]] = [new_file, new_server]


class Stores:
    """A folder, whose config names a store."""

    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace(str(folder / "config.yaml"))

    def config(self, store: str) -> Config:
        return config(store=Secret(store))

    @asynccontextmanager
    async def opened(self, store: str, *, read_only: bool = False) -> AsyncIterator[Ledger]:
        config = self.config(store)
        async with open_ledger(self.workspace, config, read_only=read_only) as ledger:
            yield ledger

    async def move(self, old: str, new: str) -> int:
        """Move a ledger, and return how many notices are moved."""
        moved: list[int] = []
        await move_ledger(self.workspace, self.config(old), new, moved.append)
        return sum(moved)


async def fill(ledger: Ledger) -> None:
    """Give a ledger something of each kind: notices in each state, attempts, and all the rest."""
    notices = [notice(entry=f"e{n}") for n in range(8)]
    old = notice("hall", EVE)._replace(state="expired", due=None, reason="too late: \u201cé\u201d")
    quiet = Plan("quiet", None, DAY, (), fell=("a", "b"))
    await ledger.open_days([plan(*notices), plan(old), plan(notice("off")), quiet], NOW)
    for verdict in (
        Verdict("sent", "ok", 200, named="1a2b3c4d:1 1a2b3c4d:$2"),
        Verdict("retry", "busy\n", 503),
        Verdict("refused", "no", 400),
        Verdict("unknown", "?"),
        Verdict("throttled", "", 429, 2 * HOUR),
    ):
        (leased,) = await ledger.lease(NOW, 1)
        begun = await ledger.sending(leased, NOW, hold=False)
        pause = Pause("channel room", NOW + 2 * HOUR, "asked")
        asked = pause if verdict.outcome == "throttled" else None
        await ledger.settle(settle(begun, verdict, NOW, 0, hold=False, pause=asked))
    await ledger.replay(notices[0].id, NOW)
    sent = await ledger.lease(NOW, 99)
    off = next(each for each in sent if each.channel == "off")
    begun = await ledger.sending(off, NOW, hold=False)
    await ledger.settle(settle(begun, Verdict("gone", "gone", 410), NOW, 0, hold=False))
    await ledger.release(NOW)
    late = await ledger.notice(old.id)
    assert late is not None
    assert await ledger.retract(late, "gone", NOW, Verdict("deleted", "gone", 404))
    await ledger.know(Known("v1", frozenset({"a", "b"}), NOW))
    await ledger.keep_alerts({"one": Told(NOW), "two": Told(NOW, NOW + HOUR, 2)}, ())


async def contents(ledger: Ledger) -> object:
    """Return all that can be asked of a ledger."""
    notices = await ledger.notices()
    return (
        notices,
        [await ledger.attempts(each.id) for each in notices],
        await ledger.channels(),
        await ledger.pauses(),
        await ledger.closings(),
        await ledger.alerts(),
        await ledger.known(),
        await ledger.totals(),
        await ledger.left(NOW),
    )


@pytest.mark.parametrize("old_place", PLACES)
@pytest.mark.parametrize("new_place", PLACES)
def test_everything_is_moved_as_it_was(
    tmp_path: Path, old_place: Callable[[Path], str], new_place: Callable[[Path], str]
) -> None:
    stores, old = Stores(tmp_path), old_place(tmp_path)

    async def story() -> None:
        async with stores.opened(old) as ledger:
            await fill(ledger)
            before = await contents(ledger)
        new = new_place(tmp_path)
        assert await stores.move(old, new) == 10
        async with stores.opened(new) as ledger:
            assert await contents(ledger) == before
            fresh = plan(notice("hall", entry="fresh"), seen=DAY, considered=NEXT)
            assert await ledger.open_days([fresh], NOW) == 1
            assert (await ledger.notices())[-2].id == fresh.notices[0].id  # after those of its day
            again = await ledger.reset("room", DAY, EVE, NOW)
            assert again == DAY
            (leased, *_) = await ledger.lease(NOW + 9 * HOUR, 99)
            await ledger.sending(leased, NOW, hold=False)
            numbers = [each.number for each in await ledger.attempts(leased.id)]
            assert numbers == [*range(1, len(numbers) + 1)]
        with pytest.raises(Unwritable, match="already"):
            await stores.move(old, new)

    asyncio.run(story())


@pytest.mark.parametrize("place", PLACES)
def test_a_ledger_in_use_is_not_moved(tmp_path: Path, place: Callable[[Path], str]) -> None:
    stores, old, new = Stores(tmp_path), place(tmp_path), new_database()

    async def story() -> None:
        async with stores.opened(old):
            with pytest.raises(OnThisDayError, match="is in use by another process"):
                await stores.move(old, new)
        assert await stores.move(old, new) == 0

    asyncio.run(story())


@pytest.mark.parametrize("place", PLACES)
def test_a_move_that_breaks_off_leaves_nothing(
    tmp_path: Path, place: Callable[[Path], str]
) -> None:
    stores, old, new = Stores(tmp_path), new_file(tmp_path), place(tmp_path)

    def stop(_count: int) -> None:
        raise Unwritable("here", "stopped")

    async def story() -> None:
        async with stores.opened(old) as ledger:
            await fill(ledger)
        with pytest.raises(Unwritable, match="stopped"):
            await move_ledger(stores.workspace, stores.config(old), new, stop)
        assert await stores.move(old, new) == 10

    asyncio.run(story())


def test_there_must_be_a_ledger_to_move(tmp_path: Path) -> None:
    stores = Stores(tmp_path)
    for place in PLACES:
        with pytest.raises(OnThisDayError, match="there is no ledger yet"):
            asyncio.run(stores.move(place(tmp_path), new_database()))


@pytest.mark.parametrize(
    ("state", "doubts", "hold", "becomes"),
    [
        ("leased", 0, False, ("waiting", NOW, 0)),
        ("leased", 1, False, ("unknown", NOW, 1)),
        ("sending", 0, False, ("unknown", NOW + HOUR, 1)),
        ("sending", 0, True, ("unknown", None, 1)),
        ("sending", REPEATS, False, ("unknown", None, REPEATS + 1)),
        ("sent", 0, False, ("sent", NOW, 0)),
    ],
)
def test_what_a_dead_process_held_is_free_in_the_new_ledger(
    state: State, doubts: int, hold: bool, becomes: object
) -> None:
    attempt = Attempt(1, NOW, "sending", None, "")
    held = notice()._replace(state=state, doubts=doubts)
    found, _, attempts = freed(NoticeRecord(held, hold, (attempt,)), NOW + HOUR)
    assert (found.state, found.due, found.doubts) == becomes
    assert attempts[0].outcome == ("unknown" if state == "sending" else "sending")
    assert (found.reason == ENDED) == (state == "sending")


def moved(folder: Path, new: str, **environ: str) -> str:
    """Move the ledger of a folder with the command, and return what it says."""
    migrated = run(folder, "notices", "migrate", new, **environ)
    assert (migrated.returncode, migrated.stderr) == (0, "")
    return migrated.stdout


def test_after_a_move_there_and_back_nothing_is_sent_again(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url, 5)
        file = tmp_path / "config.yaml"
        before = file.read_text("utf-8")
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:00:00Z").stdout == "5 sent\n"
        address = new_database()
        said = moved(tmp_path, "${ADDRESS}", ADDRESS=address)
        assert PASSWORD not in said
        assert ":PASSWORD@127.0.0.1" in said
        stored_in(tmp_path, address)
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:05:00Z").stdout == "nothing was due\n"
        said = moved(tmp_path, "sqlite:///back/ledger.db")
        assert "now write `store: sqlite:///back/ledger.db` in config.yaml" in said
        file.write_text(
            json.dumps(json.loads(before) | {"store": "sqlite:///back/ledger.db"}), "utf-8"
        )
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:10:00Z").stdout == "nothing was due\n"
        assert run(tmp_path, "notices", "list").stdout.count("sent") == 5
        assert len(sink.received) == 5


def test_a_process_that_begins_during_the_move_stops_it(tmp_path: Path) -> None:
    stores, old, new = Stores(tmp_path), new_database(), new_file(tmp_path)

    async def story() -> None:
        async with stores.opened(old) as ledger:
            await fill(ledger)
        begins = """INSERT INTO onthisday.processes (token, beat)
            VALUES ('late', clock_timestamp()) ON CONFLICT DO NOTHING"""

        def begin(_count: int) -> None:
            with psycopg.connect(old) as connection:
                connection.execute(begins.encode())

        with pytest.raises(OnThisDayError, match="is in use by another process"):
            await move_ledger(stores.workspace, stores.config(old), new, begin)
        assert not (tmp_path / new.removeprefix("sqlite:///")).exists()

    asyncio.run(story())
