"""What must hold for every chat service, also for one that is added later.

A new service in messages/chat_services.py is tested here without more code. It only needs an
example of its channel (channels.py, KEYS) and a test server (servers.py).
"""

import json
import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onthisday.characters import escaped_line
from onthisday.delivery.request_reply import Outcome, Reply, Request, Verdict
from onthisday.messages.chat_service import ChatService
from onthisday.messages.chat_services import SERVICES
from tests.core.almanacs import ROOT
from tests.delivery.channels import KEYS, NOW, channel, message, occasion, source
from tests.delivery.fakes import instant
from tests.delivery.servers import SERVERS
from tests.delivery.services import Bluesky
from tests.delivery.sink import Received
from tests.delivery.test_targets_limits import NASTY

EVERY = pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))


def test_every_service_has_what_these_tests_need_to_try_it() -> None:
    assert list(SERVICES) == [service.name for service in SERVICES.values()]
    assert set(KEYS) == set(SERVICES), "an example of each service's channel, in channels.py"
    assert set(SERVERS) == set(SERVICES), "a server that stands for each service, in servers.py"


def test_the_page_of_channels_says_of_each_service_what_it_declares() -> None:
    page = (ROOT / "docs" / "channels.md").read_text("utf-8")
    names = "|".join(SERVICES)
    told = re.findall(rf"^\| `(?:{names})` \|.*$", page, re.MULTILINE)
    wanted = [row(service) for service in SERVICES.values()]
    assert told == wanted, "\n".join(["write these rows:", *wanted])


def test_the_page_of_facts_has_a_row_of_each_service_in_its_first_two_tables() -> None:
    page = (ROOT / "docs" / "services.md").read_text("utf-8")
    for heading in ("## What they take", "## What they answer"):
        table = page.split(heading)[1].split("\n## ")[0]
        told = re.findall(r"^\| ([\w ]+?) \| ", table, re.MULTILINE)
        assert [name.lower() for name in told[1:]] == list(SERVICES), heading


def row(service: ChatService) -> str:
    """Return the row that a service must have in the table of docs/channels.md."""
    default = {"url": f"default `{service.server}`"} if service.server else {}
    used = default | {
        use.key: use.words if use.needed else f"optional: {use.words}" for use in service.uses
    }
    keys = (used.get(key, "") for key in ("url", "token", "to", "user"))
    cells = (f"`{service.name}`", *keys, service.at_most, service.repeat)
    return re.sub(" +", " ", f"| {' | '.join(cells)} |")


@EVERY
def test_every_service_says_where_its_channels_send_to(service: ChatService) -> None:
    assert service.server or "url" in service.needs
    assert service.destination is None or "to" in {use.key for use in service.uses}
    assert set(service.needs) <= KEYS[service.name].keys()


WORST = [
    message(occasion(title="x", summary=None, place=None, sources=(), accounts=())),
    message(*(occasion(id=f"e{n}", summary="".join(NASTY) * 40) for n in range(60)), late=True),
    message(occasion(title="🎭" * 9000, summary="\u0301" * 9000, place="\x00"), test=True),
    message(occasion(sources=(source(title="&<@" * 900, url="https://e.org/" + "ü" * 3000),) * 40)),
    *(message(occasion(title=each * 700, summary=each * 700, place=each)) for each in NASTY),
]


@EVERY
def test_a_service_takes_whatever_an_entry_says(service: ChatService) -> None:
    to, server = channel(service.name), SERVERS[service.name]()
    for what in WORST:
        answer = server(as_received(service, service.render(what, to, instant(NOW))))
        assert answer is not None
        assert 200 <= answer.status < 300, answer.body


def as_received(service: ChatService, request: Request) -> Received:
    """Return a request as the service receives it, with a session if the service wants one."""
    headers = dict(request.headers)
    if service.sign_in:
        headers["authorization"] = f"Bearer {Bluesky.session}"
    path = request.url.partition("://")[2].partition("/")[2]
    return Received(f"/{path}", headers, request.body)


@EVERY
def test_a_message_is_the_same_each_time_it_is_rendered(service: ChatService) -> None:
    to = channel(service.name)
    first, again = (service.render(message(), to, instant(NOW)) for _ in range(2))
    assert first == again
    assert first.private_addresses is to.private_addresses is True


NAMES = st.sampled_from(
    ("ok", "error", "errcode", "error_code", "message", "description", "parameters", "code", "id",
     "retry_after", "retry_after_ms", "migrate_to_chat_id", "global", "accessJwt", "uri", "result",
     "event_id")
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
TREES = st.dictionaries(NAMES, VALUES, max_size=5)
BODIES = (
    st.binary(max_size=40)
    | st.sampled_from((b"[]", b"1e999", b"[" * 9000))
    | (TREES | VALUES).map(lambda tree: json.dumps(tree).encode())
)
HEADERS = st.dictionaries(
    st.sampled_from(("retry-after", "ratelimit-reset", "x-ratelimit-reset", "content-type",
                     "ratelimit-remaining", "x-ratelimit-remaining", "x-ratelimit-reset-after",
                     "x-ratelimit-scope", "x-ratelimit-global")),
    st.sampled_from(("", "-1", "1e999", "nan", "soon", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT",
                     "2026-02-25T10:00:00Z", "0")),
)  # fmt: skip
STATUSES = st.sampled_from((100, 200, 202, 204, 301, 400, 401, 403, 404, 410, 413, 422, 429, 500,
                            502, 503, 599, 999))  # fmt: skip
REPLIES = st.builds(Reply, STATUSES, HEADERS, BODIES)


@EVERY
@settings(max_examples=120, deadline=None)
@given(reply=REPLIES)
def test_a_service_reads_any_reply(service: ChatService, reply: Reply) -> None:
    verdict = service.read(reply, instant(NOW))
    assert verdict.outcome in get_args(Outcome)
    assert verdict.status == reply.status
    assert escaped_line(verdict.detail) == verdict.detail
    if not 200 <= reply.status < 300:
        assert verdict.outcome != "sent"
    if reply.status >= 500:
        assert verdict.outcome in {"retry", "gone"}


@pytest.mark.parametrize("service", [each for each in SERVICES.values() if each.sign_in])
@settings(max_examples=120, deadline=None)
@given(reply=REPLIES)
def test_a_service_that_wants_a_session_reads_any_reply_to_a_sign_in(
    service: ChatService, reply: Reply
) -> None:
    to = channel(service.name)
    assert service.sign_in
    request = service.render(message(), to, instant(NOW))
    answered = service.sign_in.answered(request, to, reply, instant(NOW))
    assert isinstance(answered, Request) or answered.outcome != "sent"
    if isinstance(answered, Verdict):
        assert escaped_line(answered.detail) == answered.detail


@EVERY
def test_no_name_of_a_bucket_or_budget_holds_a_secret(service: ChatService) -> None:
    to = channel(service.name)
    shown = repr(service.bucket_of(to))
    assert "t0ken" not in shown
    assert to.to is None or to.to not in shown


@EVERY
def test_a_channel_shows_no_secret(service: ChatService) -> None:
    assert "t0ken" not in repr(channel(service.name))
