"""The documents of disconnects: the order is `orderRequest`, its id `id`, both in lower case."""

from typing import Annotated, Self

from pydantic import AfterValidator, model_validator
from pydantic_xml import element

from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document, Echo, Echoed
from chalicelib.wire.documents import failures, lists
from chalicelib.wire.documents.echoes import divided
from chalicelib.wire.documents.order_requests import TelephoneNumberList
from chalicelib.wire.documents.papers import Papers
from chalicelib.wire.fields import CustomerOrderId, Moment, wrong
from chalicelib.wire.problems import Refusal

ROOT = "DisconnectTelephoneNumberOrder"
RESPONSE = "DisconnectTelephoneNumberOrderResponse"


def _mode(text: str) -> str:
    if text.lower() not in ("normal", "soft-remove", "purge"):
        raise wrong("5084", "DisconnectMode must be normal, soft-remove or purge")
    return text


def _protected(text: str) -> str:
    if text.upper() not in ("TRUE", "FALSE", "UNCHANGED"):
        raise wrong("5108", "Protected must be TRUE, FALSE or UNCHANGED")
    return text


class Wanted(Document):
    """Which numbers are given back, and how."""

    telephone_number_list: TelephoneNumberList | None = element("TelephoneNumberList", default=None)
    disconnect_mode: Annotated[str, AfterValidator(_mode)] | None = element("DisconnectMode", default=None)
    protected: Annotated[str, AfterValidator(_protected)] | None = element("Protected", default=None)

    @model_validator(mode="after")
    def _some_numbers(self) -> Self:
        if self.telephone_number_list is None or not self.telephone_number_list.telephone_number:
            raise wrong("1003", "TelephoneNumber is required", "TelephoneNumber")
        return self


class DisconnectRequest(Document, tag=ROOT):
    """What is asked for."""

    name: str | None = element("name", default=None)
    customer_order_id: CustomerOrderId | None = element("CustomerOrderId", default=None)
    wanted: Wanted = element("DisconnectTelephoneNumberOrderType", alias="disconnectTelephoneNumberOrderType")


class OrderRequestShown(Document, tag="orderRequest"):
    """What was asked for, with what the desk has added."""

    head: Echoed = element("Head")
    id: str = element("id")
    order_create_date: Moment = element("OrderCreateDate")
    tail: Echoed = element("Tail")


class DisconnectedNumbers(Document):
    """The numbers that are disconnected by now."""

    telephone_number: list[str] = element("TelephoneNumber")


class DisconnectResponse(Document, tag=RESPONSE):
    """A disconnect as it stands."""

    error_list: failures.Failed | None = element("ErrorList", default=None)
    disconnected: DisconnectedNumbers | None = element(
        "DisconnectedTelephoneNumberList", alias="disconnectedTelephoneNumberList", default=None
    )
    order_request: OrderRequestShown = element("orderRequest")
    order_status: str = element("OrderStatus")


def _response(order: Order, status: str) -> DisconnectResponse:
    head, tail = divided(order.details, own=("id", "OrderCreateDate"))
    request = OrderRequestShown(
        head=Echo.of(head, DisconnectRequest), id=order.key.id, order_create_date=order.created_at,
        tail=Echo.of(tail, DisconnectRequest),
    )  # fmt: skip
    return DisconnectResponse(order_request=request, order_status=status)


def _placed(order: Order, entry: Entry) -> DisconnectResponse:
    return _response(order, entry.status)


def _shown(order: Order) -> DisconnectResponse:
    response = _response(order, order.status)
    response.error_list = failures.Failed.of(order)
    if order.completed_numbers:
        response.disconnected = DisconnectedNumbers(telephone_number=list(order.completed_numbers))
    return response


def _refused(refusal: Refusal) -> Document:
    request = failures.sent(refusal.details, DisconnectRequest) if refusal.details else None
    errors = failures.ErrorList(error=failures.errors(refusal))
    return failures.ListFailure(error_list=errors, order_request=request).under(RESPONSE)


def _missing(refusal: Refusal) -> Document:
    return failures.status_failure(RESPONSE, refusal)


DISCONNECTS = Papers(
    request=DisconnectRequest, roots=(ROOT,), placed=_placed, shown=_shown, listed=lists.selection, refused=_refused,
    missing=_missing,
)  # fmt: skip
