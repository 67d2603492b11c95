"""The documents of new-number orders: `Order` in, `OrderResponse` out; the id is `Order/id`."""

from pydantic_xml import element

from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document, Echo, Echoed
from chalicelib.wire.documents import failures, lists
from chalicelib.wire.documents.echoes import divided
from chalicelib.wire.documents.order_requests import OrderRequest, OrderSupplement
from chalicelib.wire.documents.papers import Papers
from chalicelib.wire.fields import Moment, Text
from chalicelib.wire.problems import Refusal


class Unchanged(Document, tag="OrderResponse"):
    """The answer to a supplement: nothing."""


class OrderShown(Document, tag="Order"):
    """What was asked for, with what the desk has added."""

    head: Echoed = element("Head")
    order_create_date: Moment = element("OrderCreateDate")
    id: str = element("id")
    tail: Echoed = element("Tail")


class FullNumber(Document):
    """A number that was obtained."""

    full_number: str = element("FullNumber")


class CompletedNumbers(Document):
    """The numbers that were obtained."""

    telephone_number: list[FullNumber] = element("TelephoneNumber")


class FailedNumbers(Document):
    """The numbers that were not obtained."""

    full_number: list[str] = element("FullNumber")


class OrderError(failures.Error):
    """Something that went wrong, perhaps with one number."""

    telephone_number: str | None = element("TelephoneNumber", default=None)


class OrderErrors(Document):
    """All that went wrong."""

    error: list[OrderError] = element("Error")


class OrderResponse(Document, tag="OrderResponse"):
    """An order as it stands; right after it was placed only `Order` and `OrderStatus`."""

    error_list: OrderErrors | None = element("ErrorList", default=None)
    completed_quantity: int | None = element("CompletedQuantity", default=None)
    created_by_user: Text | None = element("CreatedByUser", default=None)
    last_modified_date: Moment | None = element("LastModifiedDate", default=None)
    order_complete_date: Moment | None = element("OrderCompleteDate", default=None)
    order: OrderShown = element("Order")
    order_status: str = element("OrderStatus")
    completed_numbers: CompletedNumbers | None = element("CompletedNumbers", default=None)
    summary: str | None = element("Summary", default=None)
    failed_numbers: FailedNumbers | None = element("FailedNumbers", default=None)
    failed_quantity: int | None = element("FailedQuantity", default=None)
    pending_quantity: int | None = element("PendingQuantity", default=None)


def _order(order: Order) -> OrderShown:
    head, tail = divided(order.details, own=("id", "OrderCreateDate"))
    return OrderShown(
        head=Echo.of(head, OrderRequest), order_create_date=order.created_at, id=order.key.id,
        tail=Echo.of(tail, OrderRequest),
    )  # fmt: skip


def _placed(order: Order, entry: Entry) -> OrderResponse:
    return OrderResponse(order=_order(order), order_status=entry.status)


def _shown(order: Order) -> OrderResponse:
    done = [FullNumber(full_number=number) for number in order.completed_numbers]
    open_ = max(0, order.number_count - len(done))
    lost = [number for number in order.numbers if number not in order.completed_numbers] if order.ended_at else []
    return OrderResponse(
        error_list=_errors(order), completed_quantity=len(done), created_by_user=order.created_by,
        last_modified_date=order.modified_at, order_complete_date=order.ended_at, order=_order(order),
        order_status=order.status, completed_numbers=CompletedNumbers(telephone_number=done) if done else None,
        summary=_summary(order), failed_numbers=FailedNumbers(full_number=lost) if lost else None,
        failed_quantity=open_ if order.ended_at else 0, pending_quantity=0 if order.ended_at else open_,
    )  # fmt: skip


def _summary(order: Order) -> str | None:
    """How many numbers were obtained, and from which area codes."""
    done = order.completed_numbers
    areas = dict.fromkeys(number.removeprefix("+1")[:3] for number in done)
    noun = "number" if len(done) == 1 else "numbers"
    return f"{len(done)} {noun} ordered in ({', '.join(areas)})" if done else None


def _errors(order: Order) -> OrderErrors | None:
    """An error for each number that it concerns."""
    found = [
        OrderError(code=each.code, description=each.text, telephone_number=number)
        for each in order.failures
        for number in (each.numbers or (None,))
    ]
    return OrderErrors(error=found) if found else None


def _refused(refusal: Refusal) -> Document:
    order = failures.sent(refusal.details, OrderRequest) if refusal.details else None
    return failures.ListFailure(error_list=failures.ErrorList(error=failures.errors(refusal)), order=order)


def _missing(_refusal: Refusal) -> Document:
    return failures.nowhere("ErrorResponse")


ORDERS = Papers(
    request=OrderRequest, roots=("Order",), placed=_placed, shown=_shown, listed=lists.lower_selection,
    refused=_refused, missing=_missing, supplement=OrderSupplement,
    supplemented=lambda _order, _sent: Unchanged(),
)  # fmt: skip
