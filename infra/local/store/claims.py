"""The claim of a subscription on its target: one live subscription for the same orders and the same address."""

import sqlite3
from datetime import datetime

from chalicelib.domain.errors import DuplicateSubscription
from chalicelib.domain.subscription import ANY_ORDER, Subscription
from infra.local.store.codec import encode, stamp


def refuse_taken(connection: sqlite3.Connection, subscription: Subscription, *, now: datetime) -> None:
    """Raise DuplicateSubscription when another live one holds the claim. Comes before anything is written."""
    taken = connection.execute(
        """SELECT 1 FROM claims JOIN subscriptions
            ON (subscriptions.account, subscriptions.id) = (claims.account, claims.subscription_id)
            WHERE claims.account = ? AND subject = ? AND order_id = ? AND address = ? AND subscription_id != ?
            AND ended_at IS NULL AND (expires_at IS NULL OR expires_at > ?)""",
        (*_claim(subscription), subscription.id, stamp(now)),
    )
    if taken.fetchone():
        raise DuplicateSubscription


def take(connection: sqlite3.Connection, subscription: Subscription) -> None:
    """Hold the claim, after `refuse_taken`; one that has expired loses it."""
    connection.execute(
        """INSERT OR REPLACE INTO claims (account, subject, order_id, address, subscription_id)
            VALUES (?, ?, ?, ?, ?)""",
        (*_claim(subscription), subscription.id),
    )


def release(connection: sqlite3.Connection, subscription: Subscription) -> None:
    """Give it up, unless another took it over."""
    connection.execute(
        """DELETE FROM claims
            WHERE account = ? AND subject = ? AND order_id = ? AND address = ? AND subscription_id = ?""",
        (*_claim(subscription), subscription.id),
    )


def _claim(subscription: Subscription) -> tuple[str, str, str, str]:
    """Account, type or event, order or all, address. The address as JSON: it may hold what is no Unicode text."""
    types = ",".join(sorted({route.type for route in subscription.routes}))
    return (
        subscription.account,
        " ".join(subscription.heard) or subscription.event_type or types,
        subscription.order_id or ANY_ORDER,
        encode(subscription.target.address),
    )
