"""Lists of a type's orders: places from an index, which may lag, and heads from the table, page by page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import merge
from itertools import groupby, islice

from pynamodb.expressions.condition import Condition
from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import OrderNotFound
from chalicelib.domain.order import Order
from chalicelib.domain.query import LARGEST_DETAILS, OrderQuery, of_the_first_page, walked
from chalicelib.domain.record import OrderPage
from chalicelib.store import keys
from chalicelib.store.codec import orders as codec
from chalicelib.store.codec.text import time
from chalicelib.store.rows import OrderRow

_AT_ONCE = 100
"""Heads that a walk reads together."""

_DETAILS_AT_ONCE = 25
"""Orders whose details are read together: each may have a megabyte."""

_FIRST, _LAST = "0", "~"
"""Before and behind every place in an index by date."""

Stretch = tuple[GlobalSecondaryIndex[OrderRow], str]


@dataclass(slots=True, kw_only=True)
class Listing:
    """One list. `examined`: how many orders a page looks at where no index answers it whole."""

    query: OrderQuery
    now: datetime
    examined: int
    counted: int
    _heads: dict[str, OrderRow] = field(default_factory=dict)

    def page(self, place: str | None) -> OrderPage:
        """The page that begins at a place; None: at the list's beginning."""
        return self._whole(place) if self.query.whole else self._walked(place)

    def total(self) -> int:
        """How many there are: counted so far and no further, or those among the first that a page looks at."""
        if self.query.whole:
            return self._count()
        found = walked(self._rows(None), of_the_first_page(self.query), examined=self.examined)
        return min(found.matching, self.counted)

    def _whole(self, place: str | None) -> OrderPage:
        size = self.query.size
        listed = list(islice(self._listed(place, limit=size + 1), size + 1))
        following = keys.order_of(listed[size].pk).id if len(listed) > size else None
        orders = (self._order(each.pk) for each in self._read(listed[:size]))
        shown = tuple(order for order in orders if order is not None and self.query.matches(order))
        return OrderPage(shown, following, self.total())

    def _walked(self, place: str | None) -> OrderPage:
        found = walked(self._rows(place), self.query, examined=self.examined)
        total = self.total() if place is not None else min(found.matching, self.counted)
        return OrderPage(found.orders, found.next, total)

    def _rows(self, place: str | None) -> Iterator[tuple[str, Order | None]]:
        """Ids and orders, of as many as are looked at and one more."""
        listed = self._listed(place, limit=None)
        left = self.examined
        while some := list(islice(listed, min(_AT_ONCE, left))):
            left -= len(some)
            yield from ((keys.order_of(each.pk).id, self._order(each.pk)) for each in self._read(some))
        yield from ((keys.order_of(each.pk).id, None) for each in islice(listed, 1))

    def _read(self, listed: list[OrderRow]) -> list[OrderRow]:
        """The same; their heads are read."""
        wanted = dict.fromkeys((each.pk, keys.HEAD) for each in listed)
        self._heads |= {head.pk: head for head in OrderRow.batch_get(list(wanted))}
        return listed

    def _order(self, pk: str) -> Order | None:
        """None where it is gone, or its time is over."""
        head = self._heads.get(pk)
        ttl: datetime | None = head.ttl if head else None
        if head is None or (ttl is not None and ttl <= self.now):
            return None
        return codec.order(head.attribute_values)

    def _listed(self, place: str | None, *, limit: int | None) -> Iterator[OrderRow]:
        """Keys in the order of the list, each once: an order that moves may for a moment stand in two stretches."""
        within = _within(self.query, place)
        if within is None:
            return iter(())
        found = [
            index.query(
                pk, within, scan_index_forward=self.query.oldest_first, limit=limit, page_size=limit or _AT_ONCE
            )
            for index, pk in _stretches(self.query)
        ]
        merged = merge(*found, key=lambda each: str(each.listed_at), reverse=not self.query.oldest_first)
        return (next(same) for _, same in groupby(merged, key=lambda each: each.pk))  # the same place: neighbours

    def _count(self) -> int:
        table = OrderRow._get_connection()  # noqa: SLF001 because PynamoDB's own count goes on beyond its limit
        count, within = 0, _within(self.query, None)
        for index, pk in _stretches(self.query) if within is not None else ():
            start = None
            while count < self.counted:
                page = table.query(
                    pk, range_key_condition=within, index_name=index.Meta.index_name, select="COUNT",
                    limit=self.counted - count, exclusive_start_key=start,
                )  # fmt: skip
                count, start = count + page["Count"], page.get("LastEvaluatedKey")
                if start is None:
                    break
        return count

    def detailed(self, page: OrderPage, reread: Callable[[OrderKey], Order]) -> OrderPage:
        """The page with what the clients sent, as much as an answer can hold."""
        orders: list[Order] = []
        size = 0
        for first in range(0, len(page.orders), _DETAILS_AT_ONCE):
            some = page.orders[first : first + _DETAILS_AT_ONCE]
            pieces = self._pieces(some)
            for order in some:
                whole, length = self._with_details(order, pieces, reread)
                size += length
                if orders and size > LARGEST_DETAILS:
                    return replace(page, orders=tuple(orders), next=order.key.id)
                orders.extend(whole)
        return replace(page, orders=tuple(orders))

    def _pieces(self, orders: tuple[Order, ...]) -> dict[str, list[OrderRow]]:
        """The pieces of their details, in one batch."""
        wanted = [
            (pk, keys.details(part))
            for pk in (keys.order(order.key) for order in orders)
            for part in range(1, int(self._heads[pk].pieces or 0) + 1)
        ]
        found: dict[str, list[OrderRow]] = {}
        for piece in sorted(OrderRow.batch_get(wanted) if wanted else (), key=lambda each: (each.pk, each.sk)):
            found.setdefault(piece.pk, []).append(piece)
        return found

    def _with_details(
        self, order: Order, pieces: dict[str, list[OrderRow]], reread: Callable[[OrderKey], Order]
    ) -> tuple[tuple[Order, ...], int]:
        """The order, or none where it is gone by now, and the length of its details."""
        head = self._heads[keys.order(order.key)]
        own = pieces.get(head.pk, [])
        current = [each for each in own if each.details_version == head.details_version]
        if len(current) == int(head.pieces or 0):
            whole = codec.order(head.attribute_values, [each.attribute_values for each in current])
            return (whole,), sum(len(each.body or "") for each in current)
        try:
            return (reread(order.key),), 0
        except OrderNotFound:
            return (), 0


def _stretches(query: OrderQuery) -> list[Stretch]:
    """The partitions of one index that hold the list."""
    of = (query.account, query.type)
    if query.sought:
        return [(OrderRow.by_lookup, keys.lookup(*of, each)) for each in query.sought]
    if query.statuses:
        return [(OrderRow.by_standing, keys.standing(*of, status)) for status in sorted(query.statuses)]
    return [
        (OrderRow.by_listing, keys.listing(*of, drafts=drafts))
        for drafts in ((False, True) if query.drafts else (False,))
    ]


def _within(query: OrderQuery, place: str | None) -> Condition | None:
    """From which place to which; None where there is nothing between them. A place is a time, a # and an id."""
    low = time(query.created.since) if query.created.since else _FIRST
    high = time(query.created.before) if query.created.before else _LAST
    if place is not None:
        low, high = (max(low, place), high) if query.oldest_first else (low, min(high, place))
    return OrderRow.listed_at.between(low, high) if low <= high else None
