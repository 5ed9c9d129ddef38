"""The key `proxy` of config.yaml."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from onthisday.app.workspace import Workspace
from onthisday.config import UNKNOWN_PROXY, Config, Proxy, Secret
from onthisday.errors import InvalidInput
from onthisday.schema.config_schema import parse_config
from tests.aging import aged


def read(
    value: Any, environ: Mapping[str, str] = MappingProxyType({}), *, sending: bool = True
) -> tuple[Config | None, list[str]]:
    config, errors, _ = parse_config({"proxy": value}, environ, sending=sending)
    return config, [each.message for each in errors]


def proxy(value: Any, **environ: str) -> Proxy | None:
    config, errors = read(value, environ)
    assert config is not None, errors
    return config.proxy


def both(address: str) -> Proxy:
    return Proxy(Secret(address), Secret(address))


def test_without_the_key_no_proxy_is_used_whatever_the_environment_says() -> None:
    config, _, _ = parse_config({}, {"HTTPS_PROXY": "http://proxy.invalid:3128"}, sending=True)
    assert config is not None
    assert config.proxy is None


@pytest.mark.parametrize(
    "address",
    [
        "http://proxy.invalid:3128", "http://proxy.invalid:3128/", "https://proxy.invalid",
        "http://user:pa%2Fss@proxy.invalid:3128", "HTTP://10.0.0.1:80", "http://[fd00::1]:3128",
    ],
)  # fmt: skip
def test_an_address_is_the_proxy_for_all_that_goes_out(address: str) -> None:
    assert proxy(address) == both(address)
    assert proxy("${PROXY_URL}", PROXY_URL=address) == both(address)


def test_the_words_of_a_config_show_no_password() -> None:
    assert "hunter2" not in repr(proxy("http://history:hunter2@proxy.invalid:3128"))


NOT_USED = "proxy: only proxies of HTTP can be used, and none of SOCKS; write http://HOST:PORT"
NONE = "proxy: is no address of a proxy; write http://HOST:PORT, or environment"
NO_HOST = "proxy: the address of the proxy has no host, or no possible port; write http://HOST:PORT"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("socks5://u:s3cret@proxy.invalid:1080", NOT_USED), ("ftp://u:s3cret@h.invalid", NOT_USED),
        ("u:s3cret://h.invalid", NOT_USED), ("“http://u:s3cret@h.invalid”", NOT_USED),
        ("u:s3cret@proxy.invalid:3128", NONE), ("Environment", NONE), (3128, NONE),
        (["http://u:s3cret@h.invalid"], NONE), ({"url": "http://u:s3cret@h.invalid"}, NONE),
        ("", NONE), ("http://", NO_HOST), ("http://u:s3cret@:3128", NO_HOST),
        ("http://u:s3cret@proxy.invalid:99999", NO_HOST), ("http://u:s3cr/et@h.invalid", NO_HOST),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sending", [True, False])
def test_what_is_no_proxy_is_an_error_that_shows_no_secret(
    value: Any, words: str, sending: bool
) -> None:
    assert read(value, sending=sending) == (None, [words])


@pytest.mark.parametrize("end", ["/path", "/?s3cret", "#s3cret", "?s3cret"])
def test_a_proxy_has_no_path_and_signs_in_a_password_are_escaped(end: str) -> None:
    _, (words,) = read(f"http://proxy.invalid:3128{end}")
    assert words.startswith("proxy: the address of the proxy has a path; write http://HOST:PORT")
    assert words.endswith("in a password, write / as %2F, ? as %3F and # as %23")


def test_without_its_variable_nothing_is_sent_and_all_else_goes_on() -> None:
    words = "the environment variable PROXY_URL is not set; set it, or take ${PROXY_URL} out"
    assert read("${PROXY_URL}") == (None, [words])
    config, errors, warnings = parse_config({"proxy": "${PROXY_URL}"}, {}, sending=False)
    assert config is not None
    assert (errors, [each.message for each in warnings]) == ([], [words])
    assert config.proxy == UNKNOWN_PROXY, "what asks for addresses all the same goes nowhere"


def test_a_check_that_goes_on_with_a_wrong_proxy_asks_nobody_directly() -> None:
    tree = {"proxy": "socks5://u:s3cret@proxy.invalid"}
    config, errors, _ = parse_config(tree, {}, sending=False, partly=True)
    assert config is not None
    assert ([each.message for each in errors], config.proxy) == ([NOT_USED], UNKNOWN_PROXY)


def test_the_environment_is_read_as_other_programs_read_it() -> None:
    a, b = "http://a.invalid:1", "http://b.invalid:2"
    assert proxy("environment") == Proxy(None, None)
    assert proxy("environment", HTTPS_PROXY=a) == Proxy(None, Secret(a))
    assert proxy("environment", http_proxy=a, HTTPS_PROXY=b) == Proxy(Secret(a), Secret(b))
    assert proxy("environment", all_proxy=a, no_proxy="x") == both(a)._replace(but_not="x")
    assert proxy("environment", https_proxy=a, HTTPS_PROXY=b) == Proxy(None, Secret(a))
    assert proxy("environment", HTTP_PROXY="a.invalid:1") == Proxy(Secret(a), None)


def test_a_header_of_a_request_names_no_proxy() -> None:
    """A web server writes a request's header `Proxy` into HTTP_PROXY (CVE-2016-5385)."""
    said = {"HTTP_PROXY": "http://a.invalid:1", "REQUEST_METHOD": "GET"}
    assert proxy("environment", **said) == Proxy(None, None)


def test_a_variable_that_names_no_proxy_is_an_error_that_names_the_variable() -> None:
    _, (words,) = read("environment", {"HTTPS_PROXY": "socks5://u:s3cret@proxy.invalid:1080"})
    assert words == (
        "proxy: the environment variable HTTPS_PROXY: only proxies of HTTP can be used, and none "
        "of SOCKS; write http://HOST:PORT"
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("proxy: http://history:hunter2@proxy.invalid:3128", True),
        ("proxy: http://proxy.invalid:3128", False), ("proxy: environment", False),
        ("proxy: ${PROXY_URL}", False),
    ],
)  # fmt: skip
def test_a_login_that_stands_in_a_config_that_others_may_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, told: bool
) -> None:
    monkeypatch.setenv("PROXY_URL", "http://history:hunter2@proxy.invalid:3128")
    file = tmp_path / "config.yaml"
    file.write_text(f"{line}\n")
    file.chmod(0o644)
    _, found = Workspace(str(aged(file))).config(sending=True)
    words = [str(each) for each in found]
    assert [each for each in words if "hunter2" in each] == []
    assert ["others may read this proxy" in each for each in words] == [True] * told


def test_a_wrong_proxy_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("site: {title: Our town}\nproxy: socks5://u:s3cret@proxy.invalid\n")
    with pytest.raises(InvalidInput) as error:
        Workspace(str(aged(file))).config(sending=False)
    (finding,) = error.value.findings
    assert (finding.line, finding.message) == (2, NOT_USED)
