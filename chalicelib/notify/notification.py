"""The `<Notification>` document that a callback of version 1 carries. How it travels is by_callback's business.

A pure function of subscription and entry, so that telling the same thing twice gives the same bytes.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from lxml import etree

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


Elements = Mapping[str, "str | Sequence[tuple[str, str]] | None"]
"""Names and texts, or the elements within; what is None is left out."""


def notification(subscription_id: str, number_format: NumberFormat, entry: Entry) -> bytes:
    """The whole document, declaration included. `<Note>` only for notes, which have no Status and no Message.

    Never raises for what an entry may hold: characters that XML 1.0 cannot carry become U+FFFD.
    """
    numbers = tuple(text(number_format.written(number)) or "" for number in entry.completed_numbers)
    listed = [("TelephoneNumber", number) for number in numbers] or None
    if entry.order.type == EVENTS.resource:
        return _written(
            {"SubscriptionId": subscription_id, "EventType": entry.status, "ImpactedTelephoneNumbers": listed}
        )
    return _written(  # in the order in which the compatible service writes them
        {
            "Status": told_as(entry) if entry.moves else None,
            "SubscriptionId": subscription_id,
            "Message": text(entry.message),
            "OrderId": entry.order.id,
            "OrderType": order_type(entry.order.type).token,
            "CustomerOrderId": text(entry.customer_order_id),
            "Note": text(entry.note),
            "CompletedTelephoneNumbers": listed,
            "LastModifiedDate": date(entry.at, "milliseconds"),
            "ActualFocDate": date(entry.actual_foc_date, "seconds") if entry.actual_foc_date else None,
        }
    )


def told_as(entry: Entry) -> str:
    """The state as subscribers are told of it."""
    return _TOLD_AS.get((entry.order.type, entry.status), entry.status)


def text(said: str | None) -> str | None:
    """The text as every reader takes it: what XML 1.0 cannot carry becomes U+FFFD."""
    return None if said is None else _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", said)


def _written(elements: Elements) -> bytes:
    """By hand and not by a model: this is done for each attempt, and a model takes three times as long."""
    root = etree.Element("Notification")
    for name, content in elements.items():
        if content is None:
            continue
        element = etree.SubElement(root, name)
        if isinstance(content, str):
            element.text = content
        else:
            for inner, said in content:
                etree.SubElement(element, inner).text = said
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def date(at: datetime, precision: str) -> str:
    """The time in UTC, with `seconds` or `milliseconds`."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=precision) + "Z"
