"""What is written and read beside the orders themselves: receipts, conditions, pages and routes.

The words in which flow asks a store and a store answers. Neither rules nor keys of tables.
"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.order import Order
from chalicelib.domain.subscription import Subscription

Place = tuple[datetime, str]
"""Where something stands in a list of an account's subscriptions: when it was made, and its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof that a request was carried out, and what its answer was made of. Void from `expires_at` on."""

    id: str
    body_hash: str
    result: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A condition: the order is at this version."""

    order: OrderKey
    number: int


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Orders of one type, without details unless they were asked for.

    `next` is the id of the order with which the rest of the list begins. `total` counts all that the query matches,
    up to the store's limit for counting; where no index answers it whole, all among the first orders examined.
    """

    orders: tuple[Order, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True)
class SubscriptionPage:
    """Subscriptions of one account, oldest first. `next` names the place where the next page begins."""

    subscriptions: tuple[Subscription, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class Routed:
    """A subscription that hears of an order, and the entry number after which it does (0: from the first)."""

    subscription_id: str
    after: int


@dataclass(frozen=True, slots=True)
class RoutePage:
    """Routes in a fixed order. `next` is given to the next call; None on the last page."""

    routes: tuple[Routed, ...]
    next: str | None
