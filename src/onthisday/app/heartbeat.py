"""The heartbeat: after each tick, a web address of the operator is called.

If the calls stop, the operator's monitoring service sees that the process has stopped. Called by
`tick` and `serve`, through app/sending.py.
"""

from onthisday.config import Secret
from onthisday.delivery.request_reply import Failure, Request, Sender

HEARTBEAT_FAILED = "the heartbeat's address could not be called: %s; look at heartbeat in config"
"""The line in the log if a call fails. `beat` returns the reason, which is put in for %s."""


async def beat(sender: Sender, address: Secret) -> str | None:
    """Call the address. Return None if it answered with a 2xx status; otherwise say what is wrong.

    The words never show the address, because it is a secret. The address may be in a private
    network, because it belongs to the operator.
    """
    answer = await sender.send(Request("GET", address.reveal(), (), b"", private_addresses=True))
    if isinstance(answer, Failure):
        return answer.detail
    return None if 200 <= answer.status < 300 else f"it answered {answer.status}"
