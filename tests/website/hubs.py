"""A WebSub hub that others wrote, and a subscriber, on loopback: Flask-WebSub.

The hub checks each subscriber, fetches a feed when it is told of news, and brings it to them.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import httpx
from celery import Celery
from flask import Flask
from flask_websub.hub import Hub, SQLite3HubStorage
from flask_websub.subscriber import discover
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.delivery.sink import Answer, Received, Sink, running_sink


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Print no line for each request."""


@contextmanager
def running_hub(folder: Path) -> Iterator[str]:
    """Run a hub during a ``with`` block. Yield its address.

    Its work is done at once, and not by workers of Celery.
    """
    app, celery = Flask("hub"), Celery(set_as_current=False)
    celery.conf.task_always_eager = True
    app.config["PUBLISH_SUPPORTED"] = True
    hub = Hub(SQLite3HubStorage(str(folder / "hub.db")), celery, **app.config)
    app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hub"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Subscriber(NamedTuple):
    """A program that wants news at once. It finds the hub as WebSub says (section 4)."""

    sink: Sink

    def subscribe(self, feed: str) -> None:
        """Find the hub of a feed, and subscribe."""
        found = discover(feed)
        self.sink.answer = _confirming
        form = {
            "hub.mode": "subscribe",
            "hub.topic": found["topic_url"],
            "hub.callback": f"{self.sink.url}callback",
        }
        assert httpx.post(found["hub_url"], data=form).status_code == 202

    @property
    def brought(self) -> list[Received]:
        """What the hub brought: each is a whole feed."""
        return [each for each in self.sink.received if each.method == "POST"]


def _confirming(request: Received) -> Answer:
    """Confirm to the hub that we subscribed (section 5.3)."""
    challenge = parse_qs(urlsplit(request.path).query).get("hub.challenge", ["ok"])
    return Answer(200, (), challenge[0].encode())


@contextmanager
def subscriber() -> Iterator[Subscriber]:
    """Run a subscriber during a ``with`` block."""
    with running_sink() as sink:
        yield Subscriber(sink)
