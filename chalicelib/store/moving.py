"""The items by which an order is found, moved when what it names changes: as one with the order, or safely around it.

A transaction holds 100 items, and an order may name 5,000 numbers. Where they do not fit, the new ones are written
before the transaction and the old ones deleted behind it, under a plan: an item that the sweep finds when it has been
there for a while. Whoever mends (the sweep, or a writer that lost a race) first makes the order's plans void, so that
no transaction which relies on one can still happen, and then deletes the items that the order does not name.

An item that a writer finds may be one of another that never came to its end, and be deleted before the writer's own
transaction. So items are only ever deleted in a transaction that also counts on the head, in `mended` or by its
version; and a writer reads `mended` before it looks, and writes on condition that it is still that. What it found, and
what it wrote, is then there at its transaction, whoever ran when; from then on the version protects it. A new order has
no head to count on, and needs none: its id is its writer's own, so whatever is there was written under this very plan.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.condition import Condition

from chalicelib.domain.errors import Conflict, StoreUnavailable
from chalicelib.domain.handle import Handle, handles
from chalicelib.domain.order import Change, Order
from chalicelib.store import keys
from chalicelib.store.attributes import row
from chalicelib.store.codec.text import time
from chalicelib.store.conditions import conditional
from chalicelib.store.rows import OrderRow
from chalicelib.store.transaction import MOST_ITEMS, Transaction

_FAILED = (Conflict, StoreUnavailable, PynamoDBException, BotoCoreError, ClientError)

PATIENCE = timedelta(minutes=5)
"""When the sweep takes a plan for one that nobody is at work on: no request takes that long."""


@dataclass(frozen=True, slots=True)
class Moving:
    """What a change adds and takes away."""

    pk: str
    version: int
    added: list[OrderRow]
    removed: list[OrderRow]
    unmended: Condition | None = None
    """What the head must still be, beside its version."""

    @classmethod
    def of(cls, change: Change, kept: timedelta) -> "Moving":
        """Reads what there is, where the order is not new; whoever writes it must hold the version."""
        pk = keys.order(change.order.key)
        if not (change.rewrites or change.order.removed):
            return cls(pk, change.order.version, [], [])
        unmended = _unmended(pk) if change.base else None  # read before the items are
        wanted = {each.sk: each for each in _items(change.order, pk, kept)}
        present = {each.sk for each in _present(pk)} if change.base else set()
        return cls(
            pk, change.order.version, [item for sk, item in wanted.items() if sk not in present],
            [OrderRow(pk, sk) for sk in sorted(present - set(wanted))], unmended,
        )  # fmt: skip

    def commit(self, transaction: Transaction, now: datetime) -> None:
        """Make the transaction's writes and these. Raises what the transaction raises."""
        if self.large(transaction):
            self._around(transaction, now)
            return
        for each in self.added:
            transaction.put(each)
        for each in self.removed:
            transaction.delete(each)
        transaction.commit()

    def large(self, transaction: Transaction) -> bool:
        """Whether a transaction that holds the rest of the change has no room for these."""
        return len(transaction.writes) + len(self.added) + len(self.removed) > MOST_ITEMS

    def _around(self, transaction: Transaction, now: datetime) -> None:
        plan = row(OrderRow, self.pk, keys.plan(uuid4().hex), {
            "bucket": keys.bucket(self.pk), "unannounced_since": time(now + PATIENCE),
        })  # fmt: skip
        plan.save()
        _write(self.added)
        holds = OrderRow.pk.exists() & OrderRow.void.does_not_exist()
        if self.removed:
            transaction.check(plan, holds, Conflict)
        else:
            transaction.delete(plan, holds, Conflict)
        transaction.commit()
        if self.removed:
            with suppress(*_FAILED):  # the change is recorded; the sweep does the rest
                _delete(transaction.connection, self.pk, self.removed, self.version)
                plan.delete()


def mend(connection: Connection, pk: str, read: Callable[[], Order | None]) -> None:
    """Delete the items that the order (None: there is none) does not name, and then its plans.

    The order of the steps matters. Whatever item is found was written under a plan that is found too, unless its
    transaction has happened, and then the order that is read knows of it. Raises Conflict when the order is changed at
    that moment; the plans are still there then.
    """
    present = _present(pk)
    plans = _made_void(pk)
    order = read()
    wanted = {each.sk for each in _items(order, pk, timedelta())} if order else set()
    unnamed = [each for each in present if each.sk not in wanted]
    _delete(connection, pk, unnamed, order.version if order else None)
    for plan in plans:
        plan.delete()


def _made_void(pk: str) -> list[OrderRow]:
    """The order's plans; no transaction can rely on them any more."""
    plans = list(OrderRow.query(pk, OrderRow.sk.startswith(keys.PLANS), consistent_read=True))
    for plan in plans:
        conditional(partial(plan.update, [OrderRow.void.set(1)], OrderRow.pk.exists()))
    return plans


def _items(order: Order, pk: str, kept: timedelta) -> Iterator[OrderRow]:
    """One item for each handle; the customer's id is the head's own. None for an order that was removed."""
    of = (order.key.account, order.key.type)
    ttl = order.ended_at + kept if order.ended_at else None
    listed_at = keys.listed_at(time(order.created_at), order.key.id)
    for each in () if order.removed else handles(order):
        if each.kind is not Handle.CUSTOMER:
            attributes = {"lookup": keys.lookup(*of, each), "listed_at": listed_at, "ttl": ttl}
            yield row(OrderRow, pk, keys.handle(each), attributes)


def _unmended(pk: str) -> Condition:
    """That no item of the order is deleted from now on."""
    heads = OrderRow.query(
        pk,
        OrderRow.sk == keys.HEAD,
        consistent_read=True,
        attributes_to_get=["pk", "sk", "mended"],
    )
    mended = next((head.mended for head in heads), None)
    return OrderRow.mended.does_not_exist() if mended is None else OrderRow.mended == mended


def _present(pk: str) -> list[OrderRow]:
    return list(OrderRow.query(pk, OrderRow.sk.startswith(keys.HANDLES), consistent_read=True))


def _write(rows: list[OrderRow]) -> None:
    with OrderRow.batch_write() as batch:
        for each in rows:
            batch.save(each)


def _delete(connection: Connection, pk: str, rows: list[OrderRow], version: int | None) -> None:
    """Delete them as long as the order is at this version (None: is not there), and count that on its head.

    A later change may rely on them, and one that is about to happen may have found them.
    Raises Conflict.
    """
    head = OrderRow(pk, keys.HEAD)
    as_read = OrderRow.pk.does_not_exist() if version is None else OrderRow.version == version
    for first in range(0, len(rows), MOST_ITEMS - 1):
        transaction = Transaction(connection)
        if version is None:
            transaction.check(head, as_read, Conflict)
        else:
            transaction.update(head, [OrderRow.mended.add(1)], as_read, Conflict)
        for each in rows[first : first + MOST_ITEMS - 1]:
            transaction.delete(each)
        transaction.commit()
