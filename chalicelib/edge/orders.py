"""Orders of every type: the same few views, the type looked up from the path."""

from chalicelib import wire
from chalicelib.domain import autopilot
from chalicelib.domain.access import Role
from chalicelib.domain.commands import AddNote, ChangeNote, CreateOrder
from chalicelib.domain.errors import NoteNotFound
from chalicelib.edge import paging
from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit
from chalicelib.wire.tree import Syntax


@at(Spot.ORDERS, "POST")
def place_order(visit: Visit) -> Answer:
    """Place an order."""
    papers, place = visit.papers, visit.place
    _, details = wire.reading.document(visit.tree, papers.request, *papers.roots)
    command = CreateOrder(
        account=place.account,
        type=visit.kind.resource,
        details=details,
        by=visit.user,
        draft=papers.wants_draft(details),
        script=visit.request.headers.get(autopilot.HEADER),
    )
    placed = visit.services.accept.create(command, visit.keyed)
    document = papers.placed(placed.order, placed.entry)
    return Answer(status=papers.placed_status, document=document, made=placed.order.key.id)


@at(Spot.ORDER, "GET")
def show_order(visit: Visit) -> Answer:
    """One order."""
    return Answer(document=visit.papers.shown(visit.services.ledger.order(visit.place.order)))


@at(Spot.HISTORY, "GET")
def show_history(visit: Visit) -> Answer:
    """The states in XML; in JSON the whole journal, after an entry's number where one is given."""
    order = visit.services.ledger.order(visit.place.order)
    if visit.syntax is Syntax.JSON:
        entries = visit.services.ledger.entries(order.key, after=paging.after(visit.query))
        return Answer(document=wire.documents.history.journal(entries))
    return Answer(document=wire.documents.history.of(order, visit.services.ledger.entries(order.key)))


@at(Spot.NOTES, "GET")
def list_notes(visit: Visit) -> Answer:
    """All notes, or 204."""
    order = visit.services.ledger.order(visit.place.order)
    found = visit.services.ledger.notes(order.key)
    return Answer(document=wire.documents.notes.all_of(found)) if found else Answer(status=204)


@at(Spot.NOTES, "POST", "PUT")
def add_note(visit: Visit) -> Answer:
    """Leave a note; PUT on the collection is how the Java SDK does it."""
    command = AddNote(order=visit.place.order, text=wire.documents.notes.read(visit.tree, visit.user), by=visit.user)
    return Answer(status=201, made=visit.services.accept.add_note(command, visit.keyed))


@at(Spot.NOTE, "GET")
def show_note(visit: Visit) -> Answer:
    """One note."""
    order = visit.services.ledger.order(visit.place.order)
    found = next((note for note in visit.services.ledger.notes(order.key) if note.id == visit.place.note), None)
    if found is None:
        raise NoteNotFound(visit.place.note)
    return Answer(document=wire.documents.notes.one(found))


@at(Spot.NOTE, "PUT", "POST")
def change_note(visit: Visit) -> Answer:
    """Replace a note's text."""
    text = wire.documents.notes.read(visit.tree, visit.user)
    command = ChangeNote(order=visit.place.order, note_id=visit.place.note, text=text, by=visit.user)
    visit.services.accept.change_note(command, visit.keyed)
    return Answer()


@at(Spot.STATUS, "POST", role=Role.OPERATOR)
def move_order(visit: Visit) -> Answer:
    """The desk's own: move an order."""
    command = wire.documents.moves.read(visit.tree, visit.place.order, visit.user)
    return Answer(document=wire.documents.history.one(visit.services.accept.move(command, visit.keyed)))
