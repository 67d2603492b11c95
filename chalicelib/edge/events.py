"""Events of an account that belong to no order. They are entries of a journal, and told as all others are."""

from chalicelib import wire
from chalicelib.domain.access import Role
from chalicelib.domain.errors import EventNotFound, OrderNotFound
from chalicelib.domain.event import events_of
from chalicelib.edge import paging
from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.filters import Asked
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit

USUAL_SIZE, LARGEST_SIZE = 300, 1000

LONGEST_NUMBER = 9
"""Digits of an entry's number."""


@at(Spot.EVENTS, "POST", role=Role.OPERATOR)
def raise_event(visit: Visit) -> Answer:
    """Tell an account of what happened to its numbers."""
    command = wire.documents.events.read(visit.tree, visit.place.account, by=visit.user)
    entry = visit.services.accept.raise_event(command, visit.keyed)
    return Answer(status=201, made=str(entry.number), document=wire.documents.events.one(entry))


@at(Spot.EVENTS, "GET")
def list_events(visit: Visit) -> Answer:
    """Those after a number, or the last ones; never more than `size`."""
    asked = Asked.only(visit, "after", "size")
    size = paging.number(asked, "size", least=1, most=LARGEST_SIZE, default=USUAL_SIZE)
    after = paging.number(asked, "after", least=0, most=10**LONGEST_NUMBER - 1, default=0)
    asked.judge()
    if asked.one("after") is None:
        after = max(0, _count(visit) - size)
    found = visit.services.ledger.entries(events_of(visit.place.account), after=after, upto=after + size)
    return Answer(document=wire.documents.events.all_of(found))


@at(Spot.EVENT, "GET")
def show_event(visit: Visit) -> Answer:
    """One event."""
    number = visit.place.named["event"]
    asked = int(number) if number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER else 0
    found = visit.services.ledger.entries(events_of(visit.place.account), after=max(0, asked - 1), upto=asked)
    if not found:
        raise EventNotFound(number)
    return Answer(document=wire.documents.events.one(found[0]))


def _count(visit: Visit) -> int:
    """The number of the last event."""
    try:
        return visit.services.ledger.order(events_of(visit.place.account)).version
    except OrderNotFound:
        return 0
