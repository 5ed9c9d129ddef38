"""One sign-in is enough for many messages of an account, and a session that ends is replaced."""

import asyncio
from datetime import timedelta

from onthisday.adapters.http.http_sender import HttpSender
from onthisday.delivery.request_reply import Verdict
from onthisday.messages.chat_services import SERVICES
from onthisday.service.sending.kept import KEEP
from onthisday.service.sending.posting import Posting
from tests.delivery.channels import NOW, channel, message
from tests.delivery.fakes import SetClock
from tests.delivery.services import Bluesky, Service, bluesky_error, json_answer, serving
from tests.delivery.sink import Answer, Received


def posted(service: Service, count: int, later: timedelta = timedelta(0)) -> list[Verdict]:
    """Post messages one after another, each so much later than the one before."""

    async def whole() -> list[Verdict]:
        clock, verdicts = SetClock(NOW), []
        to = channel("bluesky", url=service.url.rstrip("/"))
        async with HttpSender() as sender:
            posting = Posting(sender, clock)
            for number in range(count):
                what = message(id=f"room/2026-02-25/{number}")
                request = SERVICES["bluesky"].render(what, to, clock.now())
                verdicts.append(await posting.post(to, request))
                clock.at += later
        return verdicts

    return asyncio.run(whole())


def sign_ins(service: Service) -> int:
    return sum(each.path.endswith("createSession") for each in service.received)


def test_a_hundred_posts_need_one_sign_in() -> None:
    bluesky = Bluesky()
    with serving(bluesky) as service:
        assert {verdict.outcome for verdict in posted(service, 100)} == {"sent"}
        assert sign_ins(service) == 1
    assert len(bluesky.records) == 100


def test_a_session_is_used_for_an_hour() -> None:
    with serving(Bluesky()) as service:
        posted(service, 5, later=KEEP / 2)
        assert sign_ins(service) == 3


def test_a_session_that_the_server_ended_is_replaced_and_the_message_sent_once() -> None:
    bluesky = Bluesky()

    def ending(received: Received) -> Answer:
        if received.path.endswith("createSession"):
            bluesky.session = f"eyJ.session.{len(service.received)}"
        elif len(bluesky.records) == 2 and sign_ins(service) == 1:
            return bluesky_error(400, "ExpiredToken", "Token has expired")
        return bluesky(received)

    with serving(ending) as service:
        assert [verdict.outcome for verdict in posted(service, 4)] == ["sent"] * 4
        assert sign_ins(service) == 2
    assert len(bluesky.records) == 4


def test_a_new_session_that_is_refused_too_is_not_asked_for_again() -> None:
    def refusing(received: Received) -> Answer:
        if received.path.endswith("createSession"):
            return json_answer({"accessJwt": "jwt"})
        return bluesky_error(400, "ExpiredToken", "Token has expired")

    with serving(refusing) as service:
        assert [verdict.outcome for verdict in posted(service, 2)] == ["retry"] * 2
        assert len(service.received) == 4
