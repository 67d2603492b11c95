"""Lists of orders: rows, links, and the wrapper that most types share."""

from collections import Counter
from collections.abc import Collection
from typing import Any, Generic, TypeVar

from pydantic_xml import element

from chalicelib.domain.handle import phone
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document
from chalicelib.wire.documents import notes
from chalicelib.wire.documents.failures import Failed
from chalicelib.wire.documents.notes import NoteShown
from chalicelib.wire.documents.papers import Listing
from chalicelib.wire.fields import Moment, Text

LAST_NOTE, SUPP_COUNT = "LAST_NOTE", "SUPP_COUNT"
"""What rows may be asked to hold beside the usual."""


class Links(Document):
    """Where the first and the next page are."""

    first: str | None = element("first", default=None)
    next: str | None = element("next", default=None)


class LastModifiedNote(Document):
    """The note that was added or changed last."""

    note: NoteShown = element("Note")


class AnyRow(Document):
    """What all lists say of an order."""

    account_id: str = element("accountId")
    count: int = element("CountOfTNs", alias="countOfTNs")
    customer_order_id: str | None = element("CustomerOrderId", default=None)
    user_id: Text = element("userId")
    last_modified_date: Moment = element("lastModifiedDate")
    order_date: Moment = element("OrderDate")
    order_type: str = element("OrderType")
    supp_count: int | None = element("SuppCount", default=None)
    last_modified_note: LastModifiedNote | None = element("LastModifiedNote", default=None)


class Row(AnyRow):
    """An order in the lists of most types."""

    id: str = element("OrderId", alias="orderId")
    order_status: str = element("OrderStatus")


class LsrRow(AnyRow):
    """A local service request in a list."""

    order_status: str = element("OrderStatus")
    errors: Failed | None = element("Errors", default=None)
    actual_foc_date: Moment | None = element("ActualFocDate", default=None)
    billing_telephone_number: str | None = element("BillingTelephoneNumber", default=None)
    created_by_user: Text = element("CreatedByUser")
    id: str = element("OrderId", alias="orderId")
    pon: str | None = element("Pon", default=None)
    pon_version: int = element("PonVersion")
    requested_foc_date: str | None = element("RequestedFocDate", default=None)


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


class Quantity(Document, tag="Quantity"):
    """How many port-ins or port-outs there are."""

    count: int = element("Count")


class TelephoneNumbers(Document, tag="TelephoneNumbers"):
    """The numbers of one order."""

    count: int = element("Count")
    telephone_number: list[Text] = element("TelephoneNumber", default=[])


class TelephoneDetailsReport(Document):
    """How many of an order's numbers have this in common."""

    area_code: str | None = element("AreaCode", default=None)
    npa_nxx: str | None = element("NPA-NXX", alias="npaNxx", default=None)
    count: int = element("Count")


class TelephoneDetailsReports(Document, tag="TelephoneDetailsReports"):
    """The numbers of one order, counted."""

    reports: list[TelephoneDetailsReport] = element(
        "TelephoneDetailsReport", alias="telephoneDetailsReport", default=[]
    )


def links(listing: Listing) -> Links | None:
    """The links of a list of orders; None for one that is not paged."""
    return None if listing.first is None else linked(listing.first, listing.next)


def linked(first: str, following: str | None) -> Links:
    """URLs as the compatible API writes them: `Link=<URL>;rel="next";`."""
    return Links(
        first=f'Link=<{first}>;rel="first";', next=f'Link=<{following}>;rel="next";' if following else None
    )  # fmt: skip


def numbers(order: Order) -> tuple[str, ...]:
    """The numbers that an order has come to, or those that it names; `order` has its details."""
    return order.completed_numbers or order.numbers


def telephone_numbers(order: Order) -> Document:
    """All of them."""
    found = numbers(order)
    return TelephoneNumbers(count=len(found), telephone_number=list(found))


def counted(order: Order) -> Document:
    """How many."""
    return TelephoneDetailsReports(reports=[TelephoneDetailsReport(count=len(numbers(order)))])


def by_area_code(order: Order) -> Document:
    """How many in each area code."""
    found = Counter(each[:3] for each in map(_national, numbers(order)))
    return TelephoneDetailsReports(
        reports=[TelephoneDetailsReport(area_code=code, count=count) for code, count in sorted(found.items())]
    )


def by_npa_nxx(order: Order) -> Document:
    """How many in each area code and exchange."""
    found = Counter(f"{each[:3]}-{each[3:6]}" for each in map(_national, numbers(order)))
    return TelephoneDetailsReports(
        reports=[TelephoneDetailsReport(npa_nxx=code, count=count) for code, count in sorted(found.items())]
    )


def total(count: int) -> Document:
    """How many orders there are, in the wrapper of their lists."""
    return Selection[Row](list=Rows[Row](total_count=count))


def _national(number: str) -> str:
    """Without the country code 1."""
    return phone(number) or number


def row(order: Order, included: Collection[str]) -> dict[str, Any]:
    """What all rows say of an order, and what of LAST_NOTE and SUPP_COUNT is asked for."""
    note = order.last_note if LAST_NOTE in included else None
    return {
        "account_id": order.key.account, "count": order.number_count, "order_type": order.type.row,
        "customer_order_id": order.customer_order_id, "user_id": order.created_by,
        "last_modified_date": order.modified_at, "order_date": order.created_at,
        "supp_count": order.supplements if SUPP_COUNT in included else None,
        "last_modified_note": LastModifiedNote(note=notes.one(note)) if note else None,
    }  # fmt: skip


def summary(order: Order, included: Collection[str]) -> Row:
    """The row of most types."""
    return Row(**row(order, included), id=order.key.id, order_status=order.status)


def lsr_summary(order: Order, included: Collection[str]) -> LsrRow:
    """The row of a local service request."""
    return LsrRow(
        **row(order, included), id=order.key.id, order_status=order.status, errors=Failed.of(order),
        actual_foc_date=order.actual_foc_date,
        billing_telephone_number=order.fact("BillingTelephoneNumber"), created_by_user=order.created_by,
        pon=order.fact("Pon"), pon_version=order.supplements, requested_foc_date=order.fact("RequestedFocDate"),
    )  # fmt: skip


def selection(listing: Listing) -> Document:
    """A page in the shared wrapper."""
    rows = [summary(order, listing.included) for order in listing.orders]
    page = Rows[Row](total_count=listing.total, links=links(listing), rows=rows)
    return Selection[Row](list=page)


def lower_selection(listing: Listing) -> Document:
    """The same with ids whose element begins in lower case."""
    rows = [
        LowerRow(**row(order, listing.included), id=order.key.id, order_status=order.status)
        for order in listing.orders
    ]  # fmt: skip
    page = Rows[LowerRow](total_count=listing.total, links=links(listing), rows=rows)
    return Selection[LowerRow](list=page)
