"""The keys of a channel, and which of them fit its chat service.

Used by config_schema.py, for channels in config.yaml, and by channel_rows.py, for a CSV file. What
each service needs stands in its module in messages/.
"""

import re
from datetime import time
from typing import Any

from onthisday.almanac.entry import KINDS, Selection
from onthisday.characters import nfc
from onthisday.config import Channel, Secret, Site
from onthisday.messages.chat_service import Refusal
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.known_addresses import why_not
from onthisday.schema.nearest_forms import hour_like
from onthisday.schema.shapes import (
    Choice,
    Flag,
    Hidden,
    Key,
    Listing,
    Misfit,
    Parsed,
    Record,
    Text,
    Together,
    Whole,
)
from onthisday.schema.text_shapes import LANGUAGE, ZONE
from onthisday.schema.web_addresses import parse_web_address


def _parse_time(text: str) -> time:
    if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII) is None:
        like = hour_like(text)
        mend = f'write "{like}"' if like else "write hours and minutes, from 00:00 to 23:59"
        raise ValueError(f'"{text}" is no hour; {mend}')
    return time.fromisoformat(text)


def _parse_name(text: str) -> str:
    if re.fullmatch(r"[^/\s\x00-\x1f]([^/\x00-\x1f]{0,98}[^/\s\x00-\x1f])?", text) is None:
        like = re.sub(r"[/\x00-\x1f]+", "-", text)[:100].strip("- ")
        raise ValueError(f'a name has 1 to 100 characters and no /; write "{like or "room"}"')
    return text


def _parse_any_address(text: str) -> str:
    """Return a URL of any scheme. The channel's type decides later which scheme is right."""
    if re.match(r"https?:", text, re.IGNORECASE):
        return parse_web_address(text)
    if re.fullmatch(r"[a-z][a-z0-9+.-]*://\S*", text, re.IGNORECASE) is None:
        raise ValueError("is no URL")
    return text


def _channel(name: str, type: str, url: str | None, **values: Any) -> Channel:  # noqa: A002
    """Return the channel in the form that its service wants.

    Raises Misfit if the service does not take it. The message shows no secret.
    """
    service = SERVICES[type]
    url = url or service.server
    secrets, sender = tuple(map(Secret, values.pop("secret"))), values.pop("from")
    token, tags, kinds, milestones, without = (
        values.pop(key) for key in ("token", "tags", "kinds", "milestones", "without")
    )
    channel = Channel(
        name=name,
        type=type,
        url=url and Secret(url),  # type: ignore[arg-type]
        token=token and Secret(token),
        secret=secrets,
        sender=sender,
        selection=Selection(tags, kinds, milestones, without=without),
        **values,
    )
    accepted = service.accept(channel)
    if isinstance(accepted, Refusal):
        raise Misfit(accepted.words, accepted.key)
    return accepted


def _needed(key: str) -> Together:
    """Return how a key is judged that some services need. A channel that is off needs none."""

    in_need = {name for name, service in SERVICES.items() if key in service.needs}

    def judge(value: Any, kind: str, enabled: bool) -> Any:  # noqa: FBT001
        has_one = value or (key == "url" and SERVICES[kind].server)
        if enabled and kind in in_need and not has_one:
            mend = f"add {key}: ${{{kind.upper()}_{key.upper()}}}"
            raise Misfit(f"has no {key}, which {kind} needs; {mend}", "name")
        return value

    return Together((key, "type", "enabled"), judge)


def _place(to: str | None, kind: str) -> str | None:
    service = SERVICES[kind]
    destination = service.destination
    if to and destination and destination.pattern.fullmatch(to) is None:
        words = f"to is no place to send to: {service.name} takes {destination.words}"
        raise Misfit(words, "to")
    return to


def _address(url: str | None, kind: str) -> str | None:
    service = SERVICES[kind]
    whole, address = url or service.server, service.address
    if whole and address and address.pattern.fullmatch(whole) is None:
        raise Misfit(f"url {address.words}", "url")
    wrong = whole and why_not(service.name, whole)
    if wrong:
        raise Misfit(f"url {wrong}", "url")
    return url


def _chosen(*words: str) -> Hidden:
    return Hidden(Choice(words), f"must be one of {', '.join(words)}")


_TEXT = Hidden(Text(), "must be a text", "; put it in quotes")
_TAGS = Listing(Hidden(Parsed(nfc, "a tag"), "must be a text", "; put it in quotes"))
_FLAG = Hidden(Flag(), "must be true or false")
_YEARS = Listing(Hidden(Whole(1), "must be a whole number of at least 1"))
_COUNT = Hidden(Whole(1), "must be a whole number of at least 1")
_DAYS = Hidden(Whole(0, 31), "must be a whole number from 0 to 31")
_HOUR = Hidden(
    Parsed(_parse_time, "HH:MM"),
    "is no hour", "; write hours and minutes in quotes, from 00:00 to 23:59",
)  # fmt: skip
_NAME = Hidden(Parsed(_parse_name, "1 to 100 characters"), "has 1 to 100 characters and no /")
_ANY_ADDRESS = Hidden(
    Parsed(_parse_any_address, "a URL"),
    "is no web address, nor one of Apprise's; write it whole: https://…",
)
_ZONE = Hidden(ZONE, "is no time zone", "; write a name such as Europe/London or UTC")
_LANGUAGE = Hidden(LANGUAGE, "is no BCP 47 language", "; write a code such as en or pt-BR")

_CHANNEL = {
    "name": Key(_NAME, "its identity", required=True),
    "type": Key(_chosen(*SERVICES), "the service", required=True),
    "url": Key(_ANY_ADDRESS, "the hook, or the server; for apprise one of its URLs"),
    "user": Key(_TEXT, "the login"),
    "token": Key(_TEXT, "the login's token"),
    "to": Key(_TEXT, "the chat, room or stream; of email the address"),
    "from": Key(_TEXT, "whom mails come from"),
    "secret": Key(Listing(_TEXT, or_one=True), "what signs a webhook, or two", default=()),
    "at": Key(_HOUR, "its hour", default=time(9, 0)),
    "zone": Key(_ZONE, "its time zone; default site.zone"),
    "tags": Key(_TAGS, "any of these tags", default=()),
    "kinds": Key(Listing(_chosen(*KINDS)), "of these kinds", default=()),
    "milestones": Key(_YEARS, "years divisible by one of these", default=()),
    "without": Key(_TAGS, "none of these tags", default=()),
    "at_most": Key(_COUNT, "so many of a day, chosen; default: all"),
    "post": Key(
        _chosen("day", "each", "week", "month"),
        "one message a day, one an occasion, or a digest of a week or a month",
        default="day",
    ),
    "ahead": Key(_DAYS, "how many days before the day", default=0),
    "release": Key(
        _chosen("by-itself", "by-hand"),
        "by-hand: a person lets each message go",
        default="by-itself",
    ),
    "length": Key(
        _chosen("short", "full"), "a card, or all that the service takes", default="short"
    ),
    "silent": Key(_FLAG, "no sound, where the service can", default=False),
    "visibility": Key(
        _chosen("public", "unlisted", "private", "direct"), "who sees a post, on mastodon"
    ),
    "language": Key(_LANGUAGE, "its language; default site.language"),
    "starts": Key(_chosen("today", "tomorrow"), "its first day", default="today"),
    "enabled": Key(_FLAG, "whether it is sent to", default=True),
    "on_unknown": Key(
        _chosen("retry", "hold"), "what to do where an outcome is unknown", default="retry"
    ),
    "private_addresses": Key(
        _FLAG, "whether it may send to loopback and private ranges", default=False
    ),
}

_NEEDED = sorted({key for service in SERVICES.values() for key in service.needs})

CHANNEL = Record(
    _CHANNEL,
    _channel,
    together=(
        *map(_needed, _NEEDED),
        Together(("to", "type"), _place),
        Together(("url", "type"), _address),
    ),
    hidden=True,
)
"""A channel of config.yaml, or of a CSV file. What is told about it shows no value."""


def completed(channel: Channel, site: Site) -> Channel:
    """Return a channel with the site's zone and language, if it has none of its own."""
    return channel._replace(
        zone=channel.zone or site.zone, language=channel.language or site.language
    )
