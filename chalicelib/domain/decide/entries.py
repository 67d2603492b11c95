"""The journal entry of an order that has just changed."""

from chalicelib.domain.entry import Entry, Kind
from chalicelib.domain.order import Note, Order


def entry(order: Order, kind: Kind, *, previous: str | None, note: Note | None = None) -> Entry:
    """The entry that says how `order` stands now, and what `kind` of change led there from `previous`."""
    return Entry(
        order=order.key, number=order.version, kind=kind, at=order.modified_at, by=order.modified_by,
        status=order.status, previous=previous, message=None if note else order.message,
        note_id=note.id if note else None, note=note.text if note else None,
        customer_order_id=order.customer_order_id,
        actual_foc_date=order.actual_foc_date if not note and order.status == order.type.foc else None,
    )  # fmt: skip
