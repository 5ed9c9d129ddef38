"""Sign a webhook's message, so that the receiver can check who sent it. Used by webhook.py.

The rules are those of Standard Webhooks ("Signature scheme"). Why not the library
`standardwebhooks`: if a time has a zone other than UTC, the library signs the wrong time. The tests
compare our signatures with those of the library.
"""

import base64
import binascii
import hmac

PREFIX = "whsec_"


def key_of(secret: str) -> bytes:
    """Return the bytes to sign with, from the secret that is in the config.

    After ``whsec_`` come the bytes in base64. A secret without ``whsec_`` is used as it is. Raises
    ValueError, which says what is wrong and does not show the secret.
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
    """Return the signature of a message: ``v1,`` and an HMAC-SHA256 in base64.

    It signs the id, the timestamp and the body. ``timestamp`` is in seconds since 1970.
    """
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"
