"""The heartbeat: an address that is called after each tick, so that a stopped process is noticed.

Called by `tick` and `serve`, through app/sending.py.
"""

from onthisday.config import Secret
from onthisday.delivery.request_reply import Failure, Request, Sender

HEARTBEAT_FAILED = "the heartbeat's address could not be called: %s; look at heartbeat in config"
"""What the log says; its one field is what ``beat`` returns."""


async def beat(sender: Sender, address: Secret) -> str | None:
    """Call the address; return what is wrong in words without the address, None where it answered.

    It is the operator's own, so it may be on a private network.
    """
    answer = await sender.send(Request("GET", address.reveal(), (), b"", private_addresses=True))
    if isinstance(answer, Failure):
        return answer.detail
    return None if 200 <= answer.status < 300 else f"it answered {answer.status}"
