"""Messages are deleted at the services that can, over real connections, and then are gone there."""

from pathlib import Path

import pytest

from onthisday.messages.chat_service import DELETED, GONE
from onthisday.messages.retracting import bare_names
from tests.delivery.hooks import Discord
from tests.delivery.retracting import EACH, ID, World, change, kept_by, play
from tests.delivery.servers import SERVERS
from tests.delivery.services import Matrix

PICTURE = {"file": "mill.png", "alt": "The mill", "credit": "Archive", "license": "CC0"}


@EACH
def test_a_message_that_was_sent_is_deleted_and_is_gone_at_the_service(
    tmp_path: Path, kind: str
) -> None:
    server = SERVERS[kind]()

    async def story(world: World) -> None:
        sent = await world.tick()
        assert (sent.state, kept_by(server)) == ("sent", 1)
        assert len(bare_names(sent.named)) == 1
        found = await world.retract()
        assert (found.how, found.reason, found.note) == ("deleted", DELETED, None)
        assert kept_by(server) == 0
        after = await world.notice()
        assert (after.state, after.reason, after.due) == ("retracted", DELETED, None)
        assert [each.outcome for each in await world.ledger.attempts(ID)] == ["sent", "deleted"]
        assert (await world.retract()).how == "before"
        await world.tick()
        assert kept_by(server) == 0

    play(tmp_path, kind, server, story)


@EACH
def test_a_message_that_is_gone_already_counts_as_deleted(tmp_path: Path, kind: str) -> None:
    server = SERVERS[kind]()

    async def story(world: World) -> None:
        await world.tick()
        first = await world.retract()
        change(tmp_path, "UPDATE notices SET state = 'sent'")  # as if it had not been recorded
        second = await world.retract()
        assert (first.how, second.how) == ("deleted", "deleted")
        assert second.reason in {DELETED, GONE}
        assert (await world.notice()).state == "retracted"

    play(tmp_path, kind, server, story)


@EACH
def test_what_was_deleted_can_be_sent_again_and_deleted_again(tmp_path: Path, kind: str) -> None:
    server = SERVERS[kind]()

    async def story(world: World) -> None:
        await world.tick()
        for _ in range(2):
            await world.retract()
            assert await world.ledger.replay(ID, world.clock.now())
            assert (await world.tick()).state == "sent"
            assert kept_by(server) == 1
        assert (await world.retract()).how == "deleted"
        assert kept_by(server) == 0

    play(tmp_path, kind, server, story)


@pytest.mark.parametrize("kind", ["discord", "telegram"])
def test_each_message_of_a_notice_is_deleted_if_it_was_sent_again(
    tmp_path: Path, kind: str
) -> None:
    server = SERVERS[kind]()

    async def story(world: World) -> None:
        await world.tick()
        await world.ledger.replay(ID, world.clock.now())
        assert (await world.tick()).state == "sent"
        assert kept_by(server) == 2
        await world.retract()
        assert kept_by(server) == 0

    play(tmp_path, kind, server, story)


def test_on_matrix_the_picture_is_deleted_with_the_text(tmp_path: Path) -> None:
    server = Matrix()

    async def story(world: World) -> None:
        sent = await world.tick()
        assert len(server.events) == len(bare_names(sent.named)) == 2
        await world.retract()
        assert server.events == {}

    play(tmp_path, "matrix", server, story, image=PICTURE)


def test_in_a_forum_the_message_is_deleted_and_a_person_is_told_of_the_thread(
    tmp_path: Path,
) -> None:
    server = Discord()

    async def story(world: World) -> None:
        await world.tick()
        found = await world.retract()
        assert found.note
        assert found.note.startswith("its thread stays in the forum, with the title; delete")
        assert server.shown == {}

    play(tmp_path, "discord", server, story, {"to": "forum"})
