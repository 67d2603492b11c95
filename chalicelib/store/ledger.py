"""Orders with their journals and notes, in the table `orders`."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from pynamodb.connection import Connection

from chalicelib.domain.document import Attachment
from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.domain.errors import Conflict, OrderNotFound, ReceiptTaken, StoreUnavailable
from chalicelib.domain.order import Change, Note, Order
from chalicelib.domain.query import EXAMINED, OrderQuery
from chalicelib.domain.record import OrderPage, Receipt
from chalicelib.store import keys, recording
from chalicelib.store.codec import documents
from chalicelib.store.codec import orders as codec
from chalicelib.store.codec.text import of_time
from chalicelib.store.conditions import conditional, reachable
from chalicelib.store.listing import Listing
from chalicelib.store.moving import Moving, mend
from chalicelib.store.receipts import Receipts
from chalicelib.store.rows import OrderRow
from chalicelib.store.sweeping import oldest
from chalicelib.store.transaction import Transaction

_READS = 3
"""Reads of one order until its pieces fit its head: they do, unless its details are changed at that moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Implements the flow's Ledger. `kept`: how long an ended order stays; `counted`: how far a list's total counts.

    `examined`: how many orders a page looks at where no index answers it whole.
    """

    connection: Connection
    receipts: Receipts
    kept: timedelta
    counted: int
    examined: int = EXAMINED
    now: Callable[[], datetime]

    @reachable()
    def order(self, key: OrderKey) -> Order:
        """The order as it stands, details included; a consistent read. Raises OrderNotFound."""
        pk = keys.order(key)
        if not keys.possible(pk):
            raise OrderNotFound(key.type, key.id)
        for _ in range(_READS):
            rows = list(OrderRow.query(pk, OrderRow.sk.startswith(keys.HEAD), consistent_read=True))
            if not rows or rows[0].sk != keys.HEAD or self._over(rows[0]):
                raise OrderNotFound(key.type, key.id)
            head, count = rows[0], int(rows[0].pieces or 0)
            pieces = [each for each in rows[1 : count + 1] if each.details_version == head.details_version]
            if len(pieces) == count:
                order = codec.order(head.attribute_values, [piece.attribute_values for piece in pieces])
                if order.removed:
                    raise OrderNotFound(key.type, key.id)
                return order
        raise StoreUnavailable("the order's details are being changed all the time")

    @reachable()
    def record(self, change: Change, receipt: Receipt | None = None) -> None:
        """Write head, entries, notes and receipt as one. Raises Conflict, ReceiptTaken."""
        if not change.entries and receipt is None:
            return
        transaction = Transaction(self.connection)
        self.receipts.keep(receipt, transaction)
        if not change.entries:
            head = OrderRow(keys.order(change.order.key), keys.HEAD)
            transaction.check(head, OrderRow.version == change.base, Conflict)
            transaction.commit()
            return
        moving = Moving.of(change, self.kept)
        recording.add(change, transaction, kept=self.kept, unmended=moving.unmended)
        try:
            moving.commit(transaction, self.now())
        except (Conflict, ReceiptTaken):
            if moving.large(transaction):
                self._mend(change.order.key)
            raise

    @reachable()
    def entries(self, key: OrderKey, *, after: int = 0, upto: int | None = None) -> Sequence[Entry]:
        """The journal between two numbers (after < number <= upto), in order; a consistent read."""
        pk = keys.order(key)
        if not keys.possible(pk) or (upto is not None and upto <= after):
            return []
        within = OrderRow.sk.between(*keys.entries(after, upto))
        found = OrderRow.query(pk, within, consistent_read=True)
        return [entry for each in found if (entry := codec.entry(each.attribute_values))]

    @reachable()
    def documents(self, key: OrderKey) -> Sequence[Attachment]:
        """What is known of the documents of an order, oldest first; a consistent read."""
        pk = keys.order(key)
        if not keys.possible(pk):
            return []
        found = OrderRow.query(pk, OrderRow.sk.startswith(keys.DOCUMENTS), consistent_read=True)
        return [documents.document(each.attribute_values) for each in found]

    @reachable()
    def notes(self, key: OrderKey) -> Sequence[Note]:
        """All notes of an order, oldest first; a consistent read."""
        pk = keys.order(key)
        if not keys.possible(pk):
            return []
        found = OrderRow.query(pk, OrderRow.sk.startswith(keys.NOTES), consistent_read=True)
        return [codec.note(each.attribute_values) for each in found]

    @reachable()
    def page(self, query: OrderQuery) -> OrderPage:
        """A page of a type's orders. Raises OrderNotFound where it is to begin with an order that is not there."""
        place = None
        if query.start is not None:
            first = self._row(OrderKey(query.account, query.type, query.start))
            if first is None:
                raise OrderNotFound(query.type, query.start)
            place = first.listed_at
        listing = self._listing(query)
        page = listing.page(place)
        return listing.detailed(page, self.order) if query.detailed else page

    @reachable()
    def total(self, query: OrderQuery) -> int:
        """How many orders it matches, counted so far and no further."""
        return self._listing(query).total()

    @reachable()
    def announced(self, key: OrderKey, number: int) -> bool:
        """Take the mark away, on condition that the version is `number`. False when it is not (or no mark stood).

        The items of an order that has ended learn before, once, when DynamoDB may remove them; the head last.
        """
        head = OrderRow(keys.order(key), keys.HEAD)
        ready = (OrderRow.version == number) & OrderRow.unannounced_since.exists()
        unmark = OrderRow.unannounced_since.remove()
        if conditional(lambda: head.update([unmark], ready & OrderRow.retire_at.does_not_exist())):
            return True
        ended = self._row(key)
        if not (ended and ended.retire_at and ended.unannounced_since and ended.version == number):
            return False
        at = of_time(ended.retire_at)
        self._retire(head.pk, at)
        retire = (OrderRow.retire_at.remove(), OrderRow.ttl.set(at))
        return conditional(lambda: head.update([unmark, *retire], ready)) is not None

    @reachable()
    def unannounced(self, *, before: datetime, limit: int) -> Sequence[OrderKey]:
        """Orders marked before a time, oldest first, from an index that may lag: read the order before acting on it.

        Plans in it, of writers that never came to their end, are tidied up at once and are no orders.
        """
        found = list(oldest(OrderRow.by_mark, OrderRow.unannounced_since, before=before, limit=limit))
        for key in {keys.order_of(each.pk) for each in found if each.sk != keys.HEAD}:
            self._mend(key)
        return [keys.order_of(each.pk) for each in found if each.sk == keys.HEAD]

    @reachable()
    def stepping(self, *, before: datetime, limit: int) -> Sequence[OrderKey]:
        """Orders with a step due before a time, oldest first, from an index that may lag: read the order before it."""
        return [
            keys.order_of(each.pk) for each in oldest(OrderRow.by_step, OrderRow.step_at, before=before, limit=limit)
        ]

    @reachable()
    def marked(self, key: OrderKey) -> int | None:
        """The order's version when the mark stands, else None; a consistent read."""
        head = self._row(key)
        return int(head.version or 0) if head and head.unannounced_since else None

    def _row(self, key: OrderKey) -> OrderRow | None:
        """The head of an order."""
        pk = keys.order(key)
        if not keys.possible(pk):
            return None
        try:
            return OrderRow.get(pk, keys.HEAD, consistent_read=True)
        except OrderRow.DoesNotExist:
            return None

    def _listing(self, query: OrderQuery) -> Listing:
        return Listing(query=query, now=self.now(), examined=self.examined, counted=self.counted)

    def _mend(self, key: OrderKey) -> None:
        """Take away what a writer left that did not come to its end. What meets a change is left to the sweep."""

        def read() -> Order | None:
            try:
                return self.order(key)
            except OrderNotFound:
                return None

        with suppress(Conflict):
            mend(self.connection, keys.order(key), read)

    def _over(self, head: OrderRow) -> bool:
        """Whether the order's time is over: DynamoDB removes items days late, and one by one."""
        ttl: datetime | None = head.ttl
        return ttl is not None and ttl <= self.now()

    def _retire(self, pk: str, at: datetime) -> None:
        """Write on all items but the head when they may go."""
        unaware = OrderRow.query(pk, filter_condition=OrderRow.ttl.does_not_exist(), consistent_read=True)
        for each in [each for each in unaware if each.sk != keys.HEAD]:
            conditional(partial(each.update, [OrderRow.ttl.set(at)], OrderRow.pk.exists()))
