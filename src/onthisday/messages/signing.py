"""Standard Webhooks: the keys, and what is signed (standard-webhooks.md, "Signature scheme").

Why not the PyPI package `standardwebhooks`: it signs the wrong instant for an aware datetime that
is not in UTC. The tests verify with it.
"""

import base64
import binascii
import hmac

PREFIX = "whsec_"


def key_of(secret: str) -> bytes:
    """Return a secret's key: base64 after ``whsec_``, otherwise the text's own bytes.

    Raises ValueError with what is wrong, without the secret.
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
    """Return ``v1,`` and the HMAC-SHA256 of id, timestamp (seconds) and body, in base64."""
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"
