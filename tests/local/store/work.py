"""Things to write into a store; nothing here checks anything."""

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from chalicelib.domain import decide
from chalicelib.domain.commands import AddNote, CreateOrder
from chalicelib.domain.cursor import Cursor, CursorRef
from chalicelib.domain.delivery import Attempt, Delivery, Outcome
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.order import Change, Order
from chalicelib.flow.ports import Cursors, Ledger
from tests.domain.samples import NUMBERS, START

ACCOUNT = "9900000"


class Store(Protocol):
    """Of a store, what is written to here."""

    @property
    def ledger(self) -> Ledger: ...
    @property
    def cursors(self) -> Cursors: ...


LEASE = timedelta(seconds=60)


def placing(number: int, order_type: str = "disconnects") -> Change:
    """A new order, with one entry."""
    command = CreateOrder(account=ACCOUNT, type=order_type, details=NUMBERS, by="ann")
    return decide.create(command, order_id=str(UUID(int=number)), at=START)


def noting(order: Order, text: str) -> Change:
    """A note on it."""
    return decide.add_note(order, AddNote(order=order.key, text=text, by="ann"), at=START)


def place(store: Store, number: int = 1) -> Order:
    """An order that is in the store."""
    change = placing(number)
    store.ledger.record(change)
    return change.order


def note(store: Store, order: Order, text: str = "hello") -> Order:
    """A note that is in the store; the order after it."""
    change = noting(order, text)
    store.ledger.record(change)
    return change.order


def cursor(order: Order | OrderKey, number: int = 7) -> CursorRef:
    """Of the subscription of this number."""
    return CursorRef(str(UUID(int=number)), order if isinstance(order, OrderKey) else order.key)


def take(store: Store, ref: CursorRef, token: str = "t") -> Cursor | None:
    """The lease, from the start on."""
    return store.cursors.take(ref, token=token, now=START, until=START + LEASE, new_work=True)


def delivered(ref: CursorRef, number: int) -> Delivery:
    """Told at the first attempt."""
    attempt = Attempt(at=START, outcome=Outcome.TOLD, milliseconds=3, reason="200", status=200)
    return Delivery(
        cursor=ref, number=number, outcome=Outcome.TOLD, reason="200", at=START, attempts=(attempt,)
    )  # fmt: skip


def tell(store: Store, ref: CursorRef, number: int, token: str) -> None:
    """A cursor's whole life for one entry."""
    store.cursors.want(ref, number, after=0, now=START)
    cursor = take(store, ref, token)
    if cursor is not None:
        after = store.cursors.passed(cursor, delivered(ref, number), until=START + LEASE)
        if after is not None:
            store.cursors.finish(after)
