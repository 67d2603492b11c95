"""The forms of what subscriptions hold, with the compatible API's codes for what is not of its form."""

import base64
import binascii
import re
import ssl
from urllib.parse import urlsplit

from chalicelib.domain.order_types import ORDER_TYPES, find_order_type
from chalicelib.domain.subscription import Digest, NumberFormat
from chalicelib.wire.fields import wrong
from chalicelib.wire.forms import is_uuid

MESSAGING_LOST = "MESSAGING_LOST"
LONGEST_USER = 100
"""Characters of a user's name for a callback."""

_LONGEST_URL = 2000
_LARGEST_EXPIRY = 2**63 - 1
_EMAIL = re.compile(r"(?=.{3,254}$)[^\s@<>()\[\]\\,;:\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def incorrect_order_type() -> str:
    """The sentence of 14500."""
    return f"Incorrect order type. Valid values: {', '.join(kind.token for kind in ORDER_TYPES)}"


def order_type(text: str) -> str:
    """A type by any of its names in the compatible API; kept as written. Raises `wrong`."""
    if find_order_type(text) is None:
        raise wrong("14500", incorrect_order_type())
    return text


def event_type(text: str) -> str:
    """An event of the account. Raises `wrong`."""
    if text.upper() != MESSAGING_LOST:
        raise wrong("14507", f"Incorrect event type. Valid values: {MESSAGING_LOST}")
    return text.upper()


def order_id(text: str) -> str:
    """An order's id, in lower case. Raises `wrong`."""
    if not is_uuid(text):
        raise wrong("1008", f"'{text[:40]}' is not a valid UUID")
    return text.lower()


def email(text: str) -> str:
    """One e-mail address. Raises `wrong`."""
    if not (text.isascii() and _EMAIL.fullmatch(text)):
        raise wrong("14501", "Subscription object is invalid: Email must be one e-mail address")
    return text


def digest(text: str) -> str:
    """How often a person hears. Raises `wrong`."""
    if text.upper() not in Digest.__members__:
        raise wrong("14502", f"Incorrect digest type. Valid values: {', '.join(Digest)}")
    return text.upper()


def no_digest(text: str) -> str:
    """A callback has no digest; saying so is taken. Raises `wrong`."""
    if digest(text) == Digest.DAILY:
        raise wrong("12164", "DigestRequested: Digest Type 'daily' is not supported for callback subscriptions.")
    return text


def number_format(text: str) -> str:
    """How numbers are written. Raises `wrong`."""
    if text.upper() not in NumberFormat.__members__:
        raise wrong("14501", f"Subscription object is invalid: NumberFormat must be {' or '.join(NumberFormat)}")
    return text.upper()


def expiry(text: str) -> str:
    """Seconds, above 0, of 64 bits. Raises `wrong`."""
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST_EXPIRY))
    if not digits or not 0 < int(text) <= _LARGEST_EXPIRY:
        raise wrong("14501", "Subscription object is invalid: Expiry must be a number of seconds above 0")
    return text


def url(text: str) -> str:
    """Where a callback goes; whether it may is the guard's to say. Raises `wrong`."""
    try:
        parts = urlsplit(text)
        good = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or len(text) > _LONGEST_URL or not text.isascii() or any(map(str.isspace, text)):
        raise wrong("14506", "Callback URL is invalid")
    return text


def public_key(text: str) -> str:
    """Base64 of one certificate, as DER or as PEM → base64 of its DER; OpenSSL says whether it is one."""
    try:
        found = base64.b64decode("".join(text.split()), validate=True)
        der = ssl.PEM_cert_to_DER_cert(found.decode("ascii").strip()) if found.startswith(b"-----BEGIN") else found
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=der)
    except (binascii.Error, ValueError, ssl.SSLError):
        raise wrong("14504", "The certificate is unreadable: PublicKey must be base64 of a DER file") from None
    return base64.b64encode(der).decode()
