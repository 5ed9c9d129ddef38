"""Sign a webhook's message by the rules of Standard Webhooks ("Signature scheme").

Used by webhook.py. Why not the library `standardwebhooks`: it signs the wrong instant if a time has
a zone other than UTC. The tests compare our signatures with those of this library.
"""

import base64
import binascii
import hmac

PREFIX = "whsec_"


def key_of(secret: str) -> bytes:
    """Return the key of a secret.

    If the secret begins with ``whsec_``, the rest is the key in base64. Otherwise the key is the
    secret's own bytes. Raises ValueError, which says what is wrong and does not show the secret.
    """
    if not secret.startswith(PREFIX):
        return secret.encode()
    text = secret.removeprefix(PREFIX)
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"what follows {PREFIX} is not base64; copy the secret whole") from error
    if not key:
        raise ValueError(f"nothing follows {PREFIX}; copy the secret whole")
    return key


def signature(key: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """Return ``v1,`` and, in base64, the HMAC-SHA256 of the id, the timestamp and the body.

    ``timestamp`` is in seconds since 1970.
    """
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"
