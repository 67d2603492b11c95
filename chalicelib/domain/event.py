"""Events of an account become entries of its pseudo-order: numbered, announced and told as every other entry is."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from chalicelib.domain.commands import RaiseEvent
from chalicelib.domain.entry import Entry, Kind, OrderKey
from chalicelib.domain.order import Change, Order
from chalicelib.domain.order_types.events import EVENTS

_NAMESPACE = UUID("6f0c1c52-5f0e-5a57-9c1a-2d1f4d3b8e10")


def events_of(account: str) -> OrderKey:
    """The pseudo-order under which an account's events are journaled: always the same, and no other account's."""
    return OrderKey(account, EVENTS.resource, str(uuid5(_NAMESPACE, account)))


def unheard_of(account: str, *, by: str, at: datetime) -> Order:
    """The pseudo-order of an account of which nothing was told yet. It is written with its first event."""
    return Order(
        key=events_of(account), version=0, status=EVENTS.initial, created_at=at, created_by=by, modified_at=at,
        modified_by=by,
    )  # fmt: skip


def raised(order: Order, command: RaiseEvent, *, at: datetime) -> Change:
    """The event as the pseudo-order's next entry; the same twice is two events. Time never goes back."""
    at = max(at, order.modified_at)
    number, message = order.version + 1, EVENTS.message(command.event_type, len(command.numbers))
    after = replace(
        order, version=number, status=command.event_type, modified_at=at, modified_by=command.by, message=message,
        completed_numbers=command.numbers,
    )  # fmt: skip
    entry = Entry(
        order=order.key, number=number, kind=Kind.STATUS if order.version else Kind.CREATED, at=at, by=command.by,
        status=command.event_type, previous=order.status if order.version else None, message=message,
        completed_numbers=command.numbers,
    )  # fmt: skip
    return Change(order.version, after, (entry,), rewrites=order.version == 0)
