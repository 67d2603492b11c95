"""Lists of orders, how many there are, and what is counted of one order's numbers."""

from chalicelib import wire
from chalicelib.domain.errors import OrderNotFound
from chalicelib.domain.order import Order
from chalicelib.edge import paging
from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit

_NUMBERED = ("orders", "portins")
_PORTS = ("portins", "portouts")


@at(Spot.ORDERS, "GET")
@at(Spot.STANDING, "GET", only=_PORTS)
@at(Spot.SITE_ORDERS, "GET", only=_NUMBERED)
def list_orders(visit: Visit) -> Answer:
    """A page of orders; an empty one in the way of its type."""
    found = paging.listing(visit)
    if not found.orders and found.next is None:
        resource = visit.kind.resource
        if resource == "bulkPortins" or (resource == "orders" and paging.by_customer_order_id(visit)):
            return Answer(status=204)
        if resource == "externalTns":
            return Answer(status=404, document=wire.documents.failures.nowhere("ExternalTnsOrderResponse"))
    return Answer(document=visit.papers.listed(found))


@at(Spot.TOTALS, "GET", only=("orders", *_PORTS))
def count_orders(visit: Visit) -> Answer:
    """How many orders the filters match."""
    count = paging.total(visit)
    if visit.kind.resource == "orders":
        return Answer(document=wire.documents.lists.total(count))
    return Answer(document=wire.documents.lists.Quantity(count=count))


@at(Spot.TNS, "GET", only=_NUMBERED)
@at(Spot.SITE_TNS, "GET", only=("orders",))
def list_numbers(visit: Visit) -> Answer:
    """An order's numbers."""
    return Answer(document=wire.documents.lists.telephone_numbers(_order(visit)))


@at(Spot.ORDER_TOTALS, "GET", only=(*_NUMBERED, "portouts"))
def count_numbers(visit: Visit) -> Answer:
    """How many numbers an order has."""
    order = _order(visit)
    if visit.kind.resource == "orders":
        return Answer(document=wire.documents.lists.counted(order))
    return Answer(document=wire.documents.lists.Quantity(count=len(wire.documents.lists.numbers(order))))


@at(Spot.AREA_CODES, "GET", only=_NUMBERED)
def count_by_area_code(visit: Visit) -> Answer:
    """How many of them in each area code."""
    return Answer(document=wire.documents.lists.by_area_code(_order(visit)))


@at(Spot.NPA_NXX, "GET", only=_NUMBERED)
def count_by_npa_nxx(visit: Visit) -> Answer:
    """How many of them in each area code and exchange."""
    return Answer(document=wire.documents.lists.by_npa_nxx(_order(visit)))


@at(Spot.SITE_ORDER, "GET", only=("orders",))
def show_order_of_site(visit: Visit) -> Answer:
    """One order."""
    return Answer(document=visit.papers.shown(_order(visit)))


def _order(visit: Visit) -> Order:
    """The order; of a site, where the path names one. Raises OrderNotFound."""
    order = visit.services.ledger.order(visit.place.order)
    site = visit.place.named.get("site")
    if site is not None and order.fact("SiteId") != site:
        raise OrderNotFound(order.key.type, order.key.id)
    return order
