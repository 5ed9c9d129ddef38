"""Whether the file of `site.logo` can be the logo of the pages. Called by cli/check.py and site/.

An SVG is a page that browsers may run. So one with a script is refused, although the pages show it
only as a picture, where no script runs, and although the site's headers forbid scripts.
"""

import re
from xml.etree import ElementTree

from onthisday.almanac.pictures import MEDIA_TYPES as PICTURES
from onthisday.almanac.pictures import is_picture

MOST = 200 * 1024
"""Bytes. Every page shows the logo, so a larger one is refused."""

MEDIA_TYPES = {**PICTURES, "svg": "image/svg+xml"}

_RUNS = ("script", "foreignobject", "iframe", "embed", "object", "handler", "listener")
"""Elements of SVG that run something, or hold a page."""


def ending_of(name: str) -> str:
    """Return the ending of a logo's name, such as ``svg``."""
    return name.rpartition(".")[2].lower()


def logo_fault(name: str, content: bytes | None) -> str | None:
    """Return what is wrong with a logo, and what to do; None if it can be shown.

    ``content``: its bytes; None if the file cannot be read.
    """
    if content is None:
        return "there is no such file beside the config; put it there, or take site.logo out"
    if len(content) > MOST:
        return f"it is larger than {MOST // 1024} KB; make it smaller"
    if ending_of(name) != "svg":
        wrong = not is_picture(name, content)
        return "it is no picture of the kind that its name says; save it anew" if wrong else None
    return _svg_fault(content)


def follows_theme(content: bytes) -> bool:
    """Return True if a logo says itself how it looks on dark pages."""
    return b"prefers-color-scheme" in content


def _svg_fault(content: bytes) -> str | None:
    if re.search(rb"<!ENTITY", content, re.IGNORECASE):
        return "it has entities (<!ENTITY); save it as plain SVG"
    try:
        root = ElementTree.fromstring(content)  # noqa: S314  (bounded, without entities)
    except (ElementTree.ParseError, LookupError, ValueError):
        return "it is no SVG that can be read; save it anew"
    if _bare(root.tag) != "svg":
        return "it is no SVG; save it as SVG"
    runs = next((found for each in root.iter() if (found := _running(each))), None)
    return runs and f"it has {runs}, which could run a script; save it as plain SVG"


def _running(element: ElementTree.Element) -> str | None:
    """Return what of an element could run a script; None if nothing could."""
    if _bare(element.tag) in _RUNS:
        return f"<{_bare(element.tag)}>"
    for name, value in element.attrib.items():
        names_handler = _bare(name) == "attributename" and value.strip().lower().startswith("on")
        is_code = re.sub(r"[\s\x00-\x20]", "", value).lower().startswith("javascript:")
        if _bare(name).startswith("on") or names_handler or is_code:
            return f"{_bare(name)}="
    return None


def _bare(name: object) -> str:
    """Return a name without its namespace, in small letters. A comment has no name."""
    return str(name).rpartition("}")[2].lower() if isinstance(name, str) else ""
