"""Ask the addresses of an almanac for `check --links`, and show on a terminal how far it is."""

import asyncio
import sys
from collections.abc import Callable, Sequence

from tqdm import tqdm

from onthisday.adapters.http.http_sender import HttpSender
from onthisday.checks.links import Links
from onthisday.config import Proxy
from onthisday.service.checking.asking import Limits, ask


def asked(addresses: Sequence[str], proxy: Proxy | None, limits: Limits) -> Links:
    """Return what became of each address. ``proxy``: the way out, if the config names one."""
    file = sys.__stderr__  # `sys.stderr` escapes what a terminal acts on, as the bar does
    total = len(addresses)
    with tqdm(total=total, unit=" addresses", disable=None, leave=False, file=file) as bar:
        return asyncio.run(_asked(addresses, proxy, limits, bar.update))


async def _asked(
    addresses: Sequence[str], proxy: Proxy | None, limits: Limits, done: Callable[[], object]
) -> Links:
    async with HttpSender(proxy=lambda: proxy) as sender:
        return await ask(addresses, sender, limits, done)
