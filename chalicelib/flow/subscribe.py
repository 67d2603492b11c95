"""Make, change and end subscriptions, so that one that is acknowledged never misses what begins after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chalicelib.domain.commands import Subscribe as Wish
from chalicelib.domain.errors import (
    Conflict,
    OrderBusy,
    ReceiptTaken,
    SubscriptionNotFound,
    TooManySubscriptions,
)
from chalicelib.domain.health import Health
from chalicelib.domain.order_types import find_order_type
from chalicelib.domain.record import Place, SubscriptionPage
from chalicelib.domain.subscription import (
    ANY_ORDER,
    DEFAULT_EXPIRY,
    READY,
    Callback,
    Mailbox,
    Subscription,
    expiry,
)
from chalicelib.flow.accept import TRIES, Accept, Keyed
from chalicelib.flow.ports import Ledger, Subscriptions, Version
from chalicelib.flow.route import checked, routes, versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe:
    """The verb, with what it needs. `new_secret` makes the signing secret of a callback.

    `limit`: how many subscriptions to all orders of one type an account may have; None: any number.
    """

    ledger: Ledger
    subscriptions: Subscriptions
    accept: Accept
    now: Callable[[], datetime]
    new_id: Callable[[], UUID]
    new_secret: Callable[[], str]
    limit: int | None = None

    def create(self, wish: Wish, keyed: Keyed | None = None) -> Subscription:
        """A new subscription.

        Raises DuplicateSubscription, OrderNotFound (of the wish's order), Invalid, TooManySubscriptions, KeyReused.
        """
        subscription_id = str(self.new_id())
        for _ in range(TRIES):
            if (done := self.accept.result(keyed)) is not None:
                return self._of_receipt(wish.account, done)
            now, at = self.now(), versions(wish, self.ledger)
            subscription = self._wished(wish, subscription_id, now, at)
            checked((), subscription.routes, at)
            self._within_limit(subscription)
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
            now, at = self.now(), versions(wish, self.ledger)
            new = _kept(self._wished(wish, subscription_id, now, at), old)
            at = checked(old.routes, new.routes, at)
            self._within_limit(new)
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
            and any(
                (order_type is None or (kind is not None and route.type == kind.resource))
                and (order_id is None or route.order_id == order_id)
                for route in found.routes
            )
        ]

    def page(
        self,
        account: str,
        *,
        start: Place | None,
        size: int,
        order_type: str | None = None,
        order_id: str | None = None,
    ) -> SubscriptionPage:
        """As many of those as asked for, from a place on; None: from the oldest."""
        found = self.of(account, order_type=order_type, order_id=order_id)
        rest = [each for each in found if start is None or (each.created_at, each.id) >= start]
        following = (rest[size].created_at, rest[size].id) if len(rest) > size else None
        return SubscriptionPage(tuple(rest[:size]), following)

    def _of_receipt(self, account: str, subscription_id: str) -> Subscription:
        found = self.subscriptions.get(account, subscription_id)
        if found is None:
            raise SubscriptionNotFound(account, subscription_id)
        return found

    def _within_limit(self, wished: Subscription) -> None:
        """Raise TooManySubscriptions for one too many. Two that are made at the same moment may both be the last."""
        if self.limit is None:
            return
        others = [each for each in self.of(wished.account) if each.id != wished.id]
        for route in wished.routes:
            same = sum((route.type, ANY_ORDER) in _places(each) for each in others)
            if route.order_id == ANY_ORDER and same >= self.limit:
                raise TooManySubscriptions(self.limit)

    def _wished(self, wish: Wish, subscription_id: str, now: datetime, at: Sequence[Version]) -> Subscription:
        target = replace(wish.target, secret=self.new_secret()) if isinstance(wish.target, Callback) else wish.target
        return Subscription(
            account=wish.account, id=subscription_id, target=target, routes=routes(wish, at, now, self.ledger),
            created_at=now, order_type=wish.order_type, event_type=wish.event_type, filters=wish.filters,
            expires_at=_expires_at(wish, now),
        )  # fmt: skip


def _places(subscription: Subscription) -> set[tuple[str, str]]:
    return {(route.type, route.order_id) for route in subscription.routes}


def _expires_at(wish: Wish, now: datetime) -> datetime | None:
    if wish.filters is not None or (wish.expiry is None and isinstance(wish.target, Mailbox)):
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
