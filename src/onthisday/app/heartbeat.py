"""The heartbeat: an address of the operator's that is called after each tick.

If the calls stop, the operator's monitoring service notices that the process has stopped. Called by
`tick` and `serve`, through app/sending.py.
"""

from onthisday.config import Secret
from onthisday.delivery.request_reply import Failure, Request, Sender

HEARTBEAT_FAILED = "the heartbeat's address could not be called: %s; look at heartbeat in config"
"""The line in the log if a call fails. For %s it gets the reason that `beat` returns."""


async def beat(sender: Sender, address: Secret) -> str | None:
    """Call the address. Return None if it answered with a 2xx status, otherwise what is wrong.

    The words never show the address, because it is a secret. It may be on a private network,
    because it is the operator's own.
    """
    answer = await sender.send(Request("GET", address.reveal(), (), b"", private_addresses=True))
    if isinstance(answer, Failure):
        return answer.detail
    return None if 200 <= answer.status < 300 else f"it answered {answer.status}"
