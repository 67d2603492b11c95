"""Which orders a list asks for, by what they are found, and whether an order is one of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.handle import Handle, Handled, phone
from chalicelib.domain.order import Order

EXAMINED = 1000
"""Orders that one request looks at where no index answers it whole. What lies beyond is behind the link `next`."""

LARGEST_DETAILS = 3_000_000
"""Characters of details in one page; what lies beyond is behind the link `next`."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, `since` included and `before` not; None is no bound."""

    since: datetime | None = None
    before: datetime | None = None

    def __contains__(self, at: datetime) -> bool:
        """Whether a time lies in it."""
        return (self.since is None or at >= self.since) and (self.before is None or at < self.before)

    def __bool__(self) -> bool:
        """Whether it bounds anything."""
        return self.since is not None or self.before is not None


ALWAYS = Span()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderQuery:
    """A page of the orders of one type: newest first, or `oldest_first`, from the order of id `start` on.

    None and empty are no filter. `number` and `billing` are as `phone` writes them. `drafts`: whether they are among
    them where no status is asked for. `detailed`: with what the client sent.
    """

    account: str
    type: str
    size: int
    start: str | None = None
    oldest_first: bool = False
    drafts: bool = False
    statuses: frozenset[str] = frozenset()
    created: Span = ALWAYS
    modified: Span = ALWAYS
    customer_order_id: str | None = None
    number: str | None = None
    billing: str | None = None
    pon: str | None = None
    user: str | None = None
    modified_by: str | None = None
    id_prefix: str | None = None
    site: str | None = None
    detailed: bool = False

    @property
    def sought(self) -> tuple[Handled, ...]:
        """The handles of which an order must have one, by the filter that finds the fewest; empty without one."""
        if self.number is not None:
            return (Handled(Handle.NUMBER, self.number),)
        if self.customer_order_id is not None:
            return (Handled(Handle.CUSTOMER, self.customer_order_id),)
        if self.pon is not None:
            return (Handled(Handle.PON, self.pon),)
        if self.billing is not None:
            return (Handled(Handle.NUMBER, self.billing), Handled(Handle.BILLING, self.billing))
        return ()

    @property
    def whole(self) -> bool:
        """Whether an index by date, or by status and date, answers it, and no order has to be looked at."""
        rest = (self.modified, self.user, self.modified_by, self.id_prefix, self.site)
        return not self.sought and not any(rest)

    def matches(self, order: Order) -> bool:
        """Whether an order, without its details, is one of them; its `number` is not looked at."""
        return (
            not order.removed
            and (order.status in self.statuses if self.statuses else self.drafts or not order.draft)
            and order.created_at in self.created
            and order.modified_at in self.modified
            and self.customer_order_id in (None, order.customer_order_id)
            and self.billing in (None, phone(order.fact("BillingTelephoneNumber") or ""))
            and self.pon in (None, order.fact("PON") or order.fact("Pon"))
            and self.user in (None, order.created_by)
            and self.modified_by in (None, order.modified_by)
            and order.key.id.startswith(self.id_prefix or "")
            and self.site in (None, order.fact("SiteId"))
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What a walk has found. `next`: the order with which the rest begins. `matching`: how many it came by."""

    orders: tuple[Order, ...]
    next: str | None
    matching: int


def walked(rows: Iterable[tuple[str, Order | None]], query: OrderQuery, *, examined: int) -> Found:
    """Look at orders (id, and the order where there still is one) in their order, until `examined` were looked at."""
    orders: list[Order] = []
    following, matching = None, 0
    for count, (order_id, order) in enumerate(rows):
        if count == examined:
            return Found(tuple(orders), following or order_id, matching)
        if order is not None and query.matches(order):
            matching += 1
            if len(orders) < query.size:
                orders.append(order)
            else:
                following = following or order_id
    return Found(tuple(orders), following, matching)


def of_the_first_page(query: OrderQuery) -> OrderQuery:
    """The same list from its beginning."""
    return replace(query, start=None)
