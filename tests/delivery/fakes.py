"""What stands in for the real world in these tests.

An almanac in memory, a sender that answers as a test says, and a clock that a test sets.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from onthisday.almanac.document import Document
from onthisday.almanac.entry import ALL, Entry, Selection
from onthisday.almanac.library import Library
from onthisday.almanac.living import public_from
from onthisday.almanac.occasions import order_of
from onthisday.config import Channel, Config, Secret, Site
from onthisday.dates.calendars import CivilDay, MonthDay, day_number
from onthisday.delivery.request_reply import Failure, Reply, Request
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.service.sending.pace import Pace

SITE = Site("Test", "https://example.org/", None, None, "UTC", "en", "example.org,2026")

OK = Reply(200, {}, b"ok")

TAKEN = {
    "slack": OK,
    "discord": Reply(200, {}, b'{"id": "1289034567890123456", "type": 0, "content": "..."}'),
    "teams": Reply(202, {}, b""),
    "mattermost": OK,
    "matrix": Reply(200, {}, b'{"event_id": "$143273582443PhrSn:example.org"}'),
    "telegram": Reply(200, {}, b'{"ok": true, "result": {"message_id": 365}}'),
    "ntfy": Reply(200, {}, b'{"id": "sPs71M8A2T", "time": 1643935928, "event": "message"}'),
    "mastodon": Reply(200, {}, b'{"id": "103254962155278888", "content": "<p>...</p>"}'),
    "bluesky": Reply(200, {}, b'{"uri": "at://did:plc:me/app.bsky.feed.post/3k", "cid": "bafy"}'),
    "email": Reply(250, {"smtp-step": "message"}, b"2.0.0 Ok: queued as 4Zk1Rk2mXyz"),
    "webhook": Reply(204, {}, b""),
    "apprise": Reply(200, {}, b"taken by Apprise"),
}
"""What each service answers if it took a message."""

EVEN = Pace(jitter=lambda: 0.0)
"""The real time, but without jitter, so that each delay is known exactly."""


def instant(text: str) -> datetime:
    """Return the instant of a text such as ``2026-02-25T09:00``, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def entry(entry_id: str, date: str = "1956-02-25", **keys: Any) -> Entry:
    """Return an entry like one that a curator writes."""
    tree: dict[str, Any] = {
        "id": entry_id,
        "date": date,
        "kind": "event",
        "title": entry_id.capitalize(),
    }
    tree |= {"sources": [{"document": "paper"}], **keys}
    problems: list[Any] = []
    found: Entry = ENTRY.read(tree, (), problems)
    assert not problems, problems
    return found


def document(document_id: str = "paper", **keys: Any) -> Document:
    """Return a document."""
    problems: list[Any] = []
    found: Document = DOCUMENT.read({"id": document_id, "title": "A paper", **keys}, (), problems)
    assert not problems, problems
    return found


def almanac_of(*entries: Entry, documents: Iterable[Document] = ()) -> Library:
    """Return a library of these entries. It can only do what sending needs."""
    return cast("Library", _MemoryLibrary(*entries, documents=documents))


class _MemoryLibrary:
    """The part of `Library` that sending needs, made of a list of entries."""

    def __init__(
        self, *entries: Entry, documents: Iterable[Document] = (), known: date | None = None
    ) -> None:
        kept = (each.known_on(known) for each in entries) if known else entries
        self._entries = sorted(kept, key=order_of)
        self._falling = [each for each in self._entries if not (known and each.withdrawn)]
        self._documents = {each.id: each for each in (document(), *documents)}

    def published(self, day: date, known: date | None = None) -> "_MemoryLibrary":
        number = day_number(CivilDay(day.year, day.month, day.day))
        kept = (each for each in self._entries if (public_from(each) or 0) <= number)
        documents = self._documents.values()
        return _MemoryLibrary(*kept, documents=documents, known=known or day)

    def on(self, day: MonthDay, selection: Selection = ALL) -> Iterator[Entry]:
        return (e for e in self._falling if e.key == day and _admits(selection, e))

    def days(self, selection: Selection = ALL) -> frozenset[MonthDay]:
        return frozenset(e.key for e in self._falling if e.key and _admits(selection, e))

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e.rule for e in self._falling if e.rule))

    def movable(
        self, selection: Selection = ALL, rules: Sequence[str] | None = None
    ) -> Iterator[Entry]:
        chosen = (e for e in self._falling if e.rule and (rules is None or e.rule in rules))
        return (e for e in chosen if _admits(selection, e))

    @property
    def version(self) -> str:
        return " ".join(entry.id for entry in self._entries)

    def ids(self) -> Iterator[str]:
        return (entry.id for entry in self._entries)

    def entry(self, entry_id: str) -> Entry | None:
        return next((e for e in self._entries if e.id == entry_id), None)

    @property
    def last_correction(self) -> date | None:
        return max((it.on for each in self._entries for it in each.corrections), default=None)

    def correction_days(self) -> Iterator[tuple[str, date]]:
        return iter(sorted({(each.id, it.on) for each in self._entries for it in each.corrections}))

    def document(self, document_id: str) -> Document | None:
        return self._documents.get(document_id)


def _admits(selection: Selection, found: Entry) -> bool:
    return (not selection.kinds or found.kind in selection.kinds) and (
        (not selection.tags or bool({*selection.tags} & {*found.tags}))
        and not {*selection.without} & {*found.tags}
    )


def channel(name: str = "room", **values: Any) -> Channel:
    """Return a channel that posts at 09:00 UTC to a webhook."""
    made = Channel(
        name=name, type="webhook", url=Secret(f"https://hooks.example/{name}-secret-path"),
        user=None, token=None, to=None, secret=(), at=time(9), zone="UTC", selection=ALL,
        post="day", language="en", starts="today", enabled=True, on_unknown="retry",
        private_addresses=False,
    )  # fmt: skip
    return made._replace(**values)


def config(*channels: Channel, **values: Any) -> Config:
    """Return a config with these channels."""
    made = Config(
        site=SITE, store=Secret("sqlite:///var/onthisday.db"), output=None, catch_up_days=7,
        keep_days=400, heartbeat=None, listen=("127.0.0.1", 0), channels=channels,
    )  # fmt: skip
    return made._replace(**values)


class SetClock:
    """Implements `Clock`. It shows the instant that was set, and stands still."""

    def __init__(self, at: str) -> None:
        self.at = instant(at)
        self._steady, self._ends = 0.0, list[float]()

    def set(self, at: str) -> None:
        """Set the clock to another instant. It may be an earlier one."""
        self.at = instant(at)

    def now(self) -> datetime:
        return self.at

    @property
    def pace(self) -> Pace:
        """A pace without jitter. To wait takes no real time: it sets this clock forward."""
        return Pace(now=self._seconds, sleep=self._sleep, jitter=lambda: 0.0)

    def _seconds(self) -> float:
        return self._steady

    async def _sleep(self, seconds: float) -> None:
        end = self._steady + seconds
        self._ends.append(end)
        await asyncio.sleep(0)
        while min(self._ends) < end:
            await asyncio.sleep(0)
        self._ends.remove(end)
        if end > self._steady:
            self.at += timedelta(seconds=end - self._steady)
            self._steady = end


class ToldSender:
    """Implements `Sender`. It sends nothing, answers as a test says, and keeps the requests."""

    def __init__(self, answer: Callable[[Request], Reply | Failure] = lambda _: OK) -> None:
        self.answer = answer
        self.sent: list[Request] = []

    async def send(self, request: Request) -> Reply | Failure:
        self.sent.append(request)
        return self.answer(request)
