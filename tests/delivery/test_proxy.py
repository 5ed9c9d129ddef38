"""What goes out through a proxy: a real one on loopback."""

import asyncio
import socket
import struct
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.http.addresses import RefusedAddress
from onthisday.adapters.http.http_sender import HttpSender
from onthisday.adapters.http.judging import Judge
from onthisday.adapters.http.proxies import is_left_out
from onthisday.app.sending import open_sending
from onthisday.app.workspace import Workspace
from onthisday.config import UNKNOWN_PROXY, Proxy
from onthisday.delivery.alerts import Alert
from onthisday.delivery.request_reply import Failure, Reply, Request
from onthisday.schema.config_schema import parse_config
from tests.delivery.almanacs import entry_tree, write_almanac, write_channels
from tests.delivery.fakes import SetClock
from tests.delivery.proxies import FakeProxy, client_side, running_proxy, server_side
from tests.delivery.sink import Answer, Received, Sink, running_sink


@pytest.fixture
def proxy() -> Iterator[FakeProxy]:
    with running_proxy() as running:
        yield running


@pytest.fixture
def plain(proxy: FakeProxy) -> Iterator[Sink]:
    """Run a service that the proxy alone knows, as `http://service.invalid/`."""
    with running_sink() as running:
        proxy.knows["service.invalid"] = running.port
        yield running


@pytest.fixture
def secure(proxy: FakeProxy) -> Iterator[Sink]:
    """Run a service that the proxy alone knows, as `https://service.invalid/`."""
    with running_sink(server_side()) as running:
        proxy.knows["service.invalid"] = running.port
        proxy.knows["other.invalid"] = running.port
        yield running


def configured(value: str, **environ: str) -> Proxy | None:
    config, errors, _ = parse_config({"proxy": value}, environ, sending=True)
    assert config is not None, errors
    return config.proxy


def unknown(host: str, port: int, *rest: Any) -> list[Any]:
    """Look up names as a machine that knows its own addresses and no name of `.invalid`."""
    if host.endswith(".invalid"):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")
    return socket.getaddrinfo(host, port, *rest)


def post(
    url: str,
    proxy: Proxy | None,
    *,
    private: bool = False,
    times: int = 1,
    rest: float = 0,
    **sender: Any,
) -> Reply | Failure:
    """Send a request to a URL, ``times`` times; return the last answer.

    ``rest``: how many seconds the loop goes on, so that TLS can end a connection.
    """
    options = {"look_up": unknown, "tls": client_side(), **sender}

    async def whole() -> Reply | Failure:
        async with HttpSender(proxy=lambda: proxy, **options) as opened:
            request = Request("POST", url, (("x-test", "1"),), b"hello", private)
            answers = [await opened.send(request) for _ in range(times)]
        await asyncio.sleep(rest)
        return answers[-1]

    return asyncio.run(whole())


def failed(url: str, proxy: Proxy | None, **values: Any) -> Failure:
    answer = post(url, proxy, **values)
    assert isinstance(answer, Failure)
    for secret in ("token", "hunter2", "aGlzdG9yeTpodW50ZXIy"):
        assert secret not in answer.detail
    return answer


def test_an_https_request_goes_through_a_tunnel(proxy: FakeProxy, secure: Sink) -> None:
    secure.answer = lambda _: Answer(202, (("Retry-After", "7"),), b"taken")
    answer = post("https://service.invalid/hook?a=b", configured(proxy.url), times=2)
    assert isinstance(answer, Reply)
    assert (answer.status, answer.headers["retry-after"], answer.body) == (202, "7", b"taken")
    assert [each.path for each in secure.received] == ["/hook?a=b"] * 2
    assert secure.received[0].headers["host"] == "service.invalid"
    assert proxy.asked[0][:2] == ("CONNECT", "service.invalid:443")
    assert len(proxy.asked) == 1, "the tunnel stays open for the next message"


def test_an_http_request_is_passed_on(proxy: FakeProxy, plain: Sink) -> None:
    plain.answer = lambda _: Answer(202, (), b"taken")
    answer = post("http://service.invalid/hook?a=b", configured(proxy.url))
    assert isinstance(answer, Reply)
    assert (answer.status, answer.body) == (202, b"taken")
    (received,) = plain.received
    assert (received.path, received.body) == ("/hook?a=b", b"hello")
    assert received.headers["x-test"] == "1"
    assert proxy.asked[0][:2] == ("POST", "http://service.invalid/hook?a=b")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_may_be_reached_over_tls(scheme: str) -> None:
    with running_proxy(server_side()) as proxy, running_sink(_tls(scheme)) as sink:
        proxy.knows["service.invalid"] = sink.port
        url = f"https://history:hunter2@proxy.invalid:{proxy.port}"
        answer = post(f"{scheme}://service.invalid/x", configured(url), look_up=_known(proxy))
        assert isinstance(answer, Reply), answer
        assert proxy.asked[0].headers["proxy-authorization"] == _BASIC
        assert sink.paths() == ["/x"]


def _tls(scheme: str) -> Any:
    return server_side() if scheme == "https" else None


def _known(proxy: FakeProxy) -> Any:
    def look_up(host: str, port: int, *rest: Any) -> list[Any]:
        return unknown("127.0.0.1" if host == "proxy.invalid" else host, port, *rest)

    return look_up


_BASIC = f"Basic {b64encode(b'history:hunter2').decode()}"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_login_is_for_the_proxy_and_never_for_the_service(
    proxy: FakeProxy, scheme: str
) -> None:
    with running_sink(_tls(scheme)) as sink:
        proxy.knows["service.invalid"] = sink.port
        url = proxy.url.replace("//", "//history:hunter2@")
        assert isinstance(post(f"{scheme}://service.invalid/", configured(url)), Reply)
        assert proxy.asked[0].headers["proxy-authorization"] == _BASIC
        if scheme == "https":
            assert "proxy-authorization" not in sink.received[0].headers
        assert "authorization" not in sink.received[0].headers


def test_signs_of_a_password_are_written_as_in_every_address(
    proxy: FakeProxy, secure: Sink
) -> None:
    url = proxy.url.replace("//", "//his%40tory:p%2F%3A%23ß@")
    assert isinstance(post("https://service.invalid/", configured(url)), Reply)
    code = b64encode("his@tory:p/:#ß".encode()).decode()
    assert proxy.asked[0].headers["proxy-authorization"] == f"Basic {code}"


def test_a_login_that_a_service_repeats_is_taken_out(proxy: FakeProxy, plain: Sink) -> None:
    def repeat(received: Received) -> Answer:
        return Answer(body=f"{received.headers['proxy-authorization']} history:hunter2".encode())

    plain.answer = repeat
    url = proxy.url.replace("//", "//history:hunter2@")
    answer = post("http://service.invalid/", configured(url))
    assert isinstance(answer, Reply)
    assert answer.body.decode() == "Basic «secret» «secret»"


def test_the_certificate_is_that_of_the_service(proxy: FakeProxy, secure: Sink) -> None:
    answer = failed("https://other.invalid/token", configured(proxy.url))
    assert not answer.sent
    assert "no secure connection to other.invalid" in answer.detail
    assert secure.received == []


def test_a_service_without_tls_was_never_sent_to(proxy: FakeProxy, plain: Sink) -> None:
    answer = failed("https://service.invalid/token", configured(proxy.url))
    assert not answer.sent
    assert plain.received == []


REFUSALS = {
    403: "the proxy 127.0.0.1 gave no connection to service.invalid: it answered 403 Forbidden",
    407: "the proxy 127.0.0.1 wants a login (407); write proxy: http://USER:PASSWORD@HOST:PORT",
    502: "the proxy 127.0.0.1 gave no connection to service.invalid: it answered 502 Bad Gateway",
    503: "the proxy 127.0.0.1 gave no connection to service.invalid: it answered 503 "
    "Service Unavailable",
    504: "the proxy 127.0.0.1 gave no connection to service.invalid: it answered 504 "
    "Gateway Timeout",
}


@pytest.mark.parametrize("status", REFUSALS)
def test_a_tunnel_that_is_refused_was_never_sent_through(
    proxy: FakeProxy, secure: Sink, status: int
) -> None:
    proxy.refusal = f"HTTP/1.1 {status} No\r\ncontent-length: 2\r\n\r\nno".encode()
    answer = failed("https://service.invalid/token", configured(proxy.url))
    assert answer == Failure(False, REFUSALS[status])
    assert secure.connections == 0


def test_a_login_that_the_proxy_refuses_is_told_so(proxy: FakeProxy) -> None:
    proxy.refusal = b"HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n"
    url = proxy.url.replace("//", "//history:hunter2@")
    for scheme in ("http", "https"):
        answer = failed(f"{scheme}://service.invalid/token", configured(url))
        words = "the proxy 127.0.0.1 does not take the login that stands in proxy: (407)"
        assert answer == Failure(False, words)


@pytest.mark.parametrize("said", [b"", b"\x00 what\r\n\r\n", b"HTTP/1.1 200 "])
def test_a_proxy_that_breaks_off_before_the_tunnel_was_never_sent_through(
    proxy: FakeProxy, said: bytes
) -> None:
    proxy.refusal = said
    answer = failed("https://service.invalid/token", configured(proxy.url))
    assert not answer.sent
    assert answer.detail.startswith("no way through the proxy 127.0.0.1: it broke off")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_is_not_there_was_never_sent_through(scheme: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://history:hunter2@127.0.0.1:{free.getsockname()[1]}"
        answer = failed(f"{scheme}://service.invalid/token", configured(url))
    words = "no way through the proxy 127.0.0.1: 127.0.0.1 took no connection: Connection refused"
    assert answer == Failure(False, words)


def test_a_proxy_that_nobody_knows_was_never_sent_through() -> None:
    answer = failed("https://service.invalid/token", configured("http://proxy.invalid:3128"))
    words = "no way through the proxy proxy.invalid: the name server does not know proxy.invalid"
    assert answer == Failure(False, words)


@pytest.mark.slow
def test_a_proxy_that_says_nothing_to_connect_was_never_sent_through(proxy: FakeProxy) -> None:
    proxy.silent = True
    answer = failed("https://service.invalid/token", configured(proxy.url))
    words = "the proxy 127.0.0.1 gave no connection to service.invalid within 10 s"
    assert answer == Failure(False, words)


def test_a_tunnel_that_breaks_after_the_request_is_unknown(proxy: FakeProxy, secure: Sink) -> None:
    def cut(_: Received) -> None:
        linger = struct.pack("ii", 1, 0)
        secure.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        secure.connection.close()

    secure.answer = cut
    answer = failed("https://service.invalid/token", configured(proxy.url))
    assert answer == Failure(True, "service.invalid closed the connection without an answer")
    assert len(secure.received) == 1


def test_a_proxy_that_dies_after_the_request_is_unknown(proxy: FakeProxy, secure: Sink) -> None:
    def die(_: Received) -> Answer:
        proxy.break_off()
        time.sleep(0.2)
        return Answer()

    secure.answer = die
    answer = failed("https://service.invalid/token", configured(proxy.url))
    assert answer == Failure(True, "service.invalid closed the connection without an answer")


def test_a_proxy_that_dies_in_the_handshake_was_never_sent_through(
    proxy: FakeProxy, secure: Sink
) -> None:
    proxy.cut = 1  # at the first bytes of TLS
    answer = failed("https://service.invalid/token", configured(proxy.url))
    assert not answer.sent
    assert secure.received == []


def test_no_answer_through_a_tunnel_in_time_is_unknown(proxy: FakeProxy, secure: Sink) -> None:
    def slow(_: Received) -> Answer:
        time.sleep(0.8)
        return Answer()

    secure.answer = slow
    answer = failed("https://service.invalid/token", configured(proxy.url), total=0.4, rest=0.8)
    assert answer == Failure(True, "service.invalid did not answer within 0.4 s")


def test_a_407_to_a_request_that_is_passed_on_was_never_sent(proxy: FakeProxy) -> None:
    proxy.refusal = b"HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n"
    answer = failed("http://service.invalid/token", configured(proxy.url))
    assert answer == Failure(False, REFUSALS[407])


@pytest.mark.parametrize("status", [502, 504])
def test_a_502_or_504_to_a_request_that_is_passed_on_is_unknown(
    proxy: FakeProxy, status: int
) -> None:
    proxy.refusal = f"HTTP/1.1 {status} No\r\ncontent-length: 0\r\n\r\n".encode()
    answer = failed("http://service.invalid/token", configured(proxy.url))
    assert answer.sent
    assert answer.detail.startswith("service.invalid or the proxy 127.0.0.1 answered 50")


def test_a_503_to_a_request_that_is_passed_on_is_an_answer(proxy: FakeProxy) -> None:
    proxy.refusal = b"HTTP/1.1 503 No\r\ncontent-length: 4\r\n\r\nbusy"
    answer = post("http://service.invalid/", configured(proxy.url))
    assert isinstance(answer, Reply)
    assert (answer.status, answer.body) == (503, b"busy")


def test_a_502_through_a_tunnel_is_the_services_own(proxy: FakeProxy, secure: Sink) -> None:
    secure.answer = lambda _: Answer(502)
    answer = post("https://service.invalid/", configured(proxy.url))
    assert isinstance(answer, Reply)
    assert answer.status == 502


PRIVATE = [
    "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0x7f.1", "localhost",
    "localhost.", "127.0.0.1.", "10.0.0.7", "[fe80::1%251]", "[::1%25]", "①②⑦.0.0.1", "0x7f.1.",
    "99999999999", "169.254.169.254",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", PRIVATE)
def test_a_private_address_is_refused_before_the_proxy_is_asked(
    proxy: FakeProxy, host: str, scheme: str
) -> None:
    answer = failed(f"{scheme}://{host}/token", configured(proxy.url))
    assert not answer.sent
    assert proxy.asked == []


@pytest.mark.parametrize("addresses", [["10.0.0.7"], ["8.8.8.8", "127.0.0.1"]])
def test_a_name_that_has_a_private_address_here_is_refused(
    proxy: FakeProxy, addresses: list[str]
) -> None:
    def look_up(host: str, port: int, *_: Any) -> list[Any]:
        found = addresses if host == "intern.invalid" else ["127.0.0.1"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    answer = failed("https://intern.invalid/token", configured(proxy.url), look_up=look_up)
    assert not answer.sent
    assert "intern.invalid has an address that is not public" in answer.detail
    assert proxy.asked == []


def test_a_name_whose_look_up_hangs_is_the_proxys_to_judge() -> None:
    def hangs(*_: Any) -> list[Any]:
        time.sleep(0.5)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]

    async def judged(host: str) -> None:
        judge = Judge(hangs)
        try:
            await judge.judge(host, patience=0.1)
        finally:
            judge.close()

    asyncio.run(judged("service.invalid"))
    with pytest.raises(RefusedAddress):
        asyncio.run(judged("2130706433"))


def test_a_channel_that_may_send_to_private_addresses_goes_through_the_proxy_too(
    proxy: FakeProxy, plain: Sink
) -> None:
    answer = post(f"{plain.url}hook", configured(proxy.url), private=True)
    assert isinstance(answer, Reply)
    assert proxy.targets() == [f"{plain.url}hook"]


VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_environments_proxy_is_used_only_if_it_is_asked_for(
    proxy: FakeProxy, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    for name in VARIABLES:
        monkeypatch.setenv(name, proxy.url)
    with running_sink(_tls(scheme)) as sink:
        proxy.knows["service.invalid"] = sink.port
        direct = _known_as("service.invalid", "127.0.0.1")
        url = f"{scheme}://service.invalid:{sink.port}/"
        assert isinstance(post(url, None, private=True, look_up=direct), Reply)
        assert proxy.asked == []
        asked = configured("environment", HTTP_PROXY=proxy.url, https_proxy=proxy.url)
        assert isinstance(post(url, asked), Reply)
        assert len(proxy.asked) == 1


def _known_as(name: str, address: str) -> Any:
    def look_up(host: str, port: int, *rest: Any) -> list[Any]:
        return unknown(address if host == name else host, port, *rest)

    return look_up


@pytest.mark.parametrize("but_not", ["service.invalid", ".invalid", "a.invalid, invalid", "*"])
def test_the_hosts_of_no_proxy_are_asked_directly(
    proxy: FakeProxy, plain: Sink, but_not: str
) -> None:
    asked = configured("environment", ALL_PROXY=proxy.url, NO_PROXY=but_not)
    direct = _known_as("service.invalid", "127.0.0.1")
    url = f"http://service.invalid:{plain.port}/"
    assert isinstance(post(url, asked, private=True, look_up=direct), Reply)
    assert proxy.asked == []
    refused = failed(url, asked, look_up=direct)
    assert not refused.sent, "what goes out directly is judged as ever"


LEFT_OUT = {
    "example.org": True, ".example.org": True, "*.example.org": True, "org": True, "*": True,
    "a.invalid, Chat.Example.Org": True, "chat.example.org:443": True, "chat.example.org:80": False,
    "ample.org": False, "chat.example.org.uk": False, "": False, ",": False, "10.0.0.0/8": False,
}  # fmt: skip


@pytest.mark.parametrize("but_not", LEFT_OUT)
def test_no_proxy_names_hosts_and_all_that_end_in_them(but_not: str) -> None:
    assert is_left_out(but_not, "chat.example.org", 443) == LEFT_OUT[but_not]


@pytest.mark.parametrize(
    ("but_not", "host", "left_out"),
    [
        ("10.0.0.0/8", "10.1.2.3", True), ("10.1.2.3", "10.1.2.3", True), ("::1", "::1", True),
        ("10.0.0.0/8", "11.1.2.3", False), ("fd00::/8", "10.1.2.3", False),
        ("[fd00::]/8", "fd00::7", True), ("1.2.3", "0.1.2.3", False), ("*", "10.1.2.3", True),
        ("10.1.2.3:80", "10.1.2.3", False), ("10.1.2.3:443", "10.1.2.3", True),
    ],
)  # fmt: skip
def test_no_proxy_names_addresses_and_ranges(but_not: str, host: str, left_out: bool) -> None:
    assert is_left_out(but_not, host, 443) == left_out


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_nothing_goes_out_if_nobody_can_read_the_proxy(plain: Sink, scheme: str) -> None:
    answer = failed(f"{scheme}://127.0.0.1:{plain.port}/", UNKNOWN_PROXY, private=True)
    assert answer == Failure(
        False, "the address of the proxy cannot be read; look at proxy in config"
    )
    assert plain.connections == 0


def test_a_proxy_that_is_edited_is_used_by_the_next_request(proxy: FakeProxy, plain: Sink) -> None:
    said = [None, configured(proxy.url), None]

    async def whole() -> None:
        async with HttpSender(proxy=said.pop) as sender:
            for _ in range(3):
                await sender.send(Request("POST", plain.url, (), b"", True))

    asyncio.run(whole())
    assert len(plain.received) == 3
    assert len(proxy.asked) == 1


def test_messages_alerts_and_the_heartbeat_all_go_through_the_proxy(
    tmp_path: Path, proxy: FakeProxy, plain: Sink
) -> None:
    write_almanac(tmp_path, entry_tree("speech"))
    rooms = [{"name": name, "type": "webhook", "url": f"http://service.invalid/{name}"}
             for name in ("room", "ops")]  # fmt: skip
    keys = {"alerts": "ops", "heartbeat": "http://service.invalid/beat"}
    workspace = Workspace(write_channels(tmp_path, *rooms, proxy=proxy.url, **keys))
    config, _ = workspace.config(sending=True)
    almanac, clock = workspace.almanac(), SetClock("2026-02-25T09:00")

    async def whole() -> None:
        async with open_sending(workspace, config, clock) as sending:
            await sending.tick(almanac)
            await sending.tell((Alert("it", "Something is wrong."),), almanac.site)
            assert await sending.beat() is None
            sending.config = config._replace(proxy=None)
            assert "name server" in str(await sending.beat()), "an edit of the config is used"

    asyncio.run(whole())
    assert sorted(plain.paths()) == ["/beat", "/ops", "/ops", "/room"]
    assert len(proxy.asked) == 4


def test_a_notice_that_the_proxy_kept_back_waits_and_is_sent_when_it_lets_it(
    tmp_path: Path, proxy: FakeProxy, plain: Sink
) -> None:
    write_almanac(tmp_path, entry_tree("speech"))
    room = {
        "name": "room",
        "type": "webhook",
        "url": "http://service.invalid/",
        "on_unknown": "hold",
    }
    url = proxy.url.replace("//", "//history:hunter2@")
    workspace = Workspace(write_channels(tmp_path, room, proxy=url))
    config, _ = workspace.config(sending=True)
    almanac, clock = workspace.almanac(), SetClock("2026-02-25T09:00")

    async def whole() -> None:
        async with open_sending(workspace, config, clock) as sending:
            proxy.refusal = b"HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n"
            summary = await sending.tick(almanac)
            assert (summary.waiting, summary.unknown, summary.sent) == (1, 0, 0)
            proxy.refusal = None
            clock.set("2026-02-25T09:10")
            assert (await sending.tick(almanac)).sent == 1

    asyncio.run(whole())
    assert len(plain.received) == 1
