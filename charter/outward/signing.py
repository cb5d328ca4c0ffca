"""Signatures as the Standard Webhooks specification has them, version 1.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import hashlib
import hmac
from base64 import b64encode

_PURPOSE = b"charter webhook 1\0"


def secret_of(key: str, seed: bytes) -> bytes:
    """The 32 bytes a webhook signs with, from the installation's key and the webhook's own seed."""
    return hmac.digest(key.encode(), _PURPOSE + seed, hashlib.sha256)


def shown(secret: bytes) -> str:
    """A secret as its receiver keeps it."""
    return f"whsec_{b64encode(secret).decode()}"


def signature(secret: bytes, identity: str, timestamp: int, body: bytes) -> str:
    """The signature of a message; `timestamp` in seconds since 1970."""
    signed = b"%b.%d.%b" % (identity.encode(), timestamp, body)
    return f"v1,{b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()}"


def headers(secrets: list[bytes], identity: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What goes with a message; several secrets while one takes the place of another."""
    signed = [signature(secret, identity, timestamp, body) for secret in secrets]
    return {
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signed),
    }
