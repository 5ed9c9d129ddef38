"""The address of a PostgreSQL database: how it is shown, and what each connection asks for.

Used by connections.py. An address has a password in it, so it is only shown without.
"""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from onthisday.errors import Unreadable

APPLICATION = "onthisday"
"""The name of our connections in pg_stat_activity, and of the schema with the ledger's tables."""

_SESSION = {
    "search_path": "onthisday",
    "timezone": "UTC",
    "lock_timeout": "60s",
    # A process that stands still must not keep what it has locked.
    "idle_in_transaction_session_timeout": "15s",
    # The server must notice that a machine is gone, so that its locks end.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    # PostgreSQL chooses how to find rows by what it last counted. A minute ago the ledger may have
    # been empty, and now a million notices wait. So it makes each plan anew, and uses the indexes.
    "plan_cache_mode": "force_custom_plan",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "jit": "off",
    "default_transaction_isolation": "read\\ committed",
}
"""The settings of each session. What the address has under `options` comes later, so it wins.

Why a schema of its own and not `public`: since PostgreSQL 15 a user may make tables in `public`
only if somebody allowed it, the database may belong to other programs too, and
`pg_dump --schema onthisday` is then a backup of the ledger. Why search_path, and not the schema's
name in each statement: the engine that hands out the work uses the same schema (jobs.py).
"""

_CONNECTING = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "application_name": APPLICATION,
    "client_encoding": "utf8",
}
"""What libpq gets, if the address does not say it: how long to wait for a server that is gone."""


def parameters(address: str, *, read_only: bool = False) -> dict[str, Any]:
    """Return what libpq needs to connect. Raise Unreadable."""
    try:
        given = conninfo_to_dict(address)
    except psycopg.ProgrammingError:  # its words may quote the password
        why = "is no address that PostgreSQL understands; look at the config"
        raise Unreadable("store", why) from None
    session = _SESSION | ({"default_transaction_read_only": "on"} if read_only else {})
    settings = " ".join(f"-c {name}={value}" for name, value in session.items())
    options = f"{settings} {given.get('options') or ''}".strip()
    return _CONNECTING | given | {"options": options}


def shown(address: str) -> str:
    """Return the address as people may see it: without the password."""
    given = parameters(address)
    user = f"{given['user']}@" if given.get("user") else ""
    port = f":{given['port']}" if given.get("port") else ""
    database = f"/{given['dbname']}" if given.get("dbname") else ""
    return f"postgresql://{user}{given.get('host') or ''}{port}{database}"
