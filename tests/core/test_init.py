"""`init` on a terminal asks again after a mistyped answer, and says what it expects."""

from pathlib import Path

import pytest

from tests.core.almanacs import run
from tests.drafts.terminal import answered

pytestmark = pytest.mark.program


def asked(folder: Path, *answers: str) -> tuple[str, int]:
    return answered(folder, ["init", "ours"], [*answers], "]: ")


def config(folder: Path) -> str:
    return (folder / "ours" / "config.yaml").read_text("utf-8")


def test_a_mistyped_answer_is_asked_again_with_what_is_expected(tmp_path: Path) -> None:
    shown, code = asked(
        tmp_path, "Our town", "history.example.org", "https://history.example.org",
        "Europe/Lodon", "Londn", "Europe/London",
    )  # fmt: skip
    assert code == 0
    whole = '"history.example.org" is no web address; write it whole: https://history.example.org'
    assert whole in shown
    assert '"Europe/Lodon" is no time zone; did you mean Europe/London?' in shown
    assert '"Londn" is no time zone; did you mean Europe/London?' in shown
    assert 'title: "Our town"' in config(tmp_path)
    assert "url: https://history.example.org/\n" in config(tmp_path)
    assert "zone: Europe/London " in config(tmp_path)
    assert 'tag: "history.example.org,' in config(tmp_path)


def test_an_answer_that_no_config_can_hold_is_asked_again(tmp_path: Path) -> None:
    shown, code = asked(
        tmp_path, "\x1b[A", "Our town", "https://anna:s3cret@history.example.org/x",
        "https://history.example.org/x", "UTC",
    )  # fmt: skip
    assert code == 0
    assert "title has a character that cannot be shown, U+001B; take it out" in shown
    assert "a name or a password in it; write https://history.example.org/x" in shown
    assert run(tmp_path / "ours", "check").returncode == 0


def test_blank_answers_take_what_is_proposed(tmp_path: Path) -> None:
    _, code = asked(tmp_path, "", "", "")
    assert code == 0
    assert "zone: UTC " in config(tmp_path)
    assert run(tmp_path / "ours", "check").returncode == 0


def test_the_end_of_input_ends_it_and_nothing_is_written(tmp_path: Path) -> None:
    shown, code = asked(tmp_path, "Our town", "https://history.example.org")
    assert code == 1
    assert "Time zone: was not answered, and nothing is written; begin again" in shown
    assert "Traceback" not in shown
    assert not (tmp_path / "ours").exists()


def test_what_never_answers_right_is_not_asked_for_ever(tmp_path: Path) -> None:
    shown, code = asked(tmp_path, "x", "https://history.example.org", *["Mars"] * 20)
    assert code == 1
    assert shown.count('"Mars" is no time zone') == 10
    assert "was not answered" in shown


def test_a_folder_that_has_an_almanac_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "ours").returncode == 0
    shown, code = asked(tmp_path)
    assert code == 1
    assert "ours/config.yaml: is there already; choose an empty folder" in shown
    assert "Title" not in shown


def test_without_a_terminal_nothing_is_asked_and_a_wrong_option_ends_it(tmp_path: Path) -> None:
    told = run(tmp_path, "init", "ours", "--zone", "Europe/Lodon")
    assert told.returncode == 1
    assert told.stderr == (
        'onthisday: --zone: "Europe/Lodon" is no time zone; did you mean Europe/London?\n'
    )
    assert not (tmp_path / "ours").exists()


@pytest.mark.parametrize(
    ("url", "tag"),
    [
        ("https://history.example.org:8443/x/", "history.example.org"),
        ("https://münchen.example/", "xn--mnchen-3ya.example"),
        ("http://[::1]:8080/", "example.org"),
    ],
)
def test_whatever_the_address_the_config_is_right(tmp_path: Path, url: str, tag: str) -> None:
    assert run(tmp_path, "init", "ours", "--url", url).returncode == 0
    assert f'tag: "{tag},' in config(tmp_path)
    assert run(tmp_path / "ours", "check").returncode == 0
