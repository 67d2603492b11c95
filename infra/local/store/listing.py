"""Lists of a type's orders: by date, by state and date, or by what they name; each from an index, page by page."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import OrderNotFound
from chalicelib.domain.handle import handles
from chalicelib.domain.order import Order
from chalicelib.domain.query import EXAMINED, LARGEST_DETAILS, OrderQuery, of_the_first_page, walked
from chalicelib.domain.record import OrderPage
from infra.local.store import codec
from infra.local.store.codec import stamp
from infra.local.store.reader import Reads

COUNTED = 10_000
"""Rows that a list's total counts, where no setting says otherwise."""

_AT_ONCE = 25
"""Orders whose details are read together: each may have a megabyte."""

GONE = 2
"""Neither a draft nor not one: in no list."""

_OLDEST, _NEWEST = 0, 2**63 - 1

Part = tuple[str, tuple[object, ...]]


class Listing:
    """Reads pages, as DynamoDB's lists are read: nothing here costs more as an account grows."""

    def __init__(self, reads: Reads, *, counted: int = COUNTED, examined: int = EXAMINED) -> None:
        """`counted`: how far a total counts. `examined`: orders a page looks at where no index answers it whole."""
        self._reads, self._counted, self._examined = reads, counted, examined

    def page(self, query: OrderQuery) -> OrderPage:
        """The page asked for. Raises OrderNotFound where it is to begin with an order that is not there."""
        place = self._place(query)
        found = self._whole(query, place) if query.whole else self._walked(query, place)
        return self._detailed(found, query) if query.detailed else found

    def total(self, query: OrderQuery) -> int:
        """How many orders it matches, counted so far and no further."""
        if not query.whole:
            return self._matching(query)
        found = " UNION ALL ".join(
            f"SELECT 1 FROM ({sql} LIMIT {self._counted})"  # noqa: S608 because only words from below and a number are put in
            for sql, _ in _parts(query)
        )
        sql = f"SELECT count(*) FROM (SELECT * FROM ({found}) LIMIT {self._counted})"  # noqa: S608 because only words from below and a number are put in
        return int(self._reads.rows(sql, [value for _, values in _parts(query) for value in values])[0][0])

    def _whole(self, query: OrderQuery, place: tuple[int, str] | None) -> OrderPage:
        orders = self._orders(query, place, query.size + 1)
        following = orders[query.size].key.id if len(orders) > query.size else None
        return OrderPage(tuple(orders[: query.size]), following, self.total(query))

    def _walked(self, query: OrderQuery, place: tuple[int, str] | None) -> OrderPage:
        orders = self._orders(query, place, self._examined + 1)
        found = walked(((order.key.id, order) for order in orders), query, examined=self._examined)
        total = found.matching if place is None else self._matching(query)
        return OrderPage(found.orders, found.next, min(total, self._counted))

    def _matching(self, query: OrderQuery) -> int:
        orders = self._orders(of_the_first_page(query), None, self._examined)
        return min(sum(query.matches(order) for order in orders), self._counted)

    def _orders(self, query: OrderQuery, place: tuple[int, str] | None, limit: int) -> list[Order]:
        """The first orders that the index has, from a place on."""
        way = "ASC" if query.oldest_first else "DESC"
        parts = _parts(query, place)
        found = " UNION ALL ".join(
            f"SELECT * FROM ({sql} ORDER BY created_at {way}, id {way} LIMIT {limit})"  # noqa: S608 because only words from below are put in
            for sql, _ in parts
        )
        sql = f"""SELECT orders.id, orders.version, orders.head FROM
            (SELECT * FROM ({found}) ORDER BY created_at {way}, id {way} LIMIT {limit}) AS found
            CROSS JOIN orders ON orders.account = ? AND orders.type = ? AND orders.id = found.id
            ORDER BY found.created_at {way}, found.id {way}"""  # noqa: S608 because only words from below are put in
        values = [value for _, part in parts for value in part]
        rows = self._reads.rows(sql, (*values, query.account, query.type))
        return [codec.order(OrderKey(query.account, query.type, row[0]), *row[1:]) for row in rows]

    def _place(self, query: OrderQuery) -> tuple[int, str] | None:
        """Where the order of id `start` stands in the list."""
        if query.start is None:
            return None
        sql = "SELECT created_at, id FROM orders WHERE account = ? AND type = ? AND id = ?"
        for created_at, order_id in self._reads.rows(sql, (query.account, query.type, query.start)):
            return created_at, order_id
        raise OrderNotFound(query.type, query.start)

    def _detailed(self, page: OrderPage, query: OrderQuery) -> OrderPage:
        """The same with what the clients sent, as much as an answer can hold."""
        orders: list[Order] = []
        size = 0
        for first in range(0, len(page.orders), _AT_ONCE):
            some = page.orders[first : first + _AT_ONCE]
            bodies = self._bodies(query, [order.key.id for order in some])
            for order in some:
                body = bodies.get(order.key.id, "[]")
                size += len(body)
                if orders and size > LARGEST_DETAILS:
                    return replace(page, orders=tuple(orders), next=order.key.id)
                orders.append(replace(order, details=codec.details(body)))
        return replace(page, orders=tuple(orders))

    def _bodies(self, query: OrderQuery, ids: Sequence[str]) -> dict[str, str]:
        marks = ", ".join("?" * len(ids))
        sql = f"SELECT order_id, body FROM details WHERE account = ? AND type = ? AND order_id IN ({marks})"  # noqa: S608 because only question marks are put in
        return dict(self._reads.rows(sql, (query.account, query.type, *ids)))


def listed_as(order: Order) -> tuple[int, str]:
    """The columns `draft` and `status` of an order; those of one that was removed are in no list."""
    return (GONE, "") if order.removed else (int(order.draft), order.status)


def keep_handles(connection: sqlite3.Connection, rows: Sequence[tuple[object, ...]], key: tuple[str, str, str]) -> None:
    """Let an order be found by these, and by no others."""
    connection.execute("DELETE FROM handles WHERE account = ? AND type = ? AND order_id = ?", key)
    connection.executemany(
        "INSERT INTO handles (account, type, kind, value, created_at, order_id) VALUES (?, ?, ?, ?, ?, ?)", rows
    )


def handle_rows(order: Order) -> list[tuple[object, ...]]:
    """An order's handles, as rows; none of one that was removed. `order` has its details."""
    if order.removed:
        return []
    account, kind, order_id = order.key.account, order.key.type, order.key.id
    return [
        (account, kind, each.kind.value, each.value, stamp(order.created_at), order_id) for each in handles(order)
    ]  # fmt: skip


def _parts(query: OrderQuery, place: tuple[int, str] | None = None) -> list[Part]:
    """The stretches of the index, each as SQL that gives created_at and id."""
    return [_bounded(sql, values, query, place) for sql, values in _stretches(query)]


def _stretches(query: OrderQuery) -> Iterator[Part]:
    of = (query.account, query.type)
    if query.sought:
        sql = "SELECT created_at, order_id AS id FROM handles WHERE account = ? AND type = ? AND kind = ? AND value = ?"
        yield from ((sql, (*of, each.kind.value, each.value)) for each in query.sought)
    elif query.statuses:
        sql = "SELECT created_at, id FROM orders WHERE account = ? AND type = ? AND status = ?"
        yield from ((sql, (*of, status)) for status in sorted(query.statuses))
    else:
        sql = "SELECT created_at, id FROM orders WHERE account = ? AND type = ? AND draft = ?"
        yield from ((sql, (*of, draft)) for draft in ((0, 1) if query.drafts else (0,)))


def _bounded(sql: str, values: tuple[object, ...], query: OrderQuery, place: tuple[int, str] | None) -> Part:
    created = query.created
    since = stamp(created.since) if created.since else _OLDEST
    before = stamp(created.before) if created.before else _NEWEST
    if created:
        sql, values = f"{sql} AND created_at >= ? AND created_at < ?", (*values, since, before)
    if place is not None:
        name = "order_id" if "order_id" in sql else "id"
        sql, values = f"{sql} AND (created_at, {name}) {'>=' if query.oldest_first else '<='} (?, ?)", (*values, *place)
    return sql, values
