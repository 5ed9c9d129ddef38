"""Say whether an IP address is public. No I/O here.

An address is public if it is global unicast, and in none of the ranges that the Internet's
registries keep for special purposes (IANA, "IPv4 Special-Purpose Address Registry" and "IPv6
Special-Purpose Address Registry").

Why not `is_global` of Python's `ipaddress`: it differs from one version of Python to the next. It
also takes `::/96`, `::ffff:0:0:0/96`, `64:ff9b:1::/48`, `fec0::/10` and the registries' anycast
addresses for global. Used by adapters/http/ and adapters/smtp/.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_SPECIAL_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",  # private
            "100.64.0.0/10",  # between a provider and its customers
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # Azure's own services: in no registry, but its hosts reach them
            "169.254.0.0/16",  # this link; also the services of most clouds
            "192.0.0.0/24",  # protocols
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",  # for documentation
            "192.31.196.0/24", "192.175.48.0/24",  # AS112
            "192.52.193.0/24",  # AMT
            "192.88.99.0/24",  # 6to4 relays
            "198.18.0.0/15",  # for measurements
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)  # fmt: skip

_UNICAST_6 = IPv6Network("2000::/3")

_SPECIAL_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols: Teredo, ORCHID, AMT, measurements
            "2001:db8::/32", "3fff::/20",  # for documentation
            "2002::/16",  # 6to4
            "2620:4f:8000::/48",  # AS112
        ),
    )
)  # fmt: skip

_HOLDS_IPV4 = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
"""Ranges whose addresses hold an IPv4 address, to which the connection is made in the end.

For the first one, the system connects to it. For the second one, a gateway does (RFC 6052), because
networks that have only IPv6 reach IPv4 in this way.
"""


def is_public(address: str) -> bool:
    """Return True if an address is public; False also for a text that is no address.

    An address with a zone (`fe80::1%eth0`) is not public: only those of one link have a zone.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.scope_id is not None:
            return False
        if not any(found in network for network in _HOLDS_IPV4):
            return found in _UNICAST_6 and not _is_in(_SPECIAL_6, found)
        found = IPv4Address(int(found) & 0xFFFFFFFF)
    return not _is_in(_SPECIAL_4, found)


def _is_in(
    networks: Iterable[IPv4Network] | Iterable[IPv6Network], address: IPv4Address | IPv6Address
) -> bool:
    return any(address in network for network in networks)
