"""Subscriptions, the routes by which entries find them, and the claim of each on its target."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Conflict
from chalicelib.domain.health import Health
from chalicelib.domain.record import Receipt, Routed, RoutePage, Version
from chalicelib.domain.subscription import ANY_ORDER, Subscription
from infra.local.store import claims, codec, definition, receipts
from infra.local.store.codec import columns, stamp, time
from infra.local.store.reader import Reads, Row
from infra.local.store.writer import Writer

_COLUMNS = """account, id, version, created_at, expires_at, ended_at, status, status_at, revision, health,
    definition"""
_SELECT = f"SELECT {_COLUMNS} FROM subscriptions"  # noqa: S608 because only words from above are put in

_ROUTES = """SELECT wide, subscription_id, after FROM (
        SELECT * FROM (SELECT 0 AS wide, subscription_id, after FROM routes
            WHERE account = ? AND type = ? AND order_id = ? AND subscription_id >= ?
            ORDER BY subscription_id LIMIT ?)
        UNION ALL SELECT * FROM (SELECT 1, subscription_id, after FROM routes
            WHERE account = ? AND type = ? AND order_id = ? AND subscription_id >= ?
            ORDER BY subscription_id LIMIT ?))
    ORDER BY wide, subscription_id LIMIT ?"""
"""One query, so that no subscription that moves from one order to all of the type, or back, is missed."""


class Subscriptions:
    """Implements the flow's Subscriptions."""

    def __init__(self, reads: Reads, writer: Writer) -> None:
        self._reads, self._writer = reads, writer

    def add(
        self,
        subscription: Subscription,
        *,
        now: datetime,
        at: Collection[Version] = (),
        receipt: Receipt | None = None,
    ) -> None:
        """Write subscription, routes, claim and receipt as one.

        Raises DuplicateSubscription, Conflict (an order is not at its version of `at`), ReceiptTaken.
        """
        values = _values(subscription)

        def work(connection: sqlite3.Connection) -> None:
            receipts.refuse_taken(connection, receipt, at=now)
            _hold(connection, at)
            claims.refuse_taken(connection, subscription, now=now)
            sql = f"INSERT INTO subscriptions ({_COLUMNS}, tag) VALUES ({', '.join('?' * 12)}) ON CONFLICT DO NOTHING"  # noqa: S608 because only words from above are put in
            if connection.execute(sql, (*values, subscription.tag)).rowcount == 0:
                raise Conflict
            _route(connection, subscription)
            claims.take(connection, subscription)
            receipts.keep(connection, receipt, at=now)

        self._writer.do(work)

    def replace(
        self, subscription: Subscription, *, old: Subscription, now: datetime, at: Collection[Version] = ()
    ) -> None:
        """Put `subscription` in place of `old`, routes and claim included, as one.

        On condition that the stored version is `old.version` and that it has not ended. Raises
        DuplicateSubscription, Conflict.
        """
        values = _values(subscription)

        def work(connection: sqlite3.Connection) -> None:
            _hold(connection, at)
            claims.refuse_taken(connection, subscription, now=now)
            # The revision goes up from the stored one: health noted since `old` was read must not count as known.
            sql = f"""UPDATE subscriptions SET ({_COLUMNS}) = ({", ".join("?" * 8)}, max(?, revision + 1), ?, ?)
                WHERE account = ? AND id = ? AND version = ? AND ended_at IS NULL"""  # noqa: S608 because only words from above are put in
            if connection.execute(sql, (*values, old.account, old.id, old.version)).rowcount == 0:
                raise Conflict
            _unroute(connection, old)
            _route(connection, subscription)
            claims.release(connection, old)
            claims.take(connection, subscription)

        self._writer.do(work)

    def remove(self, subscription: Subscription) -> bool:
        """Delete subscription, routes and claim as one. False when it was gone, or changed or ended, already."""
        ended = None if subscription.ended_at is None else stamp(subscription.ended_at)
        return self._delete(subscription, "version = ? AND ended_at IS ?", (subscription.version, ended))

    def get(self, account: str, subscription_id: str) -> Subscription | None:
        """The subscription, also when it has expired or ended; a consistent read."""
        return self._first(f"{_SELECT} WHERE account = ? AND id = ?", (account, subscription_id))

    def tagged(self, account: str, tag: str) -> Subscription | None:
        """The subscription whose id begins with this tag; a consistent read."""
        return self._first(f"{_SELECT} WHERE account = ? AND tag = ?", (account, tag))

    def all(self, account: str) -> Sequence[Subscription]:
        """All that are stored, also expired and ended ones, oldest first; a consistent read."""
        sql = f"{_SELECT} WHERE account = ? ORDER BY created_at, id"
        return [_subscription(row) for row in self._reads.rows(sql, (account,))]

    def routes(self, order: OrderKey, *, start: str | None = None, limit: int = 500) -> RoutePage:
        """Who hears of this order: first the routes of the order, then those of all of its type. Consistent reads."""
        wide, first = (start[0] == "1", start[1:]) if start else (False, "")
        own = (*columns(order), first, 0 if wide else limit + 1)
        type_wide = (order.account, order.type, ANY_ORDER, first if wide else "", limit + 1)
        rows = self._reads.rows(_ROUTES, (*own, *type_wide, limit + 1))
        following = f"{rows[limit][0]}{rows[limit][1]}" if len(rows) > limit else None
        return RoutePage(tuple(Routed(found, after) for _, found, after in rows[:limit]), following)

    def expired(self, *, before: datetime, limit: int) -> Sequence[Subscription]:
        """Subscriptions whose expiry lies before a time, oldest first."""
        sql = f"{_SELECT} WHERE expires_at < ? ORDER BY expires_at LIMIT ?"
        return [_subscription(row) for row in self._reads.rows(sql, (stamp(before), limit))]

    def remove_expired(self, subscription: Subscription) -> bool:
        """Delete it with routes and claim, on condition that the stored `expires_at` is the one it has here."""
        expires_at = None if subscription.expires_at is None else stamp(subscription.expires_at)
        return self._delete(subscription, "expires_at IS ?", (expires_at,))

    def note_health(self, subscription: Subscription, health: Health, *, status: str, at: datetime) -> bool:
        """Write health and status, on condition that the stored health's revision is `subscription.health.revision`."""
        values = (health.revision, codec.of_health(health), status, stamp(at))
        condition = (subscription.account, subscription.id, subscription.health.revision)
        sql = """UPDATE subscriptions SET revision = ?, health = ?, status = ?, status_at = ?
            WHERE account = ? AND id = ? AND revision = ?"""
        return self._writer.do(
            lambda connection: connection.execute(sql, (*values, *condition)).rowcount > 0, durable=False
        )

    def _first(self, sql: str, values: Sequence[object]) -> Subscription | None:
        return next((_subscription(row) for row in self._reads.rows(sql, values)), None)

    def _delete(self, subscription: Subscription, condition: str, values: Sequence[object]) -> bool:
        sql = f"DELETE FROM subscriptions WHERE account = ? AND id = ? AND {condition}"  # noqa: S608 because the condition is one of those above

        def work(connection: sqlite3.Connection) -> bool:
            if connection.execute(sql, (subscription.account, subscription.id, *values)).rowcount == 0:
                return False
            _unroute(connection, subscription)
            claims.release(connection, subscription)
            return True

        return self._writer.do(work)


def end(connection: sqlite3.Connection, subscription: Subscription, *, at: datetime) -> bool:
    """Mark it ended and delete its routes and claim, on condition that the stored version is the one it has here."""
    sql = "UPDATE subscriptions SET ended_at = ? WHERE account = ? AND id = ? AND version = ?"
    values = (stamp(at), subscription.account, subscription.id, subscription.version)
    if connection.execute(sql, values).rowcount == 0:
        return False
    _unroute(connection, subscription)
    claims.release(connection, subscription)
    return True


def _hold(connection: sqlite3.Connection, at: Collection[Version]) -> None:
    """Raise Conflict unless the orders are at those versions."""
    sql = "SELECT 1 FROM orders WHERE account = ? AND type = ? AND id = ? AND version = ?"
    for held in at:
        if not connection.execute(sql, (*columns(held.order), held.number)).fetchone():
            raise Conflict


def _route(connection: sqlite3.Connection, subscription: Subscription) -> None:
    connection.executemany(
        "INSERT INTO routes (account, type, order_id, subscription_id, after) VALUES (?, ?, ?, ?, ?)",
        [
            (subscription.account, route.type, route.order_id, subscription.id, route.after)
            for route in subscription.routes
        ],
    )


def _unroute(connection: sqlite3.Connection, subscription: Subscription) -> None:
    connection.execute(
        "DELETE FROM routes WHERE account = ? AND subscription_id = ?", (subscription.account, subscription.id)
    )


def _values(subscription: Subscription) -> tuple[Any, ...]:
    """The columns of _COLUMNS."""
    expires_at, ended_at, status_at = (
        None if at is None else stamp(at)
        for at in (subscription.expires_at, subscription.ended_at, subscription.status_at)
    )
    return (
        subscription.account, subscription.id, subscription.version, stamp(subscription.created_at), expires_at,
        ended_at, subscription.status, status_at, subscription.health.revision,
        codec.of_health(subscription.health), definition.of_definition(subscription),
    )  # fmt: skip


def _subscription(row: Row) -> Subscription:
    account, found_id, version, created_at, expires_at, ended_at, status, status_at, revision, health, body = row
    return Subscription(
        account=account, id=found_id, version=version, created_at=time(created_at),
        expires_at=None if expires_at is None else time(expires_at),
        ended_at=None if ended_at is None else time(ended_at), status=status,
        status_at=None if status_at is None else time(status_at), health=codec.health(revision, health),
        **definition.definition(body),
    )  # fmt: skip
