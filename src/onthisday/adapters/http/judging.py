"""Judge the host of a service before a proxy is asked for it.

The proxy connects to the service, so nobody here can judge the address of that connection, as
addresses.py does. If the host is an address, or a name that this machine knows, all its addresses
must be public. Any other name is the proxy's to judge.

Used by tunnels.py and apprise_proxies.py.
"""

import asyncio
import re
import socket
from concurrent.futures import ThreadPoolExecutor

import aiohttp

from onthisday.adapters.http.addresses import LookUp, RefusedAddress
from onthisday.adapters.public_addresses import is_public

LOOK_UP = 3.0
"""Seconds to wait for the addresses of a name.

Behind a proxy there is often no name server that answers.
"""


def judge_host(host: str, look_up: LookUp = socket.getaddrinfo) -> None:
    """Judge a host. ``host``: as it stands in the request.

    Raise RefusedAddress if it is, or has, an address that is not public. It is no error if it is a
    name that this machine does not know. Raise aiohttp.InvalidURL if it can be no host.
    """
    if ":" in host and not is_public(host):
        raise RefusedAddress
    try:
        found = look_up(host.rstrip("."), 0, socket.AF_UNSPEC, socket.SOCK_STREAM)
    except ValueError as error:
        raise aiohttp.InvalidURL(host) from error
    except socket.gaierror:
        _judge_unknown(host)
    else:
        if not all(is_public(str(address[0])) for *_, address in found):
            raise RefusedAddress


def _judge_unknown(host: str) -> None:
    """Judge a host for which no address is known here."""
    if _ENDS_IN_A_NUMBER.search(host):
        raise RefusedAddress


_ENDS_IN_A_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0[xX][0-9a-fA-F]*)\.?$")
"""A host that ends so is an address and no name (URL Standard, "ends in a number checker").

The proxy may read an address that this machine cannot read.
"""


class Judge:
    """Judges hosts in threads of its own, so that a slow name server delays nothing else."""

    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up
        self._threads = ThreadPoolExecutor(64, "judge")

    async def judge(self, host: str, patience: float = LOOK_UP) -> None:
        """Judge a host, as `judge_host` does.

        A name that is not found in ``patience`` seconds counts as one that nobody knows here.
        """
        loop = asyncio.get_running_loop()
        judging = loop.run_in_executor(self._threads, judge_host, host, self._look_up)
        try:
            async with asyncio.timeout(patience):
                await judging
        except TimeoutError:
            _judge_unknown(host)

    def close(self) -> None:
        """End the threads, without waiting for them."""
        self._threads.shutdown(wait=False, cancel_futures=True)
