"""Mails over real connections: TLS, logins, addresses, and what each answer and silence means."""

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from typing import Any

import pytest

from onthisday.adapters.smtp.smtp_sender import Patience, SmtpSender
from onthisday.config import Channel
from onthisday.delivery.request_reply import Verdict
from onthisday.messages.message import Message
from onthisday.service.sending.posting import Posting
from onthisday.service.sending.preparing import prepare, send
from tests.delivery.channels import NOW, channel, message, occasion
from tests.delivery.fakes import OK, SetClock, ToldSender
from tests.delivery.mail_servers import (
    Mailbox,
    Scripted,
    fault_of,
    mail_server,
    parts_of,
    read,
    scripted,
    subject_of,
)
from tests.delivery.proxies import client_side, server_side
from tests.delivery.services import TOKEN

SECURE = "service.invalid"
"""The name in the tests' certificate."""

SHORT, LONG = Patience(connect=2, before=1.5, after=1), Patience(10, 20, 20)
"""For a server that falls silent, and for all others."""

LOGIN = {"user": "history", "token": TOKEN}
NO_LOGIN = {"user": None, "token": None}

WITHOUT_STARTTLS = pytest.mark.filterwarnings("ignore:Requiring AUTH")
"""aiosmtpd does not know that a server which begins with TLS needs no STARTTLS."""

LookUp = Callable[..., list[tuple[Any, ...]]]


def look_up(host: str, port: int, *more: Any) -> list[tuple[Any, ...]]:
    """Find every name on this machine."""
    return socket.getaddrinfo("127.0.0.1", port, *more)


def mailed(
    to: Channel,
    what: Message | None = None,
    look_up: LookUp = look_up,
    patience: Patience = LONG,
) -> Verdict:
    """Send a mail through the real sender, as a delivery does."""

    async def whole() -> Verdict:
        clock = SetClock(NOW)
        async with SmtpSender(ToldSender(), client_side, look_up, patience) as sender:
            posting = Posting(sender, clock, clock.pace)
            return await send(posting, to, await prepare(posting, to, what or message()))

    return asyncio.run(whole())


def relay(port: int, **keys: Any) -> Channel:
    """Return a channel that sends to a server on this machine, without login and TLS."""
    return channel("email", url=f"smtp://localhost:{port}", **{**NO_LOGIN, **keys})


def secure(port: int, scheme: str = "smtps", **keys: Any) -> Channel:
    """Return a channel that logs in to a server with the tests' certificate."""
    return channel("email", url=f"{scheme}://{SECURE}:{port}", **keys)


@WITHOUT_STARTTLS
def test_a_mail_goes_out_with_tls_and_a_login_and_says_what_the_server_said() -> None:
    box = Mailbox()
    with mail_server(box, implicit=True, login=("history", TOKEN)) as port:
        verdict = mailed(secure(port))
    assert verdict == Verdict("sent", "2.0.0 Ok: queued as 4Zk1", 250)
    ((sender, recipients, content),) = box.taken
    assert (sender, recipients) == ("history@example.org", ["list@lists.example.org"])
    assert fault_of(content) is None
    assert subject_of(content) == "70 years ago: Khrushchev denounces Stalin"


def test_a_mail_goes_out_with_starttls() -> None:
    box = Mailbox()
    with mail_server(box, starttls=True, login=("history", TOKEN)) as port:
        assert mailed(secure(port, "smtp")).outcome == "sent"
    assert box.secure == [True]


def test_a_relay_on_this_machine_needs_neither_tls_nor_a_login() -> None:
    for starttls in (False, True):  # its certificate is mostly one that nobody can check
        box = Mailbox()
        with mail_server(box, starttls=starttls) as port:
            assert mailed(relay(port)).outcome == "sent"
        assert box.secure == [False]


def test_no_login_and_no_mail_is_sent_without_tls() -> None:
    with scripted({"EHLO": "250-mail.invalid\r\n250 AUTH PLAIN LOGIN"}) as server:
        verdict = mailed(secure(server.port, "smtp"))
    assert verdict.outcome == "retry"
    assert "offers no TLS, and nothing is sent without it" in verdict.detail
    assert [line.split()[0] for line in server.heard] == ["EHLO"]


def test_a_relay_in_the_network_may_do_without_tls_but_not_if_it_offers_it() -> None:
    def in_network(host: str, port: int, *more: Any) -> list[tuple[Any, ...]]:
        (found,) = socket.getaddrinfo("127.0.0.1", port, *more)
        return [found]

    from onthisday.adapters.smtp.connections import Peer
    from onthisday.adapters.smtp.dialog import Dialog
    from onthisday.adapters.smtp.failures import NoTls, Progress
    from onthisday.messages.email_addresses import MailServer

    async def secured(server: Scripted, *, public: bool) -> bool:
        plain = socket.create_connection(("127.0.0.1", server.port))
        plain.setblocking(False)
        to = MailServer(SECURE, server.port, implicit=False)
        dialog = Dialog(to, Peer(plain, public, loopback=False), client_side(), Progress(SECURE), 2)
        try:
            await dialog._client.connect()
            await dialog._hello()
            await dialog._secure(None)
            return dialog._client.get_transport_info("sslcontext") is not None
        finally:
            dialog.close()

    offering = {"EHLO": "250-mail.invalid\r\n250 STARTTLS", "STARTTLS": "220 Go"}
    with scripted(offering) as server:
        assert asyncio.run(secured(server, public=False))
    with scripted({}) as server:
        assert not asyncio.run(secured(server, public=False))
        with pytest.raises(NoTls):
            asyncio.run(secured(server, public=True))


@pytest.mark.parametrize("scheme", ["smtps", "smtp"])
def test_a_wrong_certificate_is_no_connection(scheme: str) -> None:
    box = Mailbox()
    starttls = scheme == "smtp"
    with mail_server(box, implicit=not starttls, starttls=starttls) as port:
        to = channel("email", url=f"{scheme}://other.invalid:{port}")
        verdict = mailed(to)
    assert verdict.outcome == "retry"
    assert "no secure connection to other.invalid: Hostname mismatch" in verdict.detail
    assert box.taken == []


def test_a_plain_server_behind_smtps_is_no_secure_connection() -> None:
    with scripted({}) as server:
        verdict = mailed(secure(server.port))
    assert verdict.outcome == "retry"
    assert "no secure connection to service.invalid" in verdict.detail


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
def test_private_addresses_are_refused_unless_they_are_allowed(host: str) -> None:
    with scripted({}) as server:
        to = channel(
            "email", url=f"smtp://{host}:{server.port}", private_addresses=False, **NO_LOGIN
        )
        verdict = mailed(to, look_up=socket.getaddrinfo)
    assert verdict.outcome == "retry"
    assert "has an address that is not public" in verdict.detail
    assert server.heard == []


def test_a_name_with_one_private_address_among_others_is_refused() -> None:
    def two(host: str, port: int, *more: Any) -> list[tuple[Any, ...]]:
        private = socket.getaddrinfo("10.0.0.1", port, *more)
        return [*private, *socket.getaddrinfo("8.8.8.8", port, *more)]

    verdict = mailed(secure(25, private_addresses=False), look_up=two)
    assert "has an address that is not public" in verdict.detail


def test_an_address_that_takes_no_connection_is_followed_by_the_next() -> None:
    def two(host: str, port: int, *more: Any) -> list[tuple[Any, ...]]:
        closed = socket.getaddrinfo("127.0.0.1", 1, *more)
        return [*closed, *socket.getaddrinfo("127.0.0.1", port, *more)]

    with scripted({}) as server:
        assert mailed(relay(server.port), look_up=two).outcome == "sent"


def test_a_server_that_is_not_there_is_asked_again() -> None:
    def unknown(*_: Any) -> list[tuple[Any, ...]]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    verdict = mailed(secure(1))
    assert (verdict.outcome, verdict.status) == ("retry", None)
    assert verdict.detail == "service.invalid took no connection: Connection refused"
    verdict = mailed(secure(1), look_up=unknown)
    assert verdict == Verdict("retry", "the name server does not know service.invalid")


STEPS = ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"]


@pytest.mark.slow
@pytest.mark.parametrize("at", STEPS)
def test_a_server_that_falls_silent_before_the_mail_has_taken_nothing(at: str) -> None:
    with scripted({at: ...}) as server:
        verdict = mailed(relay(server.port), patience=SHORT)
    assert verdict.outcome == "retry"
    assert verdict.detail.startswith("localhost did not answer in time (")


@pytest.mark.parametrize("at", STEPS)
def test_a_server_that_closes_before_the_mail_has_taken_nothing(at: str) -> None:
    with scripted({at: None}) as server:
        verdict = mailed(relay(server.port))
    assert verdict.outcome == "retry"
    assert "closed the connection without an answer" in verdict.detail


@pytest.mark.parametrize(("answer", "words"), [(..., "in time"), (None, "closed")])
def test_without_an_answer_to_the_whole_mail_nobody_knows(answer: Any, words: str) -> None:
    with scripted({".": answer}) as server:
        verdict = mailed(relay(server.port), patience=SHORT)
    assert verdict.outcome == "unknown"
    assert words in verdict.detail
    assert verdict.detail.endswith("(to the whole mail)")


@pytest.mark.parametrize("answer", [..., None, "500 What?"])
def test_a_farewell_that_fails_changes_nothing(answer: Any) -> None:
    with scripted({"QUIT": answer}) as server:
        assert mailed(relay(server.port)).outcome == "sent"


@pytest.mark.parametrize("at", ["STARTTLS", "EHLO over TLS", "AUTH"])
@pytest.mark.parametrize("answer", [None, "junk", "454 4.7.0 Not now"])
def test_trouble_on_the_way_to_a_login_is_no_unknown_outcome(at: str, answer: Any) -> None:
    answers = {
        "EHLO": "250-mail.invalid\r\n250 STARTTLS", "STARTTLS": "220 Go",
        "EHLO over TLS": "250-mail.invalid\r\n250 AUTH PLAIN", at: answer,
    }  # fmt: skip
    with scripted(answers) as server:
        assert mailed(secure(server.port, "smtp")).outcome == "retry"


def test_what_was_said_before_tls_counts_no_more() -> None:
    answers = {
        "EHLO": "250-mail.invalid\r\n250-STARTTLS\r\n250 AUTH PLAIN",
        "STARTTLS": "220 Go\r\n235 2.7.0 injected", "EHLO over TLS": "250 mail.invalid",
    }  # fmt: skip
    with scripted(answers) as server:
        verdict = mailed(secure(server.port, "smtp"))
    assert verdict.outcome == "retry"
    assert not any(line.startswith("AUTH") for line in server.heard)


REFUSALS = [
    ("CONNECT", "554 5.7.1 Blocked by a list", "retry", "554 5.7.1"),
    ("CONNECT", "421 4.3.2 Busy", "retry", "421 4.3.2 Busy"),
    ("EHLO", "500 5.5.1 What?", "retry", "500"),
    ("MAIL", "553 5.7.1 Not yours", "gone", "put the login's own address under from"),
    ("MAIL", "550 5.7.60 No permission to send as this sender", "gone", "under from"),
    ("MAIL", "552 5.3.4 Too big", "refused", "552 5.3.4 Too big"),
    ("MAIL", "530 5.7.0 Authentication required", "gone", "put user and token"),
    ("MAIL", "530 5.7.0 Must issue a STARTTLS command first", "gone", "write smtps://"),
    ("RCPT", "550 5.1.1 <list@lists.example.org>: unknown", "gone", "right address under to"),
    ("RCPT", "550 5.7.1 You may not write to this list", "refused", "may not write"),
    ("RCPT", "550 No such user", "refused", "No such user"),
    ("RCPT", "450 4.2.0 Greylisted, see you later", "retry", "450 4.2.0 Greylisted"),
    ("RCPT", "452 4.5.3 Too many recipients", "throttled", "Too many"),
    ("DATA", "451 4.3.0 Not now", "retry", "451 4.3.0"),
    ("DATA", "554 5.5.1 No valid recipients", "refused", "554"),
    (".", "554 5.7.1 Looks like spam", "refused", "554 5.7.1 Looks like spam"),
    (".", "550 5.7.1 DMARC", "refused", "DMARC"),
    (".", "451 4.7.1 Try again later", "retry", "451 4.7.1"),
    (".", "421 4.7.28 Our system has detected an unusual rate of mail", "throttled", "4.7.28"),
    (".", "450 4.7.1 Rate limit exceeded", "throttled", "Rate limit"),
    (".", "354 Go ahead", "unknown", "354"),
    (".", "251 Perhaps", "unknown", "gave no valid answer"),
    (".", "junk", "unknown", "gave no valid answer"),
    (".", "x" * 40_000, "unknown", "gave no valid answer"),
    ("RCPT", "junk", "retry", "gave no valid answer"),
    ("DATA", "250 Ok", "retry", "gave no valid answer"),
]


@pytest.mark.parametrize(("at", "answer", "outcome", "words"), REFUSALS)
def test_an_answer_means(at: str, answer: str, outcome: str, words: str) -> None:
    with scripted({at: answer}) as server:
        verdict = mailed(relay(server.port))
    assert verdict.outcome == outcome
    assert words in verdict.detail


def test_a_wrong_login_switches_the_channel_off_and_is_tried_once() -> None:
    ehlo = "250-mail.invalid\r\n250 AUTH CRAM-MD5 LOGIN PLAIN"
    answers = {"EHLO": ehlo, "AUTH": f"535 5.7.8 Bad: {TOKEN}"}
    with scripted(answers, server_side()) as server:
        verdict = mailed(secure(server.port))
    assert (verdict.outcome, verdict.status) == ("gone", 535)
    assert verdict.detail == (
        "the server does not take the login; put the right user and token in the config "
        "(535 5.7.8 Bad: «secret»)"
    )
    assert [line.split()[:2] for line in server.heard[1:]] == [["AUTH", "PLAIN"]]


@WITHOUT_STARTTLS
def test_a_real_server_refuses_a_wrong_login() -> None:
    box = Mailbox()
    with mail_server(box, implicit=True, login=("history", "other")) as port:
        assert mailed(secure(port)).outcome == "gone"
    assert box.taken == []


def test_another_way_to_log_in_is_tried_only_if_the_first_is_not_known() -> None:
    answers = {"EHLO": "250 AUTH PLAIN XOAUTH2", "AUTH": "504 5.5.4 Unknown"}
    with scripted(answers, server_side()) as server:
        assert mailed(secure(server.port)).outcome == "retry"
    with scripted({"EHLO": "250 AUTH XOAUTH2"}, server_side()) as server:
        verdict = mailed(secure(server.port))
    assert verdict.detail.startswith("service.invalid offers no login with a password")


def test_no_secret_is_told_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for at in ("AUTH", "MAIL", "."):
        echoing = {
            "EHLO": "250-mail.invalid\r\n250 AUTH PLAIN", at: f"550 {TOKEN} AGhpc3RvcnkAMTIzNDU2OnM"
        }  # fmt: skip
        with scripted(echoing, server_side()) as server:
            verdict = mailed(secure(server.port))
            sent = next(line for line in server.heard if line.startswith("AUTH"))
        assert TOKEN not in repr(verdict)
        assert sent.split()[2] not in repr(verdict)
    assert "t0ken" not in caplog.text


def test_a_repeat_has_the_same_id_and_another_notice_another() -> None:
    box = Mailbox()
    with mail_server(box) as port:
        for what in (message(), message(late=True), message(id="room/2026-02-25/other")):
            mailed(relay(port), what)
    ids = [read(content)["message-id"] for _, _, content in box.taken]
    assert ids[0] == ids[1] != ids[2]
    assert ids[0].endswith("@example.org>")


def test_lines_that_begin_with_a_dot_arrive_as_they_are() -> None:
    what = message(occasion(title="A title", summary=". begins with a dot. .. and two."))
    box = Mailbox()
    with mail_server(box) as port:
        assert mailed(relay(port), what).outcome == "sent"
    assert ". begins with a dot. .. and two." in parts_of(box.taken[0][2])["text/plain"]


def test_other_channels_go_the_other_way() -> None:
    from onthisday.delivery.request_reply import Request

    async def both() -> Any:
        other = ToldSender()
        async with SmtpSender(other, client_side) as sender:
            return await sender.send(Request("POST", "https://hooks.example/", (), b""))

    assert asyncio.run(both()) == OK


def test_our_name_is_the_address_that_the_server_sees() -> None:
    with scripted({}) as server:
        mailed(relay(server.port))
    assert server.heard[0] == "EHLO [127.0.0.1]"


def test_the_size_is_told_before_if_the_server_wants_it() -> None:
    with scripted({}) as server:
        mailed(relay(server.port))
    assert server.heard[1].startswith("MAIL FROM:<history@example.org> SIZE=")
    with scripted({"EHLO": "250 mail.invalid"}) as server:
        mailed(relay(server.port))
    assert server.heard[1] == "MAIL FROM:<history@example.org>"


def test_several_mails_at_once_go_each_their_way() -> None:
    box = Mailbox()

    async def all_of(port: int) -> list[Verdict]:
        clock = SetClock(NOW)
        async with SmtpSender(ToldSender(), client_side, look_up) as sender:
            posting = Posting(sender, clock, clock.pace)

            async def one(number: int) -> Verdict:
                what = message(id=f"room/{number}")
                return await send(posting, relay(port), await prepare(posting, relay(port), what))

            return list(await asyncio.gather(*map(one, range(20))))

    with mail_server(box) as port:
        assert {each.outcome for each in asyncio.run(all_of(port))} == {"sent"}
    assert len({read(content)["message-id"] for _, _, content in box.taken}) == 20


def test_tls_verifies_by_default() -> None:
    context = SmtpSender(ToldSender())._tls()
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
