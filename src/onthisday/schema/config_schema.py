"""The keys of config.yaml: a plain tree in, a `Config` out.

Called by service/reading/configuring.py. Not here: reading the file (adapters/files/), the keys of
a channel (channel_schema.py).
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from onthisday.colours import parse_accent, parse_accent_dark
from onthisday.config import UNKNOWN_PROXY, Config, Link, Secret, Site, WebSub
from onthisday.errors import TreePath
from onthisday.schema.channel_faults import (
    faulty_channels,
    index_of,
    repeated_names,
    without_channels,
)
from onthisday.schema.entry_schema import LEAP_DAYS
from onthisday.schema.nearest_forms import listening_like
from onthisday.schema.proxies import ProxyShape, with_proxies_of
from onthisday.schema.shapes import (
    Choice,
    Flag,
    Key,
    Later,
    Listing,
    Parsed,
    Problem,
    Record,
    Shape,
    Table,
    Text,
    Whole,
)
from onthisday.schema.site_languages import TOGETHER, parse_site_language
from onthisday.schema.stores import StoreShape
from onthisday.schema.text_shapes import LANGUAGE, SECRET_ADDRESS, ZONE
from onthisday.schema.unused_keys import keys_without_use
from onthisday.schema.variables import (
    Unset,
    can_do_without,
    filled_in,
    is_off,
    switch_off,
    waited_for,
)
from onthisday.schema.web_addresses import parse_web_address
from onthisday.site_settings import Colours


def parse_listen(text: str) -> tuple[str, int]:
    """Return host and port of ``127.0.0.1:8080`` or ``[::1]:8080``. Raises ValueError."""
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdecimal() or int(port) > 65535:
        like = listening_like(text)
        mend = f"write {like}" if like else "write HOST:PORT, such as 127.0.0.1:8080"
        raise ValueError(f'"{text}" is no address to listen on; {mend}')
    return host.removeprefix("[").removesuffix("]"), int(port)


_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"


def parse_tag_authority(text: str) -> str:
    """Return an RFC 4151 authority and date, such as ``example.org,2026``. Raises ValueError."""
    authority, _, day = text.partition(",")
    if _AUTHORITY.fullmatch(authority) is None or not _is_tag_date(day):
        host = _AUTHORITY.match(text.rpartition("://")[2].lstrip("."))
        name = host[0] if host else "example.org"
        mend = "write a domain that is yours, a comma, and a year in which it was yours"
        raise ValueError(f'"{text}" is no RFC 4151 authority and date; {mend}: "{name},2026"')
    return text


_AUTHORITY = re.compile(r"(?:[A-Za-z0-9._-]+@)?(?:_LABEL\.)*_LABEL".replace("_LABEL", _LABEL))
"""A host, or an e-mail address (RFC 4151, section 2.1)."""


def _is_tag_date(text: str) -> bool:
    """Return True for a year, a month or a day that the calendar has. Years begin at 1."""
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII) is None:
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def parse_public_address(text: str) -> str:
    """Return a web address without a login, because every reader sees it. Raises ValueError."""
    address = parse_web_address(text)
    host = urlsplit(address).netloc
    if "@" in host:  # the message shows no password
        bare = address.replace(host, host.rpartition("@")[2], 1)
        raise ValueError(f"the address has a name or a password in it; write {bare}")
    return address


def parse_site_url(text: str) -> str:
    """Return a site's address with a slash at its end. Raises ValueError."""
    address = parse_public_address(text)
    if "?" in address or "#" in address:
        bare = re.split("[?#]", address, maxsplit=1)[0]
        raise ValueError(f'"{text}" has a query or a fragment; write {bare}')
    return address if address.endswith("/") else f"{address}/"


def parse_title(text: str) -> str:
    """Return a site's title. Raises ValueError."""
    problems: list[Problem] = []
    title = Text().read(text, ("title",), problems)
    if title is None:
        raise ValueError(problems[0].message)
    return title


def parse_logo(text: str) -> str:
    """Return the name of a logo's file. Raises ValueError."""
    parts = text.replace("\\", "/").split("/")
    if _LOGO.fullmatch(text) is None:
        raise ValueError(f'"{text}" is no picture; write the name of an SVG, PNG, JPEG or WebP')
    if ".." in parts or not parts[0] or ":" in parts[0]:
        raise ValueError(f'"{text}" is not beside the config; put it there, and write {parts[-1]}')
    return text


_LOGO = re.compile(r"[^\x00-\x1f\x7f]+\.(?i:svg|jpe?g|png|gif|webp|avif)")


def _config(site: Site, heartbeat: str | None, websub: WebSub | None, **values: Any) -> Config:
    almanac, leap_day, feed, texts = (
        values.pop(key) for key in ("almanac", "leap_day", "feed", "texts")
    )
    site = site._replace(almanac=almanac, leap_day=leap_day, texts=texts)
    site = site._replace(feed_items=feed["items"], feed_at_most=feed["at_most"])
    site = site._replace(hub=websub and websub.hub)
    channels = values.pop("channels")
    if channels:
        from onthisday.schema.channel_schema import completed  # see _channel_shape

        channels = tuple(completed(channel, site) for channel in channels)
    return Config(
        site=site,
        heartbeat=heartbeat and Secret(heartbeat),  # type: ignore[arg-type]
        channels=channels,
        websub=websub,
        **values,
    )


def _channel_shape() -> Shape:
    """Load the keys of a channel, and with them every chat service.

    Why only when needed: `today` must start fast, and a config without channels needs none of it.
    """
    from onthisday.schema.channel_schema import CHANNEL

    return CHANNEL


_SITE = {
    "title": Key(Text(), "the name of the feeds and pages", default="On this day"),
    "url": Key(
        Parsed(parse_site_url, "a URL"), "where readers find it", default="http://127.0.0.1:8080/"
    ),
    "author": Key(Text(), "who answers for it"),
    "license": Key(Text(), "under which licence it may be used"),
    "zone": Key(ZONE, "whose midnight turns the feeds and pages", default="UTC"),
    "language": Key(LANGUAGE, "its language", default="en"),
    "languages": Key(
        Listing(Parsed(parse_site_language, "a BCP 47 language tag", rule="language")),
        "the site also in these, each in a folder: /it/",
        default=(),
    ),
    "titles": Key(Table(Text()), "its title in these languages; default: title", default=()),
    "tag": Key(
        Parsed(parse_tag_authority, "RFC 4151 authority and date"),
        "what ids are made of; never change it",
        default="example.org,2026",
    ),
    "links": Key(
        Listing(
            Record(
                {
                    "text": Key(Text(), "what people read", required=True),
                    "url": Key(Parsed(parse_web_address, "a URL"), "where it leads", required=True),
                },
                Link,
            )
        ),
        "links in the footer of every page, such as to an imprint",
        default=(),
    ),
    "logo": Key(Parsed(parse_logo, "the name of a picture"), "the logo, a file beside the config"),
    "colours": Key(
        Record(
            {
                "accent": Key(Parsed(parse_accent, "#rrggbb"), "of dates, lines and marks"),
                "accent_dark": Key(
                    Parsed(parse_accent_dark, "#rrggbb"),
                    "the same on dark pages; default: made from the accent",
                ),
            },
            Colours,
        ),
        "the colours of the pages",
        default=Colours(),
    ),
}

_FEED = {
    "items": Key(Whole(1), "how many items a feed has at least", default=30),
    "at_most": Key(Whole(1), "how many occasions of one day it shows at most", default=100),
}

_WEBSUB = {
    "hub": Key(Parsed(parse_public_address, "a URL"), "the address of the hub", required=True),
    "at_once": Key(Whole(1), "how many feeds one request to the hub names", default=1),
    "private_addresses": Key(
        Flag(), "the hub may be on loopback or in a private network", default=False
    ),
}

CONFIG = Record(
    {
        "site": Key(
            Record(_SITE, Site, together=TOGETHER),
            "the feeds and pages",
            default=Site(**{name: key.default for name, key in _SITE.items()}),
        ),
        "almanac": Key(Text(), "the almanac's folder", default="almanac"),
        "texts": Key(Text(), "the folder of the documents' texts; default: the almanac's"),
        "leap_day": Key(
            Choice(LEAP_DAYS), "where 29 February goes in common years", default="feb-28"
        ),
        "feed": Key(
            Record(_FEED, dict),
            "the feeds",
            default={name: key.default for name, key in _FEED.items()},
        ),
        "store": Key(StoreShape(), "the ledger", default=Secret("sqlite:///var/onthisday.db")),
        "output": Key(Text(), "where `tick` keeps the static site"),
        "catch_up_days": Key(Whole(), "how long a missed day may still be sent", default=7),
        "keep_days": Key(Whole(1), "how long attempts are kept", default=400),
        "heartbeat": Key(SECRET_ADDRESS, "called after each tick"),
        "alerts": Key(Text(), "the channel whose people are told when something is wrong"),
        "listen": Key(
            Parsed(parse_listen, "HOST:PORT"), "where `serve` listens", default=("127.0.0.1", 8080)
        ),
        "metrics": Key(
            Parsed(parse_listen, "HOST:PORT"),
            "where `serve` answers /metrics, and all of /healthz; default: nowhere",
        ),
        "proxy": Key(ProxyShape(), "the proxy for all that goes out; default: none"),
        "websub": Key(Record(_WEBSUB, WebSub), "the hub that is told when a feed has news"),
        "channels": Key(Listing(Later(_channel_shape)), "where messages go", default=()),
        "channels_file": Key(Text(), "a CSV with more channels"),
    },
    _config,
)
"""config.yaml."""


def parse_config(
    tree: Any, environ: Mapping[str, str], *, sending: bool, partly: bool = False
) -> tuple[Config | None, list[Problem], list[Problem]]:
    """Return the config, its errors and its warnings.

    The config is None if there is an error outside of the channels. A channel with an error is
    among ``faulty``, and the others go on. With ``partly``, keys with an error are as if they were
    left out, and the config is None only if nobody can tell where the almanac is, or the texts.

    ``environ`` fills in ``${NAME}``. If a variable of a channel or of the heartbeat is not set, the
    channel or the heartbeat is off. That is an error if the command sends messages (``sending``);
    otherwise it is a warning. Without the variable of the proxy nothing can be sent.
    """
    missing: list[Unset] = []
    found: list[Problem] = []
    tree = {} if tree is None else tree
    filled = with_proxies_of(environ, filled_in(tree, environ, (), missing), found)
    optional = [unset for unset in missing if can_do_without(unset.path, sending=sending)]
    for unset in optional:
        switch_off(filled, unset.path)
    required = [unset for unset in missing if unset not in optional]
    awaited = [each.problem for each in optional if not _is_of_one_that_is_off(tree, each.path)]
    config, wrong = _read(tree, filled, optional, required, found, partly=partly)
    warnings = [*(() if sending else awaited), *_without_use(tree)]
    return config, [*(awaited if sending else ()), *wrong], warnings


def _read(
    tree: Any,
    filled: Any,
    optional: list[Unset],
    required: list[Unset],
    found: list[Problem],
    *,
    partly: bool,
) -> tuple[Config | None, list[Problem]]:
    """Return the config without the channels that are wrong, and everything that is wrong.

    ``found``: what is known to be wrong already.
    """
    config = CONFIG.read(filled, (), found)
    told = {unset.path for unset in required}  # no second problem at such a place
    wrong = [unset.problem for unset in required]
    wrong += [problem for problem in found if problem.path not in told]
    elsewhere = [problem for problem in wrong if index_of(problem.path) is None]
    if elsewhere and not (partly and all(map(_is_known_without, elsewhere))):
        return None, wrong
    of_channels = [(index, each) for each in wrong if (index := index_of(each.path)) is not None]
    if wrong:
        right = without_channels(filled, dict(of_channels)) if of_channels else filled
        config = CONFIG.read(_without_keys(right, elsewhere), (), [])
    channels = tree.get("channels") if config.channels or of_channels else []
    whole, of_them = _told_apart(config, channels or [], optional, of_channels)
    return whole, [*elsewhere, *of_them]


def _is_known_without(problem: Problem) -> bool:
    """Return True if a problem leaves no doubt where the almanac and the texts are."""
    return problem.path[:1] not in {(), ("almanac",), ("texts",)}


def _without_keys(tree: Any, problems: list[Problem]) -> Any:
    """Return a config's tree without the keys that have a problem.

    Without its channels, nobody can tell whether ``alerts`` names one, so that is left out too.
    """
    lost = {problem.path[: 2 if problem.path[0] == "site" else 1] for problem in problems}
    if not lost.isdisjoint({("channels",), ("channels_file",)}):
        lost.add(("alerts",))
    kept = {key: item for key, item in tree.items() if (key,) not in lost}
    if ("proxy",) in lost:
        kept["proxy"] = UNKNOWN_PROXY
    if isinstance(site := kept.get("site"), dict):
        kept["site"] = {key: item for key, item in site.items() if ("site", key) not in lost}
    return kept


def _told_apart(
    config: Config, trees: list[Any], optional: list[Unset], wrong: list[tuple[int, Problem]]
) -> tuple[Config, list[Problem]]:
    """Return the config with its faulty channels, and all problems of channels.

    ``trees`` are all channels as people wrote them. ``wrong`` are the problems of those that are
    not in the config. If several have one name, the first one goes on.
    """
    out = dict(wrong)
    kept = [index for index in range(len(trees)) if index not in out]
    channels = dict(zip(kept, config.channels, strict=True))
    repeated = repeated_names((index, channel.name) for index, channel in channels.items())
    for index, _ in repeated:
        del channels[index]
    awaited: dict[int | None, list[Unset]] = {}
    for unset in optional:
        awaited.setdefault(index_of(unset.path), []).append(unset)
    for index in channels.keys() & awaited.keys():
        names = waited_for(trees[index], awaited[index])
        channels[index] = channels[index]._replace(unset=names)
    faulty = faulty_channels([*wrong, *repeated], dict(enumerate(trees)))
    placed = [each._replace(path=("channels", i, *each.path)) for i, each in repeated]
    whole = config._replace(channels=tuple(channels.values()), faulty=faulty)
    return whole, [*(problem for _, problem in wrong), *placed]


def _without_use(tree: Any) -> list[Problem]:
    """Return a problem for each key of a channel that does nothing."""
    found: list[Problem] = []
    channels = tree.get("channels") if isinstance(tree, dict) else None
    for index, channel in enumerate(channels if isinstance(channels, list) else ()):
        found += keys_without_use(channel, ("channels", index))
    return found


def _is_of_one_that_is_off(tree: Any, path: TreePath) -> bool:
    """Return True if the path is in a channel that people switched off (``enabled: false``)."""
    return path[0] == "channels" and is_off(tree["channels"][path[1]])
