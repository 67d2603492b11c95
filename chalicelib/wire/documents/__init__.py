"""The documents of the API, one file for each resource; `papers` has those of an order type."""

from functools import cache

from chalicelib.domain.order_types import OrderType
from chalicelib.wire.documents import (
    accounts,
    activation,
    audit,
    checks,
    credentials,
    events,
    failures,
    history,
    lists,
    loas,
    moves,
    notes,
    reports,
    subscriptions,
    subscriptions_v2,
    supplements,
    wishes,
    wishes_v2,
)
from chalicelib.wire.documents.any_order import papers as any_papers
from chalicelib.wire.documents.disconnects import DISCONNECTS
from chalicelib.wire.documents.names import NAMES
from chalicelib.wire.documents.orders import ORDERS
from chalicelib.wire.documents.papers import Listing, Papers
from chalicelib.wire.documents.portins import PORTINS
from chalicelib.wire.documents.portouts import PORTOUTS

_OWN = {"orders": ORDERS, "portins": PORTINS, "disconnects": DISCONNECTS, "portouts": PORTOUTS}


@cache
def _papers(resource: str) -> Papers:
    return _OWN.get(resource) or any_papers(NAMES[resource])


def papers_of(kind: OrderType) -> Papers:
    """The documents of the type; those of the rarer types are made when they are first asked for."""
    return _papers(kind.resource)


__all__ = [
    "Listing", "Papers", "accounts", "activation", "audit", "checks", "credentials", "events", "failures", "history",
    "lists", "loas", "moves", "notes", "papers_of", "reports", "subscriptions", "subscriptions_v2", "supplements",
    "wishes", "wishes_v2",
]  # fmt: skip
