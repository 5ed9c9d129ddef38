"""A server on loopback for each chat service. It stands for the real one: services.py, hooks.py."""

from collections.abc import Callable
from typing import Any

from tests.delivery.hooks import Apprise, Discord, Slack, Webhook
from tests.delivery.mail_servers import Email
from tests.delivery.services import Bluesky, Mastodon, Matrix, Mattermost, Ntfy, Teams, Telegram

SERVERS: dict[str, Callable[[], Any]] = {
    "slack": Slack, "discord": Discord, "teams": Teams, "mattermost": Mattermost,
    "matrix": Matrix, "telegram": Telegram, "ntfy": Ntfy, "mastodon": Mastodon,
    "bluesky": Bluesky, "email": Email, "webhook": Webhook, "apprise": Apprise,
}  # fmt: skip

TRIED_ELSEWHERE = {"slack", "discord", "webhook", "apprise", "email"}
"""Services that test_messages.py, test_targets_apprise.py, test_mails.py and test_sender.py try.
All others, also those to come, are tried over a real connection in test_targets_sending.py."""
