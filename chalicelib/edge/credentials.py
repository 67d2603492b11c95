"""The header Authorization → who asks."""

import base64
import binascii
from datetime import datetime, timedelta

from chalicelib import log
from chalicelib.domain.access import USE_NOTED, Credential, matches
from chalicelib.domain.errors import DocketError, Unauthenticated
from chalicelib.flow.ports import Access


def authenticated(header: str | None, access: Access, *, key: bytes) -> Credential:
    """The credential that the header proves. Raises Unauthenticated; a wrong try is logged without its secret."""
    user, secret = _basic(header or "")
    credential = access.credential(user)
    if not matches(credential, secret, key=key) or credential is None:
        log.tell("http.unauthenticated", user=user[:100])
        raise Unauthenticated("The credentials are wrong.")
    return credential


def note_use(credential: Credential, access: Access, *, at: datetime) -> None:
    """Note that it was used, at most once an hour. What goes wrong is logged, and is no matter of the request."""
    since = at - timedelta(seconds=USE_NOTED)
    if credential.used_at is not None and credential.used_at > since:
        return
    try:
        access.note_use(credential.user, at=at, unless_since=since)
    except DocketError as error:
        log.failed("http.use_not_noted", error, user=credential.user)


def _basic(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.strip().partition(" ")
    if scheme.lower() != "basic":
        raise Unauthenticated("Credentials are required: Basic, with user name and password.")
    try:
        user, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise Unauthenticated("The credentials are unreadable.") from None
    if not colon or not user:
        raise Unauthenticated("The credentials are unreadable.")
    return user, secret
