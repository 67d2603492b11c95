"""`Subscription` requests → what is wished for, with the codes of the compatible API for what cannot be."""

import base64
import binascii
import re
import ssl
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator
from pydantic_xml import element

from chalicelib.domain.commands import Subscribe
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.order_types import ORDER_TYPES, find_order_type
from chalicelib.domain.subscription import Callback, Digest, Mailbox, NumberFormat
from chalicelib.wire import reading
from chalicelib.wire.document import Document
from chalicelib.wire.fields import wrong
from chalicelib.wire.forms import is_uuid
from chalicelib.wire.tree import Tree

ROOT = "Subscription"
MESSAGING_LOST = "MESSAGING_LOST"

_LONGEST_USER = 100
_LONGEST_URL = 2000
_LARGEST_EXPIRY = 2**63 - 1
_EMAIL = re.compile(r"(?=.{3,254}$)[^\s@<>()\[\]\\,;:\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def incorrect_order_type() -> str:
    """The sentence of 14500."""
    return f"Incorrect order type. Valid values: {', '.join(kind.token for kind in ORDER_TYPES)}"


def _order_type(text: str) -> str:
    if find_order_type(text) is None:
        raise wrong("14500", incorrect_order_type())
    return text


def _event_type(text: str) -> str:
    if text.upper() != MESSAGING_LOST:
        raise wrong("14507", f"Incorrect event type. Valid values: {MESSAGING_LOST}")
    return text.upper()


def _order_id(text: str) -> str:
    if not is_uuid(text):
        raise wrong("1008", f"'{text[:40]}' is not a valid UUID")
    return text.lower()


def _email(text: str) -> str:
    if not (text.isascii() and _EMAIL.fullmatch(text)):
        raise wrong("14501", "Subscription object is invalid: Email must be one e-mail address")
    return text


def _digest(text: str) -> str:
    if text.upper() not in Digest.__members__:
        raise wrong("14502", f"Incorrect digest type. Valid values: {', '.join(Digest)}")
    return text.upper()


def _number_format(text: str) -> str:
    if text.upper() not in NumberFormat.__members__:
        raise wrong("14501", f"Subscription object is invalid: NumberFormat must be {' or '.join(NumberFormat)}")
    return text.upper()


def _expiry(text: str) -> str:
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST_EXPIRY))
    if not digits or not 0 < int(text) <= _LARGEST_EXPIRY:
        raise wrong("14501", "Subscription object is invalid: Expiry must be a number of seconds above 0")
    return text


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        good = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or len(text) > _LONGEST_URL or not text.isascii() or any(map(str.isspace, text)):
        raise wrong("14506", "Callback URL is invalid")
    return text


def _public_key(text: str) -> str:
    """Base64 of a certificate, as DER or as PEM; OpenSSL says whether it is one."""
    try:
        found = base64.b64decode("".join(text.split()), validate=True)
        known = found.decode("ascii") if found.startswith(b"-----BEGIN") else found
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=known)
    except (binascii.Error, ValueError, ssl.SSLError):
        raise wrong("14504", "The certificate is unreadable: PublicKey must be base64 of a DER file") from None
    return text


class BasicAuthentication(Document):
    """What the receiver asks for."""

    username: str = element("Username", default="")
    password: str = element("Password", default="")


class CallbackCredentials(Document):
    """How Docket shows itself to the receiver, and the receiver to Docket."""

    basic_authentication: BasicAuthentication | None = element("BasicAuthentication", default=None)
    public_key: Annotated[str, AfterValidator(_public_key)] | None = element("PublicKey", default=None)


class CallbackSubscription(Document):
    """An HTTP receiver. `Status` and `User`, which some SDKs send, mean nothing."""

    url: Annotated[str, AfterValidator(_url)] | None = element("URL", default=None)
    expiry: Annotated[str, AfterValidator(_expiry)] | None = element("Expiry", default=None)
    callback_credentials: CallbackCredentials | None = element("CallbackCredentials", default=None)
    number_format: Annotated[str, AfterValidator(_number_format)] = element(
        "NumberFormat", default=NumberFormat.LEGACY.value
    )


class EmailSubscription(Document):
    """An e-mail address."""

    email: Annotated[str, AfterValidator(_email)] | None = element("Email", default=None)
    digest_requested: Annotated[str, AfterValidator(_digest)] = element("DigestRequested", default=Digest.NONE.value)


class SubscriptionRequest(Document, tag=ROOT):
    """What is to be heard of, and where it is to be told."""

    order_type: Annotated[str, AfterValidator(_order_type)] | None = element("OrderType", default=None)
    event_type: Annotated[str, AfterValidator(_event_type)] | None = element("EventType", default=None)
    order_id: Annotated[str, AfterValidator(_order_id)] | None = element("OrderId", default=None)
    email_subscription: EmailSubscription | None = element("EmailSubscription", default=None)
    callback_subscription: CallbackSubscription | None = element("CallbackSubscription", default=None)


def read(tree: Tree, account: str, *, guard: Callable[[str], str | None]) -> Subscribe:
    """The wish. Raises Invalid; `guard` gives the reason why a callback URL may not be reached, or None."""
    request, _ = reading.document(tree, SubscriptionRequest, ROOT, code="14501")
    problems = [*_about(request), *_of_target(request)]
    callback = request.callback_subscription
    if not problems and callback and callback.url and (why := guard(callback.url)):
        problems.append(Problem("14506", f"Callback URL is invalid: {why}", "URL"))
    if problems:
        raise Invalid(*problems)
    expiry = callback.expiry if callback else None
    return Subscribe(
        account=account, target=_target(request), order_type=request.order_type, event_type=request.event_type,
        order_id=request.order_id if request.order_type else None, expiry=int(expiry) if expiry else None,
    )  # fmt: skip


def _about(request: SubscriptionRequest) -> list[Problem]:
    if request.order_type and request.event_type:
        return [_invalid("only one of OrderType and EventType may be specified", "EventType")]
    if not request.order_type and not request.event_type:
        return [Problem("14508", "OrderType or EventType should be specified", "OrderType")]
    return []


def _of_target(request: SubscriptionRequest) -> list[Problem]:
    callback, email = request.callback_subscription, request.email_subscription
    if (callback is None) == (email is None):
        return [_invalid("one of EmailSubscription and CallbackSubscription is required", "CallbackSubscription")]
    if email is not None:
        return [] if email.email else [_invalid("Email is required", "Email")]
    found = [] if callback and callback.url else [Problem("14503", "Callback URL is empty", "URL")]
    basic = _basic(callback)
    if basic and (not basic.username or not basic.password or len(basic.username) > _LONGEST_USER):
        text = "Basic authentication needs a user name of at most 100 characters and a password, both not blank"
        found.append(Problem("14505", text, "Password" if basic.username else "Username"))
    return found


def _basic(callback: CallbackSubscription | None) -> BasicAuthentication | None:
    credentials = callback.callback_credentials if callback else None
    return credentials.basic_authentication if credentials else None


def _target(request: SubscriptionRequest) -> Callback | Mailbox:
    callback, email = request.callback_subscription, request.email_subscription
    if email is not None:
        return Mailbox(email=email.email or "", digest=Digest(email.digest_requested))
    basic = _basic(callback)
    credentials = callback.callback_credentials if callback else None
    return Callback(
        url=(callback.url if callback else None) or "", secret="",
        username=basic.username if basic else None, password=basic.password if basic else None,
        public_key=credentials.public_key if credentials else None,
        number_format=NumberFormat(callback.number_format if callback else NumberFormat.LEGACY),
    )  # fmt: skip


def _invalid(why: str, field: str) -> Problem:
    return Problem("14501", f"Subscription object is invalid: {why}", field)
