"""Channels in a CSV file work like channels in config.yaml: the same keys and the same errors."""

import os
import time
from pathlib import Path

import pytest

from onthisday.app.workspace import Workspace
from onthisday.config import Channel, Secret
from onthisday.errors import InvalidInput, Unreadable, errors_of
from onthisday.schema.channel_rows import tree_of_row
from onthisday.schema.channel_schema import CHANNEL
from onthisday.schema.shapes import Flag, Key, Listing, Text, Whole

LITERAL = """\
channels:
  - {name: hook, type: slack, url: "https://hooks.slack.com/services/T0/B0/literal"}
  - {name: bot, type: telegram, token: "123:literal", to: "-1"}
  - {name: own, type: webhook, url: "https://a.example/${HOOK}", secret: [whsec_bGl0ZXJhbA==]}
  - {name: room, type: ntfy, url: "https://ntfy.example", to: topic, token: "${HOOK}"}
"""

HEAD = "name,type,url,at,tags,milestones,enabled,secret\n"


def workspace(folder: Path, table: str, config: str = "") -> Workspace:
    (folder / "config.yaml").write_text(
        f"site: {{zone: Europe/Rome}}\nchannels_file: c.csv\n{config}"
    )
    (folder / "c.csv").write_text(table)
    (folder / "c.csv").chmod(0o600)
    return Workspace(str(folder / "config.yaml"))


def channels(folder: Path, table: str) -> tuple[Channel, ...]:
    return workspace(folder, table).config(sending=True)[0].channels


def findings(folder: Path, table: str, config: str = "") -> list[str]:
    try:
        _, found = workspace(folder, table, config).config(sending=True)
    except InvalidInput as error:
        found = error.findings
    return [str(each).removeprefix(f"{folder}/") for each in errors_of(found)]


def test_a_row_is_a_channel_with_lists_by_spaces_and_blanks_left_out(tmp_path: Path) -> None:
    row = 'room,slack,https://hooks.example/1,10:30,"stalin  cold-war",10 25,false,\n'
    [channel] = channels(tmp_path, HEAD + row)
    assert (channel.name, channel.type, channel.zone) == ("room", "slack", "Europe/Rome")
    assert channel.at.isoformat() == "10:30:00"
    assert channel.selection.tags == ("stalin", "cold-war")
    assert channel.selection.milestones == (10, 25)
    assert not channel.enabled


def test_a_text_that_looks_like_a_flag_or_a_number_is_a_text(tmp_path: Path) -> None:
    table = (
        "name,type,url,token,to,tags\n"
        "true,telegram,,false,-1001234567890,true 1956\n"
        "1956,ntfy,https://ntfy.example/,123,true,\n"
    )
    first, second = channels(tmp_path, table)
    assert (first.name, first.token, first.to) == ("true", Secret("false"), "-1001234567890")
    assert first.selection.tags == ("true", "1956")
    assert (second.name, second.token, second.to) == ("1956", Secret("123"), "true")


def test_a_flag_may_be_written_as_spreadsheets_write_it(tmp_path: Path) -> None:
    rows = (f"room{n},slack,https://a.b/,{flag}\n" for n, flag in enumerate(("TRUE", "False")))
    found = channels(tmp_path, "name,type,url,private_addresses\n" + "".join(rows))
    assert [channel.private_addresses for channel in found] == [True, False]


def test_a_cell_that_is_no_flag_or_number_is_told_without_its_value(tmp_path: Path) -> None:
    table = "name,type,url,enabled,milestones\nroom,slack,https://a.b/,yes,-1 ten " + "9" * 5000
    found = findings(tmp_path, table)
    assert found[0] == "c.csv:2: enabled must be true or false; write true"
    assert [finding.partition("milestones")[2][:40] for finding in found[1:]] == [
        "[0] must be a whole number of at least 1",
        "[1] must be a whole number of at least 1",
        "[2] must be a whole number of at least 1",
    ]


def test_a_new_key_is_read_by_its_shape_alone() -> None:
    keys = {"pinned": Key(Flag(), ""), "most": Key(Whole(), ""), "words": Key(Listing(Text()), "")}
    row = {"pinned": "true", "most": "3", "words": "a  true", "other": "true"}
    tree = {"pinned": True, "most": 3, "words": ["a", "true"], "other": "true"}
    assert tree_of_row(row, keys) == tree


def test_every_wrong_row_is_told_with_its_line(tmp_path: Path) -> None:
    table = (
        HEAD
        + "room,slack,https://hooks.example/1,,,,,\n"
        + "room,slack,https://hooks.example/2,,,,,\n"
        + "other,slock,https://hooks.example/3,25:00,,x,,\n"
    )
    found = findings(tmp_path, table)
    assert "c.csv:3: the name is there twice" in found[0]
    assert [finding.split(":")[1] for finding in found] == ["3", "4", "4", "4"]


def test_a_name_of_the_config_cannot_be_taken_again(tmp_path: Path) -> None:
    config = "channels: [{name: room, type: slack, url: 'https://hooks.example/0'}]\n"
    found = findings(tmp_path, HEAD + "room,slack,https://hooks.example/1,,,,,\n", config)
    assert "is there twice" in found[0]


def test_an_unknown_column_names_the_nearest_and_a_secret_is_not_shown(tmp_path: Path) -> None:
    found = findings(tmp_path, "name,type,url,zoen\nroom,slack,hooks.example/SECRET,UTC\n")
    assert 'did you mean "zone"' in " ".join(found)
    assert "SECRET" not in " ".join(found)


@pytest.mark.parametrize("table", [HEAD + '"room\n', b"name\n\xff\n".decode("latin-1")])
def test_a_broken_table_is_told_without_a_traceback(tmp_path: Path, table: str) -> None:
    files = workspace(tmp_path, "")
    (tmp_path / "c.csv").write_bytes(table.encode("latin-1"))
    with pytest.raises(InvalidInput, match=r"c\.csv"):
        files.config(sending=True)


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    files = workspace(tmp_path, HEAD)
    (tmp_path / "c.csv").unlink()
    with pytest.raises(Unreadable, match=r"c\.csv: there is no .*; channels_file in .* names it"):
        files.config(sending=True)


def test_a_table_that_others_may_read_is_warned_about(tmp_path: Path) -> None:
    files = workspace(tmp_path, HEAD)
    assert files.config(sending=True)[1] == ()
    (tmp_path / "c.csv").chmod(0o644)
    [warning] = files.config(sending=True)[1]
    assert (warning.severity, warning.rule) == ("warning", "mode")
    assert "chmod 600" in warning.message


def test_a_secret_that_stands_in_a_config_that_others_may_read_is_warned_about(
    tmp_path: Path,
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(LITERAL)
    file.chmod(0o640)
    found = [each for each in Workspace(str(file)).config(sending=False)[1] if each.rule == "mode"]
    assert [(each.severity, each.line) for each in found] == [("warning", n) for n in (2, 3, 4)]
    said = " ".join(each.message for each in found)
    assert "this url;" in said
    assert "this token;" in said
    assert "this secret;" in said
    assert "literal" not in said
    file.chmod(0o600)
    assert "mode" not in {each.rule for each in Workspace(str(file)).config(sending=False)[1]}


def test_a_variable_is_filled_in_as_it_is_in_the_config(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT", "123:abc")
    monkeypatch.setenv("TAGS", "stalin cold-war")
    [room] = channels(tmp_path, "name,type,token,to,tags\nroom,telegram,${BOT},-1,${TAGS}\n")
    assert room.token == Secret("123:abc")
    assert room.selection.tags == ("stalin", "cold-war")


def test_a_row_whose_variable_is_not_set_is_off_and_says_why(tmp_path: Path) -> None:
    table = "name,type,url,token,to\nroom,telegram,,${NO_BOT},-1\nden,slack,https://a.b/,,\n"
    files = workspace(tmp_path, table)
    config, [warning] = files.config(sending=False)
    assert [channel.enabled for channel in config.channels] == [False, True]
    assert [channel.unset for channel in config.channels] == [("NO_BOT",), ()]
    said = "the environment variable NO_BOT is not set; set it, or take ${NO_BOT} out"
    assert str(warning).endswith(f"c.csv:2: warning: {said}")
    assert warning.rule == "variable"
    assert findings(tmp_path, table) == [f"c.csv:2: {said}"]


def test_a_row_cannot_be_told_without_its_name(tmp_path: Path) -> None:
    files = workspace(tmp_path, "name,type,url\n${NO_NAME},slack,https://a.b/\n")
    config, [error] = files.config(sending=False)
    assert "the environment variable NO_NAME is not set" in error.message
    assert (config.channels, config.faulty[0].name) == ((), "${NO_NAME}")


def test_a_wrong_row_is_off_and_the_other_rows_go_on(tmp_path: Path) -> None:
    table = (
        HEAD
        + "room,slack,https://hooks.example/1,,,,,\n"
        + "room,slack,https://hooks.example/2,,,,,\n"
        + "comma,slack,https://hooks.example/3,,,,,,and more\n"
        + "typo,slock,https://hooks.example/4,,,,,\n"
        + "last,slack,https://hooks.example/5,,,,,\n"
    )
    config, _ = workspace(tmp_path, table).config(sending=True)
    assert [channel.name for channel in config.channels] == ["room", "last"]
    assert config.channels[0].url == Secret("https://hooks.example/1")
    assert [channel.name for channel in config.faulty] == ["room", "comma", "typo"]
    reasons = " ".join(channel.reason for channel in config.faulty)
    for words in ("is there twice", "more cells than the first line", 'did you mean "slack"'):
        assert words in reasons


def test_an_edit_is_seen_and_what_is_the_same_is_not_read_again(tmp_path: Path) -> None:
    files = workspace(tmp_path, HEAD + "room,slack,https://hooks.example/1,,,,,\n")
    old = time.time_ns() - 10**10
    os.utime(tmp_path / "c.csv", ns=(old, old))
    first = files.config(sending=True)[0]
    (tmp_path / "c.csv").write_text(HEAD + "den,slack,https://hooks.example/1,,,,,\n")
    assert [channel.name for channel in first.channels] == ["room"]
    assert [channel.name for channel in files.config(sending=True)[0].channels] == ["den"]


def test_an_unknown_column_is_told_though_its_variable_is_not_set(tmp_path: Path) -> None:
    table = "name,type,url,urll\na,slack,https://h.example/x,${NONE}\n"
    (said, *_) = findings(tmp_path, table)
    assert said == 'c.csv:2: unknown key; did you mean "url"?'


def test_a_row_that_is_off_keeps_no_other_from_being_sent_to(tmp_path: Path) -> None:
    table = HEAD + "a,slack,${NONE},,,,false,\nb,slack,https://h.example/x,,,,,\n"
    assert [channel.enabled for channel in channels(tmp_path, table)] == [False, True]


def test_a_row_of_commas_alone_is_no_channel(tmp_path: Path) -> None:
    table = HEAD + "a,slack,https://h.example/x,,,,,\n,,,,,,,\n"
    assert [channel.name for channel in channels(tmp_path, table)] == ["a"]


SECRETS = ["https://hooks.example/T0/B0/x9Secret", "xoxb-12345-Secret", "7Secret"]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("column", [*CHANNEL.keys, "chanel"])
def test_no_value_of_a_row_is_told_whatever_the_column_in_which_it_stands(
    tmp_path: Path, column: str, secret: str
) -> None:
    cells = {"name": "room", "type": "slack", "url": "9:00", column: secret}
    for lines in (
        [",".join(cells), ",".join(cells.values())],  # the columns are shifted
        [",".join(cells.values()), ",".join(cells.values())],  # there is no first line
        [",".join([*cells.values(), secret]), "room"],
        [",".join(cells), ",".join([*cells.values(), secret])],
    ):
        files = workspace(tmp_path, "\n".join(lines) + "\n")
        try:
            config, found = files.config(sending=True)
            told = " ".join([*map(str, found), *(each.reason for each in config.faulty)])
        except InvalidInput as error:
            told = str(error)
        assert "Secret" not in told, told[max(0, told.index("Secret") - 120) :][:200]


def test_a_column_that_is_there_twice_is_a_finding(tmp_path: Path) -> None:
    (said,) = findings(tmp_path, "name,type,url,url\na,slack,https://h.example/x,\n")
    assert said == "c.csv:1: the columns 3 and 4 have one name; keep one of them"


def test_a_cell_that_its_service_does_not_use_is_told_with_its_line(tmp_path: Path) -> None:
    table = (
        "name,type,url,to,token\na,slack,https://h.example/x,,\nb,slack,https://h.example/x,room,\n"
    )
    _, warnings = workspace(tmp_path, table).config(sending=True)
    [warning] = [each for each in warnings if each.rule == "unused-key"]
    assert (warning.line, warning.message) == (3, "slack does not use to; take it out")
