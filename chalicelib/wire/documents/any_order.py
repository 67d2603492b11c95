"""The documents of every type that has none of its own yet: what was sent is kept and handed back, whatever it is.

Only the names differ from type to type; `names` has them.
"""

from collections.abc import Callable
from functools import cache, partial

from pydantic_xml import create_model, element

from chalicelib.domain.details import Details
from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document
from chalicelib.wire.documents import failures, lists
from chalicelib.wire.documents.echoes import divided
from chalicelib.wire.documents.names import Names
from chalicelib.wire.documents.papers import Listing, Papers
from chalicelib.wire.fields import CustomerOrderId, PortCustomerOrderId
from chalicelib.wire.forms import moment
from chalicelib.wire.names import json_name
from chalicelib.wire.problems import Refusal

_OWN = (
    "id", "OrderId", "OrderCreateDate", "OrderCreatedDate", "AccountId", "CreatedByUser", "CreatedBy",
    "LastModifiedDate", "ProcessingStatus", "OrderStatus",
)  # fmt: skip
LARGEST_LIST = 1000


class AnyRequest(Document):
    """What is known of a request."""

    customer_order_id: CustomerOrderId | None = element("CustomerOrderId", default=None)


class LsrRequest(Document):
    """The same of a local service request, with a port-in's code."""

    customer_order_id: PortCustomerOrderId | None = element("CustomerOrderId", default=None)


def papers(names: Names) -> Papers:
    """The documents of a type that is spelled like this."""
    return Papers(
        request=LsrRequest if names.request == "LsrOrder" else AnyRequest, roots=(names.request,),
        placed=partial(_placed, names), shown=partial(_shown, names), listed=partial(_listed, names),
        refused=partial(_refused, names), missing=partial(_missing, names),
        page_size=300 if names.linked else LARGEST_LIST,
    )  # fmt: skip


def _placed(names: Names, order: Order, entry: Entry) -> Document:
    content = _content(names, order, entry.status)
    return _whole(((names.inner, content),) if names.inner else content, names.response)


def _shown(names: Names, order: Order) -> Document:
    content = _content(names, order, order.status)
    if names.inner and not names.bare:
        return _whole(((names.inner, content),), names.response)
    return _whole(content, names.inner or names.response)


def _whole(content: Details, root: str) -> Document:
    return failures.sent(content, AnyRequest).under(root)


def _content(names: Names, order: Order, status: str) -> Details:
    head, tail = divided(order.details, (*_OWN, names.id, names.status))
    return (
        *head,
        ("OrderCreateDate", moment(order.created_at)),
        ("AccountId", order.key.account),
        ("CreatedByUser", order.created_by),
        (names.id, order.key.id),
        ("LastModifiedDate", moment(order.modified_at)),
        (names.status, status),
        *tail,
    )


def _listed(names: Names, listing: Listing) -> Document:
    if names.list is None:
        return (lists.selection if names.capital_rows else lists.lower_selection)(listing)
    rows = [lists.Row(**lists.row(order), id=order.key.id, order_status=order.status) for order in listing.orders]
    links = lists.links(listing)
    return _summaries(*names.list)(total_count=listing.total, links=links, rows=rows)


@cache
def _summaries(root: str, row: str) -> Callable[..., Document]:
    """A list whose root and rows have names of their own; made when it is first asked for."""
    return create_model(
        root,
        __tag__=root,
        __base__=Document,
        total_count=(int, element("TotalCount")),
        links=(lists.Links | None, element("Links", default=None)),
        rows=(list[lists.Row], element(row, alias=json_name(row), default=[])),
    )


def _refused(names: Names, refusal: Refusal) -> Document:
    errors = failures.errors(refusal)
    status = failures.PortStatus(code=str(refusal.status), description="The request was refused.")
    match names.failure:
        case "flat":
            return failures.FlatFailure(errors=errors).under(names.response)
        case "lidb":
            return failures.LidbFailure(status=status, error_list=failures.ErrorList(error=errors))
        case "csr":
            return failures.CsrFailure(errors=failures.ErrorList(error=errors))
        case _:
            return failures.status_failure(names.response, refusal)


def _missing(names: Names, refusal: Refusal) -> Document:
    if names.missing is None:
        return failures.status_failure(names.response, refusal)
    return failures.nowhere(names.missing)
