"""Make, change and end subscriptions, so that one that is acknowledged never misses what begins after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chalicelib.domain.commands import Subscribe as Wish
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Conflict, Invalid, OrderBusy, Problem, ReceiptTaken, SubscriptionNotFound
from chalicelib.domain.health import Health
from chalicelib.domain.order_types import find_order_type
from chalicelib.domain.subscription import (
    ANY_ORDER,
    DEFAULT_EXPIRY,
    EVENTS,
    READY,
    Callback,
    Mailbox,
    Route,
    Subscription,
    expiry,
)
from chalicelib.flow.accept import TRIES, Accept, Keyed
from chalicelib.flow.ports import Ledger, Subscriptions, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe:
    """The verb, with what it needs. `new_secret` makes the signing secret of a callback."""

    ledger: Ledger
    subscriptions: Subscriptions
    accept: Accept
    now: Callable[[], datetime]
    new_id: Callable[[], UUID]
    new_secret: Callable[[], str]

    def create(self, wish: Wish, keyed: Keyed | None = None) -> Subscription:
        """A new subscription. Raises DuplicateSubscription, OrderNotFound (of the wish's order), Invalid, KeyReused."""
        subscription_id = str(self.new_id())
        for _ in range(TRIES):
            if (done := self.accept.result(keyed)) is not None:
                return self._of_receipt(wish.account, done)
            now, at = self.now(), self._version(wish)
            subscription = self._wished(wish, subscription_id, now, at)
            receipt = keyed.receipt(subscription_id, now) if keyed else None
            try:
                self.subscriptions.add(subscription, now=now, at=at, receipt=receipt)
            except (Conflict, ReceiptTaken):
                continue
            return subscription
        raise OrderBusy

    def change(self, wish: Wish, subscription_id: str) -> Subscription:
        """Everything as wished, what is not said back to its default; id, secret and what was covered stay.

        Raises as `create` does, and SubscriptionNotFound.
        """
        for _ in range(TRIES):
            old = self.one(wish.account, subscription_id)
            now, at = self.now(), self._version(wish)
            new = _kept(self._wished(wish, subscription_id, now, at), old)
            try:
                self.subscriptions.replace(new, old=old, now=now, at=at)
            except Conflict:
                continue
            return new
        raise OrderBusy

    def remove(self, account: str, subscription_id: str) -> None:
        """End it now. Raises SubscriptionNotFound."""
        for _ in range(TRIES):
            if self.subscriptions.remove(self.one(account, subscription_id)):
                return
        raise OrderBusy

    def one(self, account: str, subscription_id: str) -> Subscription:
        """The live subscription of this id. Raises SubscriptionNotFound."""
        found = self.subscriptions.get(account, subscription_id)
        if found is None or not found.live(self.now()):
            raise SubscriptionNotFound(account, subscription_id)
        return found

    def of(self, account: str, *, order_type: str | None = None, order_id: str | None = None) -> Sequence[Subscription]:
        """The live subscriptions, oldest first, of a type (by any of its names) and of an order where asked for."""
        now = self.now()
        kind = find_order_type(order_type) if order_type else None
        return [
            found
            for found in self.subscriptions.all(account)
            if found.live(now)
            and (order_type is None or (kind is not None and found.routes[0].type == kind.resource))
            and (order_id is None or found.order_id == order_id)
        ]

    def _of_receipt(self, account: str, subscription_id: str) -> Subscription:
        found = self.subscriptions.get(account, subscription_id)
        if found is None:
            raise SubscriptionNotFound(account, subscription_id)
        return found

    def _version(self, wish: Wish) -> Version | None:
        """The version of the one order it is for: held in the write, so that it covers all that comes after."""
        if wish.order_id is None:
            return None
        key = OrderKey(wish.account, _resource(wish), wish.order_id)
        return Version(key, self.ledger.order(key).version)

    def _wished(self, wish: Wish, subscription_id: str, now: datetime, at: Version | None) -> Subscription:
        target = replace(wish.target, secret=self.new_secret()) if isinstance(wish.target, Callback) else wish.target
        route = Route(
            type=_resource(wish), order_id=wish.order_id or ANY_ORDER, since=now, after=at.number if at else 0
        )
        return Subscription(
            account=wish.account, id=subscription_id, target=target, routes=(route,), created_at=now,
            order_type=wish.order_type, event_type=wish.event_type, expires_at=_expires_at(wish, now),
        )  # fmt: skip


def _resource(wish: Wish) -> str:
    if wish.event_type is not None:
        return EVENTS
    kind = find_order_type(wish.order_type or "")
    if kind is None:
        raise Invalid(Problem("14500", "Incorrect order type", "OrderType"))
    return kind.resource


def _expires_at(wish: Wish, now: datetime) -> datetime | None:
    if wish.expiry is None and isinstance(wish.target, Mailbox):
        return None
    return expiry(now, DEFAULT_EXPIRY if wish.expiry is None else wish.expiry)


def _kept(new: Subscription, old: Subscription) -> Subscription:
    """What a PUT leaves as it was: a route that stays keeps its beginning, a callback its signing secret."""
    before = {(route.type, route.order_id): route for route in old.routes}
    routes = tuple(before.get((route.type, route.order_id), route) for route in new.routes)
    target, was = new.target, old.target
    if isinstance(target, Callback) and isinstance(was, Callback):
        target = replace(target, secret=was.secret)
    same_target = target.address == was.address
    return replace(
        new, target=target, routes=routes, created_at=old.created_at, version=old.version + 1,
        health=Health(revision=old.health.revision + 1),
        status=old.status if same_target else READY, status_at=old.status_at if same_target else None,
    )  # fmt: skip
