"""Subscriptions: `Subscription` in, `SubscriptionsResponse` out. Passwords never leave."""

from collections.abc import Sequence
from datetime import datetime

from pydantic_xml import element

from chalicelib.domain.subscription import Callback, Mailbox, Subscription
from chalicelib.wire.document import Document
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


class SubscriptionShown(Document, tag="Subscription"):
    """A subscription as it stands. What Docket adds comes last; `WebhookSecret` is said at creation only."""

    subscription_id: str = element("SubscriptionId")
    order_type: Text | None = element("OrderType", default=None)
    event_type: str | None = element("EventType", default=None)
    order_id: str | None = element("OrderId", default=None)
    email_subscription: EmailShown | None = element("EmailSubscription", default=None)
    callback_subscription: CallbackShown | None = element("CallbackSubscription", default=None)
    seconds_remaining: int | None = element("SecondsRemaining", default=None)
    expires_at: Moment | None = element("ExpiresAt", default=None)
    webhook_secret: str | None = element("WebhookSecret", default=None)


class Subscriptions(Document):
    """Any number of them."""

    subscription: list[SubscriptionShown] = element("Subscription", default=[])


class SubscriptionsResponse(Document, tag=ROOT):
    """One subscription and a list look the same."""

    subscriptions: Subscriptions = element("Subscriptions")


def shown(subscriptions: Sequence[Subscription], now: datetime, *, secret: str | None = None) -> SubscriptionsResponse:
    """Subscriptions as they stand, oldest first."""
    found = [_one(subscription, now, secret) for subscription in subscriptions]
    return SubscriptionsResponse(subscriptions=Subscriptions(subscription=found))


def _one(subscription: Subscription, now: datetime, secret: str | None) -> SubscriptionShown:
    target, left = subscription.target, subscription.seconds_left(now)
    return SubscriptionShown(
        subscription_id=subscription.id, order_type=subscription.order_type, event_type=subscription.event_type,
        order_id=subscription.order_id, webhook_secret=secret,
        email_subscription=_email(target) if isinstance(target, Mailbox) else None,
        callback_subscription=_callback(target, subscription, left) if isinstance(target, Callback) else None,
        seconds_remaining=left, expires_at=subscription.expires_at,
    )  # fmt: skip


def _email(mailbox: Mailbox) -> EmailShown:
    return EmailShown(email=mailbox.email, digest_requested=mailbox.digest.value)


def _callback(callback: Callback, subscription: Subscription, left: int | None) -> CallbackShown:
    user = BasicAuthenticationShown(username=callback.username) if callback.username else None
    return CallbackShown(
        url=callback.url, expiry=left, status=subscription.status, number_format=callback.number_format.value,
        callback_credentials=CredentialsShown(basic_authentication=user) if user else None,
    )  # fmt: skip
