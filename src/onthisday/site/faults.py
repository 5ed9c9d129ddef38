"""What is told if a path cannot be answered: a page to people, and JSON to programs.

Below Wikipedia's API it is what that API tells: `type`, `title`, `method`, `detail` and `uri`, as a
problem of RFC 9457. Programs compare `type`, so it is the same text as there (HyperSwitch,
lib/server.js). Called by website.py.
"""

import json
import re
from typing import NamedTuple, TypedDict

from onthisday.config import Site
from onthisday.feeds.wikipedia import KINDS
from onthisday.locales.locale import N_
from onthisday.site import rendering
from onthisday.site.page import HTML
from onthisday.site.wikipedia_paths import API, ON_THIS_DAY

PROBLEM = "application/problem+json"

_TYPES = "https://mediawiki.org/wiki/HyperSwitch/errors/"

FAULTS = {
    405: (N_("That cannot be done here"), N_("Pages and feeds can only be read.")),
    500: (N_("Something went wrong"), N_("It has been written to the log.")),
}
"""What a page says for a status that is a fault: a title and a text."""

UNKNOWN = (N_("That cannot be answered"), "")
"""What it says for any other status."""

_OF_A_DAY = re.compile(rf"{ON_THIS_DAY}([^/]*)/[^/]*/[^/]*")


class Problem(TypedDict):
    """A fault as JSON (RFC 9457). ``uri``: the path that was asked for."""

    type: str
    title: str
    method: str
    detail: str
    uri: str


class Fault(NamedTuple):
    """What is told instead of a page."""

    status: int
    body: bytes
    media_type: str


def fault(site: Site, own: str, method: str, status: int) -> Fault:
    """Return what is told. ``own``: the path that was asked for, in the language of ``site``."""
    if own.startswith(API):
        return _problem(f"/{site.folder}{own[1:]}", own, method, status)
    title, text = FAULTS.get(status, UNKNOWN)
    page = rendering.lost(site) if status == 404 else rendering.plain(site, title, text)
    return Fault(status, page.encode(), HTML)


def _problem(uri: str, own: str, method: str, status: int) -> Fault:
    asked = _OF_A_DAY.fullmatch(own)
    if status == 404 and asked and asked[1] not in KINDS:
        status = 400
    kind, title, detail = _said(status, is_day=asked is not None)
    problem: Problem = {
        "type": f"{_TYPES}{kind}",
        "title": title,
        "method": method.lower(),
        "detail": detail,
        "uri": uri,
    }
    return Fault(status, json.dumps(problem).encode(), PROBLEM)


def _said(status: int, *, is_day: bool) -> tuple[str, str, str]:
    """Return type, title and detail of a problem, in the words of Wikimedia's API."""
    if status == 400:
        words = f"should be equal to one of the allowed values: [{', '.join(KINDS)}]"
        return "bad_request", "Invalid parameters", f"data.params.type {words}"
    if status == 404 and is_day:
        return "not_found", "Not found.", "Page or revision not found."
    if status == 404:
        return "not_found#route", "Not found.", "There is no such path."
    title, text = FAULTS.get(status, UNKNOWN)
    return ("method_not_allowed" if status == 405 else "internal_error"), title, text
