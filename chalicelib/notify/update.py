"""What a callback of version 2 carries: a JSON object. Docket's own design, on the names of the compatible API.

A pure function of subscription and entry, so that telling the same thing twice gives the same bytes.
"""

import json

from chalicelib.domain.entry import Entry
from chalicelib.domain.filters import Filters, event_type
from chalicelib.domain.order_types import order_type
from chalicelib.domain.order_types.events import EVENTS
from chalicelib.domain.subscription import NumberFormat, Subscription
from chalicelib.notify.notification import date, text, told_as

CONTENT_TYPE = "application/json; charset=utf-8"


def update(subscription: Subscription, filters: Filters, number_format: NumberFormat, entry: Entry) -> bytes:
    """The object; members that have nothing to say are left out. More may be added at any time."""
    numbers = [text(number_format.written(number)) for number in entry.completed_numbers]
    members: dict[str, object] = {
        "definition": filters.definition,
        "eventType": event_type(entry),
        "subscriptionId": subscription.id,
        "accountId": entry.order.account,
        "sequence": entry.number,
        "lastModifiedDate": date(entry.at, "milliseconds"),
        **(_of_event(entry, numbers) if entry.order.type == EVENTS.resource else _of_order(entry, numbers)),
    }
    present = {name: member for name, member in members.items() if member not in (None, [])}
    return json.dumps(present, ensure_ascii=False, separators=(",", ":")).encode()


def _of_event(entry: Entry, numbers: list[str | None]) -> dict[str, object]:
    return {"message": text(entry.message), "impactedTelephoneNumbers": numbers}


def _of_order(entry: Entry, numbers: list[str | None]) -> dict[str, object]:
    return {
        "orderId": entry.order.id,
        "orderType": order_type(entry.order.type).token,
        "customerOrderId": text(entry.customer_order_id),
        "status": told_as(entry),
        "previousStatus": entry.previous if entry.moves else None,
        "message": text(entry.message),
        "note": text(entry.note),
        "noteId": entry.note_id,
        "by": text(entry.by),
        "completedTelephoneNumbers": numbers,
        "actualFocDate": date(entry.actual_foc_date, "seconds") if entry.actual_foc_date else None,
    }
