"""Web addresses in the config and in the almanac. Used by the other modules here."""

import re
from urllib.parse import urlsplit

_WEB = re.compile(r"https?://[^\s<>\"\\\x00-\x1f\x7f]+", re.IGNORECASE)


def parse_web_address(text: str) -> str:
    """Return an http or https URL. Raises ValueError."""
    if not is_web_address(text):
        whole = f"https://{text.rpartition('://')[2].lstrip('/')}"
        mend = whole if is_web_address(whole) else "https://example.org/"
        raise ValueError(f'"{text}" is no web address; write it whole: {mend}')
    return text


def is_web_address(text: str) -> bool:
    """Return True for an http or https URL with a possible host and port."""
    return _WEB.fullmatch(text) is not None and _has_a_host(text)


def _has_a_host(address: str) -> bool:
    """Return True if an address has a possible host, and either no port or a possible one."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        possible = _is_ipv6(host) if ":" in host else _HOST.fullmatch(host) and len(host) <= 253
        return bool(possible) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


_HOST = re.compile(r"(?:_LABEL\.)*_LABEL\.?".replace("_LABEL", r"[\w~\-\u0080-\U0010ffff]{1,63}"))
"""Names with full stops between them (RFC 1035, 2.3.4); other scripts' letters are allowed."""


def _is_ipv6(host: str) -> bool:
    from ipaddress import IPv6Address  # only now: few addresses have it, and `today` starts fast

    return IPv6Address(host) is not None and not host.endswith("%25")  # a zone without a name
