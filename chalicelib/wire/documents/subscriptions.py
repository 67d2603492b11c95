"""Subscriptions: `Subscription` in, `SubscriptionsResponse` out. Passwords never leave."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic_xml import element

from chalicelib.domain.filters import Definition
from chalicelib.domain.order_types import order_type
from chalicelib.domain.subscription import Callback, Mailbox, Subscription
from chalicelib.wire.document import Document
from chalicelib.wire.documents.lists import Links
from chalicelib.wire.fields import Moment, Text

ROOT = "SubscriptionsResponse"


class BasicAuthenticationShown(Document):
    """The user's name alone."""

    username: Text = element("Username")


class CredentialsShown(Document):
    """What may be told of credentials."""

    basic_authentication: BasicAuthenticationShown = element("BasicAuthentication")


class CallbackShown(Document):
    """An HTTP receiver. `Expiry` counts down; `Status` is the outcome of the latest attempt."""

    url: Text = element("URL")
    expiry: int | None = element("Expiry", default=None)
    status: Text = element("Status")
    callback_credentials: CredentialsShown | None = element("CallbackCredentials", default=None)
    number_format: str = element("NumberFormat")


class EmailShown(Document):
    """An e-mail address."""

    email: Text = element("Email")
    digest_requested: str = element("DigestRequested")


class OrderTypes(Document):
    """The types that a subscription of version 2 is for."""

    order_type: list[str] = element("OrderType")


class OrderIds(Document):
    """The orders that a subscription of version 2 is for."""

    order_id: list[str] = element("OrderId")


class EventTypes(Document):
    """What a subscription of version 2 is told of them."""

    event_type: list[str] = element("EventType")


class SubscriptionShown(Document, tag="Subscription"):
    """A subscription as it stands. What Docket adds comes last; `WebhookSecret` is said at creation only.

    Of one of version 2, `OrderType` and `OrderId` are the first of those it is for; all of them stand in `OrderTypes`
    and `OrderIds`, and it has no `Expiry`.
    """

    subscription_id: str = element("SubscriptionId")
    order_type: Text | None = element("OrderType", default=None)
    event_type: str | None = element("EventType", default=None)
    order_id: str | None = element("OrderId", default=None)
    email_subscription: EmailShown | None = element("EmailSubscription", default=None)
    callback_subscription: CallbackShown | None = element("CallbackSubscription", default=None)
    definition: str | None = element("Definition", default=None)
    order_types: OrderTypes | None = element("OrderTypes", default=None)
    order_ids: OrderIds | None = element("OrderIds", default=None)
    event_types: EventTypes | None = element("EventTypes", default=None)
    seconds_remaining: int | None = element("SecondsRemaining", default=None)
    expires_at: Moment | None = element("ExpiresAt", default=None)
    webhook_secret: str | None = element("WebhookSecret", default=None)


class Subscriptions(Document):
    """Any number of them."""

    subscription: list[SubscriptionShown] = element("Subscription", default=[])


class SubscriptionsResponse(Document, tag=ROOT):
    """One subscription and a list look the same. `Links` are there where the list has more than one page."""

    subscriptions: Subscriptions = element("Subscriptions")
    links: Links | None = element("Links", default=None)


def shown(
    subscriptions: Sequence[Subscription], now: datetime, *, secret: str | None = None, links: Links | None = None
) -> SubscriptionsResponse:
    """Subscriptions as they stand, oldest first."""
    found = [_one(subscription, now, secret) for subscription in subscriptions]
    return SubscriptionsResponse(subscriptions=Subscriptions(subscription=found), links=links)


def _one(subscription: Subscription, now: datetime, secret: str | None) -> SubscriptionShown:
    target, left = subscription.target, subscription.seconds_left(now)
    return SubscriptionShown(
        subscription_id=subscription.id, webhook_secret=secret, **_heard(subscription),
        email_subscription=_email(target) if isinstance(target, Mailbox) else None,
        callback_subscription=_callback(target, subscription, left) if isinstance(target, Callback) else None,
        seconds_remaining=left, expires_at=subscription.expires_at,
    )  # fmt: skip


def _heard(subscription: Subscription) -> dict[str, Any]:
    """What it is for, by fields."""
    filters = subscription.filters
    if filters is None:
        return {
            "order_type": subscription.order_type, "event_type": subscription.event_type,
            "order_id": subscription.order_id,
        }  # fmt: skip
    definition, types = filters.definition.value, list(filters.event_types or filters.definition.event_types)
    if filters.definition is Definition.ACCOUNT_EVENT:
        return {"definition": definition, "event_type": types[0], "event_types": EventTypes(event_type=types)}
    tokens = list(dict.fromkeys(order_type(route.type).token for route in subscription.routes))
    ids = list(filters.order_ids)
    return {
        "definition": definition, "order_type": tokens[0], "order_id": ids[0] if ids else None,
        "order_types": OrderTypes(order_type=tokens), "order_ids": OrderIds(order_id=ids) if ids else None,
        "event_types": EventTypes(event_type=types),
    }  # fmt: skip


def _email(mailbox: Mailbox) -> EmailShown:
    return EmailShown(email=mailbox.email, digest_requested=mailbox.digest.value)


def _callback(callback: Callback, subscription: Subscription, left: int | None) -> CallbackShown:
    user = BasicAuthenticationShown(username=callback.username) if callback.username else None
    return CallbackShown(
        url=callback.url, expiry=left, status=subscription.status, number_format=callback.number_format.value,
        callback_credentials=CredentialsShown(basic_authentication=user) if user else None,
    )  # fmt: skip
