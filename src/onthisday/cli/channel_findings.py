"""What `check` says of channels although their config is right.

It loads all chat services and what sends, which is slow. So cli/check.py loads it only if there are
channels.
"""

from collections.abc import Iterator, Mapping

from onthisday.almanac.library import Library
from onthisday.app.sending import lacking
from onthisday.checks.channels import odd_token, pictures_elsewhere, unknown_tags
from onthisday.config import Config
from onthisday.errors import Finding


def of_channels(
    file: str, config: Config, tags: Mapping[str, int] | None, library: Library
) -> Iterator[Finding]:
    """Yield what is wrong with the channels of a config. ``file`` is its path.

    ``tags``: the number of entries, by tag; None if nobody can tell which tags there are.
    """
    for channel in config.channels:
        told = {
            "filter": None if tags is None else unknown_tags(channel, tags),
            "token": odd_token(channel),
            "apprise": lacking(channel),
        }
        for rule, words in told.items():
            if words:
                yield Finding("warning", rule, file, None, f'channel "{channel.name}": {words}')
    if words := pictures_elsewhere(config.channels, library.entries()):
        yield Finding("warning", "image-elsewhere", file, None, words)
