"""Subscriptions as version 2 shows them, those of version 1 too. JSON only; passwords and keys never leave."""

import json
from collections.abc import Sequence

from pydantic import PrivateAttr
from pydantic_xml import element

from chalicelib.domain.filters import Definition, Filters
from chalicelib.domain.order_types import order_type
from chalicelib.domain.subscription import ANY_ORDER, EVENTS, Callback, Mailbox, Subscription
from chalicelib.wire.document import Document
from chalicelib.wire.documents.lists import Links
from chalicelib.wire.fields import Moment, Text
from chalicelib.wire.names import json_name
from chalicelib.wire.problems import Refusal


class FiltersShown(Document):
    """What was asked for; a filter that leaves out nothing is not shown."""

    order_type: list[str] | None = element("OrderType", default=None)
    event_type: list[str] | None = element("EventType", default=None)
    order_id: list[str] | None = element("OrderId", default=None)


class UserShown(Document):
    """The user's name alone."""

    username: Text = element("Username")


class WebhookShown(Document):
    """An HTTP receiver. `status` is the outcome of the latest attempt; `signed`: it gave a key of its own."""

    url: Text = element("Url")
    basic_authentication: UserShown | None = element("BasicAuthentication", default=None)
    number_format: str = element("NumberFormat")
    signed: bool = element("Signed")
    status: Text = element("Status")


class EmailShown(Document):
    """An e-mail address."""

    address: Text = element("Address")
    digest: str = element("Digest")


class SubscriptionV2Shown(Document, tag="SubscriptionV2"):
    """A subscription. One of version 1 says so in `version`, and when it expires; `webhookSecret` is said once."""

    id: str = element("Id")
    account_id: str = element("AccountId")
    version: int = element("Version")
    definition: str = element("Definition")
    filters: FiltersShown = element("Filters")
    webhook: WebhookShown | None = element("Webhook", default=None)
    email: EmailShown | None = element("Email", default=None)
    created_date: Moment = element("CreatedDate")
    expires_at: Moment | None = element("ExpiresAt", default=None)
    webhook_secret: str | None = element("WebhookSecret", default=None)


class SubscriptionsV2Shown(Document, tag="SubscriptionsV2"):
    """A page of them, oldest first."""

    subscriptions: list[SubscriptionV2Shown] = element("Subscriptions", default=[])
    links: Links | None = element("Links", default=None)


class RefusedV2(Document, tag="Error"):
    """What is wrong: in a few words, in a sentence, and by field."""

    type: str = element("Type")
    description: Text = element("Description")
    _errors: dict[str, list[str]] = PrivateAttr(default_factory=dict)

    def json_text(self) -> str:
        """As JSON, the problems by field included."""
        shown = {"type": self.type, "description": self.description, "errors": self._errors}
        return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


_TYPES = {
    400: "bad request", 401: "unauthorized", 403: "forbidden", 404: "not found", 405: "method not allowed",
    406: "not acceptable", 409: "conflict", 413: "too large", 415: "unsupported media type",
    422: "unprocessable", 503: "unavailable",
}  # fmt: skip


def refused(refusal: Refusal) -> RefusedV2:
    """The error document."""
    texts = [problem.text for problem in refusal.problems]
    shown = RefusedV2(type=_TYPES.get(refusal.status, "internal error"), description="; ".join(texts))
    for problem in refusal.problems:
        if problem.field:
            shown._errors.setdefault(json_name(problem.field), []).append(problem.text)  # noqa: SLF001 because pydantic gives private fields to no constructor
    return shown


def one(subscription: Subscription, *, secret: str | None = None) -> SubscriptionV2Shown:
    """A subscription as it stands."""
    target, filters = subscription.target, subscription.filters or _as_filters(subscription)
    return SubscriptionV2Shown(
        id=subscription.id, account_id=subscription.account, version=2 if subscription.filters else 1,
        definition=filters.definition.value, filters=_filters(filters),
        webhook=_webhook(target, subscription) if isinstance(target, Callback) else None,
        email=EmailShown(address=target.email, digest=target.digest.value) if isinstance(target, Mailbox) else None,
        created_date=subscription.created_at, expires_at=subscription.expires_at, webhook_secret=secret,
    )  # fmt: skip


def all_of(subscriptions: Sequence[Subscription], links: Links | None) -> SubscriptionsV2Shown:
    """A page of them."""
    return SubscriptionsV2Shown(subscriptions=[one(each) for each in subscriptions], links=links)


def _as_filters(subscription: Subscription) -> Filters:
    """What a subscription of version 1 hears of, in the words of version 2."""
    if subscription.routes[0].type == EVENTS:
        return Filters(definition=Definition.ACCOUNT_EVENT, event_types=(subscription.event_type or "",))
    return Filters(
        definition=Definition.ORDER_UPDATE,
        order_types=tuple(order_type(route.type).token for route in subscription.routes),
        order_ids=tuple(route.order_id for route in subscription.routes if route.order_id != ANY_ORDER),
    )


def _filters(filters: Filters) -> FiltersShown:
    return FiltersShown(
        order_type=list(filters.order_types) or None, event_type=list(filters.event_types) or None,
        order_id=list(filters.order_ids) or None,
    )  # fmt: skip


def _webhook(callback: Callback, subscription: Subscription) -> WebhookShown:
    return WebhookShown(
        url=callback.url, number_format=callback.number_format.value, signed=callback.shared_key is not None,
        status=subscription.status,
        basic_authentication=UserShown(username=callback.username) if callback.username else None,
    )  # fmt: skip
