"""Messages that are not deleted: a person is told why, and where to delete, and nothing changes."""

import json
from pathlib import Path

import pytest

from onthisday.adapters.sqlite.notice_rows import text_of
from onthisday.errors import NotFound
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.retracting import name_for
from onthisday.service.sending.planning import plan_and_record
from onthisday.service.sending.retracting import Busy, ByHand, NotDeleted
from tests.delivery.channels import channel
from tests.delivery.fakes import almanac_of, config, entry, instant
from tests.delivery.retracting import DELETING, EACH, ID, World, change, kept_by, play
from tests.delivery.servers import SERVERS
from tests.delivery.services import TOKEN, Ntfy, Telegram
from tests.delivery.sink import Answer, Received

OTHERS = [name for name in SERVICES if name not in {*DELETING, "apprise", "email"}]


@pytest.mark.parametrize("kind", OTHERS)
def test_where_the_service_cannot_delete_a_person_is_told_where_and_then_says_so(
    tmp_path: Path, kind: str
) -> None:
    async def story(world: World) -> None:
        assert (await world.tick()).state == "sent"
        with pytest.raises(ByHand) as told:
            await world.retract()
        where = SERVICES[kind].by_hand
        assert str(told.value) == (
            f"{ID} is not deleted: {kind} cannot delete messages; delete it {where}, "
            f"then run `onthisday notices retract {ID} --done`"
        )
        assert (await world.notice()).state == "sent"
        assert (await world.retract(done=True)).how == "by-hand"
        found = await world.notice()
        assert (found.state, found.reason) == ("retracted", "a person deleted it")
        deleted = (await world.ledger.attempts(ID))[-1]
        assert (deleted.outcome, deleted.status) == ("deleted", None)

    play(tmp_path, kind, SERVERS[kind](), story)


def test_a_message_that_telegram_finds_too_old_is_left_to_a_person(tmp_path: Path) -> None:
    server = Telegram()

    async def story(world: World) -> None:
        await world.tick()
        server.too_old = True
        with pytest.raises(ByHand, match="message can't be deleted for everyone; delete it in the"):
            await world.retract()
        assert (await world.notice()).state == "sent"

    play(tmp_path, "telegram", server, story)


def test_an_old_ntfy_gives_no_name_so_a_person_must_delete(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        assert (await world.tick()).named is None
        with pytest.raises(ByHand, match="its name is not known at the service; delete it on each"):
            await world.retract()

    play(tmp_path, "ntfy", Ntfy(old=True), story)


@EACH
@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(429, (("Retry-After", "60"),), b""), "429 Too Many Requests"),
        (Answer(503, (), b"later"), "503 Service Unavailable"),
        (Answer(200, (), b"<html>Log in"), "but not with what it promises"),
        (Answer(404, (), b"<html>nginx"), "404 Not Found"),
        (None, ""),
    ],
)
def test_what_is_no_clear_answer_changes_nothing_and_can_be_repeated(
    tmp_path: Path, kind: str, answer: Answer | None, said: str
) -> None:
    server = SERVERS[kind]()
    failing = False

    def serve(received: Received) -> Answer | None:
        deleting = "delete" in received.path or "redact" in received.path
        is_asked = deleting or received.method == "DELETE"
        found: Answer | None = answer if failing and is_asked else server(received)
        return found

    async def story(world: World) -> None:
        nonlocal failing
        sent = await world.tick()
        failing = True
        with pytest.raises((NotDeleted, ByHand)) as told:
            await world.retract()
        assert said in str(told.value)
        assert "t0ken" not in str(told.value)
        assert await world.notice() == sent
        failing = False
        assert (await world.retract()).how == "deleted"
        assert kept_by(server) == 0

    play(tmp_path, kind, serve, story)


@EACH
def test_a_reply_that_quotes_a_secret_is_told_without_it(tmp_path: Path, kind: str) -> None:
    server = Ntfy(f"Bearer {TOKEN}") if kind == "ntfy" else SERVERS[kind]()

    def serve(received: Received) -> Answer:
        deleting = "delete" in received.path or "redact" in received.path
        if not deleting and received.method != "DELETE":
            answer: Answer = server(received)
            return answer
        quoted = f"{received.headers.get('authorization')} {received.path}"
        body = dict.fromkeys(("error", "message", "description"), quoted)
        return Answer(422, (), json.dumps(body).encode())

    async def story(world: World) -> None:
        await world.tick()
        with pytest.raises(ByHand) as told:
            await world.retract()
        assert "t0ken" not in str(told.value)

    play(tmp_path, kind, serve, story, {"token": TOKEN} if kind == "ntfy" else {})


ELSEWHERE = {
    "discord": {"url": "https://discord.example/api/webhooks/2/other"},
    "telegram": {"to": "-100999"},
    "matrix": {"to": "!other:example.org"},
    "ntfy": {"to": "another"},
    "mastodon": {"url": "https://other.example"},
}


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_no_other_room_is_asked_to_delete_a_message_of_the_same_name(
    tmp_path: Path, kind: str
) -> None:
    server = SERVERS[kind]()

    async def story(world: World) -> None:
        sent = await world.tick()
        other = channel(kind, **({"url": world.to.url and world.to.url.reveal()} | ELSEWHERE[kind]))
        with pytest.raises(ByHand, match="channel room led to another place when it was sent"):
            await world.retract(to=other)
        assert await world.notice() == sent
        assert kept_by(server) == 1

    play(tmp_path, kind, server, story)


def test_a_token_that_was_changed_does_not_hinder(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        sent = await world.tick()
        retraction, kept = SERVICES["telegram"].retraction, sent.named
        other = world.to._replace(token=channel("telegram", token="123456:new").token)
        assert name_for(retraction, other, "1") == kept

    play(tmp_path, "telegram", Telegram(), story)


def test_a_pause_is_kept_and_nothing_is_asked(tmp_path: Path) -> None:
    server = Telegram()

    async def story(world: World) -> None:
        await world.tick()
        until = text_of(instant("2026-02-25T10:00"))
        change(tmp_path, f"INSERT INTO pauses VALUES ('channel room', '{until}', 'asked to wait')")
        with pytest.raises(NotDeleted, match="asked to wait, until 2026-02-25T10:00:00Z"):
            await world.retract()
        assert len(server.shown) == 1

    play(tmp_path, "telegram", server, story)


def test_a_notice_that_waits_is_taken_back_without_asking_the_service(tmp_path: Path) -> None:
    asked: list[Received] = []

    def serve(received: Received) -> Answer:
        asked.append(received)
        return Answer(503)

    async def story(world: World) -> None:
        assert (await world.tick()).state == "waiting"
        found = await world.retract()
        assert (found.how, found.reason) == ("never-sent", "taken back before it was sent")
        world.clock.set("2026-02-25T12:00")
        assert (await world.tick()).state == "retracted"
        assert len(asked) == 1

    play(tmp_path, "slack", serve, story)


def test_a_message_that_may_have_arrived_is_left_to_a_person(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        assert (await world.tick()).state == "unknown"
        with pytest.raises(ByHand, match="nobody knows whether it arrived at the service; delete"):
            await world.retract()
        assert (await world.retract(done=True)).how == "by-hand"
        world.clock.set("2026-02-26T12:00")
        assert (await world.tick()).state == "retracted"

    play(tmp_path, "telegram", lambda _: None, story)


def test_a_second_message_that_may_be_there_is_told(tmp_path: Path) -> None:
    server = Telegram()
    lost = [True]

    def serve(received: Received) -> Answer | None:
        answer = server(received)
        return None if lost and lost.pop() else answer

    async def story(world: World) -> None:
        assert (await world.tick()).state == "unknown"
        world.clock.set("2026-02-25T12:00")
        assert (await world.tick()).state == "sent"
        found = await world.retract()
        assert (found.note or "").startswith("an earlier attempt may have arrived too; look for")
        assert list(server.shown) == [1]

    play(tmp_path, "telegram", serve, story)


def test_a_channel_that_is_not_in_the_config_or_lacks_a_variable_is_told(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick()
        with pytest.raises(ByHand, match='channel "room" is not in the config'):
            await world.retract(to=world.to._replace(name="other"))
        with pytest.raises(ByHand, match=r"environment variables are not set \(A_TOKEN\)"):
            await world.retract(to=world.to._replace(unset=("A_TOKEN",)))
        assert (await world.retract(done=True)).how == "by-hand"

    play(tmp_path, "telegram", Telegram(), story)


def test_a_notice_that_is_held_by_a_process_is_refused_and_an_unknown_one_told(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        with pytest.raises(NotFound, match="no notice is named"):
            await world.retract()
        settings = config(world.to)
        library = almanac_of(entry("speech"))
        await plan_and_record(world.ledger, settings, library, world.clock.now())
        await world.ledger.lease(world.clock.now(), 1)
        with pytest.raises(Busy, match="is being sent right now"):
            await world.retract(done=True)

    play(tmp_path, "telegram", Telegram(), story)
