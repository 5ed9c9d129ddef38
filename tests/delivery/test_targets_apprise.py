"""Channels of type apprise: the library says yes, says no or is missing; and the real library."""

import asyncio
import json
import socket
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from onthisday.adapters.http.addresses import RefusedAddress
from onthisday.adapters.http.apprise import AppriseSender, why_not
from onthisday.adapters.http.apprise_connections import watched
from onthisday.adapters.http.apprise_proxies import go_through
from onthisday.adapters.installation import command_for
from onthisday.config import Proxy, Secret
from onthisday.delivery.request_reply import Request, Verdict
from onthisday.messages.chat_services import SERVICES
from onthisday.service.sending.posting import Posting
from tests.delivery.channels import NOW, channel, message
from tests.delivery.fakes import OK, SetClock, ToldSender, instant
from tests.delivery.proxies import CERTIFICATE, FakeProxy, running_proxy, server_side
from tests.delivery.services import Service, serving
from tests.delivery.sink import Answer, running_sink


@pytest.fixture(autouse=True)
def no_proxy_afterwards() -> Iterator[None]:
    """Take the proxy of a test away after it. It counts for all that requests sends here."""
    yield
    go_through(None)


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


def sent(load: Any, proxy: Proxy | None = None, **keys: Any) -> Verdict:
    to = channel("apprise", **keys)
    request = SERVICES["apprise"].render(message(), to, instant(NOW))
    sender = AppriseSender(ToldSender(), load, lambda: proxy)
    return asyncio.run(Posting(sender, SetClock(NOW)).post(to, request))


def test_its_yes_is_sent() -> None:
    library = Library()
    assert sent(lambda: library).outcome == "sent"
    assert library.added == ["json://user:s3cret-t0ken@localhost/path"]
    (notified,) = library.notified
    assert notified["title"] == "70 years ago: Khrushchev denounces Stalin"
    assert notified["body_format"] == "text"
    assert notified["body"].splitlines() == [
        "25 February 1956, Moscow", "In a closed session he speaks of a cult.",
        "2 sources, which differ on 1 question.", "https://example.org/entries/secret-speech/",
    ]  # fmt: skip


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


@pytest.mark.filterwarnings("ignore")  # the real library gives warnings of its own
def test_an_address_that_apprise_does_not_know_is_told_before_anything_is_sent() -> None:
    pytest.importorskip("apprise")
    assert why_not("json://user:s3cret-t0ken@localhost/path") is None
    said = why_not("nosuchservice://s3cret-t0ken/b")
    assert said == ("Apprise knows no such address; see its list of services and mend the url")

    def absent() -> Any:
        raise ImportError

    assert "Apprise is not installed" in (why_not("json://localhost/", absent) or "")


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
    assert json.loads(received.body)["title"] == "70 years ago: Khrushchev denounces Stalin"
    service.answer = lambda _: Answer(500)
    assert sent(lambda: library, url=address).outcome == "unknown"
    assert sent(lambda: library, url="nosuchservice://a/b").outcome == "retry"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_library_is_kept_from_private_addresses_unless_they_are_allowed(
    service: Service, host: str
) -> None:
    library = pytest.importorskip("apprise")
    address = service.url.replace("http://127.0.0.1", f"json://{host}")
    verdict = sent(lambda: library, url=address, private_addresses=False)
    assert verdict.outcome == "retry"
    assert "private_addresses: true allows to send there" in verdict.detail
    assert service.connections == 0


def through(proxy: FakeProxy) -> Proxy:
    secret = Secret(proxy.url.replace("//", "//history:p%40ss@"))
    return Proxy(secret, secret)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("scheme", ["json", "jsons"])
def test_the_library_sends_through_the_proxy(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    library = pytest.importorskip("apprise")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    tls = server_side() if scheme == "jsons" else None
    with running_proxy() as proxy, running_sink(tls) as sink:
        proxy.knows["service.invalid"] = sink.port
        address = f"{scheme}://service.invalid/path"
        verdict = sent(lambda: library, through(proxy), url=address, private_addresses=False)
        assert verdict.outcome == "sent"
        assert sink.paths() == ["/path"]
        (asked,) = proxy.asked
        assert (
            asked.headers["proxy-authorization"] == f"Basic {b64encode(b'history:p@ss').decode()}"
        )


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("private", [True, False])
def test_what_a_proxy_kept_the_library_from_was_not_sent(private: bool) -> None:
    library = pytest.importorskip("apprise")
    with running_proxy() as proxy:
        way = through(proxy)
        proxy.refusal = b"HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n"
        address = "jsons://service.invalid/path"
        verdict = sent(lambda: library, way, url=address, private_addresses=private)
        assert len(proxy.asked) == 1
    words = "Apprise got no connection through the proxy; look at proxy in config"
    assert verdict == Verdict("retry", words)
    for scheme in ("json", "jsons"):  # now nobody listens at the proxy's port
        address = f"{scheme}://service.invalid/path"
        assert sent(lambda: library, way, url=address, private_addresses=private) == verdict


@pytest.mark.filterwarnings("ignore")
def test_what_a_proxy_refuses_after_the_library_sent_it_is_unknown() -> None:
    library = pytest.importorskip("apprise")
    with running_proxy() as proxy:
        proxy.refusal = b"HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n"
        verdict = sent(lambda: library, through(proxy), url="json://service.invalid/path")
        assert verdict.outcome == "unknown"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_library_asks_no_proxy_for_private_addresses_unless_they_are_allowed(
    service: Service, host: str
) -> None:
    library = pytest.importorskip("apprise")
    address = service.url.replace("http://127.0.0.1", f"json://{host}")
    with running_proxy() as proxy:
        verdict = sent(lambda: library, through(proxy), url=address, private_addresses=False)
        assert verdict.outcome == "retry"
        assert "private_addresses: true allows to send there" in verdict.detail
        assert proxy.asked == []
        assert sent(lambda: library, through(proxy), url=address).outcome == "sent"
        assert len(proxy.asked) == 1


@pytest.mark.filterwarnings("ignore")
def test_the_library_uses_no_proxy_of_the_environment(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = pytest.importorskip("apprise")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    address = service.url.replace("http://", "json://")
    assert sent(lambda: library, url=address).outcome == "sent"


@pytest.mark.filterwarnings("ignore")
def test_a_redirect_of_the_library_goes_through_the_proxy_too(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = pytest.importorskip("apprise")
    monkeypatch.setenv("NO_PROXY", "*")
    with running_proxy() as proxy, running_sink() as sink:
        proxy.knows["service.invalid"] = sink.port
        sink.answer = lambda _: Answer(307, (("location", f"{service.url}inside"),))
        address = "json://service.invalid/path?redirect=yes"
        verdict = sent(lambda: library, through(proxy), url=address, private_addresses=False)
        assert service.received == [], (verdict, proxy.asked)
        assert verdict.outcome != "sent"


def reach(port: int) -> bool:
    """Connect to a port of this machine. Return True if that was possible."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except RefusedAddress:
        return False
    return True


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.11 tells of no new threads")
def test_threads_that_the_library_starts_are_kept_from_private_addresses_too(
    service: Service,
) -> None:
    port, reached = int(service.url.rpartition(":")[2].strip("/")), []

    def start(more: int) -> None:
        if more == 0:
            reached.append(reach(port))
            return
        thread = threading.Thread(target=start, args=(more - 1,))
        thread.start()
        thread.join()

    with watched(public_only=True) as watch:
        start(2)
        elsewhere = ThreadPoolExecutor(1)
        start(1)
    assert (reached, watch.refused, service.connections) == ([False, False], True, 0)
    assert elsewhere.submit(reach, port).result()
    elsewhere.shutdown()
    start(1)
    assert reached[-1]


def test_other_connections_of_the_process_are_made_meanwhile(service: Service) -> None:
    port = int(service.url.rpartition(":")[2].strip("/"))
    with ThreadPoolExecutor(1) as before:
        before.submit(int).result()  # its thread starts
        with watched(public_only=True):
            assert before.submit(reach, port).result()
            assert not reach(port)
    assert reach(port)


def test_a_message_in_udp_and_a_socket_in_the_file_system_are_refused_too(tmp_path: Path) -> None:
    with watched(public_only=True), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        with pytest.raises(RefusedAddress):
            udp.sendto(b"x", ("127.0.0.1", 9))
        if hasattr(socket, "AF_UNIX"):
            with socket.socket(socket.AF_UNIX) as local, pytest.raises(RefusedAddress):
                local.connect(str(tmp_path / "bus"))
