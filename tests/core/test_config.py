"""config.yaml: which keys it has, its variables, and the errors that people are told."""

from datetime import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from onthisday.adapters.files.trees import text_of, yaml_tree
from onthisday.almanac.entry import Selection
from onthisday.app.workspace import Workspace
from onthisday.config import Config, Secret, WebSub
from onthisday.errors import InvalidInput, Unreadable
from onthisday.schema.config_schema import CONFIG, parse_config
from onthisday.schema.shapes import Problem
from tests.core.almanacs import ROOT

ROOM = {"name": "history-room", "type": "slack", "url": "https://hooks.example/1"}


UNSET_A = "the environment variable A is not set; set it, or take ${A} out"


def read(tree: Any, sending: bool = False, **environ: str) -> tuple[Any, Any, Any]:
    """Read a config."""
    return parse_config(tree, environ, sending=sending)


def of_variables(warnings: list[Problem]) -> list[Problem]:
    """Return the warnings about variables that are not set."""
    return [warning for warning in warnings if warning.rule == "variable"]


def config_of(tree: Any, **environ: str) -> Config:
    """Read a config without errors. Keys that a service does not use are allowed."""
    config, errors, warnings = read(tree, True, **environ)
    assert (errors, of_variables(warnings)) == ([], [])
    assert {warning.rule for warning in warnings} <= {"unused-key"}
    assert isinstance(config, Config)
    return config


@pytest.mark.parametrize(
    ("tag", "name"),
    [("example.org,0000", "example.org"), ("example.org,2026-13", "example.org"),
     ("example.org,2026-02-30", "example.org"), ("a..b,2026", "a"), (".a.b,2026", "a.b"),
     ("-a.b,2026", "example.org"), ("a-,2026", "a"), ("@a.b,2026", "example.org"),
     ("a@b@c,2026", "a@b"), ("a_b.c,2026", "a"), ("a.b,2026,2027", "a.b"), ("a.b,26", "a.b"),
     ("https://a.b/,2026", "a.b"), ("a.b, 2026", "a.b"), ("a.b,٢٠٢٦", "a.b"),
     ("é.org,2026", "example.org"), ("a.b:80,2026", "a.b")],
)  # fmt: skip
def test_a_tag_that_makes_no_tag_uri_is_told_with_one_that_does(tag: str, name: str) -> None:
    _, (problem,), _ = read({"site": {"tag": tag}})
    assert problem.path == ("site", "tag")
    assert problem.message.endswith(f'a year in which it was yours: "{name},2026"')
    assert config_of({"site": {"tag": f"{name},2026"}}).site.tag == f"{name},2026"


@pytest.mark.parametrize(
    "tag", ["a.b,2026-02", "a-b.c,2024-02-29", "me.x_y@a.b,0001", "127.0.0.1,2026"]
)
def test_a_tag_may_have_a_day_and_be_of_an_address(tag: str) -> None:
    assert config_of({"site": {"tag": tag}}).site.tag == tag


def test_the_site_in_another_language_has_its_own_address_and_title() -> None:
    tree = {
        "languages": ["it", "pt-BR"],
        "titles": {"it": "Accadde oggi"},
        "url": "https://a.org/b",
    }
    site = config_of({"site": tree}).site
    italian = site.in_language("it")
    assert (italian.url, italian.root, italian.folder) == ("https://a.org/b/it/", site.url, "it/")
    assert (italian.language, italian.title) == ("it", "Accadde oggi")
    assert site.in_language("pt-BR").title == site.title
    assert italian.folders == site.folders == (("en", ""), ("it", "it/"), ("pt-BR", "pt-BR/"))


@pytest.mark.parametrize(
    ("language", "folder"),
    [("it-CH", "it/"), ("en-GB", ""), ("en", ""), ("de", ""), ("pt", ""), ("pt-BR", "pt-BR/")],
)
def test_a_channel_gets_the_site_in_the_nearest_language(language: str, folder: str) -> None:
    site = config_of({"site": {"languages": ["it", "pt-BR"]}}).site
    assert site.in_language(language).folder == folder


@pytest.mark.parametrize("tree", [None, {}, {"site": {}}, {"site": None, "channels": None}])
def test_an_empty_config_has_every_default(tree: Any) -> None:
    config = config_of(tree)
    assert tuple(config.site) == (
        "On this day", "http://127.0.0.1:8080/", None, None, "UTC", "en", "example.org,2026",
        "almanac", "feb-28", 30, 100, None, (), (None, None), None, (), (), None, None, None,
    )  # fmt: skip
    assert config.store.reveal() == "sqlite:///var/onthisday.db"
    assert (config.catch_up_days, config.keep_days) == (7, 400)
    assert config.listen == ("127.0.0.1", 8080)
    assert (config.output, config.heartbeat, config.channels) == (None, None, ())


def test_the_shipped_config_is_read_and_sends_nothing() -> None:
    config = config_of(yaml_tree(text_of((ROOT / "config.yaml").read_bytes())))
    assert config.channels == ()
    assert config.site.url == "http://127.0.0.1:8080/"


def test_a_channel_takes_zone_and_language_from_the_site() -> None:
    site = {"zone": "Europe/London", "language": "it"}
    (channel,) = config_of({"site": site, "channels": [ROOM]}).channels
    assert (channel.zone, channel.language, channel.at) == ("Europe/London", "it", time(9))
    assert (channel.post, channel.starts, channel.enabled) == ("day", "today", True)
    assert (channel.on_unknown, channel.private_addresses) == ("retry", False)
    assert channel.selection == Selection()


def test_a_channel_says_what_it_wants() -> None:
    wanted = {"zone": "Asia/Kolkata", "at": "00:00", "tags": ["a"], "kinds": ["birth"],
              "milestones": [10, 25], "post": "each", "secret": ["x", "y"]}  # fmt: skip
    (channel,) = config_of({"channels": [{**ROOM, **wanted}]}).channels
    assert (channel.zone, channel.at, channel.post) == ("Asia/Kolkata", time(0), "each")
    assert channel.selection == Selection(("a",), ("birth",), (10, 25))
    assert channel.secret == (Secret("x"), Secret("y"))


def test_secrets_are_not_shown() -> None:
    config = config_of({"channels": [{**ROOM, "token": "t0ken", "secret": "s3cret"}]})
    shown = f"{config!r} {config}"
    for secret in ("hooks.example", "t0ken", "s3cret"):
        assert secret not in shown
    assert config.channels[0].url == Secret("https://hooks.example/1")


MISTAKES: list[tuple[Any, tuple[str | int, ...], str]] = [
    ([], (), "must be a mapping"),
    ({"sight": {}}, ("sight",), 'did you mean "site"?'),
    ({"site": {"titel": "x"}}, ("site", "titel"), 'did you mean "title"?'),
    ({"site": {"zone": "Europe/Londn"}}, ("site", "zone"), "is no time zone"),
    ({"site": {"url": "example.org"}}, ("site", "url"), "is no web address"),
    ({"site": {"url": "https://a.org/?x"}}, ("site", "url"), "query or a fragment"),
    ({"site": {"url": "https://a:b@c.org/@"}}, ("site", "url"), "in it; write https://c.org/@"),
    ({"site": {"tag": "example.org"}}, ("site", "tag"), "RFC 4151"),
    ({"site": {"links": [{"text": "Imprint"}]}}, ("site", "links", 0), "has no url"),
    (
        {"site": {"links": [{"text": "Imprint", "url": "/imprint"}]}},
        ("site", "links", 0, "url"),
        "write it whole",
    ),
    (
        {"site": {"colours": {"accent": "#ffcc00"}}},
        ("site", "colours", "accent"),
        'contrast of 1.3 on light pages, and text needs 4.5; write "#876c00"',
    ),
    (
        {"site": {"colours": {"accent_dark": "#333"}}},
        ("site", "colours", "accent_dark"),
        'on dark pages, and text needs 4.5; write "#878787"',
    ),
    ({"site": {"colours": {"accent": "red"}}}, ("site", "colours", "accent"), "is no colour"),
    ({"site": {"colours": {"acent": "#000"}}}, ("site", "colours", "acent"), '"accent"?'),
    ({"site": {"languages": "it"}}, ("site", "languages"), "put it in brackets"),
    ({"site": {"languages": ["de_AT"]}}, ("site", "languages", 0), "write de-AT"),
    ({"site": {"languages": ["tlh"]}}, ("site", "languages", 0), "have no words in"),
    ({"site": {"languages": ["it", "en"]}}, ("site", "languages", 1), "is site.language"),
    ({"site": {"languages": ["it", "de", "IT"]}}, ("site", "languages", 2), "is here twice"),
    (
        {"site": {"languages": ["it"], "titles": {"de": "Heute"}}},
        ("site", "titles", "de"),
        "is not in site.languages",
    ),
    ({"leap_day": "feb-29"}, ("leap_day",), "feb-28, mar-1, omit"),
    ({"feed": {"items": 0}}, ("feed", "items"), "at least 1"),
    ({"feed": 30}, ("feed",), "must be a mapping"),
    ({"store": "mysql://x"}, ("store",), "is no store"),
    ({"store": "postgresql://a:p@ss@db/x"}, ("store",), "write it as %40"),
    ({"store": "postgresql://a:p/ss@db/x"}, ("store",), "%2F"),
    ({"store": "postgresql://a:p?ss@db/x"}, ("store",), "%3F"),
    ({"store": "postgresql://a:p#ss@db/x"}, ("store",), "%23"),
    ({"store": "postgresql://a:p ss@db/x"}, ("store",), "%20"),
    ({"catch_up_days": -1}, ("catch_up_days",), "at least 0"),
    ({"keep_days": 0}, ("keep_days",), "at least 1"),
    ({"listen": "8080"}, ("listen",), "127.0.0.1:8080"),
    ({"listen": "localhost:99999"}, ("listen",), "127.0.0.1:8080"),
    ({"channels": {}}, ("channels",), "must be a list"),
    ({"channels": [{**ROOM, "name": None}]}, ("channels", 0), "has no name"),
    ({"channels": [{**ROOM, "name": "a/b"}]}, ("channels", 0, "name"), "no /"),
    ({"channels": [{**ROOM, "type": "slak"}]}, ("channels", 0, "type"), "must be one of"),
    ({"channels": [{**ROOM, "url": None}]}, ("channels", 0, "name"), "${SLACK_URL}"),
    ({"channels": [{**ROOM, "at": "9:00"}]}, ("channels", 0, "at"), "is no hour"),
    ({"channels": [{**ROOM, "at": "24:00"}]}, ("channels", 0, "at"), "is no hour"),
    ({"channels": [{**ROOM, "at": 900}]}, ("channels", 0, "at"), "in quotes"),
    ({"channels": [{**ROOM, "zone": "Mars"}]}, ("channels", 0, "zone"), "is no time zone"),
    ({"channels": [{**ROOM, "kinds": ["war"]}]}, ("channels", 0, "kinds", 0), "must be one of"),
    ({"channels": [{**ROOM, "milestones": [0]}]}, ("channels", 0, "milestones", 0), "at least 1"),
    ({"channels": [{**ROOM, "zones": "UTC"}]}, ("channels", 0, "zones"), 'did you mean "zone"?'),
    ({"channels": [ROOM, {**ROOM, "type": "discord"}]}, ("channels", 1, "name"), "there twice"),
    ({"websub": {}}, ("websub",), "has no hub"),
    ({"websub": {"hub": "https://h.example/", "at_once": 0}}, ("websub", "at_once"), "at least 1"),
]


@pytest.mark.parametrize(("tree", "path", "said"), MISTAKES)
def test_each_mistake_is_found_at_its_path(
    tree: Any, path: tuple[str | int, ...], said: str
) -> None:
    config, errors, _ = read(tree, sending=True)
    assert config is None or config.faulty
    assert [error.path for error in errors] == [path]
    assert said in errors[0].message


@pytest.mark.parametrize(
    ("language", "mend"), [("English please", "a code such as en or pt-BR"), ("en_US", "en-US")]
)
def test_a_language_that_feeds_and_services_would_refuse_is_an_error(
    language: str, mend: str
) -> None:
    said = f'site.language: "{language}" is no BCP 47 language; write {mend}'
    assert read({"site": {"language": language}})[1] == [(("site", "language"), said, "language")]
    _, errors, _ = read({"channels": [{**ROOM, "language": language}]})
    said = "channels[0].language is no BCP 47 language; write a code such as en or pt-BR"
    assert errors == [(("channels", 0, "language"), said, "language")]


def test_all_mistakes_are_found_at_once() -> None:
    tree = {"sight": 1, "leap_day": "x", "site": {"zone": "x", "tag": "x"}, "feed": {"itms": 3}}
    _, errors, _ = read(tree)
    assert len(errors) == 5


def test_a_variable_is_filled_in_from_the_environment() -> None:
    tree = {"site": {"title": "On ${DAY} in ${TOWN}"}, "channels": [{**ROOM, "url": "${URL}"}]}
    config = config_of(tree, DAY="this day", TOWN="Rome", URL="https://hooks.example/2")
    assert config.site.title == "On this day in Rome"
    assert config.channels[0].url == Secret("https://hooks.example/2")


def test_a_variable_is_not_filled_in_twice() -> None:
    assert config_of({"site": {"title": "${A}"}}, A="${B}", B="no").site.title == "${B}"


@pytest.mark.parametrize("value", ["$NAME", "${}", "${1A}", "$ {A}"])
def test_what_is_no_variable_stays(value: str) -> None:
    assert config_of({"site": {"title": value}}).site.title == value


@pytest.mark.parametrize(
    "address",
    ["https://[x/t0ken", "https:///t0ken", "https://a.b:99999/t0ken", "http://a.b:0/t0ken",
     "https://a\u2100b.example/t0ken", "https://a.b:t0ken/"],
)  # fmt: skip
def test_an_address_without_a_host_or_port_that_can_be_is_an_error(address: str) -> None:
    for tree in ({"channels": [{**ROOM, "url": address}]}, {"heartbeat": address}):
        _, [error], _ = read(tree)
        assert "is no web address" in error.message
        assert "t0ken" not in error.message
    _, [error], _ = read({"site": {"url": address}})
    assert error.path == ("site", "url")


def test_a_missing_variable_is_an_error_for_what_sends_and_its_channel_alone_is_off() -> None:
    tree = {"channels": [{**ROOM, "url": "${ROOM_URL}"}, {**ROOM, "name": "other"}]}
    config, errors, warnings = read(tree, sending=True)
    assert [(each.enabled, each.unset) for each in config.channels] == [
        (False, ("ROOM_URL",)), (True, ()),
    ]  # fmt: skip
    assert [error.path for error in errors] == [("channels", 0, "url")]
    assert "ROOM_URL is not set" in errors[0].message
    assert warnings == []


WRONG = [
    {**ROOM, "type": "slock"}, {**ROOM, "urll": 1}, {**ROOM, "at": "25:00"}, {"type": "slack"}, "x",
    None, [], {**ROOM, "url": "no address"}, {**ROOM, "name": "${A}"}, {**ROOM, "url": None},
    {**ROOM, "name": "other"},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
@pytest.mark.parametrize("sending", [True, False])
def test_a_wrong_channel_is_off_and_the_others_go_on(wrong: Any, *, sending: bool) -> None:
    tree = {"channels": [{**ROOM, "name": "other"}, wrong, {**ROOM, "name": "third"}]}
    config, errors, _ = read(tree, sending=sending)
    assert [channel.name for channel in config.channels] == ["other", "third"]
    assert {error.path[:2] for error in errors} == {("channels", 1)}
    [faulty] = config.faulty
    assert errors[0].message in faulty.reason
    name = wrong.get("name") if isinstance(wrong, dict) else None
    assert faulty.name == (name or "(no name)")


def test_wrong_channels_beside_unset_variables_are_not_mixed_up() -> None:
    kinds = [
        {**ROOM, "type": "slock"},
        {**ROOM, "url": "${A}"},
        {**ROOM, "name": "b"},
        {**ROOM, "name": "b", "url": "${B}"},
        {**ROOM, "name": "c", "url": "${C}"},
    ]
    config, errors, _ = read({"channels": kinds}, sending=True)
    assert [(each.name, each.unset) for each in config.channels] == [
        ("history-room", ("A",)), ("b", ()), ("c", ("C",)),
    ]  # fmt: skip
    assert [each.name for each in config.faulty] == ["history-room", "b"]
    assert len(errors) == 5


def test_a_wrong_key_outside_of_the_channels_is_still_an_error_of_all() -> None:
    config, errors, _ = read({"sight": {}, "channels": [{**ROOM, "type": "slock"}]})
    assert (config, len(errors)) == (None, 2)


@pytest.mark.parametrize("key", ["url", "user", "token", "secret", "to", "at", "zone", "enabled"])
def test_elsewhere_a_missing_variable_is_a_warning_and_its_channel_is_off(key: str) -> None:
    tree = {"channels": [{**ROOM, key: "${ROOM_X}"}, {**ROOM, "name": "other"}]}
    config, errors, warnings = read(tree)
    assert errors == []
    assert [warning.path for warning in of_variables(warnings)] == [("channels", 0, key)]
    assert [channel.enabled for channel in config.channels] == [False, True]
    assert [channel.unset for channel in config.channels] == [("ROOM_X",), ()]


def test_a_missing_variable_in_a_list_is_a_warning_too() -> None:
    config, errors, warnings = read({"channels": [{**ROOM, "secret": ["${A}", "x"]}]})
    assert (errors, len(of_variables(warnings))) == ([], 1)
    assert not config.channels[0].enabled


def test_a_channel_knows_each_variable_that_it_waits_for_once() -> None:
    keys = {"url": "https://${HOST}/${PATH}", "secret": ["${KEY}", "${HOST}"]}
    config, _, warnings = read({"channels": [ROOM, {**ROOM, "name": "other", **keys}]})
    assert [channel.unset for channel in config.channels] == [(), ("HOST", "PATH", "KEY")]
    assert len(of_variables(warnings)) == 4


def test_a_channel_that_is_off_anyway_waits_for_no_variable() -> None:
    config, _, _ = read({"channels": [{**ROOM, "url": "${URL}", "enabled": False}]})
    assert (config.channels[0].enabled, config.channels[0].unset) == (False, ())


@pytest.mark.parametrize("key", ["name", "type"])
def test_a_channel_cannot_be_told_without_its_name_and_type(key: str) -> None:
    config, errors, warnings = read({"channels": [{**ROOM, key: "${A}"}]})
    assert (config.channels, len(config.faulty), warnings) == ((), 1, [])
    assert [error.message for error in errors] == [UNSET_A]


def test_a_missing_heartbeat_is_a_warning() -> None:
    config, errors, warnings = read({"heartbeat": "${HEARTBEAT_URL}"})
    assert (errors, len(warnings), config.heartbeat) == ([], 1, None)


@pytest.mark.parametrize(
    "tree", ["${A}", ["${A}"], {"channels": "${A}"},
             {"channels": {"a": "${A}"}}, {"site": {"title": "${A}"}}]
)  # fmt: skip
@pytest.mark.parametrize("sending", [True, False])
def test_a_missing_variable_elsewhere_is_an_error(tree: Any, sending: bool) -> None:
    config, errors, warnings = read(tree, sending=sending)
    assert config is None
    assert errors[0].message == UNSET_A
    assert all(error.path != errors[0].path for error in errors[1:]), "what is unset is said once"
    assert warnings == []


def test_an_empty_variable_is_a_missing_one() -> None:
    _, errors, _ = read({"channels": [{**ROOM, "url": "${A}"}]}, sending=True, A="")
    assert len(errors) == 1


def test_the_schema_accepts_what_is_shipped_and_a_full_config() -> None:
    schema = CONFIG.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(yaml_tree(text_of((ROOT / "config.yaml").read_bytes())))
    validator.validate({"channels": [{**ROOM, "at": "10:30", "milestones": [10]}]})
    mistakes: list[Any] = [{"sight": {}}, {"feed": {"items": 0}}, {"channels": [{"name": "a"}]}]
    assert not any(validator.is_valid(mistake) for mistake in mistakes)


def config_file(folder: Path, content: str) -> Workspace:
    path = folder / "config.yaml"
    path.write_text(content, encoding="utf-8")
    return Workspace(str(path))


def test_findings_have_the_lines_of_the_file(tmp_path: Path) -> None:
    workspace = config_file(tmp_path, "# head\nsite:\n  zone: Mars\nleap_day: x\nsight: {}\n")
    with pytest.raises(InvalidInput) as caught:
        workspace.config(sending=False)
    assert [(finding.line, finding.rule) for finding in caught.value.findings] == [
        (3, "zone"), (4, "shape"), (5, "shape"),
    ]  # fmt: skip
    assert str(caught.value).startswith(f"{tmp_path}/config.yaml:3: site.zone")


def test_at_and_language_are_what_they_look_like(tmp_path: Path) -> None:
    text = (
        "channels:\n"
        "- {name: a, type: mastodon, url: https://a.b/, token: x, at: 10:30, language: no}\n"
    )
    workspace = config_file(tmp_path, text)
    (tmp_path / "config.yaml").chmod(0o600)
    config, warnings = workspace.config(sending=True)
    assert warnings == ()
    assert (config.channels[0].at, config.channels[0].language) == (time(10, 30), "no")


def test_a_config_that_is_not_there_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="onthisday init"):
        Workspace(str(tmp_path / "none.yaml")).config(sending=False)


@pytest.mark.parametrize("sending", [False, True])
def test_an_unknown_key_is_told_though_its_variable_is_not_set(*, sending: bool) -> None:
    channel = {"name": "a", "type": "slack", "url": "https://h.example/x", "urll": "${NONE}"}
    config, errors, _ = read({"channels": [channel]}, sending)
    assert config.channels == ()
    assert any('unknown key; did you mean "url"?' in error.message for error in errors)


def test_a_channel_that_is_off_keeps_no_other_from_being_sent_to() -> None:
    off = {"name": "a", "type": "telegram", "token": "${NONE}", "enabled": False}
    on = {"name": "b", "type": "slack", "url": "https://h.example/x"}
    config = config_of({"channels": [off, on]})
    assert [channel.enabled for channel in config.channels] == [False, True]


def test_a_hub_is_that_of_the_pings_and_of_the_site() -> None:
    config = config_of({"websub": {"hub": "https://hub.example.org/", "at_once": 20}})
    assert config.websub == WebSub("https://hub.example.org/", 20)
    assert config.site.hub == "https://hub.example.org/"
    assert (config_of({}).websub, config_of({}).site.hub) == (None, None)


def test_a_hub_with_a_password_is_refused_because_every_feed_names_it() -> None:
    _, [error], _ = read({"websub": {"hub": "https://me:s3cret@hub.example.org/"}})
    assert error.message.endswith("it; write https://hub.example.org/")
    assert "s3cret" not in error.message


IDLE = {
    "ntfy does not use secret; take it out": {
        "type": "ntfy", "url": "https://ntfy.example", "to": "t", "secret": "x"
    },
    "user is not used without its token; add the token, or take the user out": {
        "type": "ntfy", "url": "https://ntfy.example", "to": "t", "user": "me"
    },
    "slack does not use token; take it out": {**ROOM, "token": "${NONE}"},
}  # fmt: skip


@pytest.mark.parametrize("words", IDLE)
def test_a_key_that_a_channels_service_does_not_use_is_told(words: str) -> None:
    _, _, warnings = read({"channels": [ROOM, {"name": "b", **IDLE[words]}]})
    [warning] = [each for each in warnings if each.rule == "unused-key"]
    assert (warning.path[:2], warning.message) == (("channels", 1), words)


def test_a_key_that_its_service_uses_is_not_told() -> None:
    channels = [
        {"name": "a", "type": "webhook", "url": "https://h.example/x", "secret": "x" * 32},
        {"name": "b", "type": "ntfy", "url": "https://h.example", "to": "t", "user": "u",
         "token": "${NONE}"},
        {"name": "c", "type": "apprise", "url": "ntfys://x/y"},
        {**ROOM, "name": "d", "language": "it"},
    ]  # fmt: skip
    _, _, warnings = read({"channels": channels})
    assert [warning.rule for warning in warnings] == ["variable"]
