"""Subscriptions, their routes and claims."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.health import Health
from chalicelib.domain.record import Receipt, RoutePage, Version
from chalicelib.domain.subscription import Subscription


class Subscriptions(Protocol):
    """Subscriptions, their routes, and the claim of each on its target."""

    def add(
        self,
        subscription: Subscription,
        *,
        now: datetime,
        at: Collection[Version] = (),
        receipt: Receipt | None = None,
    ) -> None:
        """Write subscription, routes, claim and receipt as one.

        The claim is on the account, what is heard (type or event, order or all; or Subscription.heard) and the
        target's address, and may be taken over from a subscription that has expired. Raises DuplicateSubscription,
        Conflict (an order is not at its version of `at`), ReceiptTaken.
        """

    def replace(
        self, subscription: Subscription, *, old: Subscription, now: datetime, at: Collection[Version] = ()
    ) -> None:
        """Put `subscription` in place of `old`, routes and claim included, as one; its id is the same.

        On condition that the stored version is `old.version` and that it has not ended. Raises
        DuplicateSubscription, Conflict.
        """

    def remove(self, subscription: Subscription) -> bool:
        """Delete subscription, routes and claim as one. False when it was gone, or changed, already."""

    def get(self, account: str, subscription_id: str) -> Subscription | None:
        """The subscription, also when it has expired or ended; a consistent read."""

    def tagged(self, account: str, tag: str) -> Subscription | None:
        """The subscription whose id begins with this tag (Subscription.tag); a consistent read."""

    def all(self, account: str) -> Sequence[Subscription]:
        """All that are stored, also expired and ended ones, oldest first; a consistent read."""

    def routes(self, order: OrderKey, *, start: str | None = None, limit: int = 500) -> RoutePage:
        """Who hears of this order: first the routes of the order, then those of all of its type. Consistent reads."""

    def expired(self, *, before: datetime, limit: int) -> Sequence[Subscription]:
        """Subscriptions whose expiry lies before a time, oldest first, from an index that may lag."""

    def remove_expired(self, subscription: Subscription) -> bool:
        """Delete it with routes and claim, on condition that the stored `expires_at` is the one it has here."""

    def note_health(self, subscription: Subscription, health: Health, *, status: str, at: datetime) -> bool:
        """Write health and status, on condition that the stored health's revision is `subscription.health.revision`."""
