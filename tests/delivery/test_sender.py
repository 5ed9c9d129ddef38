import asyncio
import socket
import struct
import time
from collections.abc import Awaitable, Callable, Iterator
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.http.addresses import RefusedAddress, public_socket
from onthisday.adapters.http.http_sender import MOST, HttpSender
from onthisday.adapters.public_addresses import is_public
from onthisday.delivery.request_reply import Failure, Reply, Request
from tests.delivery.sink import Answer, Received, Sink, running_sink


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as running:
        yield running


def post(url: str, *, private: bool = True, **sender: Any) -> Reply | Failure:
    """Send a request to a URL."""

    async def whole() -> Reply | Failure:
        async with HttpSender(**sender) as opened:
            request = Request("POST", url, (("x-test", "1"),), b"hello", private)
            return await opened.send(request)

    return asyncio.run(whole())


def failed(url: str, **values: Any) -> Failure:
    answer = post(url, **values)
    assert isinstance(answer, Failure)
    assert "token" not in answer.detail
    return answer


def test_a_request_arrives_and_its_reply_comes_back(sink: Sink) -> None:
    sink.answer = lambda _: Answer(202, (("Retry-After", "7"),), b"taken")
    answer = post(f"{sink.url}hook?a=b")
    assert isinstance(answer, Reply)
    assert (answer.status, answer.headers["retry-after"], answer.body) == (202, "7", b"taken")
    (received,) = sink.received
    assert (received.path, received.body, received.headers["x-test"]) == (
        "/hook?a=b",
        b"hello",
        "1",
    )
    assert received.headers["user-agent"].startswith("onthisday/")


def test_a_redirect_is_not_followed(sink: Sink) -> None:
    sink.answer = lambda _: Answer(307, (("Location", f"{sink.url}elsewhere"),))
    answer = post(f"{sink.url}hook")
    assert isinstance(answer, Reply)
    assert answer.status == 307
    assert sink.paths() == ["/hook"]


def test_a_proxy_of_the_environment_is_not_used(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert isinstance(post(f"{sink.url}hook"), Reply)


def test_nobody_listening_was_never_sent() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        answer = failed(f"http://127.0.0.1:{free.getsockname()[1]}/token")
    assert answer == Failure(False, "127.0.0.1 took no connection: Connection refused")


def test_a_name_that_does_not_exist_was_never_sent() -> None:
    def unknown(*_: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    answer = failed("https://nowhere.example/token", look_up=unknown)
    words = "the name server does not know nowhere.example"
    assert answer == Failure(False, words, no_such_name=True)


def test_a_server_without_tls_was_never_sent_to(sink: Sink) -> None:
    answer = failed(sink.url.replace("http:", "https:") + "token")
    assert not answer.sent
    assert "no secure connection to 127.0.0.1" in answer.detail
    assert sink.received == []


@pytest.mark.parametrize(
    "url",
    [
        "https://:99999/token", "ftp://host.example/token", "token", "http://[::1]:@/token",
        "http://host.example/\ntoken",
    ],
)  # fmt: skip
def test_a_url_that_is_none_was_never_sent_to(url: str) -> None:
    assert not failed(url).sent


def test_a_connection_closed_after_the_request_is_unknown(sink: Sink) -> None:
    sink.answer = lambda _: None
    answer = failed(f"{sink.url}token")
    assert answer == Failure(True, "127.0.0.1 closed the connection without an answer")


def test_a_connection_reset_after_the_request_is_unknown(sink: Sink) -> None:
    def reset(_: Received) -> None:
        linger = struct.pack("ii", 1, 0)
        sink.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        sink.connection.close()

    sink.answer = reset
    assert failed(f"{sink.url}token").sent


def test_an_answer_that_is_no_http_is_unknown(sink: Sink) -> None:
    def nonsense(_: Received) -> None:
        sink.connection.sendall(b"\x00\x01 what\r\n\r\n")

    sink.answer = nonsense
    assert failed(f"{sink.url}token").sent


def test_no_answer_in_time_is_unknown(sink: Sink) -> None:
    def slow(_: Received) -> Answer:
        time.sleep(1)
        return Answer()

    sink.answer = slow
    answer = failed(f"{sink.url}token", total=0.3)
    assert answer == Failure(True, "127.0.0.1 did not answer within 0.3 s")


def test_only_the_beginning_of_an_endless_reply_is_read(sink: Sink) -> None:
    def endless(_: Received) -> None:
        sink.connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n")
        try:
            for _piece in range(10_000):
                sink.connection.sendall(b"x" * 65536)
        except OSError:
            return

    sink.answer = endless
    answer = post(f"{sink.url}hook")
    assert isinstance(answer, Reply)
    assert (answer.status, len(answer.body)) == (200, MOST)


def test_a_reply_that_trickles_is_a_reply_when_its_time_is_over(sink: Sink) -> None:
    def trickle(_: Received) -> None:
        sink.connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nta")
        time.sleep(1)

    sink.answer = trickle
    answer = post(f"{sink.url}hook", total=0.3)
    assert isinstance(answer, Reply)
    assert (answer.status, answer.body) == (200, b"ta")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_private_addresses_are_known_in_every_writing(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b:1::1", "::7f00:1", "::8.8.8.8", "::ffff:0:7f00:1", "fec0::1", "168.63.129.16",
        "192.0.0.9", "192.0.0.192", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.175.48.1",
        "2001::1", "2001:1::1", "2001:3::1", "2001:4:112::1", "2001:20::1", "2001:30::1", "3fff::1",
        "2001:db8::1", "2002:808:808::1", "2620:4f:8000::1", "4000::1", "5f00::1", "100::1",
    ],
)  # fmt: skip
def test_the_registries_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0177.0.0.1", "::1%", "2606:4700::1%1"])
def test_what_is_no_plain_address_is_not_public(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses())
def test_what_is_public_for_us_is_public_for_python(address: IPv4Address | IPv6Address) -> None:
    inside = getattr(address, "ipv4_mapped", None) or address
    assert not is_public(str(address)) or (inside.is_global and not inside.is_multicast)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def info(address: str) -> tuple[Any, ...]:
    """Return what getaddrinfo returns for an address."""
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0x7f.1"]
)
def test_a_private_address_in_a_url_is_refused_unless_it_is_allowed(sink: Sink, host: str) -> None:
    port = sink.url.rpartition(":")[2]
    answer = failed(f"http://{host}:{port}token", private=False)
    assert not answer.sent
    assert sink.received == []


@pytest.mark.parametrize(
    "url",
    [
        "http:////127.0.0.1:PORT/", "http://@//127.0.0.1:PORT/", "http://[::1%25]:PORT/",
        "http://[::ffff:127.0.0.1%25]:PORT/", "http://[::ffff:127.0.0.1%251]:PORT/",
        "http:/127.0.0.1:PORT/", "http:127.0.0.1:PORT/", "http:///127.0.0.1:PORT/",
        "http://a@127.0.0.1:PORT/", "http://a.invalid@127.0.0.1:PORT/", "http://localhost:PORT/",
        "http://127.0.0.1:PORT\\@a.invalid/", "http://127.0.0.1%00.a.invalid:PORT/",
        "http://①②⑦.0.0.1:PORT/", "http://127.0.0.1.:PORT/", "http://017700000001:PORT/",
    ],
)  # fmt: skip
def test_no_writing_of_a_private_address_is_connected_to(sink: Sink, url: str) -> None:
    port = sink.url.rpartition(":")[2].strip("/")
    assert not failed(url.replace("PORT", port) + "token", private=False).sent
    assert sink.received == []
    assert sink.connections == 0


@pytest.mark.parametrize("url", ["http:////127.0.0.1:PORT/", "http://@//127.0.0.1:PORT/"])
def test_a_url_without_a_host_is_sent_nowhere_also_if_private_addresses_are_allowed(
    sink: Sink, url: str
) -> None:
    answer = failed(url.replace("PORT", sink.url.rpartition(":")[2].strip("/")))
    assert answer == Failure(False, "the URL is not valid")
    assert sink.connections == 0


def test_a_name_that_has_another_address_at_the_connection_is_refused() -> None:
    found = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("localhost", 80))
    with pytest.raises(RefusedAddress):
        public_socket(found)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"]])
def test_a_name_with_any_private_address_is_refused(sink: Sink, addresses: list[str]) -> None:
    port = sink.url.rpartition(":")[2]
    url = f"http://rebound.example:{port}token"
    found = [info(address) for address in addresses]
    answer = failed(url, private=False, look_up=lambda *_: found)
    assert not answer.sent
    assert "not public" in answer.detail
    assert sink.received == []


def test_a_name_is_looked_up_once_and_sent_to_under_its_own_name(sink: Sink) -> None:
    asked: list[str] = []

    def look_up(host: str, port: int, *_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    port = int(sink.url.rpartition(":")[2].strip("/"))
    assert isinstance(post(f"http://named.example:{port}/x", look_up=look_up), Reply)
    assert asked == ["named.example"]
    assert sink.received[0].headers["host"] == f"named.example:{port}"


def run_all(count: int, story: Callable[[HttpSender, int], Awaitable[Any]]) -> list[Any]:
    async def whole() -> list[Any]:
        async with HttpSender() as sender:
            return await asyncio.gather(*(story(sender, n) for n in range(count)))

    return asyncio.run(whole())


def test_no_more_than_64_requests_are_out_at_once(sink: Sink) -> None:
    out, most = 0, 0

    def count(_: Received) -> Answer:
        nonlocal out, most
        out += 1
        most = max(most, out)
        time.sleep(0.05)
        out -= 1
        return Answer()

    sink.answer = count

    def send(sender: HttpSender, number: int) -> Awaitable[Any]:
        return sender.send(Request("POST", f"{sink.url}{number}", (), b"", True))

    answers = run_all(150, send)
    assert all(isinstance(answer, Reply) for answer in answers)
    assert 32 < most <= 64
