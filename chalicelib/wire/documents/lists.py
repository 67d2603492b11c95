"""Lists of orders: rows, links, and the wrapper that most types share."""

from typing import Any, Generic, TypeVar

from pydantic_xml import element

from chalicelib.domain.order import Order
from chalicelib.wire.document import Document
from chalicelib.wire.documents.papers import Listing
from chalicelib.wire.fields import Moment, Text


class Links(Document):
    """Where the first and the next page are."""

    first: str | None = element("first", default=None)
    next: str | None = element("next", default=None)


class AnyRow(Document):
    """What all lists say of an order."""

    account_id: str = element("accountId")
    count: int = element("CountOfTNs", alias="countOfTNs")
    customer_order_id: str | None = element("CustomerOrderId", default=None)
    user_id: Text = element("userId")
    last_modified_date: Moment = element("lastModifiedDate")
    order_date: Moment = element("OrderDate")
    order_type: str = element("OrderType")


class Row(AnyRow):
    """An order in the lists of most types."""

    id: str = element("OrderId", alias="orderId")
    order_status: str = element("OrderStatus")


class LowerRow(AnyRow):
    """The same where the id's element begins in lower case."""

    id: str = element("orderId", alias="orderId")
    order_status: str = element("OrderStatus")


RowKind = TypeVar("RowKind", Row, LowerRow)


class Rows(Document, Generic[RowKind]):
    """A page of rows."""

    total_count: int = element("TotalCount")
    links: Links | None = element("Links", default=None)
    rows: list[RowKind] = element("OrderIdUserIdDate", alias="orderIdUserIdDate", default=[])


class Selection(Document, Generic[RowKind], tag="ResponseSelectWrapper"):
    """The list of orders, disconnects and several other types."""

    list: Rows[RowKind] = element("ListOrderIdUserIdDate", alias="listOrderIdUserIdDate")


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


def selection(listing: Listing, *, linked: bool = True) -> Document:
    """A page in the shared wrapper."""
    rows = [Row(**row(order), id=order.key.id, order_status=order.status) for order in listing.orders]
    page = Rows[Row](total_count=listing.total, links=links(listing) if linked else None, rows=rows)
    return Selection[Row](list=page)


def lower_selection(listing: Listing, *, linked: bool = True) -> Document:
    """The same with ids whose element begins in lower case."""
    rows = [LowerRow(**row(order), id=order.key.id, order_status=order.status) for order in listing.orders]
    page = Rows[LowerRow](total_count=listing.total, links=links(listing) if linked else None, rows=rows)
    return Selection[LowerRow](list=page)
