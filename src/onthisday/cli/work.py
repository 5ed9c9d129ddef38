"""`onthisday work`: send the messages that are due, and nothing else, until a signal ends it.

For further machines that share the ledger with `serve`: `serve` plans, and all of them send.
app/serving.py and app/listening.py do the work.
"""

import argparse
import asyncio

from onthisday.app.listening import work
from onthisday.app.serving import Service
from onthisday.app.workspace import Workspace
from onthisday.cli import logs
from onthisday.cli.serve import listen_inside, say_inside


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `work`."""
    logs.add_option(parser)


def main(args: argparse.Namespace) -> int:
    """Run `work` until a signal ends it."""
    with logs.logging_to_stderr(args.log):
        service = Service(Workspace(args.config), plans=False)
        asyncio.run(service.try_ledger())
        inside = listen_inside(service.config)
        channels = [channel.name for channel in service.config.channels if channel.enabled]
        print(f"Sending to {', '.join(channels) or 'no channel'}", flush=True)
        say_inside(service.config, inside)
        work(service, inside)
    return 0
