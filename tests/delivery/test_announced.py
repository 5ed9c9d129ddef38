"""What a hub is told, when it is told again, and what is remembered of it."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from sqlite3 import DatabaseError
from urllib.parse import parse_qs

import pytest

from onthisday.adapters.files.announced_file import AnnouncedFile
from onthisday.config import WebSub
from onthisday.delivery.announced import Announced, Wait
from onthisday.delivery.request_reply import Failure, Reply, Request, Verdict
from onthisday.service.announcing import Announcing, ping_of
from onthisday.site.website import Website
from tests.delivery.fakes import SetClock, ToldSender, instant
from tests.website.fixtures import entry_of, open_almanac

HUB = WebSub("https://hub.example.org/")
NOW = instant("2026-02-25T09:00")
TOPICS = {"https://a.example/feed.atom": "1", "https://a.example/feed.rss": "2"}
AWAY = Verdict("retry", "no answer")
REFUSED = Verdict("retry", "", 403)


def minutes_until(wait: Wait) -> float:
    return (wait.until - NOW) / timedelta(minutes=1)


def test_only_what_says_something_else_is_due_and_is_due_until_it_is_taken() -> None:
    announced = Announced(HUB.hub)
    assert announced.due(TOPICS, NOW) == [*TOPICS]
    announced = announced.taken(TOPICS)
    assert announced.due(TOPICS, NOW) == []
    edited = {**TOPICS, "https://a.example/feed.rss": "3"}
    assert announced.due(edited, NOW) == ["https://a.example/feed.rss"]


def test_a_hub_that_is_away_is_left_alone_for_longer_and_longer_up_to_an_hour() -> None:
    announced, waits = Announced(HUB.hub), []
    for _ in range(9):
        announced = announced.failed(TOPICS, AWAY, NOW)
        waits.append(minutes_until(announced.waits[""]))
        assert announced.due(TOPICS, NOW + timedelta(minutes=waits[-1] - 0.1)) == []
        assert announced.due(TOPICS, NOW + timedelta(minutes=waits[-1])) == [*TOPICS]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert announced.trouble == "no answer"
    announced = announced.taken({"https://a.example/feed.rss": "2"})
    assert (announced.trouble, announced.due(TOPICS, NOW)) == (
        None,
        ["https://a.example/feed.atom"],
    )


@pytest.mark.parametrize(("asked", "minutes"), [(5, 5), (1e9, 24 * 60), (0, 1)])
def test_a_wait_that_the_hub_asks_for_is_kept_up_to_a_day(asked: float, minutes: float) -> None:
    throttled = Verdict("throttled", "", 429, timedelta(minutes=asked))
    assert minutes_until(Announced(HUB.hub).failed(TOPICS, throttled, NOW).waits[""]) == minutes


def test_a_feed_that_is_refused_waits_alone() -> None:
    atom, rss = TOPICS
    announced = Announced(HUB.hub).failed([atom], REFUSED, NOW)
    assert announced.due(TOPICS, NOW) == [rss]
    announced = announced.taken({rss: "2"})
    assert announced.trouble == "it answered 403"
    later = NOW + timedelta(minutes=1)
    assert announced.due(TOPICS, later) == [atom]
    assert announced.taken({atom: "1"}).trouble is None


def test_a_wait_that_a_wrong_clock_made_does_not_last() -> None:
    announced = Announced(HUB.hub).failed(TOPICS, AWAY, NOW + timedelta(days=400))
    assert announced.due(TOPICS, NOW) == [*TOPICS]


def test_a_feed_that_is_gone_is_forgotten() -> None:
    atom, rss = TOPICS
    announced = Announced(HUB.hub).taken({atom: "1"}).failed([rss], REFUSED, NOW)
    assert announced.among({"https://a.example/other.atom": "1"}) == Announced(HUB.hub)
    assert announced.among(TOPICS) == announced


def test_a_ping_is_a_form_that_names_each_feed_for_both_kinds_of_hubs() -> None:
    request = ping_of(HUB, TOPICS)
    assert (request.method, request.url) == ("POST", HUB.hub)
    assert dict(request.headers)["content-type"] == "application/x-www-form-urlencoded"
    form = parse_qs(request.body.decode(), strict_parsing=True)
    assert form == {"hub.mode": ["publish"], "hub.url": [*TOPICS], "hub.topic": [*TOPICS]}
    assert not request.private_addresses


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    announced = Announced(HUB.hub).taken(TOPICS).failed(["https://a.example/x"], REFUSED, NOW)
    AnnouncedFile(str(tmp_path / "var" / "hub.json")).remember(announced)
    assert AnnouncedFile(str(tmp_path / "var" / "hub.json")).recall() == announced


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "7", "{}", '{"hub": "h", "told": [], "waits": {}}',
        '{"hub": "h", "told": {}, "waits": {"": [1, "2026-02-25", "no zone"]}}',
        '{"hub": "h", "told": {}, "waits": {"": ["x", "2026-02-25T00:00+00:00", ""]}}',
        '{"hub": "h", "told": {}, "waits": {"": 3}}', "\x00\udcff",
    ],
)  # fmt: skip
def test_a_damaged_memory_says_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "hub.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert AnnouncedFile(str(file)).recall() is None


def test_a_memory_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("no folder")
    memory = AnnouncedFile(str(tmp_path / "var" / "hub.json"))
    memory.remember(Announced(HUB.hub))
    assert memory.recall() is None


def test_a_memory_that_cannot_be_written_is_kept_elsewhere(tmp_path: Path) -> None:
    old, new = tmp_path / "var" / "hub.json", tmp_path / "hub.json"
    AnnouncedFile(str(old)).remember(Announced("https://old.example/"))
    old.parent.rename(tmp_path / "was")
    old.parent.write_text("no folder")
    memory = AnnouncedFile(str(old), str(new))
    memory.remember(Announced(HUB.hub))
    assert memory.recall() == Announced(HUB.hub)
    old.parent.unlink()
    (tmp_path / "was").rename(old.parent)
    assert memory.recall() == Announced(HUB.hub), "the newer one counts"


class Hub:
    """A hub that answers as a test says, and a program that tells it."""

    def __init__(self, folder: Path, answer: Callable[[Request], Reply | Failure]) -> None:
        self.sender, self.clock = ToldSender(answer), SetClock("2026-02-25T09:00")
        self.path = str(folder / "hub.json")
        self.announcing = Announcing(AnnouncedFile(self.path))
        entries = [entry_of("first", "1956-02-25"), entry_of("second", "1956-02-26")]
        self.almanac = open_almanac(folder, entries)

    def restart(self, longest: float = 60) -> None:
        self.announcing = Announcing(AnnouncedFile(self.path), longest)

    def tell(self, day: int = 25, websub: WebSub = HUB) -> str | None:
        website = Website(self.almanac.site, self.almanac.library, date(2026, 2, day))
        return asyncio.run(self.announcing.tell(self.sender, self.clock, websub, website))

    def named(self) -> list[str]:
        """Return the feeds that it was told of since the last call, without the site's address."""
        sent, self.sender.sent = self.sender.sent, []
        forms = [parse_qs(request.body.decode()) for request in sent]
        return [address.removeprefix("https://almanac.example/")
                for form in forms for address in form["hub.url"]]  # fmt: skip


ALL = [f"{name}.{ending}" for name in ("feed", "daily", "disputed/feed")
       for ending in ("atom", "rss", "json")]  # fmt: skip
OF_THE_DAY = [name for name in ALL if name != "disputed/feed.json"]
"""An empty feed of Atom or RSS says each day that it was updated."""


def taking(_: Request) -> Reply:
    return Reply(204, {}, b"")


def test_each_feed_is_told_once_and_again_when_it_changes_also_after_a_restart(
    tmp_path: Path,
) -> None:
    hub = Hub(tmp_path, taking)
    assert hub.tell() is None
    assert hub.named() == ALL
    for _ in range(2):
        assert hub.tell() is None
        hub.restart()
    assert hub.named() == []
    hub.tell(day=26)
    assert hub.named() == OF_THE_DAY


def test_another_hub_is_told_of_everything(tmp_path: Path) -> None:
    hub = Hub(tmp_path, taking)
    hub.tell()
    hub.restart()
    hub.named()
    hub.tell(websub=WebSub("https://other.example/"))
    assert hub.named() == ALL


def test_one_request_names_as_many_feeds_as_the_config_says(tmp_path: Path) -> None:
    hub = Hub(tmp_path, taking)
    hub.tell(websub=HUB._replace(at_once=4))
    assert len(hub.sender.sent) == 3
    assert hub.named() == ALL


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Failure(sent=False, detail="hub.example.org does not answer"), "does not answer"),
        (Failure(sent=True, detail="no reply in 20 seconds"), "no reply in 20 seconds"),
        (Reply(503, {}, b"too much to do"), "it answered 503: too much to do"),
        (Reply(302, {"location": "http://127.0.0.1/"}, b""), "redirects are not followed"),
    ],
)
def test_a_hub_in_trouble_gets_one_request_and_then_a_rest(
    tmp_path: Path, answer: Reply | Failure, said: str
) -> None:
    hub = Hub(tmp_path, lambda _: answer)
    for _ in range(3):
        assert said in (hub.tell() or "")
        hub.restart()
    assert hub.named() == ALL[:1]
    hub.clock.set("2026-02-25T09:01")
    hub.sender.answer = taking
    assert hub.tell() is None
    assert hub.named() == ALL


def test_what_is_refused_keeps_nothing_else_back(tmp_path: Path) -> None:
    def picky(request: Request) -> Reply:
        return Reply(400 if b"daily" in request.body else 202, {}, b"")

    hub = Hub(tmp_path, picky)
    assert hub.tell() == "it answered 400"
    assert hub.named() == ALL
    hub.tell()
    assert hub.named() == []
    hub.clock.set("2026-02-25T09:01")
    hub.tell()
    assert hub.named() == ["daily.atom", "daily.rss", "daily.json"]


def test_a_pass_that_takes_too_long_ends_and_the_next_one_goes_on(tmp_path: Path) -> None:
    hub = Hub(tmp_path, taking)
    hub.restart(longest=-1)
    for feed in ALL:
        hub.tell()
        assert hub.named() == [feed]
    hub.tell()
    assert hub.named() == []


def test_what_the_hub_took_is_remembered_if_the_program_ends_meanwhile(tmp_path: Path) -> None:
    def ending(request: Request) -> Reply:
        if b"daily" in request.body:
            raise asyncio.CancelledError
        return taking(request)

    hub = Hub(tmp_path, ending)
    with pytest.raises(asyncio.CancelledError):
        hub.tell()
    hub.named()
    hub.restart()
    hub.sender.answer = taking
    hub.tell()
    assert hub.named() == ALL[3:]


def test_the_main_feeds_are_told_before_the_others_are_read(tmp_path: Path) -> None:
    hub, told = Hub(tmp_path, taking), []

    class Large(Website):
        def topics(self) -> Iterator[tuple[str, str]]:
            for topic in super().topics():
                told.append(len(hub.sender.sent))
                yield topic

    website = Large(hub.almanac.site, hub.almanac.library, date(2026, 2, 25))
    asyncio.run(hub.announcing.tell(hub.sender, hub.clock, HUB, website))
    assert told == [*range(len(ALL))]


def test_a_site_that_cannot_be_read_is_read_again(tmp_path: Path) -> None:
    hub = Hub(tmp_path, taking)

    class Damaged(Website):
        broken = True

        def topics(self) -> Iterator[tuple[str, str]]:
            yield from islice(super().topics(), 4 if self.broken else None)
            if self.broken:
                raise DatabaseError("damaged")

    website = Damaged(hub.almanac.site, hub.almanac.library, date(2026, 2, 25))
    with pytest.raises(DatabaseError):
        asyncio.run(hub.announcing.tell(hub.sender, hub.clock, HUB, website))
    website.broken = False
    asyncio.run(hub.announcing.tell(hub.sender, hub.clock, HUB, website))
    assert hub.named() == ALL
