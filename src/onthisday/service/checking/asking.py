"""Use case: ask the addresses of an almanac whether they still lead somewhere.

We are guests: each host gets one request at a time, with a pause after it, and is left alone if it
asks for that or answers nothing. Called by cli/asking_links.py. checks/links.py says what an answer
means.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from onthisday.checks.links import Link, judge
from onthisday.delivery.request_reply import Failure, Reply, Request, Sender
from onthisday.schema.web_addresses import parse_web_address

MOST_LED_ON = 5
"""How often one address may lead on to another."""

MOST_SILENT = 2
"""After so many requests in a row without an answer, a host is asked no more."""

_LEADS_ON = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((429, 503))


class Limits(NamedTuple):
    """How much is asked.

    - ``hosts``: how many hosts at once.
    - ``pause``: the seconds after each request in which its host is left alone.
    - ``longest``: after so many seconds nothing more is asked.
    - ``private_addresses``: loopback and private networks may be asked, too.
    """

    hosts: int = 16
    pause: float = 0.2
    longest: float = 900.0
    private_addresses: bool = False


async def ask(
    addresses: Iterable[str],
    sender: Sender,
    limits: Limits = Limits(),  # noqa: B008 - it is frozen
    done: Callable[[], object] = lambda: None,
) -> dict[str, Link]:
    """Return what became of each address. ``done`` is called after each of them.

    A name that the name server does not know is dead only if another address answered. Otherwise
    this machine may be offline: then some name servers know no name at all.
    """
    asker = _Asker(sender, limits)
    links: dict[str, Link] = {}

    async def ask_host(own: list[str]) -> None:
        for address in own:
            links[address] = await asker.ask(address)
            done()

    of_hosts: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        of_hosts.setdefault(_host(address), []).append(address)
    async with asyncio.TaskGroup() as tasks:
        for own in of_hosts.values():
            tasks.create_task(ask_host(own))
    return links if asker.heard else {at: _offline(link) for at, link in links.items()}


def _offline(link: Link) -> Link:
    if link.state != "dead":
        return link
    words = f"{link.words}, and no other address answered: is this machine online?"
    return Link("unasked", words)


class _Asker:
    """Asks addresses, and remembers how their hosts answer. ``heard``: some server answered."""

    def __init__(self, sender: Sender, limits: Limits) -> None:
        self._sender, self._limits = sender, limits
        self._free = asyncio.Semaphore(limits.hosts)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._silent: Counter[str] = Counter()
        self._why: dict[str, str] = {}
        self.heard = False
        self._end = asyncio.get_running_loop().time() + limits.longest

    async def ask(self, address: str) -> Link:
        """Ask one address.

        HEAD is asked first, because it costs the server less. Many servers answer it wrongly, so
        what it does not find alive is asked with GET.
        """
        answer, link = await self._follow("HEAD", urldefrag(address).url)
        if link.state == "alive" or not _may_differ(answer):
            return link
        return (await self._follow("GET", urldefrag(address).url))[1]

    async def _follow(self, method: str, address: str) -> tuple[Reply | Failure | None, Link]:
        """Ask an address and those that it leads to. Return the last answer, and what it means."""
        at = address
        for _ in range(MOST_LED_ON + 1):
            answer = await self._turn(method, at)
            if isinstance(answer, Link):
                return None, answer
            further = _further(at, answer)
            if further is None:
                link = judge(answer)
                led = f"it leads to {at}, and " if at != address and link.words else ""
                return answer, link._replace(words=f"{led}{link.words}")
            at = further
        return None, Link("unasked", f"it leads on more than {MOST_LED_ON} times")

    async def _turn(self, method: str, address: str) -> Reply | Failure | Link:
        """Return the answer to one request. If it must not be sent, return why, as a link."""
        host = _host(address)
        async with self._turns[host]:
            if self._silent[host] >= MOST_SILENT:
                return Link("unasked", f"{host} is left alone, because {self._why[host]}")
            async with self._free:
                if asyncio.get_running_loop().time() > self._end:
                    minutes = self._limits.longest / 60
                    return Link("unasked", f"it was not its turn within {minutes:g} minutes")
                answer = await self._sender.send(self._request(method, address))
            self._note(host, answer)
            await asyncio.sleep(0 if isinstance(answer, Failure) else self._limits.pause)
        return answer

    def _request(self, method: str, address: str) -> Request:
        headers = (("accept", "*/*"),)
        return Request(method, address, headers, b"", self._limits.private_addresses)

    def _note(self, host: str, answer: Reply | Failure) -> None:
        """Remember whether a host answers, and in which words it does not."""
        self._why[host] = judge(answer).words
        if isinstance(answer, Failure):
            self._silent[host] += not answer.no_such_name
        else:
            self.heard = True
            self._silent[host] = MOST_SILENT if answer.status in _BUSY else 0


def _may_differ(answer: Reply | Failure | None) -> bool:
    """Return True if GET may be answered in another way than HEAD was."""
    if isinstance(answer, Failure):
        return answer.sent
    return answer is not None and answer.status not in _BUSY


def _further(address: str, answer: Reply | Failure) -> str | None:
    """Return the address to which an answer leads on, or None."""
    if isinstance(answer, Failure) or answer.status not in _LEADS_ON:
        return None
    try:
        further = urljoin(address, answer.headers.get("location", "").strip())
        return parse_web_address(urldefrag(further).url) if further != address else None
    except ValueError:
        return None


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").lower()
