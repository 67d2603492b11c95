"""The documents of port-outs: the request is acknowledged without an order; the state is `PortOutStatus`."""

from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document, Echo
from chalicelib.wire.documents import failures, portins
from chalicelib.wire.documents.any_order import AnyRequest
from chalicelib.wire.documents.echoes import without
from chalicelib.wire.documents.papers import Papers
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


def _placed(_order: Order, _entry: Entry) -> Document:
    status = failures.PortStatus(code="200", description="Request is complete and results returned.")
    return failures.PortFailure(status=status, echo=Echo.of(())).under(RESPONSE)


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
        *without(order.details, _OWN),
    )
    return failures.sent(content, AnyRequest).under("LnpOrderResponse")


def _refused(refusal: Refusal) -> Document:
    return failures.status_failure(RESPONSE, refusal)


PORTOUTS = Papers(
    request=AnyRequest, roots=(ROOT,), placed=_placed, shown=_shown, listed=portins.listed, refused=_refused,
    missing=portins.missing, placed_status=200,
)  # fmt: skip
