"""Addresses: no URL, however it is written, leads to a connection that is not public.

The URL of each trial is made of parts that programs read in different ways. Its names have any
addresses. No connection is made: an audit hook stops each one, and keeps the address. The rule for
what is public is Python's own, and a list of what Python takes for public by mistake.
"""

import asyncio
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from random import Random
from typing import Any

from onthisday.adapters.http.addresses import LookUp
from onthisday.adapters.http.http_sender import HttpSender
from onthisday.adapters.public_addresses import is_public
from onthisday.delivery.request_reply import Reply, Request

_MISTAKEN = [
    ip_network(each)
    for each in (
        "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "fec0::/10", "192.0.0.0/24", "3fff::/20",
        "5f00::/16", "168.63.129.16/32", "192.88.99.0/24", "2002::/16", "2001::/23",
    )
]  # fmt: skip

_STOPPED: list[list[Any]] = []
"""Where the addresses of stopped connections are kept, while a fuzzer runs."""


def _stop(event: str, values: tuple[Any, ...]) -> None:
    if event == "socket.connect" and _STOPPED and isinstance(values[1], tuple):
        _STOPPED[-1].append(values[1])
        raise ConnectionRefusedError("the fuzzer makes no connection")


@contextmanager
def trying() -> Iterator[Callable[[Random], None]]:
    """Give a function that tries one URL."""
    sys.addaudithook(_stop)
    stopped: list[Any] = []
    _STOPPED.append(stopped)
    try:
        with asyncio.Runner() as runner:
            runner.get_loop()  # its own sockets are connected now
            yield lambda random: _attempt(runner, stopped, random)
    finally:
        _STOPPED.remove(stopped)


def _attempt(runner: asyncio.Runner, stopped: list[Any], random: Random) -> None:
    stopped.clear()
    address = _address(random)
    assert not is_public(str(address)) or _may_be_reached(address), address
    url = _url(random)
    answer = runner.run(_sent(url, _names(random)))
    assert not isinstance(answer, Reply), url
    for host, *_ in stopped:
        assert _may_be_reached(ip_address(host)), f"{url} led to {host}"


async def _sent(url: str, look_up: LookUp) -> Any:
    async with HttpSender(look_up, total=2) as sender:
        return await sender.send(Request("POST", url, (), b"", private_addresses=False))


def _may_be_reached(address: IPv4Address | IPv6Address) -> bool:
    """Return True if an address is public, by another rule than the program's."""
    inside = getattr(address, "ipv4_mapped", None)
    if address in ip_network("64:ff9b::/96"):
        inside = IPv4Address(int(address) & 0xFFFFFFFF)
    address = inside or address
    good = address.is_global and not address.is_multicast and not address.is_reserved
    return good and not any(address in each for each in _MISTAKEN)


def _names(random: Random) -> LookUp:
    """Return a name server that knows each name, by one to three addresses."""
    found = [_address(random) for _ in range(random.randint(1, 3))]

    def look_up(_: str, port: int, *_more: Any) -> list[tuple[Any, ...]]:
        return [_info(address, port, random) for address in found]

    return look_up


def _info(address: IPv4Address | IPv6Address, port: int, random: Random) -> tuple[Any, ...]:
    if isinstance(address, IPv4Address):
        return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (str(address), port))
    scope = random.choice([0, 0, 0, 1, 25])
    return (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (str(address), port, 0, scope))


_PREFIXES = [
    "::", "::ffff:0:0", "::ffff:0:0:0", "64:ff9b::", "64:ff9b:1::", "2002::", "2001::", "fec0::",
    "fe80::", "fc00::", "2606:4700::", "2001:db8::", "3fff::", "ff02::", "4000::", "2620:4f:8000::",
]  # fmt: skip
_INSIDE = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "8.8.8.8", "168.63.129.16", "0.0.0.0"]


def _address(random: Random) -> IPv4Address | IPv6Address:
    if random.random() < 0.2:
        return IPv4Address(random.getrandbits(32))
    inside = IPv4Address(random.choice(_INSIDE))
    if random.random() < 0.4:
        return inside
    shift = random.choice([0, 0, 80, 64, 16])
    return IPv6Address(int(IPv6Address(random.choice(_PREFIXES))) | int(inside) << shift)


def _url(random: Random) -> str:
    scheme = random.choice(["http", "http", "https", "HTTP", "h\ttp", ""])
    between = random.choice(["://", "://", "://", ":", ":/", ":///", ":////", "://@//", ":\\\\"])
    before = random.choice(["", "", "", "a@", "a:b@", "@", "a.invalid@", "a%40", "a\\@", "a#@"])
    after = random.choice(["", ":80", ":", ":0", ":99999", ":٣", ":80:80", "@b.invalid"])
    path = random.choice(["", "/", "/x", "//x", "\\x", "?x", "#x", "/\x00", "/ "])
    whole = scheme + between + before + _host(random) + after + path
    return _spoilt(random, whole) if random.random() < 0.3 else whole


def _host(random: Random) -> str:
    address = _address(random)
    number = int(address)
    if isinstance(address, IPv6Address):
        zone = random.choice(["", "", "%", "%25", "%251", "%lo", "%25lo", "%00"])
        return random.choice(["[{}{}]", "[{}{}]", "{}{}", "[{}]{}"]).format(address, zone)
    parts = str(address).split(".")
    wide = "".join(chr(ord("０") + int(c)) if c.isdigit() else c for c in str(address))
    round_ = str(address).translate({ord("1") + n: chr(ord("①") + n) for n in range(9)})
    return random.choice([
        str(address), f"{address}.", str(number), hex(number), f"0{number:o}", wide, round_,
        ".".join(f"0{int(part):o}" for part in parts), ".".join(hex(int(part)) for part in parts),
        f"{parts[0]}.{number & 0xFFFFFF}", f"[::ffff:{address}]", f"{address}%00.a.invalid",
        str(address).replace(".", random.choice("。．｡")), f"{address}.a.invalid", "a.invalid",
        "".join(f"%{ord(c):02x}" for c in str(address)), "localhost", f"[v1.{address}]",
    ])  # fmt: skip


def _spoilt(random: Random, text: str) -> str:
    place = random.randrange(len(text) + 1)
    more = random.choice("/@:[]%\\?#.\t\n \x00\u200b\u00ad①。٣é")
    return text[:place] + more + text[place + random.randint(0, 1) :]
