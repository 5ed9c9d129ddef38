"""Pictures of which a service gets the bytes: they go before the message, and never stop it."""

import asyncio
import json
import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from onthisday.adapters.http.http_sender import HttpSender
from onthisday.config import Channel
from onthisday.delivery.request_reply import Reply, Verdict
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.mastodon_limits import LONGEST, USUAL, limits_in
from onthisday.messages.message import Message
from onthisday.messages.uploading import MOST, Lack, Picture, chosen
from onthisday.service.sending.posting import Posting
from onthisday.service.sending.preparing import Ready, prepare
from onthisday.views.view import ImageView
from tests.delivery.almanacs import DOT
from tests.delivery.channels import NOW, channel, message, occasion, sent
from tests.delivery.fakes import SetClock
from tests.delivery.servers import SERVERS
from tests.delivery.services import (
    Bluesky,
    Mastodon,
    Matrix,
    Uploaded,
    bluesky_error,
    json_answer,
    matrix_error,
    serving,
)
from tests.delivery.sink import Answer, Received
from tests.delivery.test_targets_limits import TEXTS, taken
from tests.examples import examples

MILL = ImageView(
    "https://example.org/images/mill.png", "The mill, seen from the river", "Town archive",
    "CC BY 4.0", "mill.png",
)  # fmt: skip
WHAT = message(occasion(image=MILL))
PATHS = {"mastodon": "/api/v2/media", "bluesky": "/xrpc/com.atproto.repo.uploadBlob",
         "matrix": "/_matrix/media/v3/upload?filename=mill.png"}  # fmt: skip
UPLOADING = pytest.mark.parametrize("kind", PATHS)


def folder(name: str) -> bytes | None:
    return DOT if name == "mill.png" else None


def posted(
    kind: str, server: Callable[[Received], Answer | None], what: Message = WHAT, **keys: Any
) -> Verdict:
    """Send a message with a picture through the real sender."""
    with serving(server) as service:
        to = channel(kind, url=service.url.rstrip("/"), **keys)
        return sent(to, what, pictures=folder)


def failing(kind: str, answer: Answer | None, server: Any) -> Callable[[Received], Answer | None]:
    """Return a server that gives this answer to an upload, and its own answers to all else."""
    return lambda received: answer if received.path == PATHS[kind] else server(received)


def text_of(server: Any) -> str:
    """Return the text of the one message that a server has."""
    if isinstance(server, Mastodon):
        (text,) = server.statuses.values()
    elif isinstance(server, Bluesky):
        (record,) = server.records.values()
        text = record["text"]
    else:
        (text,) = (each["body"] for key, each in server.events.items() if len(key) == 32)
    return text


def pictures_of(server: Any) -> list[Any]:
    """Return the pictures that messages of a server show."""
    if isinstance(server, Mastodon):
        return [each for shown in server.shown.values() for each in shown]
    if isinstance(server, Bluesky):
        embeds = (record.get("embed", {}) for record in server.records.values())
        return [each["external"]["thumb"] for each in embeds if "thumb" in each["external"]]
    return [each for each in server.events.values() if each["msgtype"] == "m.image"]


def test_every_service_that_is_given_pictures_is_tried_here() -> None:
    assert {name for name, service in SERVICES.items() if service.upload} == set(PATHS)


def test_mastodon_shows_the_picture_with_its_words_and_says_whose_it_is() -> None:
    server = Mastodon()
    assert posted("mastodon", server).outcome == "sent"
    assert server.media == {"1": Uploaded("image/png", DOT, "The mill, seen from the river")}
    assert list(server.shown.values()) == [["1"]]
    lines = text_of(server).splitlines()
    assert lines[-2:] == ["Picture: Town archive, CC BY 4.0", WHAT.view.occasions[0].url]


def test_bluesky_shows_the_picture_on_the_card_that_says_its_words() -> None:
    server = Bluesky()
    assert posted("bluesky", server).outcome == "sent"
    assert server.blobs == [Uploaded("image/png", DOT)]
    (record,) = server.records.values()
    card = record["embed"]["external"]
    assert card["thumb"] == {
        "$type": "blob", "ref": {"$link": "1"}, "mimeType": "image/png", "size": len(DOT),
    }  # fmt: skip
    assert card["description"].splitlines()[-1] == "Picture: The mill, seen from the river"
    assert record["text"].splitlines()[-1] == "Picture: Town archive, CC BY 4.0"


def test_matrix_shows_the_picture_above_the_text_with_its_words_as_its_caption() -> None:
    server = Matrix()
    assert posted("matrix", server).outcome == "sent"
    assert server.media == [Uploaded("image/png", DOT)]
    image, text = server.events.values()
    assert image == {
        "msgtype": "m.image",
        "body": "Picture: The mill, seen from the river (Town archive, CC BY 4.0)",
        "filename": "mill.png",
        "url": "mxc://example.org/1",
        "info": {"mimetype": "image/png", "size": len(DOT), "w": 1, "h": 1},
        "m.mentions": {},
    }
    assert text["msgtype"] == "m.text"
    assert "Picture" not in text["body"]


@UPLOADING
def test_a_repeat_shows_one_message_with_one_picture(kind: str) -> None:
    server = SERVERS[kind]()
    for _ in range(2):
        assert posted(kind, server).outcome == "sent"
    assert text_of(server)
    assert len(pictures_of(server)) == 1


FAILURES = {
    "an error": Answer(500, (), b"<html>nginx"),
    "too large": json_answer({"error": "too large"}, 413),
    "not allowed": json_answer({"error": "This action is outside the authorized scopes"}, 403),
    "a login page": Answer(200, (), b"<html><title>Log in to the WiFi</title>"),
    "nothing that names it": json_answer({"id": 7, "blob": {}, "content_uri": "https://evil"}),
    "a redirect": Answer(302, (("Location", "/"),), b""),
    "no answer": None,
}


@UPLOADING
@pytest.mark.parametrize("failure", FAILURES)
def test_a_picture_that_a_service_does_not_take_keeps_no_message_back(
    kind: str, failure: str, caplog: pytest.LogCaptureFixture
) -> None:
    server = SERVERS[kind]()
    with caplog.at_level(logging.INFO, "onthisday"):
        assert posted(kind, failing(kind, FAILURES[failure], server)).outcome == "sent"
    assert "Picture" not in text_of(server)
    assert not pictures_of(server)
    (record,) = caplog.records
    assert record.event == "picture.left_out"  # type: ignore[attr-defined]
    assert "without its picture: " in record.getMessage()


@UPLOADING
def test_what_is_asked_of_an_upload_is_kept_in_full(kind: str) -> None:
    for status, outcome in ((429, "throttled"), (503, "retry")):
        server = SERVERS[kind]()
        busy = Answer(status, (("Retry-After", "1801"),), b"")
        verdict = posted(kind, failing(kind, busy, server))
        assert (verdict.outcome, verdict.after) == (outcome, timedelta(seconds=1801))
        assert verdict.detail.startswith("it did not take the picture")
        with pytest.raises(ValueError, match="not enough"):
            text_of(server)


@UPLOADING
def test_a_token_that_is_refused_switches_the_channel_off_as_without_a_picture(kind: str) -> None:
    assert posted(kind, SERVERS[kind](), token="wr0ng:t0ken").outcome == "gone"


@UPLOADING
def test_no_secret_is_told_of_an_upload(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    server = SERVERS[kind]()

    def quoting(received: Received) -> Answer:
        if received.path == PATHS[kind]:
            login = received.headers["authorization"]
            return json_answer(dict.fromkeys(("error", "message"), f"refused {login}"), 500)
        answer: Answer = server(received)
        return answer

    with caplog.at_level(logging.INFO, "onthisday"):
        assert posted(kind, quoting).outcome == "sent"
    assert "refused Bearer «secret»" in caplog.text
    assert "t0ken" not in caplog.text + repr(caplog.records[0].__dict__)


def test_a_session_that_ended_is_replaced_before_an_upload() -> None:
    server = Bluesky()

    def ending(received: Received) -> Answer:
        if received.path.endswith("createSession"):
            server.session += "x"
        return server(received)

    assert posted("bluesky", ending).outcome == "sent"
    assert len(pictures_of(server)) == 1


def test_a_sign_in_that_fails_before_an_upload_is_told_as_it_is() -> None:
    refused = bluesky_error(401, "AuthenticationRequired", "Invalid password")
    assert posted("bluesky", lambda _: refused).outcome == "gone"


@pytest.mark.parametrize("kind", ["mastodon", "bluesky"])
def test_a_message_that_is_refused_with_its_picture_is_posted_without(
    kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    server = SERVERS[kind]()

    def forgetting(received: Received) -> Answer:
        answer: Answer = server(received)
        if received.path == PATHS[kind]:
            getattr(server, "media" if kind == "mastodon" else "blobs").clear()
        return answer

    assert posted(kind, forgetting).outcome == "sent"
    assert "Picture" not in text_of(server)
    assert "without its picture: it was refused with it: " in caplog.text


@pytest.mark.parametrize(("kind", "times"), [("mastodon", 2), ("bluesky", 2), ("matrix", 1)])
def test_a_message_that_is_refused_without_its_picture_too_is_refused(
    kind: str, times: int
) -> None:
    server = SERVERS[kind]()
    tried = []

    def refusing(received: Received) -> Answer:
        step = received.path.partition("?")[0]
        if step.endswith(("/statuses", ".putRecord")) or re.search("[0-9a-f]{32}$", step):
            tried.append(step)
            return Answer(413, (), b"")
        answer: Answer = server(received)
        return answer

    assert posted(kind, refusing).outcome == "refused"
    assert len(tried) == times


def test_a_matrix_room_that_takes_no_picture_gets_the_text() -> None:
    server = Matrix()

    def answering(received: Received) -> Answer:
        if received.path.endswith("-picture"):
            return matrix_error(413, "M_TOO_LARGE", "event too large")
        return server(received)

    assert posted("matrix", answering).outcome == "sent"
    assert not pictures_of(server)
    assert "Khrushchev denounces Stalin" in text_of(server)


@pytest.mark.parametrize(("works", "pictures"), [(0, 1), (2, 1), (4, 1), (5, 0), (99, 0)])
def test_a_picture_that_mastodon_works_on_is_waited_for_but_not_for_ever(
    works: int, pictures: int
) -> None:
    server = Mastodon(works=works)

    def answering(received: Received) -> Answer:
        if received.path == "/api/v1/statuses" and not json.loads(received.body).get("media_ids"):
            server.works = 0
        return server(received)

    assert posted("mastodon", answering).outcome == "sent"
    assert len(pictures_of(server)) == pictures
    assert ("Picture" in text_of(server)) == bool(pictures)


def test_the_first_picture_that_can_be_uploaded_is_shown() -> None:
    other = MILL._replace(file="other.png", credit="Somebody else")
    elsewhere = MILL._replace(url="https://other.example/mill.png", file=None)
    images = {"a": None, "b": elsewhere, "c": MILL, "d": other}
    entries = [occasion(id=each, image=image) for each, image in images.items()]
    server = Mastodon()
    assert posted("mastodon", server, message(*entries)).outcome == "sent"
    assert len(server.media) == 1
    assert "Picture: Town archive, CC BY 4.0" in text_of(server)


def test_a_picture_without_words_or_maker_is_shown_all_the_same() -> None:
    bare = message(occasion(image=MILL._replace(alt=None, credit=None)))
    server = Mastodon()
    assert posted("mastodon", server, bare).outcome == "sent"
    assert server.media["1"].words is None
    assert "Picture: CC BY 4.0" in text_of(server)


@pytest.mark.parametrize(("file", "content", "reason"), [
    (None, DOT, "it is on another site; keep it beside the almanac"),
    ("mill.png", None, "mill.png is not in the almanac's folder"),
    ("mill.png", DOT + b" " * MOST, "mill.png has 8,000,067 bytes, and the most is 8,000,000"),
    ("mill.png", b"<svg>", "mill.png is no JPEG, PNG, GIF or WebP"),
    ("mill.avif", b"\0\0\0\x1cftypavif", "mill.avif is no JPEG, PNG, GIF or WebP"),
])  # fmt: skip
def test_a_picture_that_no_service_can_get_is_not_tried(
    file: str | None, content: bytes | None, reason: str
) -> None:
    upload = SERVICES["matrix"].upload
    assert upload
    assert chosen(upload, MILL._replace(file=file), lambda _: content) == Lack(reason)


def test_a_picture_is_what_its_bytes_are_and_not_what_its_name_says() -> None:
    upload = SERVICES["matrix"].upload
    assert upload
    jpeg = chosen(upload, MILL, lambda _: b"\xff\xd8\xff\xe0 a JPEG")
    assert isinstance(jpeg, Picture)
    assert jpeg.media_type == "image/jpeg"


@UPLOADING
def test_a_picture_of_another_site_is_not_told_of(kind: str) -> None:
    server = SERVERS[kind]()
    elsewhere = MILL._replace(url="https://other.example/mill.png", file=None)
    assert posted(kind, server, message(occasion(image=elsewhere))).outcome == "sent"
    assert "Picture" not in text_of(server)
    assert not pictures_of(server)


@pytest.mark.parametrize("kind", ["mastodon", "bluesky"])
@settings(examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_whatever_the_words_of_a_picture_are_the_message_is_taken_and_mentions_nobody(
    kind: str, alt: str, credit: str
) -> None:
    what = message(occasion(image=MILL._replace(alt=alt, credit=credit), title=credit))
    tree = json.loads(taken(kind, SERVERS[kind](), what))
    text = tree["status"] if kind == "mastodon" else tree["record"]["text"]
    (credit,) = (line for line in text.splitlines() if line.startswith("Picture: "))
    assert credit.removesuffix("\u2069").endswith("CC BY 4.0")
    assert kind == "bluesky" or not re.search(r"[@＠#＃][^\W\d_]", text)


def test_the_words_of_a_picture_are_in_the_form_as_they_are() -> None:
    words = 'Zoë\'s "mill"; 磨坊 --onthisday- \r\n\r\n 👩‍👩‍👧‍👦'
    server = Mastodon()
    said = message(occasion(image=MILL._replace(alt=words)))
    assert posted("mastodon", server, said).outcome == "sent"
    assert server.media["1"].words == 'Zoë\'s "mill"; 磨坊 --onthisday- 👩‍👩‍👧‍👦'


# The limits of an instance

LONG = message(occasion(summary=" ".join(f"Sentence {n} has some words." for n in range(100))))


def told(characters: Any = None, **media: Any) -> dict[str, Any]:
    return {"statuses": {"max_characters": characters}, "media_attachments": media}


@pytest.mark.parametrize("most", [300, 500, 5000])
def test_a_toot_is_as_long_as_its_instance_allows(most: int) -> None:
    server = Mastodon(most, told(most))
    assert posted("mastodon", server, LONG, length="full").outcome == "sent"
    assert 0.8 * min(most, 3500) <= len(text_of(server)) <= most + 100


def test_an_instance_is_asked_once_an_hour() -> None:
    async def whole(to: Channel) -> None:
        clock = SetClock(NOW)
        async with HttpSender() as sender:
            posting = Posting(sender, clock)
            for _ in range(4):
                assert isinstance(await prepare(posting, to, WHAT), Ready)
                clock.at += timedelta(minutes=29)

    with serving(Mastodon(5000, told(5000))) as service:
        asyncio.run(whole(channel("mastodon", url=service.url.rstrip("/"))))
        assert service.paths().count("/api/v2/instance") == 2


@pytest.mark.parametrize("absurd", [0, -1, 10**9, 10**30, "many", None, True, 1.5, [], {}, 99])
def test_an_absurd_limit_is_bounded(absurd: Any) -> None:
    media = {"image_size_limit": absurd, "description_limit": absurd}
    statuses = {"max_characters": absurd, "characters_reserved_per_url": absurd}
    tree = {"configuration": {"statuses": statuses, "media_attachments": media}}
    limits = limits_in(Reply(200, {}, json.dumps(tree).encode()))
    assert limits.characters in {USUAL.characters, LONGEST}
    assert 1 <= limits.link <= 200
    assert 1 <= limits.picture <= MOST
    assert limits.words in {USUAL.words, LONGEST}


@pytest.mark.parametrize("body", [b"", b"[]", b"[" * 9000, b'{"configuration": 7}', b"<html>"])
@pytest.mark.parametrize("status", [200, 401, 404, 500])
def test_an_instance_that_does_not_tell_its_limits_has_the_usual_ones(
    status: int, body: bytes
) -> None:
    server = Mastodon()
    answer = Answer(status, (), body)
    asked = lambda received: answer if "instance" in received.path else server(received)  # noqa: E731
    assert posted("mastodon", asked, LONG).outcome == "sent"
    assert len(text_of(server)) <= 600


def test_an_instance_that_asks_for_a_wait_when_it_is_asked_gets_it() -> None:
    busy = Answer(429, (("Retry-After", "60"),), b"")
    verdict = posted("mastodon", lambda _: busy)
    assert (verdict.outcome, verdict.after) == ("throttled", timedelta(minutes=1))


def test_the_picture_of_an_instance_keeps_to_the_limits_of_that_instance() -> None:
    small = Mastodon(told=told(500, image_size_limit=len(DOT) - 1))
    assert posted("mastodon", small).outcome == "sent"
    assert not small.media
    long = message(occasion(image=MILL._replace(alt="Some words and an end. " * 50)))
    brief = Mastodon(told=told(500, description_limit=200))
    assert posted("mastodon", brief, long).outcome == "sent"
    words = brief.media["1"].words
    assert words
    assert len(words) <= 200
    assert words.endswith("end. …")
