"""Slack's errors that last until a person does something. They switch the channel off.

The names are from docs.slack.dev, "Sending messages using incoming webhooks" ("Handling errors"),
and for a workflow from its own reply. Used by slack.py.
"""

from datetime import datetime

from onthisday.delivery.replies import gone
from onthisday.delivery.reply_words import excerpt, tree_of, words
from onthisday.delivery.request_reply import Reply, Verdict

_NEW = "make a new incoming webhook in Slack, and put its URL in the config"
_DEAD = f"the webhook does not work any more; {_NEW}"
_TEAM = f"the webhook's workspace is not there any more; {_NEW}"
_FORBIDDEN = (
    "the workspace does not allow this webhook to post there; ask an admin of the workspace"
)
_WORKFLOW = f"the URL starts a workflow and is no incoming webhook; {_NEW}"

REASONS = {
    "access_denied": _FORBIDDEN,
    "account_inactive": _DEAD,
    "action_prohibited": _FORBIDDEN,
    "channel_is_archived": "the channel is archived; unarchive it in Slack, or "
    "make a new incoming webhook for another channel",
    "channel_not_found": f"the webhook's channel is not there any more; {_NEW}",
    "ekm_access_denied": _FORBIDDEN,
    "invalid_auth": _DEAD,
    "invalid_token": _DEAD,
    "invalid_trigger": _WORKFLOW,
    "invalid_trigger_id": _WORKFLOW,
    "invalid_workflow_input": _WORKFLOW,
    "is_archived": "the channel is archived; unarchive it in Slack, or "
    "make a new incoming webhook for another channel",
    "no_active_hooks": _DEAD,
    "no_service": _DEAD,
    "no_service_id": _DEAD,
    "no_team": _TEAM,
    "not_in_channel": f"the webhook may not post in that channel any more; {_NEW}",
    "org_login_required": _FORBIDDEN,
    "posting_to_general_channel_denied": "only some people may post in the workspace's general "
    "channel; ask an admin, or make a new incoming webhook for another channel",
    "restricted_action": _FORBIDDEN,
    "team_access_not_granted": _FORBIDDEN,
    "team_disabled": _TEAM,
    "team_not_found": _TEAM,
    "token_expired": _DEAD,
    "token_revoked": _DEAD,
    "trigger_not_found": _WORKFLOW,
    "user_not_found": f"the person whom the webhook writes to is not there any more; {_NEW}",
    "workflow_not_found": _WORKFLOW,
    "workflow_not_published": _WORKFLOW,
}
"""What each error means, and what to do."""


def explain(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Say what an error means. Slack writes it into the body, as text or as JSON."""
    said = words(tree_of(reply), "error") or excerpt(reply.body)
    return gone(verdict, REASONS[said], said) if said in REASONS else verdict
