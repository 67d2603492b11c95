"""Orders with their journals and notes, and the receipts of what was carried out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.domain.document import Attachment
from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.domain.order import Change, Note, Order
from chalicelib.domain.query import OrderQuery
from chalicelib.domain.record import OrderPage, Receipt


class Ledger(Protocol):
    """Orders with their journals and notes."""

    def order(self, key: OrderKey) -> Order:
        """The order as it stands, details included; a consistent read. Raises OrderNotFound."""

    def record(self, change: Change, receipt: Receipt | None = None) -> None:
        """Write head, entries, notes, documents and receipt as one.

        Conditions: the order's version is `change.base` (0: there is no such order), and no live receipt of this id
        exists. Marks the order as not announced since the last entry's time, unless it is marked already. A change
        without entries writes only the receipt. Raises Conflict, ReceiptTaken.
        """

    def entries(self, key: OrderKey, *, after: int = 0, upto: int | None = None) -> Sequence[Entry]:
        """The journal between two numbers (after < number <= upto), in order; a consistent read."""

    def notes(self, key: OrderKey) -> Sequence[Note]:
        """All notes of an order, oldest first; a consistent read."""

    def documents(self, key: OrderKey) -> Sequence[Attachment]:
        """What is known of the documents of an order, oldest first; a consistent read."""

    def page(self, query: OrderQuery) -> OrderPage:
        """A page of a type's orders. May lag behind the latest writes.

        Raises OrderNotFound when the query begins with what is no order of the type.
        """

    def total(self, query: OrderQuery) -> int:
        """How many orders the query matches, as OrderPage says it; where it begins does not matter. May lag."""

    def announced(self, key: OrderKey, number: int) -> bool:
        """Take the mark away, on condition that the version is `number`. False when it is not (or no mark stood)."""

    def unannounced(self, *, before: datetime, limit: int) -> Sequence[OrderKey]:
        """Orders marked before a time, from an index that may lag: read the order before acting on it."""

    def stepping(self, *, before: datetime, limit: int) -> Sequence[OrderKey]:
        """Orders whose plan is due before a time, from an index that may lag: read the order before acting on it."""

    def marked(self, key: OrderKey) -> int | None:
        """The order's version when the mark stands, else None; a consistent read."""


class Receipts(Protocol):
    """What was carried out under a key."""

    def receipt(self, receipt_id: str, *, now: datetime) -> Receipt | None:
        """The receipt, if there is one and it is not void; a consistent read."""
