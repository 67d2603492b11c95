"""Signatures of callbacks: those of Standard Webhooks 1.0.0 (its symmetric kind, `v1`), and that of version 2."""

import base64
import hashlib
import hmac
import secrets

_PREFIX = "whsec_"
_SECRET_BYTES = 32


def new_secret() -> str:
    """A fresh signing secret: `whsec_` and the base64 of 32 random bytes."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`: HMAC-SHA-256 over id, Unix seconds and body.

    Several secrets, separated by spaces, give as many signatures: so a receiver may change to another.
    """
    signed = b"%s.%d.%s" % (message_id.encode(), timestamp, body)
    return " ".join(_signature(one, signed) for one in secret.split())


BODY_SIGNATURE = "X-Bandwidth-Signature-SHA-256"
"""The header of version 2."""


def sign_body(shared_key: str, body: bytes) -> str:
    """Its value: base64 of HMAC-SHA-256 over the bytes sent, with the key that the subscriber chose, as UTF-8."""
    return base64.b64encode(hmac.digest(shared_key.encode(), body, hashlib.sha256)).decode()


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
