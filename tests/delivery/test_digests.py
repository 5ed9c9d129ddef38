"""Digests of a week and a month, and messages that come days ahead."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.config import Channel, Post
from onthisday.delivery.schedule import day_of_sending, days_between, span_of
from onthisday.messages.card import FULL, SHORT
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.fitting import card_within
from onthisday.messages.line import plain
from onthisday.messages.lines import lines_of, title_of
from onthisday.messages.message import DigestDay, Message
from onthisday.messages.webhook import MOST
from onthisday.service.sending.composing import Composer
from onthisday.service.sending.planning import next_message
from tests.delivery.channels import KEYS, NOW, message, occasion
from tests.delivery.channels import channel as real_channel
from tests.delivery.fakes import SITE, almanac_of, channel, config, entry, instant
from tests.delivery.stories import World, play

MONDAY = date(2026, 3, 2)
WEEK = tuple(MONDAY + timedelta(days=n) for n in range(7))
SPRING = almanac_of(*(entry(f"e{day:%m%d}", f"1956-{day:%m-%d}") for day in WEEK))


@given(
    st.dates(date(1600, 1, 1), date(2400, 1, 1)),
    st.sampled_from(get_args(Post)),
    st.integers(0, 31),
)
def test_every_day_is_told_of_on_one_day_of_sending(day: date, post: Post, ahead: int) -> None:
    sent = day_of_sending(day, post, ahead)
    span = span_of(sent, post, ahead)
    assert span is not None
    assert day in days_between(span)
    around = [sent + timedelta(days=n) for n in range(-40, 41)]
    spans = [found for each in around if (found := span_of(each, post, ahead))]
    told = [each for found in spans for each in days_between(found)]
    assert told == [told[0] + timedelta(days=n) for n in range(len(told))]


def test_a_week_is_told_on_its_monday_in_one_message(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for day in ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-08"):
            await world.tick(f"{day}T09:00")
        assert await world.states() == {"room/2026-03-02": "sent"}
        (body,) = (json.loads(request.body) for request in world.sender.sent)
        assert body["type"] == "onthisday.digest"
        data = body["data"]
        assert (data["day"], data["late"], data["more"]) == ("2026-03-02", False, 0)
        assert [day["day"] for day in data["days"]] == [day.isoformat() for day in WEEK]
        assert {day["zone"] for day in data["days"]} == {"UTC"}
        assert data["days"][1]["occasions"][0]["id"] == "e0303"
        assert "occasions" not in data

    play(tmp_path, config(channel(post="week")), SPRING, story)


def test_a_month_is_told_on_its_first_day_also_over_a_leap_day(tmp_path: Path) -> None:
    leap = almanac_of(entry("leap", "1956-02-29"), entry("end", "1956-03-01"))

    async def story(world: World) -> None:
        await world.tick("2028-01-31T09:00")
        await world.tick("2028-02-01T09:00")
        (notice,) = await world.ledger.notices()
        assert (notice.id, notice.entries) == ("room/2028-02-01", ("leap",))
        assert notice.span == (date(2028, 2, 1), date(2028, 2, 29))

    play(tmp_path, config(channel(post="month")), leap, story)


def test_a_digest_that_is_caught_up_is_late_and_another_is_not_made_meanwhile(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-03-01T09:00")
        await world.tick("2026-03-04T09:00")
        (body,) = (json.loads(request.body) for request in world.sender.sent)
        assert body["data"]["late"] is True
        assert body["timestamp"] == "2026-03-02T00:00:00Z"

    play(tmp_path, config(channel(post="week")), SPRING, story)


def test_of_each_day_of_a_digest_so_many_are_chosen_as_the_channel_wants(tmp_path: Path) -> None:
    crowded = (
        entry(f"{day:%m%d}-{n}", f"{1950 + n}-{day:%m-%d}") for day in WEEK for n in range(9)
    )

    async def story(world: World) -> None:
        await world.tick("2026-03-02T09:00")
        (notice,) = await world.ledger.notices()
        days = [name.partition("-")[0] for name in notice.entries]
        assert days == sorted([f"{day:%m%d}" for day in WEEK] * 2)

    play(tmp_path, config(channel(post="week", at_most=2)), almanac_of(*crowded), story)


def test_a_week_without_anything_sends_nothing_until_entries_appear_on_its_monday(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-03-02T09:00")
        await world.tick("2026-03-02T10:00")
        assert await world.states() == {}
        world.library = SPRING
        await world.tick("2026-03-02T11:00")
        assert await world.states() == {"room/2026-03-02": "sent"}

    play(tmp_path, config(channel(post="week")), almanac_of(entry("far", "1956-09-09")), story)


def test_a_day_that_is_no_monday_does_not_open_again(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-03-03T09:00")
        world.library = SPRING
        await world.tick("2026-03-03T11:00")
        assert await world.states() == {}

    play(tmp_path, config(channel(post="week")), almanac_of(entry("far", "1956-09-09")), story)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"ahead": 1}), ({"ahead": 1}, {}), ({"ahead": 1}, {"ahead": 2}),
        ({}, {"post": "week"}),
        ({"post": "week"}, {}), ({"post": "week"}, {"post": "month", "ahead": 30}),
    ],
)  # fmt: skip
def test_a_closed_day_does_not_open_because_it_would_be_about_other_days(
    tmp_path: Path, before: dict[str, Any], after: dict[str, Any]
) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-03-02T09:00")
        world.config, world.library = config(channel(**after)), SPRING
        await world.tick("2026-03-02T10:00")
        assert await world.states() == {}
        world.config = config(channel(**before))
        await world.tick("2026-03-02T11:00")
        assert await world.states() == {"room/2026-03-02": "sent"}

    far = almanac_of(entry("far", "1956-09-09"))
    play(tmp_path, config(channel(**before)), far, story)


def test_what_is_posted_changed_in_mid_week_neither_doubles_nor_opens_a_day(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-03-02T09:00")
        world.config = config(channel(post="day"))
        await world.tick("2026-03-02T10:00")
        await world.tick("2026-03-03T09:00")
        world.config = config(channel(post="week"))
        await world.tick("2026-03-03T10:00")
        await world.tick("2026-03-09T09:00")
        assert set(await world.states()) == {"room/2026-03-02", "room/2026-03-03"}

    play(tmp_path, config(channel(post="week")), SPRING, story)


def test_an_editor_gets_the_message_of_tomorrow_today(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-03-02T09:00")
        (body,) = (json.loads(request.body) for request in world.sender.sent)
        data = body["data"]
        assert (data["day"], data["sent_on"]) == ("2026-03-03", "2026-03-02")
        assert [each["id"] for each in data["occasions"]] == ["e0303"]
        assert await world.states() == {"room/2026-03-02": "sent"}

    play(tmp_path, config(channel(ahead=1)), SPRING, story)


def test_a_days_ahead_message_that_comes_late_does_not_call_its_day_tomorrow(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-03-01T08:00")
        await world.tick("2026-03-02T00:30")  # the hour of the day before has passed
        assert await world.states() == {"room/2026-03-01": "sent"}
        (request,) = world.sender.sent
        assert "On 2 March, 70 years ago" in request.body.decode()
        assert "omorrow" not in request.body.decode()

    play(tmp_path, config(slack(ahead=1)), SPRING, story)


def slack(**keys: Any) -> Channel:
    url = channel().url
    return channel(type="slack", url=url, **keys)


def test_the_next_message_is_the_next_digest() -> None:
    week, ahead = channel(post="week"), channel(ahead=2)
    wednesday = instant("2026-02-25T10:00")
    found = next_message(week, None, SITE, SPRING, wednesday)
    assert found is not None
    assert (found[0], found[1].id) == (instant("2026-03-02T09:00"), "e0302")
    found = next_message(ahead, None, SITE, SPRING, wednesday)
    assert found is not None
    assert (found[0], found[1].id) == (instant("2026-02-28T09:00"), "e0302")


def test_a_sample_is_the_digest_of_the_asked_day() -> None:
    composer = Composer(SITE, SPRING)
    notice = composer.sample(channel(post="week"), date(2026, 3, 5))
    assert notice is not None
    assert (notice.day, notice.span) == (MONDAY, (MONDAY, date(2026, 3, 8)))
    notice = composer.sample(channel(ahead=1, post="each"), date(2026, 3, 5))
    assert notice is not None
    assert (notice.day, notice.entry) == (date(2026, 3, 4), "e0305")


def digest(*sizes: int, **keys: Any) -> Message:
    """Return a week's digest with so many occasions on each day."""
    views = [
        occasion(id=f"e{day}-{n}", title=f"Title {n} of day {day}", years=10 if n == 3 else 7,
                 milestone=n == 3, url=f"https://example.org/entries/e{day}-{n}/")
        for day, size in enumerate(sizes)
        for n in range(size)
    ]  # fmt: skip
    days = tuple(
        DigestDay(each, size, f"https://example.org/days/{each:%m-%d}/")
        for each, size in zip(WEEK, sizes, strict=False)
    )
    whole = message(*views, kind="onthisday.digest", days=days, last=WEEK[-1])
    return whole._replace(view=whole.view._replace(day=MONDAY), **keys)


def said(whole: Message, most: int = 100_000) -> list[str]:
    card = card_within(whole, SHORT, lambda card: len(plain(lines_of(card))) <= most)
    return plain(lines_of(card)).splitlines()


def test_a_digest_lists_its_days_with_their_titles_and_says_how_sure_it_is() -> None:
    assert said(digest(1, 2)) == [
        "The week from 2 to 8 March — 3 anniversaries",
        "",
        "Monday, 2 March",
        "7 years ago: Title 0 of day 0",
        "",
        "Tuesday, 3 March",
        "7 years ago: Title 0 of day 1",
        "7 years ago: Title 1 of day 1",
        "2 sources, which differ on 3 questions.",
    ]


def test_each_day_of_a_digest_has_its_share_of_the_room_and_says_what_is_left_out() -> None:
    lines = said(digest(5, 1, 5), 230)
    assert lines[2:] == [
        "Monday, 2 March (and 4 more)",
        "10 years ago: Title 3 of day 0",
        "",
        "Tuesday, 3 March",
        "7 years ago: Title 0 of day 1",
        "",
        "Wednesday, 4 March (and 4 more)",
        "10 years ago: Title 3 of day 2",
    ]


def test_a_digest_without_room_for_each_day_counts_the_later_ones() -> None:
    lines = said(digest(2, 1, 1), 130)
    assert lines[2:] == [
        "Monday, 2 March (and 1 more)",
        "7 years ago: Title 0 of day 0",
        "and 2 more on later days",
    ]


def test_a_digest_of_one_occasion_is_a_digest() -> None:
    assert title_of(digest(1)) == "The week from 2 to 8 March: 1 anniversary"
    assert "today" not in "\n".join(said(digest(1)))


@pytest.mark.parametrize("late", [False, True])
def test_a_month_is_named(late: bool) -> None:
    month = digest(1, last=date(2026, 3, 31), late=late)
    assert title_of(month) == f"{'Late: ' if late else ''}March 2026: 1 anniversary"


def test_a_full_digest_tells_more_than_titles() -> None:
    card = card_within(digest(1, 1), FULL, lambda _: True)
    text = plain(lines_of(card))
    assert text.count("he speaks of a cult") == 2
    assert text.count("How many delegates listened?") == 2


@pytest.mark.parametrize("kind", [name for name in SERVICES if name in KEYS])
def test_a_crowded_digest_stays_within_the_limits_and_names_its_days(kind: str) -> None:
    crowded = digest(*[30] * 7)
    request = SERVICES[kind].render(crowded, real_channel(kind), instant(NOW))
    seen = SERVICES[kind].seen(json.loads(request.body))
    assert "Monday, 2 March" in seen or kind == "webhook"
    assert "more" in seen or seen.count("Title") == 210


def test_a_webhook_gives_each_day_its_share_and_says_what_is_left_out() -> None:
    body = SERVICES["webhook"].render(digest(*[30] * 7), real_channel("webhook"), instant(NOW)).body
    assert len(body) <= MOST
    data = json.loads(body)["data"]
    shown = [len(day["occasions"]) for day in data["days"]]
    assert max(shown) - min(shown) <= 1
    assert min(shown) > 0
    assert [day["more"] for day in data["days"]] == [30 - some for some in shown]
    assert data["more"] == 210 - sum(shown)


def test_an_entry_as_long_as_a_book_is_shortened_in_a_digest_too() -> None:
    whole = digest(2, 2)
    views = [view._replace(summary="A sentence. " * 9000) for view in whole.view.occasions]
    whole = whole._replace(view=whole.view._replace(occasions=tuple(views)))
    body = SERVICES["webhook"].render(whole, real_channel("webhook"), instant(NOW)).body
    assert len(body) <= MOST
    data = json.loads(body)["data"]
    assert (len(data["days"][0]["occasions"]), data["more"]) == (1, 3)
