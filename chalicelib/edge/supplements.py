"""What clients change of orders that are placed, and how they end them."""

from chalicelib import wire
from chalicelib.domain.commands import Cancel, Supplement
from chalicelib.domain.decide.entries import entry
from chalicelib.domain.entry import Kind
from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit
from chalicelib.flow import bulk
from chalicelib.wire.tree import Tree

CHANGED = ("orders", "portins", "portouts", "dldas", "lsrorders", "bulkPortins", "csrs")
CANCELLED = ("portins", "portouts", "bulkPortins")


@at(Spot.ORDER, "PUT", only=CHANGED)
def change_order(visit: Visit) -> Answer:
    """Change an order: what is not sent stays as it is."""
    return _changed(visit, visit.tree, whole=visit.papers.replaced)


@at(Spot.ORDER, "PATCH", only=("bulkPortins", "tollFreePortingValidations"))
def change_in_part(visit: Visit) -> Answer:
    """Change a bulk port-in in part, or cancel a toll-free validation.

    An element with delete="true" is removed; ProcessingStatus IN_PROGRESS submits a bulk port-in.
    """
    if not visit.kind.supplements.takes:
        visit.services.accept.cancel(Cancel(order=visit.place.order, by=visit.user), visit.keyed)
        return Answer(document=visit.papers.shown(visit.services.ledger.order(visit.place.order)))
    kept, removed = wire.documents.supplements.deletions(visit.tree)
    return _changed(visit, kept, removed=removed)


@at(Spot.ORDER, "DELETE", only=CANCELLED)
def cancel_order(visit: Visit) -> Answer:
    """Cancel an order; a draft is removed, with its documents."""
    visit.services.attach.cancel(Cancel(order=visit.place.order, by=visit.user), visit.keyed)
    cancelled = visit.papers.cancelled
    return Answer(document=cancelled() if cancelled else None)


@at(Spot.TN_LIST, "GET", only=("bulkPortins",))
def list_bulk_numbers(visit: Visit) -> Answer:
    """The numbers of a bulk port-in."""
    order = visit.services.ledger.order(visit.place.order)
    return Answer(document=wire.documents.supplements.numbers_of(order))


@at(Spot.TN_LIST, "PUT", only=("bulkPortins",))
def put_bulk_numbers(visit: Visit) -> Answer:
    """Replace the numbers of a bulk port-in, and have them validated."""
    details = wire.documents.supplements.numbers(visit.tree)
    command = Supplement(
        order=visit.place.order, details=details, by=visit.user, leads="VALIDATE_DRAFT_TNS", inner=True
    )
    order = visit.services.accept.supplement(command, visit.keyed)
    return Answer(status=202, document=wire.documents.supplements.numbers_of(order))


@at(Spot.PORTIN_LIST, "GET", only=("bulkPortins",))
def list_children(visit: Visit) -> Answer:
    """The port-ins of a bulk port-in."""
    order = visit.services.ledger.order(visit.place.order)
    return Answer(document=wire.documents.supplements.children_of(order))


@at(Spot.PORTIN_LIST, "PUT", only=("bulkPortins",))
def put_children(visit: Visit) -> Answer:
    """Replace the port-ins of a bulk port-in; each must be a draft."""
    ids = wire.documents.supplements.children(visit.tree)
    order = bulk.gather(visit.services.accept, visit.place.order, ids, visit.user)
    return Answer(document=wire.documents.supplements.children_of(order))


def _changed(visit: Visit, sent: Tree, *, whole: bool = False, removed: tuple[str, ...] = ()) -> Answer:
    papers, accept = visit.papers, visit.services.accept
    _, details = wire.reading.document(sent, papers.supplement, *papers.supplement_roots, *papers.roots)
    command = Supplement(order=visit.place.order, details=details, by=visit.user, whole=whole, removed=removed)
    if visit.kind.resource == "bulkPortins" and wire.documents.supplements.submits(details):
        accept.check(command)
        bulk.submit(accept, command.order, visit.user)
    order = accept.supplement(command, visit.keyed)
    if papers.supplemented is None:
        return Answer(document=papers.placed(order, entry(order, Kind.DETAILS, previous=None)))
    return Answer(document=papers.supplemented(order, details))
