"""The `<Notification>` document that a callback of version 1 carries. How it travels is by_callback's business.

A pure function of subscription and entry, so that telling the same thing twice gives the same bytes.
"""

import re
from datetime import UTC, datetime

from pydantic_xml import BaseXmlModel, element, wrapped

from chalicelib.domain.entry import Entry
from chalicelib.domain.order_types import order_type
from chalicelib.domain.order_types.events import EVENTS
from chalicelib.domain.subscription import NumberFormat

CONTENT_TYPE = "application/xml; charset=utf-8"

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_TOLD_AS = {
    ("emergencyNotificationGroupOrders", "COMPLETED"): "COMPLETE",
    ("emergencyNotificationEndpointOrders", "COMPLETED"): "COMPLETE",
}
"""States that the compatible API calls otherwise when it tells of them."""


class Notification(BaseXmlModel, tag="Notification"):
    """Elements in the order in which the compatible service writes them; those that are None are left out."""

    status: str | None = element("Status", default=None)
    subscription_id: str = element("SubscriptionId")
    message: str | None = element("Message", default=None)
    order_id: str = element("OrderId")
    order_type: str = element("OrderType")
    customer_order_id: str | None = element("CustomerOrderId", default=None)
    note: str | None = element("Note", default=None)
    completed_telephone_numbers: tuple[str, ...] | None = wrapped(
        "CompletedTelephoneNumbers", element("TelephoneNumber", default=None)
    )
    last_modified_date: str = element("LastModifiedDate")
    actual_foc_date: str | None = element("ActualFocDate", default=None)


class EventNotification(BaseXmlModel, tag="Notification"):
    """What an event of the account is told with, instead of the above."""

    subscription_id: str = element("SubscriptionId")
    event_type: str = element("EventType")
    impacted_telephone_numbers: tuple[str, ...] | None = wrapped(
        "ImpactedTelephoneNumbers", element("TelephoneNumber", default=None)
    )


def notification(subscription_id: str, number_format: NumberFormat, entry: Entry) -> bytes:
    """The whole document, declaration included. `<Note>` only for notes, which have no Status and no Message.

    Never raises for what an entry may hold: characters that XML 1.0 cannot carry become U+FFFD.
    """
    numbers = tuple(text(number_format.written(number)) or "" for number in entry.completed_numbers)
    if entry.order.type == EVENTS.resource:
        return _written(
            EventNotification(
                subscription_id=subscription_id, event_type=entry.status, impacted_telephone_numbers=numbers or None
            )
        )
    return _written(
        Notification(
            status=told_as(entry) if entry.moves else None,
            subscription_id=subscription_id,
            message=text(entry.message),
            order_id=entry.order.id,
            order_type=order_type(entry.order.type).token,
            customer_order_id=text(entry.customer_order_id),
            note=text(entry.note),
            completed_telephone_numbers=numbers or None,
            last_modified_date=date(entry.at, "milliseconds"),
            actual_foc_date=date(entry.actual_foc_date, "seconds") if entry.actual_foc_date else None,
        )
    )


def told_as(entry: Entry) -> str:
    """The state as subscribers are told of it."""
    return _TOLD_AS.get((entry.order.type, entry.status), entry.status)


def text(said: str | None) -> str | None:
    """The text as every reader takes it: what XML 1.0 cannot carry becomes U+FFFD."""
    return None if said is None else _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", said)


def _written(document: BaseXmlModel) -> bytes:
    written = document.to_xml(encoding="UTF-8", exclude_none=True)
    return _DECLARATION + (written if isinstance(written, bytes) else written.encode())


def date(at: datetime, precision: str) -> str:
    """The time in UTC, with `seconds` or `milliseconds`."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=precision) + "Z"
