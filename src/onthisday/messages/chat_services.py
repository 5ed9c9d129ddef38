"""The list of all chat services. Used by schema/, service/sending/, app/ and the commands."""

from onthisday.messages.apprise import APPRISE
from onthisday.messages.bluesky import BLUESKY
from onthisday.messages.chat_service import ChatService
from onthisday.messages.discord import DISCORD
from onthisday.messages.email import EMAIL
from onthisday.messages.mastodon import MASTODON
from onthisday.messages.matrix import MATRIX
from onthisday.messages.mattermost import MATTERMOST
from onthisday.messages.ntfy import NTFY
from onthisday.messages.slack import SLACK
from onthisday.messages.teams import TEAMS
from onthisday.messages.telegram import TELEGRAM
from onthisday.messages.webhook import WEBHOOK

SERVICES: dict[str, ChatService] = {
    service.name: service
    for service in (
        SLACK,
        DISCORD,
        TEAMS,
        MATTERMOST,
        MATRIX,
        TELEGRAM,
        NTFY,
        MASTODON,
        BLUESKY,
        EMAIL,
        WEBHOOK,
        APPRISE,
    )
}
"""Each service by its name. The name is the ``type`` of its channels.

The order is that of docs/channels.md.
"""
