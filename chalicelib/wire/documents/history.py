"""An order's past: in XML the states, as the compatible API has it; in JSON the whole journal, numbered."""

from collections.abc import Sequence

from pydantic_xml import element

from chalicelib.domain.entry import Changed, Entry, Kind
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document
from chalicelib.wire.fields import Moment, Text

_NOTHING = '""'
"""How a difference writes that there is nothing."""

_NO_DRAFTS = "History is not supported for bulk port-ins or individual port-ins in draft status."


class State(Document):
    """The entering of a state."""

    order_date: Moment = element("OrderDate")
    note: Text | None = element("Note", default=None)
    author: Text = element("Author")
    status: str = element("Status")
    difference: Text | None = element("Difference", default=None)


class IrisStatus(Document):
    """Why there is no history."""

    code: str = element("Code")
    description: str = element("Description")


class OrderHistory(Document, tag="OrderHistoryWrapper"):
    """The states of an order, oldest first."""

    iris_status: IrisStatus | None = element("IrisStatus", default=None)
    order_history: list[State] = element("OrderHistory", default=[])


class JournalChange(Document):
    """An element that a supplement changed; without `Before` it is new, without `After` it is gone."""

    field: Text = element("Field")
    before: Text | None = element("Before", default=None)
    after: Text | None = element("After", default=None)


class JournalDocument(Document):
    """Which document an entry is about, of what type it is then, and what happened to it."""

    file_name: str = element("FileName")
    document_type: str = element("DocumentType")
    change: str = element("Change")


class JournalEntry(Document, tag="JournalEntry"):
    """One change of an order."""

    sequence: int = element("Sequence")
    kind: str = element("Kind")
    at: Moment = element("At")
    by: Text = element("By")
    status: str = element("Status")
    previous_status: str | None = element("PreviousStatus", default=None)
    message: Text | None = element("Message", default=None)
    note_id: str | None = element("NoteId", default=None)
    note: Text | None = element("Note", default=None)
    actual_foc_date: Moment | None = element("ActualFocDate", default=None)
    completed_telephone_numbers: list[str] | None = element("CompletedTelephoneNumbers", default=None)
    changes: list[JournalChange] | None = element("Changes", default=None)
    document: JournalDocument | None = element("Document", default=None)


class Journal(Document, tag="Journal"):
    """All changes of an order, in order."""

    entries: list[JournalEntry] = element("Entries", default=[])


def of(order: Order, entries: Sequence[Entry]) -> OrderHistory:
    """The history. Some types do not show an order that has only been created."""
    if order.status in order.type.supplements.removes:
        return OrderHistory(iris_status=IrisStatus(code="7710", description=_NO_DRAFTS))
    states = [entry for entry in entries if entry.moves or entry.kind is Kind.DETAILS]
    if len(states) == 1 and not order.type.creation_in_history:
        states = []
    return OrderHistory(order_history=[_state(entry) for entry in states])


def journal(entries: Sequence[Entry]) -> Journal:
    """The journal."""
    return Journal(entries=[one(entry) for entry in entries])


def one(entry: Entry) -> JournalEntry:
    """One entry."""
    return JournalEntry(
        sequence=entry.number, kind=entry.kind.value, at=entry.at, by=entry.by, status=entry.status,
        previous_status=entry.previous, message=entry.message, note_id=entry.note_id, note=entry.note,
        actual_foc_date=entry.actual_foc_date, completed_telephone_numbers=list(entry.completed_numbers) or None,
        changes=[_change(each) for each in entry.changes] or None, document=_document(entry),
    )  # fmt: skip


def _document(entry: Entry) -> JournalDocument | None:
    filed = entry.filed
    if filed is None:
        return None
    return JournalDocument(file_name=filed.file, document_type=filed.type.value, change=filed.filing.value)


def _change(change: Changed) -> JournalChange:
    return JournalChange(field=change.field, before=change.before or None, after=change.after or None)


def _state(entry: Entry) -> State:
    said = "\n".join(f"{each.field} : {each.before or _NOTHING} --> {each.after or _NOTHING}" for each in entry.changes)
    return State(
        order_date=entry.at, note=entry.message, author=entry.by, status=entry.status, difference=said or None
    )  # fmt: skip
