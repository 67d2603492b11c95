"""`Subscription` requests → what is wished for, with the codes of the compatible API for what cannot be."""

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator
from pydantic_xml import element

from chalicelib.domain.commands import Subscribe
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.subscription import Callback, Digest, Mailbox, NumberFormat
from chalicelib.wire import reading
from chalicelib.wire.document import Document
from chalicelib.wire.documents import checks
from chalicelib.wire.tree import Tree

ROOT = "Subscription"


class BasicAuthentication(Document):
    """What the receiver asks for."""

    username: str = element("Username", default="")
    password: str = element("Password", default="")


class CallbackCredentials(Document):
    """How Docket shows itself to the receiver, and the receiver to Docket."""

    basic_authentication: BasicAuthentication | None = element("BasicAuthentication", default=None)
    public_key: Annotated[str, AfterValidator(checks.public_key)] | None = element("PublicKey", default=None)


class CallbackSubscription(Document):
    """An HTTP receiver. `Status` and `User`, which some SDKs send, mean nothing."""

    url: Annotated[str, AfterValidator(checks.url)] | None = element("URL", default=None)
    expiry: Annotated[str, AfterValidator(checks.expiry)] | None = element("Expiry", default=None)
    callback_credentials: CallbackCredentials | None = element("CallbackCredentials", default=None)
    number_format: Annotated[str, AfterValidator(checks.number_format)] | None = element("NumberFormat", default=None)
    digest_requested: Annotated[str, AfterValidator(checks.no_digest)] | None = element("DigestRequested", default=None)


class EmailSubscription(Document):
    """An e-mail address."""

    email: Annotated[str, AfterValidator(checks.email)] | None = element("Email", default=None)
    digest_requested: Annotated[str, AfterValidator(checks.digest)] = element(
        "DigestRequested", default=Digest.NONE.value
    )


class SubscriptionRequest(Document, tag=ROOT):
    """What is to be heard of, and where it is to be told."""

    order_type: Annotated[str, AfterValidator(checks.order_type)] | None = element("OrderType", default=None)
    event_type: Annotated[str, AfterValidator(checks.event_type)] | None = element("EventType", default=None)
    order_id: Annotated[str, AfterValidator(checks.order_id)] | None = element("OrderId", default=None)
    email_subscription: EmailSubscription | None = element("EmailSubscription", default=None)
    callback_subscription: CallbackSubscription | None = element("CallbackSubscription", default=None)


def read(
    tree: Tree,
    account: str,
    *,
    guard: Callable[[str], str | None],
    number_format: NumberFormat = NumberFormat.LEGACY,
) -> Subscribe:
    """The wish. Raises Invalid; `guard` gives the reason why a callback URL may not be reached, or None.

    `number_format` is taken where the request names none.
    """
    request, _ = reading.document(tree, SubscriptionRequest, ROOT, code="14501")
    problems = [*_about(request), *_of_target(request)]
    callback = request.callback_subscription
    if not problems and callback and callback.url and (why := guard(callback.url)):
        problems.append(Problem("14506", f"Callback URL is invalid: {why}", "URL"))
    if problems:
        raise Invalid(*problems)
    expiry = callback.expiry if callback else None
    return Subscribe(
        account=account, target=_target(request, number_format), order_type=request.order_type,
        event_type=request.event_type,
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
    if basic and (not basic.username or not basic.password or len(basic.username) > checks.LONGEST_USER):
        text = "Basic authentication needs a user name of at most 100 characters and a password, both not blank"
        found.append(Problem("14505", text, "Password" if basic.username else "Username"))
    key = callback.callback_credentials.public_key if callback and callback.callback_credentials else None
    if key and callback and callback.url and not callback.url.lower().startswith("https:"):
        found.append(Problem("14504", "PublicKey is a certificate to be shown, which only an https URL does", "URL"))
    return found


def _basic(callback: CallbackSubscription | None) -> BasicAuthentication | None:
    credentials = callback.callback_credentials if callback else None
    return credentials.basic_authentication if credentials else None


def _target(request: SubscriptionRequest, number_format: NumberFormat) -> Callback | Mailbox:
    callback, email = request.callback_subscription, request.email_subscription
    if email is not None:
        return Mailbox(email=email.email or "", digest=Digest(email.digest_requested))
    basic = _basic(callback)
    credentials = callback.callback_credentials if callback else None
    return Callback(
        url=(callback.url if callback else None) or "", secret="",
        username=basic.username if basic else None, password=basic.password if basic else None,
        public_key=credentials.public_key if credentials else None,
        number_format=NumberFormat((callback and callback.number_format) or number_format),
    )  # fmt: skip


def _invalid(why: str, field: str) -> Problem:
    return Problem("14501", f"Subscription object is invalid: {why}", field)
