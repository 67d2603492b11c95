"""The documents of port-outs: the request is acknowledged without an order; the state is `PortOutStatus`."""

from typing import Annotated

from pydantic_xml import element

from chalicelib.domain.details import Details
from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document, Echo
from chalicelib.wire.documents import failures, portins
from chalicelib.wire.documents.echoes import without
from chalicelib.wire.documents.papers import Papers
from chalicelib.wire.documents.port_additions import PortError
from chalicelib.wire.documents.portins import PhoneNumbers
from chalicelib.wire.fields import Dated, Flag, PortCustomerOrderId, one_of
from chalicelib.wire.forms import moment
from chalicelib.wire.problems import Refusal

ROOT = "PortOutRequest"
RESPONSE = "PortOutResponse"

_OWN = (
    "OrderId",
    "ActualFocDate",
    "AccountId",
    "OrderCreateDate",
    "LastModifiedDate",
    "userId",
    "PortOutStatus",
)


class PortOutRequest(Document, tag="PortOutRequest"):
    """What another carrier's request says, as the network hands it over."""

    customer_order_id: PortCustomerOrderId | None = element("CustomerOrderId", default=None)
    pon: str | None = element("PON", alias="pon", default=None)
    spid: str | None = element("SPID", alias="spid", default=None)
    supplemental: Annotated[str, one_of("Supplemental", "NONE", "CANCEL", "UPDATE", "OTHER")] | None = element(
        "Supplemental", default=None
    )
    port_out_action: Annotated[str, one_of("PortOutAction", "NEW", "SUPP", "MODIFY", "CANCEL")] | None = element(
        "PortOutAction", default=None
    )
    internal_port: Flag | None = element("InternalPort", default=None)
    callback_url: str | None = element("CallbackUrl", default=None)
    requested_foc_date: Dated | None = element("RequestedFocDate", default=None)
    list_of_phone_numbers: PhoneNumbers | None = element("ListOfPhoneNumbers", default=None)


class PortOutShown(PortOutRequest):
    """A port-out as it stands, with what is wrong with it."""

    errors: list[PortError] = element("Errors", default=[])


def _acknowledged() -> Document:
    status = failures.PortStatus(code="200", description="Request is complete and results returned.")
    return failures.PortFailure(status=status, echo=Echo.of(())).under(RESPONSE)


def _placed(_order: Order, _entry: Entry) -> Document:
    return _acknowledged()


def _shown(order: Order) -> Document:
    foc = order.actual_foc_date
    content = (
        ("OrderId", order.key.id),
        *((("ActualFocDate", moment(foc)),) if foc else ()),
        ("AccountId", order.key.account),
        ("OrderCreateDate", moment(order.created_at)),
        ("LastModifiedDate", moment(order.modified_at)),
        ("userId", order.created_by),
        ("PortOutStatus", order.status),
        *_errors(order),
        *without(order.details, (*_OWN, "Errors")),
    )
    return failures.sent(content, PortOutShown).under("LnpOrderResponse")


def _errors(order: Order) -> Details:
    """What the desk found, each problem in an `Errors`, as port-ins have it."""
    numbers = [tuple(("Tn", number) for number in failure.numbers) for failure in order.failures]
    return tuple(
        ("Errors", (("Code", each.code), ("Description", each.text), *([("TelephoneNumbers", tns)] if tns else [])))
        for each, tns in zip(order.failures, numbers, strict=True)
    )


def _refused(refusal: Refusal) -> Document:
    return failures.status_failure(RESPONSE, refusal)


PORTOUTS = Papers(
    request=PortOutRequest, roots=(ROOT,), placed=_placed, shown=_shown, listed=portins.listed, refused=_refused,
    missing=portins.missing, placed_status=200, cancelled=_acknowledged,
    supplement=PortOutRequest,
)  # fmt: skip
