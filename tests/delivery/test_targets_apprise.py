"""Channels of type apprise: the library says yes, says no or is missing; and the real library."""

import asyncio
import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from onthisday.adapters.http.apprise import AppriseSender
from onthisday.adapters.installation import command_for
from onthisday.delivery.request_reply import Request, Verdict
from onthisday.messages.chat_services import SERVICES
from onthisday.service.sending.posting import post
from tests.delivery.channels import NOW, channel, message
from tests.delivery.fakes import OK, SetClock, ToldSender, instant
from tests.delivery.services import Service, serving
from tests.delivery.sink import Answer


class Library:
    """Stands in for Apprise, and keeps what it is given."""

    NotifyFormat = SimpleNamespace(TEXT="text")

    def __init__(self, *, known: bool = True, taken: Any = True) -> None:
        self.known, self.taken = known, taken
        self.added: list[str] = []
        self.notified: list[dict[str, str]] = []

    def Apprise(self) -> "Library":  # noqa: N802 - as it is called there
        return self

    def add(self, url: str) -> bool:
        self.added.append(url)
        return self.known

    def notify(self, **values: str) -> bool:
        self.notified.append(values)
        if isinstance(self.taken, Exception):
            raise self.taken
        return bool(self.taken)


def sent(load: Any, **keys: Any) -> Verdict:
    to = channel("apprise", **keys)
    request = SERVICES["apprise"].render(message(), to, instant(NOW))
    sender = AppriseSender(ToldSender(), load)
    return asyncio.run(post(sender, to, request, SetClock(NOW)))


def test_its_yes_is_sent() -> None:
    library = Library()
    assert sent(lambda: library).outcome == "sent"
    assert library.added == ["json://user:s3cret-t0ken@localhost/path"]
    (notified,) = library.notified
    assert notified["title"] == "On this day, 25 February"
    assert notified["body_format"] == "text"
    assert notified["body"].startswith("Khrushchev denounces Stalin https://")


def test_its_no_is_unknown() -> None:
    verdict = sent(lambda: Library(taken=False))
    assert verdict.outcome == "unknown"
    assert "its log says why" in verdict.detail


def test_an_error_of_its_is_unknown_and_shows_no_secret() -> None:
    verdict = sent(lambda: Library(taken=ValueError("json://user:s3cret-t0ken@localhost")))
    assert verdict == Verdict("unknown", "Apprise broke off (ValueError)")


def test_an_address_that_it_does_not_know_was_not_sent() -> None:
    verdict = sent(lambda: Library(known=False))
    assert verdict.outcome == "retry"
    assert "knows no such address" in verdict.detail


def test_without_the_extra_nothing_is_lost_and_the_mend_is_said() -> None:
    def absent() -> Any:
        raise ImportError

    verdict = sent(absent)
    assert verdict.outcome == "retry"
    assert verdict.detail.endswith(f"install the extra apprise: {command_for('apprise')}")


def test_other_channels_go_the_other_way_and_the_library_is_not_loaded() -> None:
    other = ToldSender()
    request = Request("POST", "https://hooks.example/", (), b"")
    answer = asyncio.run(AppriseSender(other, lambda: 1 / 0).send(request))
    assert answer == OK


@pytest.fixture
def service() -> Iterator[Service]:
    with serving(lambda _: Answer()) as running:
        yield running


@pytest.mark.filterwarnings("ignore")  # the real library gives warnings of its own
def test_the_library_itself_sends_and_says_so(service: Service) -> None:
    library = pytest.importorskip("apprise")
    address = service.url.replace("http://", "json://user:s3cret-t0ken@")
    assert sent(lambda: library, url=address).outcome == "sent"
    (received,) = service.received
    assert json.loads(received.body)["title"] == "On this day, 25 February"
    service.answer = lambda _: Answer(500)
    assert sent(lambda: library, url=address).outcome == "unknown"
    assert sent(lambda: library, url="nosuchservice://a/b").outcome == "retry"
