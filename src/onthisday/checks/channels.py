"""Find channels that will never say anything, by their filter or their token; or show no picture.

Called by cli/check.py and by cli/channels.py.
"""

from collections.abc import Iterable, Mapping

from onthisday.almanac.entry import Entry
from onthisday.checks.tags import bare_tag
from onthisday.config import Channel
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import token_of


def unknown_tags(channel: Channel, tags: Mapping[str, int]) -> str | None:
    """Return what is wrong with the tags of a channel's filter; None if entries have all of them.

    ``tags``: the number of entries, by tag.
    """
    asked = (*channel.selection.tags, *channel.selection.without)
    missing = [tag for tag in asked if tag not in tags]
    if not missing:
        return None
    near = {bare_tag(tag): tag for tag in tags}
    meant = [near.get(bare_tag(tag)) for tag in missing]
    like = ", ".join(tag for tag in meant if tag)
    mend = f"; write {like}" if like else "; look at the tags on the site, or take it out"
    return f"no entry has the tag {', '.join(missing)}{mend}"


def odd_token(channel: Channel) -> str | None:
    """Return what is wrong with the look of a channel's token. The words do not show it."""
    form, token = SERVICES[channel.type].token, token_of(channel)
    is_odd = form and token and form.pattern.fullmatch(token) is None
    return f"its token is {form.words}" if form and is_odd else None


def pictures_elsewhere(channels: Iterable[Channel], entries: Iterable[Entry]) -> str | None:
    """Return what is wrong if channels cannot show pictures of other sites, and entries have some.

    The entries are read only if there is such a channel.
    """
    kinds = {channel.type for channel in channels if SERVICES[channel.type].upload}
    if not kinds:
        return None
    images = (entry.image for entry in entries)
    count = sum(1 for image in images if image and image.url and image.may_go_to("posts"))
    if not count:
        return None
    entries_have = "1 entry has" if count == 1 else f"{count:,} entries have"
    named = " and ".join(sorted(kinds))
    mend = "keep it beside the almanac"
    return f"{entries_have} a picture of another site, which {named} cannot show; {mend}"
