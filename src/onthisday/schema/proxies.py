"""The key `proxy` of the config: the proxies that requests go through. Used by config_schema.py.

An address of a proxy may have a login, so no message here shows an address.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from onthisday.config import Proxy, Secret
from onthisday.errors import TreePath
from onthisday.schema.shapes import Json, Problem
from onthisday.schema.web_addresses import is_web_address

ENVIRONMENT = "environment"
"""The value of `proxy` that takes the proxies of the environment variables."""

_LIKE = "write http://HOST:PORT"


class ProxyShape(NamedTuple):
    """The shape of `proxy`: an address, for all requests.

    `with_proxies_of` puts a `Proxy` in the place of `environment` before.
    """

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> Proxy | None:
        if isinstance(tree, Proxy):
            return tree
        try:
            secret = Secret(parse_proxy_address(tree if isinstance(tree, str) else ""))
        except ValueError as error:
            problems.append(Problem(path, f"proxy: {error}"))
            return None
        return Proxy(http=secret, https=secret)

    def schema(self) -> Json:
        words = f"http://HOST:PORT, https://HOST:PORT or {ENVIRONMENT}"
        return {"type": "string", "description": words}


def with_proxies_of(environ: Mapping[str, str], tree: Any, problems: list[Problem]) -> Any:
    """Return a config's tree with the proxies of the environment, if its `proxy` asks for them."""
    if not isinstance(tree, dict) or tree.get("proxy") != ENVIRONMENT:
        return tree
    try:
        return {**tree, "proxy": proxies_of(environ)}
    except ValueError as error:
        problems.append(Problem(("proxy",), f"proxy: {error}"))
        return {**tree, "proxy": None}


def parse_proxy_address(text: str) -> str:
    """Return the address of a proxy, such as ``http://user:pass@proxy.example:3128``.

    Raises ValueError, which says what is wrong with the address and does not show it.
    """
    scheme, sign, _ = text.partition("://")
    if not sign:
        raise ValueError(f"is no address of a proxy; {_LIKE}, or {ENVIRONMENT}")
    if scheme.lower() not in {"http", "https"}:
        raise ValueError(f"only proxies of HTTP can be used, and none of SOCKS; {_LIKE}")
    if not is_web_address(text):
        raise ValueError(f"the address of the proxy has no host, or no possible port; {_LIKE}")
    parts = urlsplit(text)
    if parts.path not in {"", "/"} or "?" in text or "#" in text:
        mend = "in a password, write / as %2F, ? as %3F and # as %23"
        raise ValueError(f"the address of the proxy has a path; {_LIKE} alone; {mend}")
    return text


def proxies_of(environ: Mapping[str, str]) -> Proxy:
    """Return the proxies that the environment variables name, as other programs read them.

    They are ``https_proxy``, ``http_proxy``, ``all_proxy`` and ``no_proxy``, in small letters or in
    capital letters. Raises ValueError, which names the variable.
    """
    return Proxy(_of(environ, "http"), _of(environ, "https"), _value(environ, "no_proxy"))


def _of(environ: Mapping[str, str], scheme: str) -> Secret | None:
    """Return the proxy for the addresses with a scheme.

    In a program that a web server starts (CGI), a reader may set ``HTTP_PROXY`` with a header. So
    it does not count there.
    """
    names = [f"{scheme}_proxy", "all_proxy"]
    if scheme == "http" and "REQUEST_METHOD" in environ:
        names.remove("http_proxy")
    for name in names:
        if value := _value(environ, name):
            try:
                whole = value if "://" in value else f"http://{value}"
                return Secret(parse_proxy_address(whole))
            except ValueError as error:
                raise ValueError(f"the environment variable {name.upper()}: {error}") from error
    return None


def _value(environ: Mapping[str, str], name: str) -> str:
    return (environ.get(name) or environ.get(name.upper()) or "").strip()
