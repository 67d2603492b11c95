"""What every world of the contract offers, and what the tests put into it."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from chalicelib.domain import decide
from chalicelib.domain.commands import AddNote, CreateOrder, MoveOrder
from chalicelib.domain.cursor import Cursor, CursorRef, Lease
from chalicelib.domain.delivery import Attempt, Delivery, Letter, Outcome
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.health import Health
from chalicelib.domain.order import Change, Order
from chalicelib.domain.query import OrderQuery
from chalicelib.domain.record import Receipt
from chalicelib.domain.subscription import ANY_ORDER, Callback, Mailbox, Route, Subscription
from chalicelib.flow.ports import Access, Cursors, Ledger, Receipts, Subscriptions
from tests.domain.samples import NUMBERS, START, at, key

ACCOUNT = "9900000"
LETTER = Letter(message_id="msg_1", content_type="application/xml", body=b"<Notification/>\x00\xff")
SICK = Health(
    revision=2, failures=6, failing_since=at(1), failing_order="o", several_orders=True, open_until=at(9),
    probe=Lease("token", at(7)), disabled=True,
)  # fmt: skip
SOON = 5.0
"""Seconds within which an index that lags has to show what was written."""


class Stores(Protocol):
    """What every world offers."""

    @property
    def ledger(self) -> Ledger: ...
    @property
    def receipts(self) -> Receipts: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def cursors(self) -> Cursors: ...
    @property
    def access(self) -> Access: ...


def soon(look: Callable[[], object], expected: object) -> None:
    """The index shows it before long."""
    deadline = time.monotonic() + SOON
    while (seen := look()) != expected:
        assert time.monotonic() < deadline, f"{seen} instead of {expected}"


def creation(number: int = 1, *, when: datetime = START, account: str = ACCOUNT, **sent: Any) -> Change:  # noqa: ANN401 because the rest is CreateOrder's own
    """A new order; a port-in of two numbers, unless told otherwise."""
    known = {"type": "portins", "details": NUMBERS, "by": "customer"}
    command = CreateOrder(account=account, **{**known, **sent})
    return decide.create(command, order_id=str(UUID(int=number)), at=when)


def placed(stores: Stores, number: int = 1, **how: Any) -> Order:  # noqa: ANN401 because they are those of `creation`
    """A new order that is recorded."""
    change = creation(number, **how)
    stores.ledger.record(change)
    return change.order


def asked(**filters: Any) -> OrderQuery:  # noqa: ANN401 because they are those of OrderQuery
    """Port-ins of our account, up to nine, unless told otherwise."""
    return OrderQuery(**{"account": ACCOUNT, "type": "portins", "size": 9, **filters})


def noted(order: Order, text: str = "hello", *, seconds: float = 1) -> Change:
    """A note on an order."""
    return decide.add_note(order, AddNote(order=order.key, text=text, by="desk"), at=at(seconds))


def moved(order: Order, status: str, *, seconds: float = 1) -> Change:
    """A step of an order."""
    return decide.move(order, MoveOrder(order=order.key, status=status, by="desk"), at=at(seconds))


def recorded(stores: Stores, change: Change) -> Order:
    """The order after a change that is recorded."""
    stores.ledger.record(change)
    return change.order


def receipt(receipt_id: str = "r", *, expires_at: datetime | None = None, body_hash: str = "h") -> Receipt:
    """A receipt that lives for a day."""
    return Receipt(id=receipt_id, body_hash=body_hash, result="1", expires_at=expires_at or START + timedelta(days=1))


def subscription(
    number: int = 7, *, order: OrderKey | None = None, url: str | None = None, after: int = 0
) -> Subscription:
    """A callback for all port-ins, or for one order."""
    route = Route(type="portins", order_id=order.id if order else ANY_ORDER, since=START, after=after)
    return Subscription(
        account=ACCOUNT, id=str(UUID(int=number << 88)), routes=(route,), created_at=at(number), order_type="portins",
        target=Callback(url=url or f"https://hooks.example.net/{number}", secret="whsec_x", username="u", password="p"),
    )  # fmt: skip


def added(stores: Stores, *subscriptions: Subscription) -> None:
    """They are stored."""
    for each in subscriptions:
        stores.subscriptions.add(each, now=START)


def heard(stores: Stores, order: OrderKey | None = None) -> list[str]:
    """Who hears of an order."""
    return [route.subscription_id for route in stores.subscriptions.routes(order or key(1)).routes]


def mailed(number: int, email: str) -> Subscription:
    """An e-mail subscription."""
    return replace(subscription(number), target=Mailbox(email=email))


def ref(number: int = 1, subscriber: int = 7) -> CursorRef:
    """A cursor's name."""
    return CursorRef(str(UUID(int=subscriber << 88)), key(number))


def taken(stores: Stores, where: CursorRef | None = None, *, token: str = "one", seconds: float = 0) -> Cursor:
    """A cursor with our lease, for a minute from then on."""
    cursor = stores.cursors.take(where or ref(), token=token, now=at(seconds), until=at(seconds + 60), new_work=True)
    assert cursor is not None
    return cursor


def delivery(number: int = 1, outcome: Outcome = Outcome.TOLD, *, letter: Letter | None = None) -> Delivery:
    """A record with one attempt."""
    tried = Attempt(at=at(1), outcome=outcome, milliseconds=12, reason="503", status=503, retry_after=1.5)
    return Delivery(
        cursor=ref(), number=number, outcome=outcome, reason="503", at=at(2), attempts=(tried,), letter=letter
    )
