"""A random config: channels of all services in random zones, and how people edit them."""

from collections.abc import Callable
from random import Random
from typing import Any
from zoneinfo import available_timezones

from onthisday.config import Config
from onthisday.messages.chat_services import SERVICES
from onthisday.schema.config_schema import parse_config
from tests.simulation.almanacs import KINDS, TAGS

KINDS_OF_SERVICE = tuple(name for name in SERVICES if name != "email")

ZONES = tuple(sorted(zone for zone in available_timezones() if zone != "localtime"))

POSTS = ("day", "day", "day", "each", "each", "week", "week", "month")
"""How often each `post` stands in a config."""

Tree = dict[str, Any]

NO_ADDRESS = "https://[/services/place"
"""What somebody writes by mistake. Its channel is then left out, and no other."""


def _address(service: str, place: int, host: int) -> Tree:
    """Return the keys that say where a channel of a service is. ``place`` numbers the receivers."""
    here = f"place{place:03}"
    hook = {"url": f"https://{service}{host}.invalid/services/{here}-secret-path"}
    keys: dict[str, Tree] = {
        "matrix": {"token": "matrix-token", "to": f"!{here}:matrix.invalid"},
        "telegram": {"token": "123456:telegram-token", "to": f"-1000{place:03}"},
        "ntfy": {"to": here},
        "mastodon": {"token": f"token-of-{here}"},
        "bluesky": {"token": "app-password", "user": f"{here}.bsky.invalid"},
    }
    if service == "apprise":
        return {"url": f"json://user:secret@apprise{host}.invalid/{here}"}
    server = {"url": f"https://{service}{host}.invalid"}
    return server | keys[service] if service in keys else hook


class Settings:
    """The config as people write it. ``config`` is what the product reads of it."""

    def __init__(self, chance: Random, channels: int) -> None:
        self._chance = chance
        self._pairs = [
            (chance.choice(ZONES), self._hour()) for _ in range(max(2, min(6, channels // 4)))
        ]
        self.catch_up_days = chance.choice([1, 2, 7, 7, 14])
        self.leap_day = chance.choice(["feb-28", "mar-1", "omit"])
        self.trees = [self._channel(place) for place in range(channels)]
        self._services = [str(tree["type"]) for tree in self.trees]
        self.made, self._names = 0, set[tuple[int, str]]()
        self.publish()

    def _hour(self) -> str:
        hour = self._chance.choice([0, 0, 1, 2, 3, 9, 12, 18, 23])
        return f"{hour:02}:{self._chance.choice([0, 0, 30, 59]):02}"

    def _channel(self, place: int) -> Tree:
        chance = self._chance
        service = chance.choice(KINDS_OF_SERVICE)
        zone, hour = chance.choice(self._pairs)
        tree = {
            "name": f"room{place:03}", "type": service, "zone": zone, "at": hour,
            "post": chance.choice(POSTS),
            "starts": chance.choice(["today", "tomorrow"]),
            "on_unknown": chance.choice(["retry", "retry", "hold"]),
            **_address(service, place, chance.randrange(2)),
        }  # fmt: skip
        self._filter(tree)
        self._ahead(tree)
        self._at_most(tree)
        if chance.random() < 0.2:
            self._release(tree)
        return tree

    def _filter(self, tree: Tree) -> None:
        chance = self._chance
        for key in ("tags", "kinds", "milestones", "without"):
            tree.pop(key, None)
        if chance.random() < 0.4:
            tree["tags"] = sorted(chance.sample(TAGS, 2))
        if chance.random() < 0.2:
            tree["kinds"] = [chance.choice(KINDS)]
        if chance.random() < 0.1:
            tree["milestones"] = [chance.choice([2, 5, 10])]
        if chance.random() < 0.2:
            tree["without"] = [chance.choice(TAGS)]

    def service(self, place: int) -> str:
        """Return the service of a receiver."""
        return self._services[place]

    def places(self, service: str) -> list[int]:
        """Return all receivers of a service."""
        return [place for place, each in enumerate(self._services) if each == service]

    def tree_of_place(self, place: int) -> Tree:
        """Return the channel that posts to a receiver now."""
        return self.published[place]

    def place_of(self, name: str) -> int | None:
        """Return the receiver of the channel that has a name now."""
        return next((n for n, tree in enumerate(self.published) if tree["name"] == name), None)

    def had(self, place: int, name: str) -> bool:
        """Return True if a channel of this name ever posted to a receiver."""
        return (place, name) in self._names

    def publish(self) -> None:
        """Have the product read the config."""
        self.made += 1
        tree = {
            "site": {"url": "https://onthisday.invalid/", "tag": "onthisday.invalid,2026"},
            "leap_day": self.leap_day,
            "catch_up_days": self.catch_up_days,
            "channels": self.trees,
        }
        config, problems, _ = parse_config(tree, {}, sending=True)
        assert config is not None, problems
        self.config: Config = config
        self.published = [dict(tree) for tree in self.trees]
        self.usable = [tree for tree in self.published if tree.get("url") != NO_ADDRESS]
        self._names |= {(place, tree["name"]) for place, tree in enumerate(self.trees)}

    def edit(self) -> str:
        """Change one channel. Return words."""
        chance = self._chance
        tree = chance.choice(self.trees)
        edits: list[Callable[[Tree], object]] = [
            self._rename, self._switch, self._move, self._post, self._hour_of, self._filter,
            self._unknown, self._spoil, self._ahead, self._at_most, self._release,
        ]  # fmt: skip
        edit = chance.choice(edits)
        before = dict(tree)
        edit(tree)
        self.publish()
        changed = sorted(key for key in {*before, *tree} if before.get(key) != tree.get(key))
        return f"{before['name']}: " + ", ".join(f"{key}={tree.get(key)}" for key in changed)

    def _rename(self, tree: Tree) -> None:
        tree["name"] = f"{tree['name'].partition('-')[0]}-{self.made}"

    def _switch(self, tree: Tree) -> None:
        tree["enabled"] = not tree.get("enabled", True)

    def _spoil(self, tree: Tree) -> None:
        """Write an address that is none, or the right one again."""
        place = next(n for n, each in enumerate(self.trees) if each is tree)
        right = _address(self.service(place), place, 0)
        if "url" in right:
            tree["url"] = right["url"] if tree["url"] == NO_ADDRESS else NO_ADDRESS

    def _move(self, tree: Tree) -> None:
        tree["zone"] = self._chance.choice(self._pairs)[0]

    def _post(self, tree: Tree) -> None:
        tree["post"] = self._chance.choice([post for post in POSTS if post != tree["post"]])

    def _ahead(self, tree: Tree) -> None:
        tree["ahead"] = self._chance.choice([0, 0, 0, 1, 2, 3])

    def _at_most(self, tree: Tree) -> None:
        tree.pop("at_most", None)
        if self._chance.random() < 0.3:
            tree["at_most"] = self._chance.randint(1, 3)

    def _release(self, tree: Tree) -> None:
        is_by_hand = tree.get("release") == "by-hand"
        tree["release"] = "by-itself" if is_by_hand else "by-hand"

    def _hour_of(self, tree: Tree) -> None:
        tree["at"] = self._chance.choice(self._pairs)[1]

    def _unknown(self, tree: Tree) -> None:
        tree["on_unknown"] = "hold" if tree["on_unknown"] == "retry" else "retry"
