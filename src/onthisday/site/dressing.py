"""What all pages wear: the stylesheet, the logo, the picture in the tab, and the page that is lost.

Also the script of the page for frames, which has no words.

Used by website.py.
"""

import struct
from collections.abc import Iterator

from onthisday.checks.logo import MEDIA_TYPES, ending_of, follows_theme
from onthisday.colours import palettes, rgb
from onthisday.site import rendering
from onthisday.site.page import HTML, SCRIPT, Page, SiteState, only, route

_CSS, _SVG, _ICO = "text/css; charset=utf-8", "image/svg+xml", "image/x-icon"

_SIDE = 32
"""Pixels. Old browsers and robots ask for `/favicon.ico`, which is so wide and so high."""


def _style(state: SiteState) -> Page:
    plate = state.contents.logo is not None and not follows_theme(state.contents.logo)
    style = rendering.style(state.site.colours, plate=plate)
    return state.page(style.encode(), _CSS)


def _logo(state: SiteState, ending: str) -> Page | None:
    name = state.site.logo
    if name is None or state.contents.logo is None or ending_of(name) != ending:
        return None
    return state.page(state.contents.logo, MEDIA_TYPES[ending])


def _logo_paths(state: SiteState) -> Iterator[str]:
    if state.site.logo is not None:
        yield f"/{rendering.logo_path(state.site.logo)}"


def _favicon(state: SiteState) -> Page:
    return state.page(rendering.favicon(state.site.colours).encode(), _SVG)


def _icon(state: SiteState) -> Page:
    """Return the leaf of a calendar as a picture in the format ICO, without compression.

    Why not PNG in it: another version of zlib would give other bytes.
    """
    light, _ = palettes(*state.site.colours)
    accent, paper = rgb(light.accent), rgb(light.paper)
    rows = range(_SIDE - 1, -1, -1)  # the lowest row comes first
    pixels = b"".join(_pixel(x, y, accent, paper) for y in rows for x in range(_SIDE))
    mask = bytes(_SIDE * _SIDE // 8)
    image = struct.pack("<IiiHHIIiiII", 40, _SIDE, 2 * _SIDE, 1, 32, 0, 0, 0, 0, 0, 0)
    image += pixels + mask
    head = struct.pack("<HHHBBBBHHII", 0, 1, 1, _SIDE, _SIDE, 0, 0, 1, 32, len(image), 22)
    return state.page(head + image, _ICO)


def _pixel(x: int, y: int, accent: tuple[int, int, int], paper: tuple[int, int, int]) -> bytes:
    """Return blue, green, red and how solid it is, of a pixel of the leaf (as in favicon.svg)."""
    rings = y < 8 and y >= 1 and (9 <= x < 12 or 20 <= x < 23)
    on_paper = 5 <= x < 27 and 11 <= y < 27 and not (12 <= x < 20 and 15 <= y < 23)
    on_leaf = 2 <= x < 30 and 3 <= y < 30
    if not (rings or on_leaf):
        return bytes(4)
    red, green, blue = paper if rings or on_paper else accent
    return bytes((blue, green, red, 255))


def _lost(state: SiteState) -> Page:
    """Return the page for an address that leads nowhere. `serve` and static hosts give it."""
    return state.page(rendering.lost(state.site).encode(), HTML)


def _embed_script(state: SiteState) -> Page:
    return state.page(rendering.embed_script().encode(), SCRIPT)


ROUTES = (only("/404.html", _lost, "What people see at an address that leads nowhere"),)

SHARED = (
    only("/style.css", _style, "The stylesheet", _CSS),
    only("/favicon.svg", _favicon, "The picture of the site", _SVG),
    only("/favicon.ico", _icon, "The picture of the site for old browsers", _ICO),
    only("/embed.js", _embed_script, "The script of `/embed/`", SCRIPT),
    route("/logo.{ending}", _logo_paths, _logo, "The logo", "image/*"),
)
