"""Say through which proxy a request goes. Used by http_sender.py and apprise_proxies.py.

No proxy is used that the config does not name (`proxy`).
"""

import re
from base64 import b64encode
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import NamedTuple

from yarl import URL

from onthisday.config import Proxy
from onthisday.delivery.redaction import MARK


class Way(NamedTuple):
    """A proxy.

    - ``address``: where it is, without its login.
    - ``login``: the user and the password, with a colon between them; None if there is none.
    """

    address: str
    login: str | None

    @property
    def host(self) -> str:
        """The proxy's host, for words to people."""
        return URL(self.address).host or ""

    @property
    def whole(self) -> str:
        """The proxy's address with its login. A secret."""
        user, _, password = (self.login or "").partition(":")
        url = URL(self.address)
        return str(url.with_user(user).with_password(password) if self.login else url)

    @property
    def headers(self) -> list[tuple[str, str]]:
        """What the proxy must be told (RFC 9110, 11.7.2)."""
        return [("proxy-authorization", f"Basic {self._code}")] if self.login else []

    def without_login(self, body: bytes) -> bytes:
        """Return a reply without the proxy's login. A proxy may pass it on to the service."""
        if not self.login:
            return body
        for secret in (self._code, self.login):
            body = body.replace(secret.encode(), MARK.encode())
        return body

    @property
    def _code(self) -> str:
        return b64encode((self.login or "").encode()).decode()


def way_of(proxy: Proxy, url: str) -> Way | None:
    """Return the proxy for a URL; None if its request goes out directly.

    Raise NoWay if the proxy's address cannot be read.
    """
    target = URL(url)
    if proxy.but_not and is_left_out(proxy.but_not, target.host or "", target.port):
        return None
    secret = proxy.https if target.scheme == "https" else proxy.http
    if secret is None:
        return None
    try:
        found = URL(secret.reveal())
        host = found.host
        login = f"{found.user or ''}:{found.password or ''}" if "@" in found.authority else None
        address = str(found.with_user(None))
    except Exception as error:  # yarl may raise anything
        raise NoWay from error
    if not host:
        raise NoWay
    return Way(address, login)


def is_left_out(but_not: str, host: str, port: int | None) -> bool:
    """Return True if a host is among those of the variable `NO_PROXY`.

    These have commas between them. A name stands for itself and for all names that end in it. An
    address, or a range such as `10.0.0.0/8`, stands for itself; `*` for every host. A port may
    follow a name.
    """
    return any(_names(each, host.lower(), port) for each in re.split(r"[,\s]+", but_not.lower()))


def _names(each: str, host: str, port: int | None) -> bool:
    """Return True if one part of `NO_PROXY` stands for a host."""
    if each.count(":") == 1:  # an IPv6 address has more of them
        each, _, only = each.partition(":")
        if only != str(port):
            return False
    address, network = _network(host), _network(each)
    if address is not None:
        # mypy does not see that both ranges are then of one version
        return each == "*" or (
            network is not None
            and address.version == network.version
            and address.subnet_of(network)  # type: ignore[arg-type]
        )
    name = each.removeprefix("*").lstrip(".")
    return each == "*" or (name != "" and f".{host}".endswith(f".{name}"))


def _network(text: str) -> IPv4Network | IPv6Network | None:
    """Return an address, or a range of addresses, as a range; None if it is neither."""
    try:
        return ip_network(text.replace("[", "").replace("]", ""), strict=False)
    except ValueError:
        return None


class NoWay(Exception):
    """No connection came about through the proxy. The cause says why. Nothing was sent."""
