"""Use case: tell the hub which feeds have news (W3C, WebSub, section 7).

A hub brings the new feed to those who subscribed to it. It is told after the news can be fetched.
Then it fetches the feed itself. A ping may be repeated: the hub sees that nothing is new.

WebSub leaves open how a hub is told. This is the way of PubSubHubbub 0.4, section 7.1, which public
hubs take: a form with the mode ``publish`` and the feed's address as ``hub.url``. Some hubs read
the address from ``hub.topic``, so it is there, too.

Why one feed a request by default: Google's hub takes many, but others (Flask-WebSub, WebSubHub,
Switchboard) read one address and forget the rest without a word.

Called by app/sending.py.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from onthisday.config import WebSub
from onthisday.delivery.announced import Announced, is_refused
from onthisday.delivery.replies import verdict_of, verdict_of_failure
from onthisday.delivery.request_reply import Clock, Failure, Request, Sender

if TYPE_CHECKING:
    from onthisday.site.website import Website

LONGEST = 60.0
"""Seconds after which no further request begins. What is left is told at the next tick."""


class Memory(Protocol):
    """Keeps what the hub was told, also when the process has ended.

    Why a protocol, although only adapters/files/announced_file.py implements it: this use case must
    not know files.
    """

    def recall(self) -> Announced | None:
        """Return what was kept; None if nothing was."""

    def remember(self, announced: Announced) -> None:
        """Keep it. If that is not possible, say nothing: then the hub is told once more."""


class Announcing:
    """Tells a hub of news. It remembers what each feed of the last site says."""

    def __init__(self, memory: Memory, longest: float = LONGEST) -> None:
        self._memory, self._longest = memory, longest
        self._announced = Announced("")
        self._website: Website | None = None
        self._topics: dict[str, str] = {}
        self._reading: Iterator[tuple[str, str]] = iter(())

    async def tell(
        self, sender: Sender, clock: Clock, websub: WebSub, website: "Website"
    ) -> str | None:
        """Tell the hub of each feed that has news. Return why it could not be told of one.

        It can be cancelled at any time: what the hub took is remembered.
        """
        if website is not self._website:
            self._website, self._topics, self._reading = website, {}, website.topics()
        before = self._announced = self._recalled(websub.hub)
        try:
            await self._tell(sender, clock, websub)
        finally:
            if self._announced != before:
                await asyncio.to_thread(self._memory.remember, self._announced)
        return self._announced.trouble

    def _recalled(self, hub: str) -> Announced:
        """Return what this hub was told. If the config names another hub now, it knows nothing."""
        if self._announced.hub == hub:
            return self._announced
        kept = self._memory.recall()
        return kept if kept is not None and kept.hub == hub else Announced(hub)

    async def _tell(self, sender: Sender, clock: Clock, websub: WebSub) -> None:
        """Send the pings that are due, until the hub does not answer or the time is over.

        Why while feeds are still being read: there may be thousands, and the main ones come first.
        """
        time = asyncio.get_running_loop().time
        ends, due = time() + self._longest, self._announced.due(self._topics, clock.now())
        while True:
            if len(due) < websub.at_once and (read := await self._next()):
                due += self._announced.due(read, clock.now())
                continue
            some = {each: self._topics[each] for each in due[: websub.at_once]}
            if not some or not await self._ping(sender, clock, websub, some) or time() > ends:
                return
            del due[: websub.at_once]

    async def _next(self) -> dict[str, str]:
        """Read one more feed. Return its address and a digest of what it says; {} after the last.

        Each feed is read beside the event loop, and alone, so that this can be cancelled.
        """
        try:
            read = await asyncio.to_thread(next, self._reading, None)
        except BaseException:
            self._website = None  # what was read is not all
            raise
        if read is None:
            self._announced = self._announced.among(self._topics)
            return {}
        self._topics[read[0]] = read[1]
        return dict([read])

    async def _ping(
        self, sender: Sender, clock: Clock, websub: WebSub, topics: Mapping[str, str]
    ) -> bool:
        """Tell the hub that these feeds have news. Return False if it is in trouble itself."""
        answer = await sender.send(ping_of(websub, topics))
        if isinstance(answer, Failure):
            verdict = verdict_of_failure(answer)
        else:
            verdict = verdict_of(answer, clock.now())
        if verdict.outcome == "sent":
            self._announced = self._announced.taken(topics)
            return True
        self._announced = self._announced.failed(topics, verdict, clock.now())
        return is_refused(verdict)


def ping_of(websub: WebSub, addresses: Iterable[str]) -> Request:
    """Return the request that tells the hub that these feeds have news."""
    fields = [("hub.mode", "publish")]
    for address in addresses:
        fields += [("hub.url", address), ("hub.topic", address)]
    headers = (("content-type", "application/x-www-form-urlencoded"),)
    body = urlencode(fields).encode()
    return Request("POST", websub.hub, headers, body, websub.private_addresses)
