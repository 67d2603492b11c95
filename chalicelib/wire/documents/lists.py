"""Lists of orders: rows, links, and the wrapper that most types share."""

from typing import Any

from pydantic_xml import element

from chalicelib.domain.order import Order
from chalicelib.wire.document import Document
from chalicelib.wire.documents.papers import Listing
from chalicelib.wire.fields import Moment, Text


class Links(Document):
    """Where the first and the next page are."""

    first: str | None = element("first", default=None)
    next: str | None = element("next", default=None)


class Row(Document):
    """An order in a list. The id is spelled in one of two ways, by type."""

    account_id: str = element("accountId")
    count: int = element("CountOfTNs", alias="countOfTNs")
    customer_order_id: str | None = element("CustomerOrderId", default=None)
    user_id: Text = element("userId")
    last_modified_date: Moment = element("lastModifiedDate")
    order_date: Moment = element("OrderDate")
    order_type: str = element("OrderType")
    id: str | None = element("orderId", alias="orderId", default=None)
    capital_id: str | None = element("OrderId", alias="OrderId", default=None)
    order_status: str | None = element("OrderStatus", default=None)


class Rows(Document):
    """A page of rows."""

    total_count: int = element("TotalCount")
    links: Links | None = element("Links", default=None)
    rows: list[Row] = element("OrderIdUserIdDate", alias="orderIdUserIdDate", default=[])


class Selection(Document, tag="ResponseSelectWrapper"):
    """The list of orders, disconnects and several other types."""

    list: Rows = element("ListOrderIdUserIdDate", alias="listOrderIdUserIdDate")


def links(listing: Listing) -> Links:
    """As the compatible API writes links: `Link=<URL>;rel="next";`."""
    following = f'Link=<{listing.next}>;rel="next";' if listing.next else None
    return Links(first=f'Link=<{listing.first}>;rel="first";', next=following)


def row(order: Order) -> dict[str, Any]:
    """What all rows say of an order."""
    return {
        "account_id": order.key.account, "count": order.number_count, "order_type": order.type.row,
        "customer_order_id": order.customer_order_id, "user_id": order.created_by,
        "last_modified_date": order.modified_at, "order_date": order.created_at,
    }  # fmt: skip


def _also(name: str, order: Order) -> dict[str, Any]:
    return {name: order.key.id, "order_status": order.status}


def selection(listing: Listing, *, capital_id: bool = False, linked: bool = True) -> Selection:
    """A page in the shared wrapper."""
    name = "capital_id" if capital_id else "id"
    rows = [Row(**row(order), **_also(name, order)) for order in listing.orders]
    return Selection(list=Rows(total_count=listing.total, links=links(listing) if linked else None, rows=rows))
