"""Say what keeps a notice back: what people hold, or a channel on which a person lets each go.

Pure. service/sending/keeping_back.py asks just before a notice is sent. So it does not matter
whether a hold was made before the notice was planned or after it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from onthisday.delivery.notice import BY_HAND, Hold, Notice

ENDED = "the hold ended"
"""Why a notice waits again that was held."""


Tags = Callable[[str], Collection[str]]
"""Returns the tags of an entry, by its id."""


class Kept(NamedTuple):
    """What is kept back of a notice.

    - ``by``: what keeps the whole notice back (`Notice.kept`); None if it may be sent.
    - ``apart``: if it may be sent, the entries that must be left out, each with `Hold.key`.
    """

    by: str | None
    apart: Mapping[str, str]


def kept_of(notice: Notice, holds: Sequence[Hold], tags_of: Tags, *, by_hand: bool) -> Kept:
    """Return what is kept back of a notice. ``by_hand``: its channel has ``release: by-hand``.

    - A hold with a tag keeps back the entries with this tag; if these are all, the whole notice.
    - A message that may have arrived is not parted: its entries could be told twice.
    - Nothing keeps back a notice that a person asked for. But from a message about several entries
      those with a held tag are left out all the same.
    """
    held = _held_entries(notice, holds, tags_of)
    if held and (notice.doubts or len(held) == len(notice.entries)):
        return Kept(next(iter(held.values())), {})
    if notice.replayed:
        return Kept(None, held)
    whole = (hold.key for hold in holds if hold.tag is None and hold.matches(notice))
    by = next(whole, BY_HAND if by_hand else None)
    return Kept(by, {} if by else held)


def _held_entries(notice: Notice, holds: Sequence[Hold], tags_of: Tags) -> dict[str, str]:
    if notice.replayed and len(notice.entries) == 1:
        return {}
    matching = [hold for hold in holds if hold.tag is not None and hold.matches(notice)]
    return {
        entry: hold.key
        for hold in reversed(matching)
        for entry in notice.entries
        if hold.tag in tags_of(entry)
    }


def kept_words(kept: str) -> str:
    """Return why a notice is held, for people."""
    if kept == BY_HAND:
        return "it waits until a person lets it go: `onthisday notices release`"
    return f"a person holds it back: {kept}"


def ended(held: Notice) -> Notice:
    """Return a held notice as it is after its hold has ended."""
    return held._replace(state="waiting", kept=None, reason=ENDED)
