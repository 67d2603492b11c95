"""Which life an order is to have: its own words say it, so that a test can choose."""

from collections.abc import Mapping
from enum import StrEnum

from chalicelib.domain.order import Order


class Fate(StrEnum):
    """The lives there are. Not every type has each of them."""

    COMPLETE = "COMPLETE"
    EXCEPTION = "EXCEPTION"
    PARTIAL = "PARTIAL"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    BACKORDERED = "BACKORDERED"


OF_NUMBERS: Mapping[str, Fate] = {
    "5550101": Fate.EXCEPTION,
    "5550102": Fate.PARTIAL,
    "5550103": Fate.FAILED,
    "5550104": Fate.CANCELLED,
    "5550105": Fate.BACKORDERED,
}
"""How the first telephone number ends. 555-0100 to 555-0199 of each area code belong to nobody: kept for fiction."""


def fate(order: Order) -> Fate:
    """What the order asks for: the last word of its CustomerOrderId, else its first number; COMPLETE where neither."""
    word = (order.customer_order_id or "").rpartition("-")[2].upper()
    if word in Fate.__members__:
        return Fate(word)
    first = order.numbers[0] if order.numbers else ""
    return OF_NUMBERS.get("".join(filter(str.isdigit, first))[-7:], Fate.COMPLETE)
