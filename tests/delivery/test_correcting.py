"""Corrections: channels that were told what was wrong get one message that puts it right."""

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from onthisday.almanac.entry import Correction, Entry, Selection
from onthisday.almanac.library import Library
from onthisday.config import FaultyChannel
from onthisday.delivery.notice import Notice
from onthisday.delivery.request_reply import Failure
from onthisday.messages.card import SHORT
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.fitting import card_within
from onthisday.messages.line import plain
from onthisday.messages.lines import lines_of, title_of
from onthisday.messages.message import Message
from onthisday.messages.webhook import MOST
from onthisday.service.sending.desk import Desk
from onthisday.service.sending.planning import plan_and_record
from onthisday.service.sending.rehearsing import rehearse
from tests.delivery.channels import KEYS, NOW, message, occasion
from tests.delivery.channels import channel as real_channel
from tests.delivery.fakes import almanac_of, channel, config, entry, instant
from tests.delivery.stories import World, play

WHEN = "2026-03-02"
FIX = {"on": WHEN, "was": "1,600 heard it", "now": "1,430 heard it", "why": "a slip of ours"}


def speech(*corrections: dict[str, Any], **keys: Any) -> Entry:
    return entry("speech", "1956-02-25", corrections=list(corrections), **keys)


def corrected(*corrections: dict[str, Any]) -> Library:
    other = entry("other", "1956-03-03")
    return almanac_of(speech(*(corrections or (FIX,))), other)


async def corrections_of(world: World) -> dict[str, str]:
    return {name: state for name, state in (await world.states()).items() if "correction" in name}


def bodies(world: World) -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in world.sender.sent]


def test_a_channel_that_was_told_gets_one_message_that_puts_it_right(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        world.library = corrected()
        for at in ("2026-03-02T10:00", "2026-03-02T11:00", "2026-03-04T12:00"):
            await world.tick(at)
        notice_id = "room/2026-03-02/speech/correction/2026-03-02"
        assert await corrections_of(world) == {notice_id: "sent"}
        (body,) = (each for each in bodies(world) if each["type"] == "onthisday.correction")
        data = body["data"]
        assert data["corrections"] == [FIX]
        assert (data["day"], data["late"], data["more"]) == (WHEN, False, 0)
        assert [each["occasion"] for each in data["occasions"]] == [
            "tag:example.org,2026:speech/2026"
        ]
        assert body["timestamp"] == "2026-03-02T00:00:00Z"

    play(tmp_path, config(channel()), corrected({**FIX, "on": "2030-01-01"}), story)


def test_who_was_not_told_gets_no_correction(tmp_path: Path) -> None:
    channels = config(
        channel("told"),
        channel("off", enabled=False),
        channel("filtered", selection=Selection(tags=("another",))),
    )

    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        world.library = corrected()
        await world.tick("2026-03-02T10:00")
        assert [name.partition("/")[0] for name in await corrections_of(world)] == ["told"]

    play(tmp_path, channels, almanac_of(speech()), story)


def test_a_channel_that_waits_for_a_variable_is_told_as_soon_as_it_is_set(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        world.library = corrected()
        world.config = config(channel(enabled=False, unset=("TOKEN",)))
        await world.tick("2026-03-02T10:00")
        assert list((await corrections_of(world)).values()) == ["waiting"]
        world.config = config(channel())
        await world.tick("2026-03-02T18:00")
        assert list((await corrections_of(world)).values()) == ["sent"]

    play(tmp_path, config(channel()), almanac_of(speech()), story)


def test_a_channel_that_is_told_the_right_thing_first_gets_no_correction(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        await world.tick("2027-02-25T09:00")
        assert await corrections_of(world) == {}

    play(tmp_path, config(channel()), corrected({**FIX, "on": "2026-02-20"}), story)


def test_a_correction_that_is_dated_back_still_reaches_who_was_told_since(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        world.library = corrected({**FIX, "on": "2026-02-10"})
        await world.tick("2026-02-26T10:00")
        assert set(await corrections_of(world)) == {"room/2026-02-26/speech/correction/2026-02-10"}

    play(tmp_path, config(channel()), almanac_of(speech()), story)


def test_a_correction_of_a_later_day_waits_for_its_day(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        await world.tick("2026-03-01T23:59")
        assert await corrections_of(world) == {}
        await world.tick("2026-03-02T00:01")
        assert list((await corrections_of(world)).values()) == ["waiting"]  # until its hour
        await world.tick("2026-03-02T09:00")
        assert list((await corrections_of(world)).values()) == ["sent"]

    play(tmp_path, config(channel()), corrected(), story)


def test_each_correction_is_told_and_those_of_one_day_in_one_message(tmp_path: Path) -> None:
    second = {**FIX, "was": "in Kiev", "now": "in Moscow"}
    third = {**FIX, "on": "2026-03-03", "was": "at noon", "now": "at night"}

    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        world.library = corrected(FIX, second, third)
        await world.tick("2026-03-02T10:00")
        await world.tick("2026-03-03T10:00")
        told = [each["data"]["corrections"] for each in bodies(world) if "corr" in each["type"]]
        assert told == [[FIX, second], [third]]

    play(tmp_path, config(channel()), almanac_of(speech()), story)


def test_the_correction_of_a_withdrawn_entry_is_told_and_the_entry_is_not(tmp_path: Path) -> None:
    withdrawn = {**FIX, "now": None}

    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        world.library = corrected(withdrawn)
        await world.tick("2026-03-02T10:00")
        told = [each["data"] for each in bodies(world) if "corr" in each["type"]]
        assert [each["corrections"] for each in told] == [[withdrawn]]
        await world.tick("2027-02-25T09:00")
        assert "room/2027-02-25" not in await world.states()

    play(tmp_path, config(channel()), almanac_of(speech()), story)


def test_an_entry_withdrawn_while_its_message_waits_is_not_told_of(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        taken, world.sender.answer = world.sender.answer, lambda _: Failure(False, "down")
        await world.tick("2026-02-25T09:00")
        world.library = corrected({**FIX, "on": "2026-02-26", "now": None})
        world.sender.answer = taken
        sent = len(world.sender.sent)
        await world.tick("2026-02-26T12:00")
        assert len(world.sender.sent) == sent
        assert await corrections_of(world) == {}

    play(tmp_path, config(channel()), almanac_of(speech()), story)


def test_a_correction_by_hand_waits_for_a_person(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        await world.ledger.let_go(["room/2026-02-25"])
        await world.tick("2026-02-25T09:10")
        world.library = corrected()
        await world.tick("2026-03-02T10:00")
        assert list((await corrections_of(world)).values()) == ["held"]

    play(tmp_path, config(channel(release="by-hand")), almanac_of(speech()), story)


def test_a_correction_that_is_taken_back_before_it_was_sent_is_not_sent(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        world.library = corrected()
        await world.tick("2026-03-02T01:00")
        world.library = almanac_of(speech())
        await world.tick("2026-03-02T10:00")
        assert list((await corrections_of(world)).values()) == ["waiting"]
        await world.tick("2026-03-03T10:00")
        assert list((await corrections_of(world)).values()) == ["expired"]
        assert len(world.sender.sent) == 1

    play(tmp_path, config(channel()), almanac_of(speech()), story)


def test_a_channel_told_in_a_digest_is_told_of_the_correction(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-23T09:00")
        world.library = corrected()
        await world.tick("2026-03-03T10:00")
        assert set(await corrections_of(world)) == {"room/2026-03-03/speech/correction/2026-03-02"}

    play(tmp_path, config(channel(post="week")), almanac_of(speech()), story)


def test_what_is_in_a_queue_while_a_correction_is_seen_says_the_right_thing(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        ledger, now = world.ledger, world.clock.now()
        await plan_and_record(ledger, world.config, world.library, now)
        await world.delivery.deliver(world.config, world.library, wait=False)
        world.library = almanac_of(speech({**FIX, "on": "2026-02-25"}, title="Right"))
        world.delivery.use(Desk(world.config, world.library, None, complete=False))
        await world.tick("2026-02-25T09:01")
        titles = [each["data"]["occasions"][0]["title"] for each in bodies(world)]
        assert titles == ["Right", "Right"]
        assert await corrections_of(world) == {}

    channels = config(channel("one"), channel("two"))
    play(tmp_path, channels, almanac_of(speech(title="Wrong")), story)


def test_a_channel_whose_config_is_wrong_is_told_when_that_is_put_right(tmp_path: Path) -> None:
    right, broken = config(channel()), (FaultyChannel("room", "unknown key"),)

    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        world.library, world.config = corrected(), config(channel("other"), faulty=broken)
        await world.tick("2026-03-02T10:00")
        assert list((await corrections_of(world)).values()) == ["waiting"]
        world.config = right
        await world.tick("2026-03-03T10:00")
        assert list((await corrections_of(world)).values()) == ["sent"]

    play(tmp_path, right, almanac_of(speech()), story)


def test_a_rehearsal_says_which_corrections_would_be_sent(tmp_path: Path) -> None:
    settings = config(channel("early", at=time(6)), channel("late", at=time(18)))

    async def story(world: World) -> None:
        await world.tick("2026-02-25T19:00")
        world.clock.set("2026-03-02T10:00")
        found = await rehearse(world.ledger, settings, corrected(), world.clock.now())
        world.library = corrected()
        await world.tick()
        states = await corrections_of(world)
        assert [each.notice.id for each in found] == [
            name for name, state in states.items() if state == "sent"
        ]
        assert len(states) == 2

    play(tmp_path, settings, almanac_of(speech()), story)


def correcting(*texts: str | None, **keys: Any) -> Message:
    was, now, why = texts or ("1,600 heard it", "1,430 heard it", "a slip of ours")
    corrections = (Correction(date(2026, 3, 2), was or "", now, why or ""),)
    whole = message(occasion(), kind="onthisday.correction", corrections=corrections)
    return whole._replace(**keys)


def said(whole: Message) -> list[str]:
    return plain(lines_of(card_within(whole, SHORT, lambda _: True))).splitlines()


def test_a_correction_says_what_was_said_what_is_said_now_and_why() -> None:
    assert said(correcting()) == [
        "Correction",
        "Khrushchev denounces Stalin",
        "It said: 1,600 heard it",
        "It says now: 1,430 heard it",
        "Why: a slip of ours",
    ]
    assert title_of(correcting()) == "Correction: Khrushchev denounces Stalin"


def test_a_withdrawal_says_so() -> None:
    withdrawn = correcting("It rained", None, "nobody says it")
    assert said(withdrawn) == [
        "Withdrawn",
        "Khrushchev denounces Stalin",
        "It said: It rained",
        "Why: nobody says it",
    ]
    assert title_of(withdrawn).startswith("Withdrawn: ")


@pytest.mark.parametrize("kind", [name for name in SERVICES if name in KEYS])
@pytest.mark.parametrize("text", ["short", "A long sentence of many words. " * 900, "W" * 30_000])
def test_every_service_tells_a_correction_within_its_limits(kind: str, text: str) -> None:
    whole = correcting(f"was {text}", f"now {text}", f"why {text}")
    request = SERVICES[kind].render(whole, real_channel(kind), instant(NOW))
    seen = SERVICES[kind].seen(json.loads(request.body))
    for word in ("was", "now", "why", "orrection"):
        assert word in seen
    if kind == "webhook":
        assert len(request.body) <= MOST


def test_the_id_of_a_correction_names_its_day_and_the_day_of_sending() -> None:
    notice = Notice("room", date(2026, 3, 4), "UTC", ("speech",), "speech")
    notice = notice._replace(correction=date(2026, 3, 2))
    assert notice.id == "room/2026-03-04/speech/correction/2026-03-02"
