"""`onthisday serve`: send messages and serve pages and feeds, all in one process.

app/serving.py and app/listening.py do the work.
"""

import argparse
import asyncio
import logging
import socket

from onthisday.app.listening import bind, run
from onthisday.app.serving import Service
from onthisday.app.workspace import Workspace
from onthisday.cli import logs
from onthisday.config import Config
from onthisday.errors import NotSet, system_words
from onthisday.schema.config_schema import parse_listen
from onthisday.service.log_events import event

log = logging.getLogger("onthisday")

FORMATS = ("atom", "rss", "json")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `serve`."""
    parser.add_argument(
        "--listen",
        type=_listen,
        metavar="HOST:PORT",
        help="where to listen; default: `listen` in the config",
    )
    logs.add_option(parser)


def main(args: argparse.Namespace) -> int:
    """Run `serve` until a signal ends it."""
    with logs.logging_to_stderr(args.log):
        service = Service(Workspace(args.config))
        asyncio.run(service.try_ledger())
        _warn(service.config)
        _serve(service, args.listen)
    return 0


def _serve(service: Service, listen: tuple[str, int] | None) -> None:
    config = service.config
    address = listen or config.listen
    listening = bound(*address, "choose another with --listen")
    inside = listen_inside(config)
    _say_where(config, address[0], listening.getsockname()[1])
    say_inside(config, inside)
    run(service, listening, inside)


def listen_inside(config: Config) -> socket.socket | None:
    """Return a socket for the operator's own listener, if the config has an address for it."""
    return config.metrics and bound(*config.metrics, "choose another: `metrics` in the config")


def say_inside(config: Config, inside: socket.socket | None) -> None:
    """Print the address of the operator's own listener."""
    if config.metrics and inside:
        print(f"  metrics  {home(config.metrics[0], inside.getsockname()[1])}metrics", flush=True)


def bound(host: str, port: int, mend: str) -> socket.socket:
    """Return a socket that listens there. If that fails, raise NotSet, which says the mend."""
    try:
        return bind(host, port)
    except OSError as error:
        low = isinstance(error, PermissionError) and port < 1024
        why = "a port below 1024 needs special rights" if low else system_words(error)
        why = why.partition(" (while ")[0]  # the other words repeat the address
        raise NotSet(f"{host}:{port}: cannot listen there: {why}; {mend}") from error


def _listen(text: str) -> tuple[str, int]:
    try:
        return parse_listen(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _warn(config: Config) -> None:
    """Warn if the site's address or tag is still an example.

    Links are made from the address, and ids from the tag. So both should be right from the start.
    """
    site = config.site
    for key, value in (("url", site.url), ("tag", site.tag)):
        if "example.org" in value:
            words = 'site.%s still says "%s"; set it before people subscribe'
            log.warning(words, key, value, extra=event("site.example", key=f"site.{key}"))


def _say_where(config: Config, host: str, port: int) -> None:
    address = home(host, port)
    print(f"Serving {address}")
    for ending in FORMATS:
        print(f"  feed  {address}feed.{ending}")
    for language in config.site.languages:
        print(f"  {language}  {address}{language}/")
    channels = [channel.name for channel in config.channels if channel.enabled]
    print(f"  channels  {', '.join(channels) or 'none'}", flush=True)


def home(host: str, port: int) -> str:
    """Return the address of the site's first page."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
