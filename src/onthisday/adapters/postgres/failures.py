"""Say in words for people what an error of PostgreSQL means, and what to do.

Used by connections.py. A password is never in these words. The server's own words may be in another
language (`lc_messages`). So its codes decide, and its words are only quoted.
"""

import psycopg

from onthisday.characters import escaped_line

_CUT = "the connection was cut; it is made again with the next call"

_CODES = {
    "25006": "can only be read; name the server that can be written under `store`",
    "25P03": "the connection was closed, because the program stood still; try again",
    "28000": "refuses the login; put the right user and password into `store`",
    "28P01": "refuses the login; put the right user and password into `store`",
    "3D000": "has no such database; make it with `createdb`, or name another under `store`",
    "42501": "does not allow it to this user; give the user the rights of the ledger's schema",
    "53100": "cannot be written: the disk of the server is full",
    "53300": "has no connection left; raise max_connections on the server, or run fewer processes",
    "55P03": "another program has held it for a minute; end that, or try again",
    "57014": "took too long, and the server ended it; look at its statement_timeout",
    "57P01": _CUT,
    "57P02": _CUT,
    "57P03": "is starting or stopping; try again in a minute",
}
"""What the codes of PostgreSQL mean (postgresql.org/docs/current/errcodes-appendix.html)."""

_NO_LEDGER = "has no ledger that this program can use ({}); was it dropped or changed?"
_DAMAGED = "is damaged ({}); restore a backup of the database"

_OTHERS = dict.fromkeys(("3F000", "42P01", "42703", "42P10"), _NO_LEDGER) | dict.fromkeys(
    ("XX001", "XX002"), _DAMAGED
)
"""What further codes mean. The server's words are put into them."""

_WORDS = (
    ("password authentication failed", "28P01"),
    ("no password supplied", "28P01"),
    ("no pg_hba.conf entry", "28000"),
    ("is not permitted to log in", "28000"),
    ('" does not exist', "3D000"),  # of a database, or of a role
    ("too many clients", "53300"),
    ("remaining connection slots", "53300"),
    ("too many connections", "53300"),
    ("the database system is", "57P03"),
)
"""While a connection is made, an error has words and no code."""


def explained(error: psycopg.Error) -> str:
    """Return what is wrong and what to do, in one line."""
    said = one_line(error)
    code = error.sqlstate or _code_in(said)
    if code == "28000" or (code == "3D000" and 'role "' in said):
        return f"{_CODES['28000']} ({said})"
    if code in _CODES:
        return _CODES[code]
    if code is None and isinstance(error, psycopg.OperationalError):
        return _of_connection(said)
    return _OTHERS.get(code or "", "cannot be used: {}").format(said)


def _of_connection(said: str) -> str:
    if "connection is bad: invalid" in said:  # its words may quote a password
        return "is no address that PostgreSQL understands; look at `store` in the config"
    return f"cannot be reached: {said}" if _is_connecting(said) else f"{_CUT} ({said})"


def _code_in(said: str) -> str | None:
    return next((code for words, code in _WORDS if words in said), None)


def _is_connecting(said: str) -> bool:
    return "connection failed" in said or "connection timeout" in said or "resolve" in said


def one_line(said: object) -> str:
    """Return what the server said, in one line."""
    return escaped_line(" ".join(str(said).split())[:300])
