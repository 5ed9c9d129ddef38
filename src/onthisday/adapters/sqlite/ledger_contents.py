"""Read all that a ledger's file has in it, and write it into a new file, to move to another store.

delivery/moving.py has the records. Called by app/moving.py.
"""

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from onthisday.adapters.file_system import (
    give_second_name,
    make_private,
    remove_unless_open,
    sync_file,
    sync_folder,
)
from onthisday.adapters.sqlite.channel_states import channels, pauses
from onthisday.adapters.sqlite.keeping_back import holds, keep_back
from onthisday.adapters.sqlite.known_almanac import know, known
from onthisday.adapters.sqlite.ledger_damage import MEND, damage_in
from onthisday.adapters.sqlite.ledger_file import make_tables
from onthisday.adapters.sqlite.ledger_lists import attempts
from onthisday.adapters.sqlite.ledger_reading import read_ledger_file
from onthisday.adapters.sqlite.notice_rows import COLUMNS, add, instant_of, notice_of, text_of
from onthisday.adapters.sqlite.process_locks import is_in_use
from onthisday.adapters.sqlite.seen_corrections import correct, corrected
from onthisday.adapters.sqlite.told_alerts import alerts, keep_alerts
from onthisday.adapters.sqlite.transactions import explained
from onthisday.delivery.moving import (
    ChannelRecord,
    ClosingRecord,
    HoldRecord,
    NoticeRecord,
    Record,
    ToldRecord,
)
from onthisday.delivery.notice import Corrected, Known
from onthisday.delivery.pauses import Pause
from onthisday.errors import Unreadable, Unwritable, system_words


def refuse_in_use(path: str) -> None:
    """Raise Unwritable if a living process has this ledger open for changes."""
    if is_in_use(path):
        why = "is in use by another process; stop that first, or both ledgers would send"
        raise Unwritable(path, why)


def records_of(path: str) -> Iterator[Record]:
    """Yield all that a ledger has in it. Raise Unreadable, also if there is no ledger."""
    if not Path(path).exists():
        raise Unreadable(path, "there is no ledger yet; the first `tick` or `serve` makes it")
    try:
        with closing(read_ledger_file(path)) as rows:
            if damage := damage_in(rows):
                raise Unreadable(path, f"is damaged ({damage}), so it is not moved; {MEND}")
            yield from _records(rows)
    except sqlite3.Error as error:
        raise Unreadable(path, explained(error)) from error


def _records(rows: sqlite3.Connection) -> Iterator[Record]:
    seen = dict(rows.execute("SELECT name, first_seen FROM channels"))
    yield from (ChannelRecord(s, instant_of(seen[name])) for name, s in channels(rows).items())
    found = rows.execute("SELECT digest, entries FROM closings ORDER BY digest")
    yield from (ClosingRecord(digest, tuple(json.loads(each))) for digest, each in found)
    yield from pauses(rows)
    since = dict(rows.execute("SELECT key, since FROM holds"))
    yield from (HoldRecord(hold, instant_of(since[hold.key])) for hold in holds(rows))
    yield from corrected(rows)
    yield from (ToldRecord(key, told) for key, told in alerts(rows).items())
    if (last := known(rows)) is not None:
        yield last
    reading = rows.execute(f"SELECT {COLUMNS}, hold FROM notices ORDER BY place")
    for *row, hold in reading:
        notice = notice_of(tuple(row))
        yield NoticeRecord(notice, bool(hold), attempts(rows, notice.id))


@contextmanager
def new_ledger_file(path: str) -> Iterator[Callable[[Iterable[Record]], None]]:
    """Make a ledger of the records that the block adds. If the block fails, there is none.

    Raise Unwritable, also if there is a file already.
    """
    beside = Path(f"{path}.{secrets.token_hex(6)}.new")
    try:
        _refuse_taken(path)
        beside.parent.mkdir(parents=True, exist_ok=True)
        make_private(beside)
        with closing(sqlite3.connect(beside, isolation_level=None)) as rows:
            make_tables(rows)
            rows.execute("PRAGMA application_id = 1")  # ledger_place.py
            rows.execute("BEGIN")
            yield lambda records: _add(rows, records)
            rows.execute("COMMIT")
        sync_file(beside)
        give_second_name(beside, Path(path))
        sync_folder(beside.parent)
    except FileExistsError as error:
        raise Unwritable(path, _TAKEN) from error
    except sqlite3.Error as error:
        raise Unwritable(path, explained(error)) from error
    except OSError as error:
        raise Unwritable(path, f"cannot be written: {system_words(error)}") from error
    finally:
        remove_unless_open(beside)


_TAKEN = "is there already and is not overwritten; name another"


def _refuse_taken(path: str) -> None:
    if Path(path).exists():
        raise Unwritable(path, _TAKEN)


def _add(rows: sqlite3.Connection, records: Iterable[Record]) -> None:
    notices: list[NoticeRecord] = []
    for record in records:
        if isinstance(record, NoticeRecord):
            notices.append(record)
        else:
            _add_one(rows, record)
    _add_notices(rows, notices)


def _add_one(rows: sqlite3.Connection, record: Record) -> None:
    match record:
        case ChannelRecord(state, first_seen):
            name, considered, off, reason, last = state
            values = name, considered.isoformat(), off and text_of(off), reason, last
            sql = """INSERT INTO channels
                (name, considered, off_since, off_reason, closing, first_seen)
                VALUES (?, ?, ?, ?, ?, ?)"""
            rows.execute(sql, (*values, text_of(first_seen)))
        case ClosingRecord(digest, entries):
            rows.execute("INSERT INTO closings VALUES (?, ?)", (digest, json.dumps(entries)))
        case Pause(whom, until, reason):
            rows.execute("INSERT INTO pauses VALUES (?, ?, ?)", (whom, text_of(until), reason))
        case HoldRecord(hold, since):
            keep_back(rows, hold, since)
        case Corrected():
            correct(rows, [record], ())
        case ToldRecord(key, told):
            keep_alerts(rows, {key: told}, ())
        case Known():
            know(rows, record)


def _add_notices(rows: sqlite3.Connection, records: Sequence[NoticeRecord]) -> None:
    add(rows, (notice for notice, _, _ in records))
    holding = ((notice.id,) for notice, hold, _ in records if hold)
    rows.executemany("UPDATE notices SET hold = 1 WHERE id = ?", holding)
    each = (
        (notice.id, number, text_of(at), *ended)
        for notice, _, made in records
        for number, at, *ended in made
    )
    rows.executemany("INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?)", each)
