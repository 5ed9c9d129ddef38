"""Do the addresses of an almanac still lead somewhere? What an answer says, and the faults.

An address is *dead* if its server says that nothing is there, or if nobody knows the server's name.
Everything else that is no answer says nothing about the address: a server may be busy, or refuse
programs. Then it could not be asked, and a person should look.

service/checking/asking.py asks. Called by service/checking/links.py.
"""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Literal, NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Entry
from onthisday.checks.faults import Fault
from onthisday.delivery.request_reply import Failure, Reply


class Link(NamedTuple):
    """What became of an address that was asked. ``words``: why it is not alive."""

    state: Literal["alive", "dead", "unasked"]
    words: str = ""


ALIVE = Link("alive")

Links = Mapping[str, Link]
"""What became of each address."""


def judge(answer: Reply | Failure) -> Link:
    """Return what an answer says about the address."""
    if isinstance(answer, Failure):
        state: Literal["dead", "unasked"] = "dead" if answer.no_such_name else "unasked"
        return Link(state, answer.detail.partition("; ")[0])
    if 200 <= answer.status < 300:
        return ALIVE
    words = f"it answers {_status(answer.status)}"
    return Link("dead" if answer.status in {404, 410} else "unasked", words)


def _status(status: int) -> str:
    """Return a status with its phrase, such as ``404 Not Found``."""
    known = {each.value: f"{each.value} {each.phrase}" for each in HTTPStatus}
    return known.get(status, str(status))


def addresses_of(found: Document | Entry) -> dict[str, str]:
    """Return the addresses of a document, or of an entry's picture, by their keys."""
    if isinstance(found, Document):
        named = {"url": found.url, "archived": found.archived}
    else:
        named = {"image": found.image and found.image.url}
    return {key: address for key, address in named.items() if address}


def link_faults(found: Document | Entry, links: Links) -> Iterator[Fault]:
    """Yield a fault for each address that is dead or could not be asked."""
    what = "document" if isinstance(found, Document) else "entry"
    for key, address in addresses_of(found).items():
        link = links.get(address, ALIVE)
        path = ("image", "url") if key == "image" else (key,)
        if link.state == "dead":
            message = f'{what} "{found.id}": {address} is dead: {link.words}'
            yield Fault(path, "dead-link", f"{message}; {_mend(found, key, links)}")
        elif link.state == "unasked":
            message = f'{what} "{found.id}": {address} could not be asked: {link.words}'
            yield Fault(path, "unasked-link", f"{message}; look at it, or ask again later")


def _mend(found: Document | Entry, key: str, links: Links) -> str:
    if isinstance(found, Entry) or key == "archived":
        return "correct it, or take it out"
    if found.archived is None:
        return "correct it, or add archived: with the address of a copy"
    kept = links.get(found.archived, ALIVE).state != "dead"
    return f"correct it, or take it out{', so that readers find the copy' if kept else ''}"
