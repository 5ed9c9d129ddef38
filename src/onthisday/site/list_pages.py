"""The page of entries on which sources disagree, and the page about subscribing.

Used by website.py.
"""

from collections.abc import Iterator
from functools import partial

from onthisday.feeds.scope import DISPUTED
from onthisday.site.page import Page, SiteState, only, part, part_paths, route

_FRAME_SCRIPT = """\
<script>
addEventListener("message", ({ source, data }) => {
  for (const frame of document.querySelectorAll("iframe.on-this-day"))
    if (frame.contentWindow === source && data.onthisday > 0) frame.height = data.onthisday;
});
for (const frame of document.querySelectorAll("iframe.on-this-day"))
  frame.contentWindow.postMessage("height", "*");
</script>"""
"""Makes a frame as high as `/embed/` says. It asks, too, because the page may be there already."""


def _disputed(state: SiteState, number: str | None) -> Page | None:
    found = part(partial(state.library.selected, DISPUTED.selection), number)
    if found is None:
        return None
    path = f"/disputed/{number + '/' if number else ''}"
    return state.html(
        "disputed.html", path, views=state.views(found.entries), part=found, folder=DISPUTED.folder
    )


def _disputed_paths(state: SiteState) -> Iterator[str]:
    return part_paths("/disputed/", sum(1 for _ in state.library.selected(DISPUTED.selection)))


def _subscribe(state: SiteState) -> Page:
    return state.html("subscribe.html", "/subscribe/", frame_script=_FRAME_SCRIPT)


ROUTES = (
    route("/disputed/[{number}/]", _disputed_paths, _disputed, "The entries whose sources differ"),
    only("/subscribe/", _subscribe, "How to subscribe"),
)
