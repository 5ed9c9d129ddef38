"""The page of each tag with its entries, and the list of all tags. Used by website.py."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from onthisday.almanac.entry import Selection
from onthisday.site.page import Page, SiteState, only, part, part_paths, route


def _tag(state: SiteState, tag: str, number: str | None) -> Page | None:
    found = part(partial(state.library.selected, Selection(tags=(tag,))), number)
    if found is None or not found.entries:
        return None
    quoted = quote(tag, safe="")
    return state.html(
        "tag.html",
        f"/tags/{quoted}/{number + '/' if number else ''}",
        tag=tag,
        folder=f"tags/{quoted}/",
        views=state.titles(found.entries),
        part=found,
    )


def _tags(state: SiteState) -> Page:
    return state.html("tags.html", "/tags/", tags=state.library.tags())


def _paths(state: SiteState) -> Iterator[str]:
    for tag, count in state.library.tags().items():
        yield from part_paths(f"/tags/{tag}/", count)


ROUTES = (
    only("/tags/", _tags, "All tags"),
    route("/tags/{tag}/[{number}/]", _paths, _tag, "The entries of a tag"),
)
