"""`onthisday channels`: list the channels, show a message, send a test message."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from onthisday.app.clocks import SystemClock
from onthisday.app.ledgers import open_ledger
from onthisday.app.sending import lacking, open_sending, pauses_of
from onthisday.app.workspace import Almanac, Workspace
from onthisday.checks.channels import odd_token, unknown_tags
from onthisday.cli import options
from onthisday.cli.config_option import add_config
from onthisday.cli.phrasing import host_of, minute, print_json, second
from onthisday.config import Channel, Config, FaultyChannel
from onthisday.dates.zones import local_day
from onthisday.delivery.notice import ChannelState, Notice
from onthisday.delivery.pauses import Pause
from onthisday.delivery.reply_words import answer_words
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.schedule import is_ahead
from onthisday.errors import NotFound, NotSet, OnThisDayError
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.cutting import clean
from onthisday.messages.message import Message
from onthisday.messages.uploading import Lack, chosen, picture_for_upload
from onthisday.service.sending.composing import Composer
from onthisday.service.sending.planning import next_message
from onthisday.service.sending.resetting import Reset, reset
from onthisday.views.words import shown_in


class NothingToSay(OnThisDayError):
    """No entry of the almanac passes the channel's filter, so there is no message to show."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        super().__init__(f'no entry falls on a day for channel "{channel}"; look at its filter')


class NotTaken(OnThisDayError):
    """The service did not confirm that it took a test message."""

    def __init__(self, channel: str, verdict: Verdict) -> None:
        self.channel, self.verdict = channel, verdict
        answer = answer_words(verdict.status, verdict.detail)
        super().__init__(f'channel "{channel}" did not take the test: {answer}')


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `channels`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|preview|test|reset")
    listing = actions.add_parser("list", help="each channel, whether it is on, what is next")
    preview = actions.add_parser("preview", help="print the message that would be sent")
    preview.add_argument("--raw", action="store_true", help="print what is sent, as JSON")
    test = actions.add_parser("test", help="send a message marked as a test")
    setting_back = actions.add_parser("reset", help="undo what a clock that was ahead did")
    which = setting_back.add_mutually_exclusive_group(required=True)
    which.add_argument("name", metavar="NAME", nargs="?", help="the channel's name")
    which.add_argument("--all", action="store_true", help="every channel that needs it")
    for action in (preview, test):
        action.add_argument("name", metavar="NAME", help="the channel's name")
        action.add_argument(
            "--date", type=options.day, metavar="D",
            help="the day, or the next that has an occasion; default: today",
        )  # fmt: skip
    for action in (listing, preview, test, setting_back):
        add_config(action)
        action.add_argument("--format", choices=("text", "json"), default="text")


def main(args: argparse.Namespace) -> int:
    """Run `channels`. Return the exit code."""
    workspace = Workspace(args.config)
    config, _ = workspace.config(sending=False)
    almanac = workspace.almanac()
    {"list": _list, "preview": _preview, "test": _test, "reset": _reset}[args.action](
        workspace, config._replace(site=almanac.site), almanac, args
    )
    return 0


def _list(workspace: Workspace, config: Config, almanac: Almanac, args: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    states, pauses = asyncio.run(_states(workspace, config))
    tags = almanac.library.tags()
    trees = [
        _tree(channel, states.get(channel.name), _next_due(channel, states, almanac, now))
        | _pause(channel, pauses, now)
        | {"closed_ahead": _closed_ahead(channel, states.get(channel.name), now)}
        | {"note": unknown_tags(channel, tags) or odd_token(channel) or lacking(channel)}
        for channel in config.channels
    ]
    trees += map(_faulty_tree, config.faulty)
    if args.format == "json":
        print_json({"channels": trees})
        return
    for tree in trees:
        why = f" ({tree['reason']}{_what_to_do(tree)})" if tree["reason"] else ""
        following = tree["next"]
        due = f"  next {following['due']} {following['title']}" if following else ""
        if day := tree.get("closed_ahead"):
            mend = f"`onthisday channels reset {tree['name']}` sets it back"
            due = f"  its days up to {day} are closed, and they are still to come; {mend}"
        due += f"  {tree['note']}" if tree["note"] else ""
        due += f"  {tree['pause']} until {tree['paused_until']}" if tree["pause"] else ""
        state = "on" if tree["on"] else "off"
        where = "  ".join(tree[key] for key in ("type", "host", "at") if tree[key])
        zone = f" {tree['zone']}" if tree["zone"] else ""
        told = f"{tree['name']}  {where}{zone}".rstrip()
        print(f"{told}  {state}{why}{due}")
    if not trees:
        print(f"no channels; {workspace.config_file} names them under channels:")


def _preview(
    workspace: Workspace,  # noqa: ARG001 - the actions are called alike
    config: Config,
    almanac: Almanac,
    args: argparse.Namespace,
) -> None:
    channel = _channel(config, args.name)
    notice = _sample(channel, almanac, args.date)
    composer = Composer(almanac.site, almanac.library, almanac.has_picture, channel.language)
    message = composer.compose(notice)
    assert message is not None
    message, picture = _with_picture(channel, message, almanac)
    unsigned = channel._replace(secret=())
    request = SERVICES[channel.type].render(message, unsigned, datetime.now(UTC))
    body = json.loads(request.body)
    if args.format == "json":
        day = notice.day.isoformat()
        tree = {"channel": channel.name, "type": channel.type, "day": day, "payload": body}
        print_json(tree | {"picture": picture})
        return
    print(f"{notice.id} to {host_of(channel)} ({channel.type}):")
    if args.raw:
        print_json(body)
    else:
        seen = SERVICES[channel.type].seen(body)
        print(f"\n{seen}\n[{picture}]" if picture else f"\n{seen}")


def _with_picture(
    channel: Channel, message: Message, almanac: Almanac
) -> tuple[Message, str | None]:
    """Return the message as it is rendered, and words for the picture that is uploaded before it.

    There are no words if the service loads the picture from its address.
    """
    upload, image = SERVICES[channel.type].upload, picture_for_upload(message)
    if upload is None or image is None:
        return message, None
    found = chosen(upload, image, almanac.pictures)
    if isinstance(found, Lack):
        return message.with_picture(None), f"no picture: {found.reason}"
    words = clean(shown_in(image))
    return message.with_picture(image), f"picture {upload.where}: {words}"


def _test(workspace: Workspace, config: Config, almanac: Almanac, args: argparse.Namespace) -> None:
    channel = _channel(config, args.name)
    if channel.unset:
        raise NotSet(f'channel "{channel.name}" is off: {_why_not_enabled(channel)}')
    notice = _sample(channel, almanac, args.date)
    verdict, states = asyncio.run(_try_out(workspace, config, almanac, (channel, notice)))
    following = _next_due(channel, states, almanac, datetime.now(UTC))
    if args.format == "json":
        answer = {"outcome": verdict.outcome, "status": verdict.status, "detail": verdict.detail}
        print_json({"channel": channel.name, **answer, "next": following})
    elif verdict.outcome == "sent":
        print(f"{channel.name}: the test was taken: {_answer(verdict)}")
        if following:
            print(f"next: {following['due']} {following['title']}")
    if verdict.outcome != "sent":
        raise NotTaken(channel.name, verdict)


def _reset(
    workspace: Workspace,
    config: Config,
    almanac: Almanac,  # noqa: ARG001 - the actions are called alike
    args: argparse.Namespace,
) -> None:
    channels = config.channels if args.all else (_channel(config, args.name),)
    done = asyncio.run(_set_back(workspace, config, channels))
    if args.format == "json":
        print_json({"reset": [each._asdict() for each in done]}, default=str)
        return
    for name, before, after in done:
        print(f"{name}: the last closed day was {before}; it is {after} now")
    if not done:
        print("nothing to set back: no closed day lies further ahead than tomorrow")


async def _set_back(
    workspace: Workspace, config: Config, channels: Sequence[Channel]
) -> list[Reset]:
    async with open_ledger(workspace, config) as ledger:
        return await reset(ledger, channels, datetime.now(UTC), config.catch_up_days)


async def _try_out(
    workspace: Workspace, config: Config, almanac: Almanac, sample: tuple[Channel, Notice]
) -> tuple[Verdict, dict[str, ChannelState]]:
    async with open_sending(workspace, config, SystemClock()) as sending:
        verdict = await sending.try_out(*sample, almanac)
        return verdict, await sending.ledger.channels()


def _channel(config: Config, name: str) -> Channel:
    """Return the channel of that name. Raise NotFound; NotSet if its config is wrong."""
    channel = config.channel(name)
    faulty = [each for each in config.faulty if each.name == name]
    if channel is None and faulty:
        raise NotSet(f'channel "{name}" is off: {_why_faulty(faulty[0])}')
    if channel is None:
        raise NotFound(
            "channel",
            name,
            tuple(known.name for known in config.channels[:20]),
            "add it under channels: in the config",
        )
    return channel


def _sample(channel: Channel, almanac: Almanac, day: date | None) -> Notice:
    day = day or local_day(datetime.now(UTC), ZoneInfo(channel.zone))
    notice = Composer(almanac.site, almanac.library).sample(channel, day)
    if notice is None:
        raise NothingToSay(channel.name)
    return notice


async def _states(
    workspace: Workspace, config: Config
) -> tuple[dict[str, ChannelState], dict[str, Pause]]:
    async with open_ledger(workspace, config, read_only=True) as ledger:
        pauses = {pause.whom: pause for pause in await ledger.pauses()}
        return await ledger.channels(), pauses


def _closed_ahead(channel: Channel, state: ChannelState | None, now: datetime) -> str | None:
    """Return the last closed day if it lies further ahead than tomorrow."""
    if state is None or not is_ahead(state.considered, now, ZoneInfo(channel.zone)):
        return None
    return state.considered.isoformat()


def _pause(channel: Channel, pauses: dict[str, Pause], now: datetime) -> dict[str, Any]:
    """Return the pause that a channel or its service asked for, and when it ends."""
    found = (pauses.get(whom) for whom in pauses_of(channel)) if pauses and channel.enabled else ()
    holding = next((pause for pause in found if pause and pause.holds(now)), None)
    return {
        "pause": holding and holding.reason,
        "paused_until": holding and second(holding.until),
    }


def _next_due(
    channel: Channel, states: dict[str, ChannelState], almanac: Almanac, now: datetime
) -> dict[str, Any] | None:
    found = next_message(channel, states.get(channel.name), almanac.site, almanac.library, now)
    return found and {"due": minute(found[0]), "entry": found[1].id, "title": found[1].title}


def _tree(
    channel: Channel, state: ChannelState | None, following: dict[str, Any] | None
) -> dict[str, Any]:
    off = state and state.off_since
    reason = (state and state.off_reason) if channel.enabled else _why_not_enabled(channel)
    return {
        "name": channel.name,
        "type": channel.type,
        "host": host_of(channel),
        "at": channel.at.strftime("%H:%M"),
        "zone": channel.zone,
        "on": channel.enabled and not off,
        "off_since": second(off) if off else None,
        "reason": reason,
        "next": following if channel.enabled and not off else None,
    }


def _faulty_tree(channel: FaultyChannel) -> dict[str, Any]:
    """Return what is told of a channel whose config is wrong, with the keys of `_tree`."""
    keys = ("type", "host", "at", "zone", "off_since", "next", "pause", "paused_until",
            "closed_ahead", "note")  # fmt: skip
    unknown = dict.fromkeys(keys)
    return {"name": channel.name, **unknown, "on": False, "reason": _why_faulty(channel)}


def _why_faulty(channel: FaultyChannel) -> str:
    return f"its config is wrong: {channel.reason}; `onthisday check` says where"


def _why_not_enabled(channel: Channel) -> str:
    if not channel.unset:
        return "not enabled in config"
    names = " and ".join(channel.unset)
    one = len(channel.unset) == 1
    return f"the environment variable{' ' if one else 's '}{names} {'is' if one else 'are'} not set"


def _what_to_do(tree: dict[str, Any]) -> str:
    """Return what the person can do if the service refused the channel. Otherwise return ""."""
    if tree["off_since"] is None:
        return ""
    return f"; put it right in config, then run `onthisday channels test {tree['name']}`"


def _answer(verdict: Verdict) -> str:
    return " ".join(str(part) for part in (verdict.status, verdict.detail) if part) or "no answer"
