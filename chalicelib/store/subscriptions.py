"""Subscriptions, their routes and claims, in the table `subscriptions`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from pynamodb.connection import Connection
from pynamodb.expressions.condition import Condition

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Conflict, DuplicateSubscription
from chalicelib.domain.health import Health
from chalicelib.domain.record import Receipt, RoutePage, Version
from chalicelib.domain.subscription import Subscription
from chalicelib.store import ending, keys
from chalicelib.store.attributes import actions, row
from chalicelib.store.codec import subscriptions as codec
from chalicelib.store.codec.text import time, time_or_none
from chalicelib.store.conditions import conditional, reachable
from chalicelib.store.receipts import Receipts
from chalicelib.store.routing import routed
from chalicelib.store.rows import OrderRow, SubscriptionRow
from chalicelib.store.sweeping import oldest
from chalicelib.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """Implements the flow's Subscriptions."""

    connection: Connection
    receipts: Receipts

    @reachable()
    def add(
        self,
        subscription: Subscription,
        *,
        now: datetime,
        at: Collection[Version] = (),
        receipt: Receipt | None = None,
    ) -> None:
        """Write all of it as one. Raises DuplicateSubscription, Conflict, ReceiptTaken."""
        transaction = Transaction(self.connection)
        self.receipts.keep(receipt, transaction)
        _hold(at, transaction)
        _claim(subscription, now, transaction)
        pk, sk = _place(subscription)
        made = row(SubscriptionRow, pk, sk, codec.of_subscription(subscription))
        transaction.put(made, SubscriptionRow.pk.does_not_exist(), Conflict)
        for route, after in ending.routes(subscription).items():
            transaction.put(SubscriptionRow(route, subscription.id, after=after))
        transaction.commit()

    @reachable()
    def replace(
        self, subscription: Subscription, *, old: Subscription, now: datetime, at: Collection[Version] = ()
    ) -> None:
        """Put `subscription` in place of `old`, as one. Raises DuplicateSubscription, Conflict.

        The health's revision goes up by one from the stored one, which may be ahead of what was read.
        """
        attributes = codec.of_subscription(subscription)
        del attributes["revision"]
        changed = [*actions(SubscriptionRow, attributes), SubscriptionRow.revision.add(1)]
        unchanged = (SubscriptionRow.version == old.version) & SubscriptionRow.ended_at.does_not_exist()
        after, before = ending.routes(subscription), ending.routes(old)

        def write(*, with_claim: bool) -> None:
            transaction = Transaction(self.connection)
            _hold(at, transaction)
            transaction.update(SubscriptionRow(*_place(old)), changed, unchanged, Conflict)
            _claim(subscription, now, transaction)
            if with_claim and keys.claim(old) != keys.claim(subscription):
                ending.release(old, transaction)
            for route in before.keys() - after.keys():
                transaction.delete(SubscriptionRow(route, old.id))
            for route, number in after.items() - before.items():
                transaction.put(SubscriptionRow(route, old.id, after=number))
            transaction.commit()

        ending.with_claim_or_without(write)

    @reachable()
    def remove(self, subscription: Subscription) -> bool:
        """Delete subscription, routes and claim as one. False when it was gone, or changed or ended, already."""
        same = SubscriptionRow.version == subscription.version
        if subscription.ended_at is None:
            same &= SubscriptionRow.ended_at.does_not_exist()
        return self._remove(subscription, same)

    @reachable()
    def remove_expired(self, subscription: Subscription) -> bool:
        """Delete it with routes and claim, on condition that the stored `expires_at` is the one it has here."""
        same = SubscriptionRow.expires_at == (time_or_none(subscription.expires_at) or "")
        return self._remove(subscription, same & (SubscriptionRow.version == subscription.version))

    @reachable()
    def get(self, account: str, subscription_id: str) -> Subscription | None:
        """The subscription, also when it has expired or ended; a consistent read."""
        pk, sk = keys.account(account), keys.subscription(subscription_id)
        if not keys.possible(pk, sk):
            return None
        try:
            found = SubscriptionRow.get(pk, sk, consistent_read=True)
        except SubscriptionRow.DoesNotExist:
            return None
        return codec.subscription(found.attribute_values)

    @reachable()
    def tagged(self, account: str, tag: str) -> Subscription | None:
        """The subscription whose id begins with this tag; a consistent read."""
        return next(iter(_beginning(account, keys.tagged(tag))), None)

    @reachable()
    def all(self, account: str) -> Sequence[Subscription]:
        """All that are stored, also expired and ended ones, oldest first; a consistent read."""
        return sorted(_beginning(account, keys.SUBSCRIPTIONS), key=lambda each: (each.created_at, each.id))

    @reachable()
    def routes(self, order: OrderKey, *, start: str | None = None, limit: int = 500) -> RoutePage:
        """Who hears of this order: first the routes of the order, then those of all of its type. Consistent reads."""
        return routed(order, start, limit)

    @reachable()
    def expired(self, *, before: datetime, limit: int) -> Sequence[Subscription]:
        """Subscriptions whose expiry lies before a time, oldest first, from an index that may lag. Not ended ones."""
        rows = oldest(SubscriptionRow.by_expiry, SubscriptionRow.expires_at, before=before, limit=limit)
        found = SubscriptionRow.batch_get([(each.pk, each.sk) for each in rows], consistent_read=True)
        expired = [codec.subscription(each.attribute_values) for each in found]
        return sorted(
            (each for each in expired if each.expires_at and each.expires_at < before),
            key=lambda each: (each.expires_at, each.id),
        )

    @reachable()
    def note_health(self, subscription: Subscription, health: Health, *, status: str, at: datetime) -> bool:
        """Write health and status, on condition that the stored health's revision is `subscription.health.revision`."""
        noted = {"revision": health.revision, **codec.of_health(health), "status": status, "status_at": time(at)}
        same = SubscriptionRow.revision == subscription.health.revision
        stored = SubscriptionRow(*_place(subscription))
        return conditional(lambda: stored.update(actions(SubscriptionRow, noted), same)) is not None

    def _remove(self, subscription: Subscription, same: Condition) -> bool:
        def write(*, with_claim: bool) -> None:
            transaction = Transaction(self.connection)
            transaction.delete(SubscriptionRow(*_place(subscription)), same, Conflict)
            if with_claim:
                ending.release(subscription, transaction)
            ending.silence(subscription, transaction)
            transaction.commit()

        try:
            ending.with_claim_or_without(write)
        except Conflict:
            return False
        return True


def _place(subscription: Subscription) -> tuple[str, str]:
    return keys.account(subscription.account), keys.subscription(subscription.id)


def _hold(at: Collection[Version], transaction: Transaction) -> None:
    """The orders are at these versions."""
    for held in at:
        transaction.check(OrderRow(keys.order(held.order), keys.HEAD), OrderRow.version == held.number, Conflict)


def _claim(subscription: Subscription, now: datetime, transaction: Transaction) -> None:
    """The claim, where nobody holds it, or this one, or one that has expired."""
    claim = SubscriptionRow(
        keys.account(subscription.account),
        keys.claim(subscription),
        holder=subscription.id,
        expires_at=time_or_none(subscription.expires_at),
    )
    free = SubscriptionRow.pk.does_not_exist() | (SubscriptionRow.holder == subscription.id)
    transaction.put(claim, free | (SubscriptionRow.expires_at <= time(now)), DuplicateSubscription)


def _beginning(account: str, sk: str) -> list[Subscription]:
    pk = keys.account(account)
    if not keys.possible(pk, sk):
        return []
    found = SubscriptionRow.query(pk, SubscriptionRow.sk.startswith(sk), consistent_read=True)
    return [codec.subscription(each.attribute_values) for each in found]
