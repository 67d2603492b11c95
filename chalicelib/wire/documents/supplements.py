"""What supplements hold of every type, and the parts of a bulk port-in that have places of their own."""

from typing import Annotated

from pydantic import Field
from pydantic_xml import element

from chalicelib.domain.details import Details, every, first
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.order import Order
from chalicelib.wire import reading
from chalicelib.wire.document import Document
from chalicelib.wire.fields import CustomerOrderId, TelephoneNumber
from chalicelib.wire.forms import is_uuid
from chalicelib.wire.tree import Tree

NUMBER_LIMIT = 5000
"""Telephone numbers of a bulk port-in."""

CHILD_LIMIT = 200
"""Port-ins of a bulk port-in."""


class AnySupplement(Document):
    """What is known of a supplement of any type: whatever it leaves out stays."""

    customer_order_id: CustomerOrderId | None = element("CustomerOrderId", default=None)


class TnList(Document, tag="TnList"):
    """The numbers of a bulk port-in."""

    tn: Annotated[list[TelephoneNumber], Field(min_length=1, max_length=NUMBER_LIMIT)] = element("TN", alias="tn")


class PortinList(Document, tag="PortinList"):
    """The port-ins of a bulk port-in."""

    portin_order_id: Annotated[list[str], Field(max_length=CHILD_LIMIT)] = element("PortinOrderId", default=[])


class TnListResponse(Document, tag="TnListResponse"):
    """The numbers, and how far their validation is."""

    processing_status: str = element("ProcessingStatus")
    order_id: str = element("OrderId")
    tn_list: TnList | None = element("TnList", default=None)


class PortinListResponse(Document, tag="PortinListResponse"):
    """The port-ins, and the state of the bulk port-in."""

    processing_status: str = element("ProcessingStatus")
    order_id: str = element("OrderId")
    portin_list: PortinList = element("PortinList")


def deletions(tree: Tree) -> tuple[Tree, tuple[str, ...]]:
    """A change in part without its deletions (`<PeerId delete="true"/>`), and the names of what they delete."""
    gone = tuple(name for name, value in tree.details if _deleted(value))
    return Tree(tree.root, tuple(pair for pair in tree.details if not _deleted(pair[1]))), gone


def submits(details: Details) -> bool:
    """Whether a bulk port-in is to be submitted."""
    return (first(details, "ProcessingStatus") or "").upper() == "IN_PROGRESS"


def _deleted(value: "str | Details") -> bool:
    return not isinstance(value, str) and ("@delete", "true") in value


def numbers(tree: Tree) -> Details:
    """The element of a bulk port-in that holds these numbers. Raises Invalid."""
    read, _ = reading.document(tree, TnList, "TnList")
    return (("TnList", tuple(("TN", number) for number in dict.fromkeys(read.tn))),)


def children(tree: Tree) -> tuple[str, ...]:
    """The ids of these port-ins, each once. Raises Invalid."""
    read, _ = reading.document(tree, PortinList, "PortinList")
    wrong = [each for each in read.portin_order_id if not is_uuid(each)]
    if wrong:
        raise Invalid(*(Problem("1008", f"'{each[:40]}' is not a valid UUID", "PortinOrderId") for each in wrong))
    return tuple(dict.fromkeys(each.lower() for each in read.portin_order_id))


def numbers_of(order: Order) -> TnListResponse:
    """The numbers of a bulk port-in."""
    listed = list(every(order.details, "TnList/TN"))
    return TnListResponse(
        processing_status=order.status, order_id=order.key.id, tn_list=TnList(tn=listed) if listed else None
    )


def children_of(order: Order) -> PortinListResponse:
    """The port-ins of a bulk port-in."""
    found = list(every(order.details, "PortinList/PortinOrderId"))
    return PortinListResponse(
        processing_status=order.status, order_id=order.key.id, portin_list=PortinList(portin_order_id=found)
    )
