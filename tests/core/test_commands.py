"""`today` and `upcoming` as people call them: real processes, their output, their exit codes."""

import ast
import json
import os
import pty
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.core.almanacs import PROGRAM, ROOT, entry, run, write

pytestmark = pytest.mark.program

SPEECH = ("today", "--date", "2026-02-25")
ACCENTS = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the shipped config and almanac."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(ROOT / "almanac", folder / "almanac")
    shutil.copy(ROOT / "config.yaml", folder)
    return folder


def said(folder: Path, *words: str, **environ: str) -> str:
    """Run a command that must succeed. Return what it prints."""
    told = run(folder, *words, environ=environ)
    assert (told.returncode, told.stderr) == (0, "")
    return told.stdout


def refused(folder: Path, code: int, *words: str, **environ: str) -> str:
    """Run a command that must fail. Return its one line of error."""
    told = run(folder, *words, environ=environ)
    assert told.returncode == code, told
    assert told.stdout == ""
    assert "Traceback" not in told.stderr
    assert "unexpected" not in told.stderr
    lines = told.stderr.splitlines()
    assert len(lines) == 1 or lines[0].startswith("usage: "), told.stderr
    assert not (folder / "var" / "onthisday.log").exists()
    return lines[-1]


def test_today_names_the_speech_its_years_documents_and_questions(shipped: Path) -> None:
    text = " ".join(said(shipped, *SPEECH).split())
    for words in (
        "Wednesday, 25 February 2026",
        "70 years ago · 25 February 1956 · Moscow",
        "Khrushchev denounces Stalin in a closed session",
        "Fakti, February 25, 1956: Khrushchev debunks Stalin (25 February 2025)",
        "History Today, Stalin Denounced by Nikita Khrushchev (February 2006), p. 58",
        "Mondo Internazionale, Accade Oggi: 25 February 1956",
        "Smile of the Day: On this Day",
        "Nikita Khrushchev Becomes Soviet Premier on March 27, 1958",
        "Where the sources differ",
        "How many delegates listened?",
        "1,400 Soviet delegates (Fakti)",
        "1,500 delegates (History Today, p. 58)",
        "Who else was in the hall?",
        "At what hour did he speak, and so on which day?",
        "How did the hall take it?",
        "(Fakti, rumoured)",
        "How did the speech circulate in the Soviet Union?",
        "For whose sufferings did he indict Stalin?",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-27", "68 years ago · 27 March 1958 · Moscow"),
        ("2026-06-04", "70 years ago · 4 June 1956"),
        ("2026-10-31", "65 years ago · 31 October 1961 · Red Square, Moscow"),
        ("2026-02-26", "perhaps 26 February 1956 · date uncertain"),
        ("1956-02-25", "this year · 25 February 1956"),
        ("1957-02-25", "1 year ago · 25 February 1956"),
    ],
)
def test_today_says_how_long_ago_it_was(shipped: Path, day: str, words: str) -> None:
    assert words in said(shipped, "today", "--date", day)


def test_a_day_with_nothing_says_so_and_names_what_is_next(shipped: Path) -> None:
    assert said(shipped, "today", "--date", "2026-07-01") == (
        "Wednesday, 1 July 2026\n"
        "Nothing is recorded for 1 July.\n"
        "Next: 11 September 2026, Nikita Khrushchev dies.\n"
    )


@pytest.mark.parametrize("words", [("today", "--days", "-3..+1"), ("upcoming", "--days", "1")])
def test_days_with_nothing_say_so_for_all_of_them(shipped: Path, words: tuple[str, ...]) -> None:
    several = words[0] == "today"
    for form in ("text", "markdown", "html"):
        told = said(shipped, *words, "--date", "2026-06-30", "--format", form)
        expected = "Nothing is recorded from 27 June to 1 July.\n"
        plain = TAGS.sub("", told).lstrip()
        assert (plain.startswith(expected), "for 1 July" in told) == (several, not several)
        assert "Next: 11 September 2026, Nikita Khrushchev dies.\n" in plain


TAGS = re.compile(r"</?[a-z][^>]*>")


def test_an_almanac_with_nothing_says_so(tmp_path: Path) -> None:
    write(tmp_path)
    text = said(tmp_path, *SPEECH)
    assert "Nothing is recorded for 25 February." in text
    assert "Nothing is recorded for any later day." in text


def test_json_is_the_same_as_python_gives(shipped: Path) -> None:
    told = json.loads(said(shipped, *SPEECH, "--format", "json"))
    golden = Path(__file__).parent / "golden" / "2026-02-25.json"
    assert told == json.loads(golden.read_text("utf-8"))


def test_json_names_the_zone_that_was_asked_for(shipped: Path) -> None:
    told = json.loads(said(shipped, *SPEECH, "--format", "json", "--zone", "Asia/Tokyo"))
    assert told["zone"] == "Asia/Tokyo"


@pytest.mark.parametrize("words", [("--days", "-3..+7"), ("--days=-3..+7",), ("--days", "-3..7")])
def test_days_around_are_given_with_a_space_or_without(
    shipped: Path, words: tuple[str, ...]
) -> None:
    told = json.loads(said(shipped, *SPEECH, "--format", "json", *words))
    assert list(told) == ["days"]
    days = [day["day"] for day in told["days"]]
    assert (days[0], days[-1], len(days)) == ("2026-02-22", "2026-03-04", 11)
    assert [len(day["occasions"]) for day in told["days"]] == [0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0]


def test_days_around_as_text_leaves_out_what_holds_nothing(shipped: Path) -> None:
    text = said(shipped, *SPEECH, "--days", "-3..+7")
    assert re.findall(r"^\w+day, .*$", text, re.MULTILINE) == [
        "Wednesday, 25 February 2026", "Thursday, 26 February 2026"
    ]  # fmt: skip


def test_a_range_of_empty_days_says_what_is_next(shipped: Path) -> None:
    text = said(shipped, "today", "--date", "2026-07-01", "--days", "0..+3")
    assert "Next: 11 September 2026" in text


def test_days_at_the_ends_of_the_calendar_are_those_that_exist(shipped: Path) -> None:
    for day, expected in (("9999-12-31", 4), ("0001-01-01", 8)):
        text = said(shipped, "today", "--date", day, "--days", "-3..+7", "--format", "json")
        assert len(json.loads(text)["days"]) == expected


def test_upcoming_gives_the_days_after_today(shipped: Path) -> None:
    told = json.loads(said(shipped, "upcoming", "--date", "2026-02-14", "--format", "json"))
    days = [day["day"] for day in told["days"]]
    assert (days[0], days[-1], len(days)) == ("2026-02-15", "2026-03-16", 30)
    text = said(shipped, "upcoming", "--date", "2026-02-14", "--days", "11")
    assert "25 February 2026" in text
    assert "26 February 2026" not in text


def test_tags_and_kinds_narrow_a_day(shipped: Path) -> None:
    told = said(shipped, "today", "--date", "2026-09-11", "--kind", "death", "--tag", "stalin")
    assert "Nothing is recorded" in told
    told = said(shipped, "today", "--date", "2026-09-11", "--kind", "death", "--kind", "birth",
                "--tag", "stalin", "--tag", "khrushchev")  # fmt: skip
    assert "Nikita Khrushchev dies" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("today", "--tag", "stalim"), ["for 1 July with the tag “stalim”", "near it is “stalin”"]),
        (("upcoming", "--tag", "stalim"), ["2 to 31 July with", "later day with the tag", "near"]),
        (("today", "--tag", "stalin"), ["for 1 July with the tag “stalin”", "Next: 31 October"]),
        (("today", "--kind", "marriage"), ["for any later day with the kind marriage."]),
        (("today", "--tag", "a", "--tag", "b", "--kind", "death", "--days", "-1..0"),
         ["from 30 June to 1 July with the tag “a” or “b” and the kind death.",
          "No entry has the tag “a”.", "No entry has the tag “b”."]),
        (("upcoming", "--days", "200", "--kind", "marriage"),
         ["from 2 July 2026 to 17 January 2027 with"]),
    ],
)  # fmt: skip
def test_a_filter_that_finds_nothing_is_named_with_the_tag_that_is_near(
    shipped: Path, words: tuple[str, ...], told: list[str]
) -> None:
    for form in ("text", "markdown", "html"):
        shown = said(shipped, *words, "--date", "2026-07-01", "--format", form)
        assert all(each in " ".join(shown.split()) for each in told), shown


def test_no_tag_is_called_near_of_what_is_not_published(tmp_path: Path) -> None:
    write(tmp_path, entry("a", "1990", kind="birth", tags=["marie"]))
    assert "near" not in said(tmp_path, *SPEECH, "--tag", "maria")


def test_explain_says_why(shipped: Path) -> None:
    assert "Why: its date is 1956-02-25" in said(shipped, *SPEECH, "--explain")
    assert "Why:" not in said(shipped, *SPEECH)
    text = " ".join(said(shipped, "today", "--date", "2026-02-26", "--explain").split())
    assert "names this day, though not surely" in text


def test_markdown_says_the_same(shipped: Path) -> None:
    text = said(shipped, *SPEECH, "--format", "markdown")
    assert text.startswith("# Wednesday, 25 February 2026\n")
    title = "Khrushchev denounces Stalin in a closed session"
    assert f"## [{title}](http://127.0.0.1:8080/entries/secret-speech/#2026)" in text
    assert "**How many delegates listened?**" in text
    empty = said(shipped, "today", "--date", "2026-07-01", "--format", "markdown")
    assert "Nothing is recorded for 1 July." in empty


def test_markdown_shows_an_entrys_signs_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, entry("a", "1956-02-25", title="A *b* [c](d) <e> #f", summary="- g\n\nh_i_j"))
    text = said(tmp_path, *SPEECH, "--format", "markdown")
    assert r"A \*b\* \[c\](d) \<e\> \#f" in text
    assert r"h\_i\_j" in text


def test_today_is_the_day_of_the_zone(tmp_path: Path) -> None:
    write(tmp_path, config="site: {zone: Pacific/Kiritimati}\n")
    for zone, words in (("Etc/GMT+12", ("--zone", "Etc/GMT+12")), ("Pacific/Kiritimati", ())):
        told = run(tmp_path, "today", "--format", "json", *words)
        shown = json.loads(told.stdout)
        offset = -12 if zone == "Etc/GMT+12" else 14
        now = datetime.now(UTC).timestamp() + offset * 3600
        near = {datetime.fromtimestamp(now + shift, UTC).date().isoformat() for shift in (-60, 0)}
        assert shown["day"] in near
        assert shown["zone"] == zone


@pytest.mark.parametrize("columns", [30, 48, 88])
def test_lines_are_no_wider_than_columns(shipped: Path, columns: int) -> None:
    text = said(shipped, *SPEECH, COLUMNS=str(columns))
    widest = max(len(line) for line in text.splitlines())
    assert columns * 0.8 < widest <= columns


@pytest.mark.parametrize(("columns", "most"), [("1", 30), ("300", 88), ("0", 80), ("x", 80)])
def test_columns_that_make_no_sense_are_bounded(shipped: Path, columns: str, most: int) -> None:
    text = said(shipped, *SPEECH, COLUMNS=columns)
    assert max(len(line) for line in text.splitlines()) <= most
    assert max(len(line) for line in text.splitlines()) > most * 0.8


def on_terminal(folder: Path, *words: str, **environ: str) -> str:
    """Run a command on a terminal. Return what the terminal shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([str(PROGRAM), *words], cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=theirs, env={"TERM": "xterm", **environ}):  # fmt: skip
        os.close(theirs)
        shown = b""
        try:
            while some := os.read(ours, 65536):
                shown += some
        except OSError:  # Linux raises this when the other side closed
            pass
    os.close(ours)
    return shown.decode("utf-8").replace("\r\n", "\n")


def test_colour_is_for_terminals_that_were_not_told_otherwise(shipped: Path) -> None:
    plain = said(shipped, *SPEECH, COLUMNS="80")
    coloured = on_terminal(shipped, *SPEECH, COLUMNS="80")
    assert "\x1b" not in plain
    assert ACCENTS.search(coloured)
    assert ACCENTS.sub("", coloured) == plain
    assert on_terminal(shipped, *SPEECH, COLUMNS="80", NO_COLOR="1") == plain
    assert on_terminal(shipped, *SPEECH, COLUMNS="80", TERM="dumb") == plain


HOSTILE = "a\x9b31mb\x85c\u202ed\x7fe"
"""A title with characters on which terminals act. XML can hold them."""

HARMLESS = "a31mb c de"
"""What is shown of it: controls are taken out when the almanac is read."""


def with_title(folder: Path, title: str) -> None:
    """Write an almanac with one entry of this title on the day of the speech."""
    write(folder)
    line = json.dumps(entry("a", "1956-02-25", title=title))
    (folder / "almanac" / "lines.jsonl").write_text(line, encoding="utf-8")


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    with_title(tmp_path, HOSTILE)
    assert HARMLESS in said(tmp_path, *SPEECH)
    assert HARMLESS in said(tmp_path, *SPEECH, "--format", "markdown")
    assert HARMLESS in said(tmp_path, *SPEECH, "--format", "html")
    assert HARMLESS in ACCENTS.sub("", on_terminal(tmp_path, *SPEECH))
    told = said(tmp_path, *SPEECH, "--format", "json")
    assert not set(HOSTILE) & set(told) - set("abcde13m")
    assert json.loads(told)["occasions"][0]["title"] == "a31mb\nc\u202ede"


def test_joiners_that_scripts_and_emoji_need_stay(tmp_path: Path) -> None:
    words = "می\u200cخواهم 👨\u200d👩\u200d👧 ❤\ufe0f क्\u200dष \u200eabc\u200f 10\u202fkm"
    with_title(tmp_path, words)
    for form in ("text", "markdown", "json", "html"):
        assert words in said(tmp_path, *SPEECH, "--format", form)


def test_findings_and_errors_escape_what_a_terminal_would_act_on(tmp_path: Path) -> None:
    write(tmp_path)
    bad = json.dumps({**entry("a", "1956-02-25"), "x\x1b[2Jy\nz": 1})
    (tmp_path / "almanac" / "li\x1b[1mne\nb.jsonl").write_text(bad, encoding="utf-8")
    for words in (("check",), ("check", "--format", "json"), SPEECH):
        told = run(tmp_path, *words)
        assert not set("\x1b\x9b\r") & set(told.stdout + told.stderr), words
        assert "\\u001b[2Jy" in told.stdout + told.stderr
    (line, *_) = run(tmp_path, "check").stdout.splitlines()
    assert line.startswith("almanac/li\\u001b[1mne\\u000ab.jsonl:1: ")
    told = run(tmp_path, "today", "--date", "\x1b[2J")
    assert "\x1b" not in told.stderr
    assert "\\u001b[2J" in told.stderr


def test_a_pipe_that_is_closed_early_is_no_error(shipped: Path) -> None:
    line = f"set -o pipefail; {PROGRAM} today --date 2026-02-25 | head -1"
    told = subprocess.run(["bash", "-c", line], cwd=shipped, capture_output=True,
                          encoding="utf-8", check=False)  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == "Wednesday, 25 February 2026\n"


def test_a_pipe_that_nobody_reads_is_no_error(shipped: Path) -> None:
    for words in (SPEECH, (*SPEECH, "--days", "-400..+400", "--format", "json")):
        reader, writer = os.pipe()
        os.close(reader)
        told = subprocess.run([str(PROGRAM), *words], cwd=shipped, stdout=writer,
                              stderr=subprocess.PIPE, check=False)  # fmt: skip
        os.close(writer)
        assert (told.returncode, told.stderr) == (0, b"")


@pytest.mark.parametrize("words", [("--date", "2026-07-01"), ("--days", "-400..+400")])
def test_a_full_disk_is_one_clear_message(shipped: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        told = subprocess.run([str(PROGRAM), *SPEECH, *words], cwd=shipped, stdout=full,
                              stderr=subprocess.PIPE, encoding="utf-8", check=False)  # fmt: skip
    assert told.returncode == 1
    assert told.stderr == "onthisday: standard output: the disk is full\n"


def test_a_closed_standard_output_is_no_error(shipped: Path) -> None:
    line = f"{PROGRAM} today --date 2026-02-25 >&-"
    told = subprocess.run(["bash", "-c", line], cwd=shipped, capture_output=True,
                          encoding="utf-8", check=False)  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "")


def test_letters_that_a_terminal_does_not_know_are_escaped(shipped: Path) -> None:
    text = said(shipped, *SPEECH, PYTHONIOENCODING="ascii")
    assert r"    \u2013 1,400 Soviet delegates (Fakti)" in text


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("today", "--date", "2026-02-30"), '"2026-02-30" is no day'),
        (("today", "--date", "tomorrow"), '"tomorrow" is no day'),
        (("today", "--date", "25.02.2026"), "write 2026-02-25"),
        (("today", "--zone", "Europe/Londn"), '"Europe/Londn" is no time zone'),
        (("today", "--kind", "battle"), "invalid choice: 'battle'"),
        (("today", "--format", "xml"), "invalid choice: 'xml'"),
        (("today", "--days", "7"), '"7" is no range of days; write -7..+7'),
        (("today", "--days", "7..-3"), "is no range of days"),
        (("today", "--dat", "x", "--nonsense"), ""),
        (("upcoming", "--days", "0"), "from 1 to 3660"),
        (("upcoming", "--days", "-3..+7"), "is no number of days"),
        (("tomorrow",), "invalid choice: 'tomorrow'"),
        (("todya",), """invalid choice: 'todya'; did you mean "today"?"""),
        (("tick", "--now", "2026-02-25"), "write 2026-02-25T00:00:00Z for UTC"),
        (("--config",), "expected one argument"),
        (("--nonsense", "today"), "unrecognized arguments"),
        ((), "name a command"),
    ],
)
def test_a_wrong_use_is_told_with_exit_code_2(
    shipped: Path, words: tuple[str, ...], named: str
) -> None:
    told = run(shipped, *words)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("usage: onthisday")
    assert "Traceback" not in told.stderr
    assert named in " ".join(told.stderr.split())


@pytest.mark.parametrize("words", [("--help",), ("today", "--help"), ("upcoming", "-h")])
def test_help_is_no_error(shipped: Path, words: tuple[str, ...]) -> None:
    assert said(shipped, *words).startswith("usage: onthisday")


def test_the_version_is_said(shipped: Path) -> None:
    assert re.fullmatch(r"onthisday \d+\.\d+\.\d+\n", said(shipped, "--version"))


def test_a_config_that_is_not_there_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    assert refused(tmp_path, 1, "today") == (
        "onthisday: config.yaml: there is no such file; `onthisday init DIR` makes one"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_config_elsewhere_is_named_with_its_almanac_beside_it(
    shipped: Path, tmp_path: Path
) -> None:
    for words in (("--config", f"{shipped}/config.yaml"), (f"--config={shipped}/config.yaml",)):
        assert "70 years ago" in said(tmp_path, *words, *SPEECH)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("today", "--date", "2026-02-25"),
        ("notices", "list"),
        ("upcoming", "--days", "3"),
        ("channels", "list"),
        ("check",),
    ],
)
def test_the_config_may_be_named_before_the_command_or_after_it(
    tmp_path: Path, shipped: Path, words: tuple[str, ...]
) -> None:
    named = ("--config", f"{shipped}/config.yaml")
    before = run(tmp_path, *named, *words)
    assert before.returncode == 0
    for line in ((*words, *named), (words[0], f"--config={named[1]}", *words[1:])):
        assert run(tmp_path, *line).stdout == before.stdout


@pytest.mark.parametrize(
    "words",
    [("--conf=other.yaml", "today"), ("today", "--conf", "other.yaml"), ("today", "--config="),
     ("--config", "", "today"), ("today", "--config"), ("channels", "--co=other.yaml", "list")],
)  # fmt: skip
def test_a_config_that_is_named_by_half_is_refused_and_no_other_is_read(
    shipped: Path, words: tuple[str, ...]
) -> None:
    refused = run(shipped, *words)
    assert (refused.returncode, refused.stdout) == (2, "")


def test_of_two_configs_the_last_one_counts(tmp_path: Path, shipped: Path) -> None:
    words = ("--config", "nowhere.yaml", "today", "--config", f"{shipped}/config.yaml")
    assert run(tmp_path, *words).returncode == 0


NONSENSE = {
    "a folder": (None, "config.yaml: cannot be read: it is a folder, and a file is needed"),
    "5 MB of nonsense": (b"\x8f\x00[{" * 1_250_000, "config.yaml: is larger than 4 MB"),
    "nonsense": (b"[{]}\n", "config.yaml:1: cannot be read from here on"),
    "zeros": (b"\x00" * 100, "config.yaml:1: has a character that cannot be shown, U+0000"),
    "not UTF-8": (b"site:\n  title: caf\xe9\n", "config.yaml:2: is not UTF-8"),
    "a list": (b"- a\n", "config.yaml:1: it must be a mapping"),
    "a word": (b"hello\n", "config.yaml:1: it must be a mapping"),
    "an unset variable": (b"site: {title: '${NONE}'}\n", "config.yaml:1: the environment variable"),
    "an unknown zone": (b"site:\n  zone: Mars\n", 'config.yaml:2: site.zone: "Mars" is no'),
    "an unknown key": (b"site: {}\nalmanack: x\n", 'config.yaml:2: unknown key "almanack"'),
    "no almanac": (b"almanac: nowhere\n", "nowhere: there is no such folder"),
    "an almanac that is a file": (b"almanac: config.yaml\n", "config.yaml: cannot be read"),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_a_config_that_makes_no_sense_is_one_clear_message(tmp_path: Path, what: str) -> None:
    content, message = NONSENSE[what]
    config = write(tmp_path, entry("a", "1956-02-25"))
    config.unlink()
    if content is None:
        config.mkdir()
    else:
        config.write_bytes(content)
    for _ in range(2):
        assert refused(tmp_path, 1, *SPEECH).removeprefix("onthisday: ").startswith(message)


def test_all_that_is_wrong_is_told_line_by_line(tmp_path: Path) -> None:
    write(tmp_path, entry("a", "1955-02-29"), entry("b", "1956", kynd="x"))
    told = run(tmp_path, "today")
    assert (told.returncode, told.stdout) == (1, "")
    assert [line.split(": ")[0] for line in told.stderr.splitlines()] == [
        "almanac/entries.yaml:1", "almanac/entries.yaml:2"
    ]  # fmt: skip


def test_an_unexpected_error_is_one_line_and_its_traceback_is_in_the_log(tmp_path: Path) -> None:
    write(tmp_path, entry("a", "1956-02-25"))
    script = ("import sys, onthisday.cli.today as today, onthisday.cli as cli\n"
              "def broken(args): raise RuntimeError('a defect')\n"
              "today.main = broken\nsys.exit(cli.main(['today']))\n")  # fmt: skip
    told = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True,
                          encoding="utf-8", check=False)  # fmt: skip
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert told.stderr.startswith("onthisday: unexpected: RuntimeError; the traceback is in ")
    assert "RuntimeError: a defect" in (tmp_path / "var" / "onthisday.log").read_text("utf-8")


HEAVY = {"shutil", "yaml", "_yaml", "asyncio", "http", "httpx", "aiohttp", "feedgen", "lxml",
         "jinja2", "starlette", "uvicorn", "apscheduler", "urllib", "email", "ssl", "socket",
         "logging", "pathlib", "zoneinfo", "hashlib", "difflib", "subprocess", "textwrap",
         "weakref", "heapq", "dataclasses", "inspect"}  # fmt: skip


CHANNEL = "channels: [{name: a, type: slack, url: https://hooks.example/x}]\n"

NO_ROOMS = ("onthisday.config", "onthisday.messages", "onthisday.schema", "onthisday.delivery",
            "onthisday.feeds", "onthisday.almanac.library", "onthisday.colours",
            "onthisday.views.correction_words")  # fmt: skip


@pytest.mark.parametrize("format_", ["text", "json"])
def test_today_on_a_compiled_almanac_imports_nothing_heavy(tmp_path: Path, format_: str) -> None:
    config = write(tmp_path, entry("a", "1956-02-25"))
    for path in [config, *(tmp_path / "almanac").iterdir()]:
        os.utime(path, (1_700_000_000, 1_700_000_000))
    words = [*SPEECH, "--format", format_]
    script = (f"import sys; sys.path[:0] = {sys.path!r}\nfrom onthisday.cli import main\n"
              f"code = main({words!r})\nprint(sorted(sys.modules), file=sys.stderr)\n"
              "sys.exit(code)\n")  # fmt: skip
    compiled = run(tmp_path, *words)
    assert compiled.returncode == 0
    env = {"PATH": "/usr/bin", "COLUMNS": "80"}
    for _ in range(2):  # the first run finds fresh files and needs digests
        told = subprocess.run([sys.executable, "-S", "-c", script], cwd=tmp_path, env=env,
                              capture_output=True, encoding="utf-8", check=False)  # fmt: skip
        assert told.returncode == 0, told.stderr
        loaded = ast.literal_eval(told.stderr)
        modules = {name.split(".")[0] for name in loaded}
        assert "sqlite3" in modules
        assert not {name for name in loaded if name.startswith(NO_ROOMS)}
    assert not modules & (HEAVY - {"hashlib"})


def test_today_compiles_no_annotation(tmp_path: Path) -> None:
    """A NamedTuple compiles an annotation that is a text, which takes a twentieth of `today`."""
    write(tmp_path, entry("a", "1956-02-25"))
    assert run(tmp_path, *SPEECH).returncode == 0
    script = ("import builtins\nreal, seen = compile, []\n"
              "builtins.compile = lambda *a, **k: seen.append(a[0]) or real(*a, **k)\n"
              f"from onthisday.cli import main\nmain({[*SPEECH]!r})\nprint(seen)")  # fmt: skip
    told = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True,
                          capture_output=True, encoding="utf-8")  # fmt: skip
    assert told.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("on", "loaded"), [("1970-01-01", False), ("2999-01-01", True)])
def test_a_day_after_the_last_correction_needs_no_time_zone(
    tmp_path: Path, on: str, *, loaded: bool
) -> None:
    correction = {"on": on, "was": "1,400", "now": "1,436", "why": "The minutes say so."}
    write(tmp_path, entry("a", "1956-02-25", corrections=[correction]))
    assert run(tmp_path, *SPEECH).returncode == 0
    script = (f"import sys\nfrom onthisday.cli import main\nmain({[*SPEECH]!r})\n"
              "sys.exit('zoneinfo' in sys.modules)")  # fmt: skip
    told = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=False,
                          stdout=subprocess.DEVNULL)  # fmt: skip
    assert told.returncode == loaded


def test_compiling_does_import_yaml(tmp_path: Path) -> None:
    write(tmp_path, entry("a", "1956-02-25"))
    script = ("import sys\nfrom onthisday.cli import main\nmain(['today'])\n"
              "sys.exit(0 if 'yaml' in sys.modules else 1)")  # fmt: skip
    told = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=False,
                          stdout=subprocess.DEVNULL)  # fmt: skip
    assert told.returncode == 0, "or the test above would prove nothing"


@pytest.mark.parametrize(("channels", "loaded"), [("", False), (CHANNEL, True)])
def test_a_config_that_is_read_each_time_loads_no_chat_service_without_a_channel(
    tmp_path: Path, channels: str, *, loaded: bool
) -> None:
    write(tmp_path, entry("a", "1956-02-25"), config="site: {title: '${TITLE}'}\n" + channels)
    script = ("import sys\nfrom onthisday.cli import main\nmain(['today'])\n"
              "sys.exit(any(n.startswith('onthisday.messages') for n in sys.modules))")  # fmt: skip
    told = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=False,
                          stdout=subprocess.DEVNULL, env={"TITLE": "Ours"})  # fmt: skip
    assert told.returncode == loaded


ENDS = [
    ("0002-01-01T00:00:00+14:00", "Etc/GMT+12"), ("0002-01-01T00:00:00Z", "Etc/GMT-14"),
    ("9998-12-31T23:59:59-14:00", "Etc/GMT-14"), ("9998-12-31T23:59:59Z", "Etc/GMT+12"),
]  # fmt: skip


@pytest.mark.parametrize(("now", "zone"), ENDS)
def test_all_that_the_program_does_works_at_the_ends_of_time(
    tmp_path: Path, now: str, zone: str
) -> None:
    config = f"site: {{zone: {zone}}}\noutput: site\n"
    write(tmp_path, entry("first", "0001-01-01"), entry("last", "9999-12-31"), config=config)
    assert run(tmp_path, "build", "--now", now, "site").returncode == 0
    assert run(tmp_path, "tick", "--force", "--now", now).returncode == 0
    for day in ("0001-01-01", "9999-12-31"):
        for words in (("today",), ("today", "--days=-3..+3"), ("upcoming",)):
            said(tmp_path, *words, "--date", day)


@pytest.mark.parametrize("now", ["0001-12-31T23:00:00Z", "9999-01-01T00:00:00Z"])
@pytest.mark.parametrize("words", [("build", "site"), ("tick",)])
def test_an_instant_that_some_zone_cannot_have_is_refused(
    shipped: Path, now: str, words: tuple[str, ...]
) -> None:
    assert "write a year from 2 to 9998" in refused(shipped, 2, *words, "--now", now)
