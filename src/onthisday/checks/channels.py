"""Find channels that will never say anything: by their filter, or by their token.

Called by cli/check.py and by cli/channels.py.
"""

from collections.abc import Mapping

from onthisday.checks.tags import bare_tag
from onthisday.config import Channel
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import token_of


def unknown_tags(channel: Channel, tags: Mapping[str, int]) -> str | None:
    """Return what is wrong with the tags of a channel's filter; None if entries have all of them.

    ``tags``: the number of entries, by tag.
    """
    missing = [tag for tag in channel.selection.tags if tag not in tags]
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
