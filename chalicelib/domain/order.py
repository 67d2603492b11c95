"""An order decides what a command makes of it: the next order, the journal entries, the notes. It writes nothing.

Rule: everything that may change an order lives here, and every change is a `Change` with its entries.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain import details as read
from chalicelib.domain.commands import AddNote, ChangeNote, CreateOrder, MoveOrder
from chalicelib.domain.details import Details
from chalicelib.domain.entry import SYSTEM, Entry, Kind, OrderKey
from chalicelib.domain.errors import Invalid, Problem, StepRefused, VersionMismatch
from chalicelib.domain.order_types import OrderType, order_type

NOTE_LIMIT = 500
"""Characters of a note, as the compatible API has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note's current text. Its id is the number of the entry that added it."""

    id: str
    by: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order as it stands: `version` is the number of its last entry. In lists `details` is empty."""

    key: OrderKey
    version: int
    status: str
    created_at: datetime
    created_by: str
    modified_at: datetime
    modified_by: str
    details: Details = ()
    facts: tuple[tuple[str, str], ...] = ()
    number_count: int = 0
    customer_order_id: str | None = None
    message: str | None = None
    actual_foc_date: datetime | None = None
    completed_numbers: tuple[str, ...] = ()
    ended_at: datetime | None = None

    @property
    def type(self) -> OrderType:
        """The table of the order's type."""
        return order_type(self.key.type)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The telephone numbers the order is about, as sent."""
        return numbers(self.details)

    @property
    def draft(self) -> bool:
        """Whether it is still being written: hidden from lists that do not ask for drafts."""
        return self.status in self.type.drafts

    def fact(self, name: str) -> str | None:
        """One of the few things sent that lists and mails show, by its element name."""
        return dict(self.facts).get(name)


@dataclass(frozen=True, slots=True)
class Change:
    """What a command makes of an order: to be recorded whole or not at all, on condition that `base` is the version."""

    base: int
    order: Order
    entries: tuple[Entry, ...] = ()
    notes: tuple[Note, ...] = ()


def numbers(details: Details) -> tuple[str, ...]:
    """The numbers listed, or the billing number where none is."""
    billing = read.first(details, "BillingTelephoneNumber")
    return read.telephone_numbers(details) or ((billing,) if billing else ())


def create(command: CreateOrder, *, order_id: str, at: datetime) -> Change:
    """A new order in the first state of its type, followed by the automatic steps from there."""
    kind = order_type(command.type)
    count = len(numbers(command.details))
    status = kind.drafts[0] if command.draft and kind.drafts else kind.initial
    order = Order(
        key=OrderKey(command.account, kind.resource, order_id), version=1, status=status,
        created_at=at, created_by=command.by, modified_at=at, modified_by=command.by,
        details=command.details, number_count=count,
        facts=tuple(_facts(kind, command.details)),
        customer_order_id=read.first(command.details, "CustomerOrderId"),
        message=kind.message(status, count),
    )  # fmt: skip
    return _automatic(Change(0, order, (_entry(order, Kind.CREATED, previous=None),)))


def _facts(kind: OrderType, sent: Details) -> Iterator[tuple[str, str]]:
    for path in kind.facts:
        if (text := read.first(sent, path)) is not None:
            yield path.rpartition("/")[2], text


def move(order: Order, command: MoveOrder, *, at: datetime) -> Change:
    """The order in the state asked for. Raises StepRefused or VersionMismatch."""
    if command.if_version not in (None, order.version):
        raise VersionMismatch(command.if_version or 0, order.version)
    kind = order.type
    if command.status not in kind.allowed(order.status):
        raise StepRefused(order.status, command.status, kind.allowed(order.status))
    moved = _entered(order, command, at)
    if _same(order, moved):
        return Change(order.version, order)
    told = command.completed_numbers or (order.numbers if kind.tells_numbers(command.status) else ())
    entry = replace(_entry(moved, Kind.STATUS, previous=order.status), completed_numbers=told)
    return _automatic(Change(order.version, moved, (entry,)))


def add_note(order: Order, command: AddNote, *, at: datetime) -> Change:
    """A note on the order, whatever its state. Raises Invalid for one that is empty or too long."""
    text = _note_text(command.text)
    noted = replace(order, version=order.version + 1, modified_at=max(at, order.modified_at), modified_by=command.by)
    note = Note(id=str(noted.version), by=command.by, text=text, at=noted.modified_at)
    entry = replace(_entry(noted, Kind.NOTE, previous=order.status, note=note), by_mail=command.by_mail)
    return Change(order.version, noted, (entry,), (note,))


def change_note(order: Order, note: Note, command: ChangeNote, *, at: datetime) -> Change:
    """The note with a new text; nothing at all where the text is the same. Raises Invalid as `add_note` does."""
    text = _note_text(command.text)
    if text == note.text:
        return Change(order.version, order)
    noted = replace(order, version=order.version + 1, modified_at=max(at, order.modified_at), modified_by=command.by)
    changed = replace(note, text=text, by=command.by, at=noted.modified_at)
    return Change(
        order.version,
        noted,
        (_entry(noted, Kind.NOTE_CHANGED, previous=order.status, note=changed),),
        (changed,),
    )


def _entered(order: Order, command: MoveOrder, at: datetime) -> Order:
    """The order in its new state; time never goes back within a journal."""
    at = max(at, order.modified_at)
    kind = order.type
    done = command.completed_numbers or (order.numbers if command.status == kind.complete else order.completed_numbers)
    return replace(
        order, version=order.version + 1, status=command.status, modified_at=at, modified_by=command.by,
        message=command.message or kind.message(command.status, len(done) or order.number_count),
        actual_foc_date=command.actual_foc_date or order.actual_foc_date, completed_numbers=done,
        ended_at=at if kind.is_final(command.status) else None,
    )  # fmt: skip


def _same(before: Order, after: Order) -> bool:
    """Whether a step into the state it is in would change nothing that anybody could see."""
    as_before = replace(after, version=before.version, modified_at=before.modified_at, modified_by=before.modified_by)
    return as_before == before


def _automatic(change: Change) -> Change:
    """Append the steps that follow by themselves from where the change has led."""
    order = change.order
    step = order.type.automatic.get(order.status)
    if step is None or change.entries[-1].previous in step.unless_from:
        return change
    status = step.then if order.number_count else step.unworkable
    message = None if order.number_count else step.unworkable_message
    followed = _entered(order, MoveOrder(order=order.key, status=status, by=SYSTEM, message=message), order.modified_at)
    entry = _entry(followed, Kind.STATUS, previous=order.status)
    return _automatic(Change(change.base, followed, (*change.entries, entry), change.notes))


def _entry(order: Order, kind: Kind, *, previous: str | None, note: Note | None = None) -> Entry:
    return Entry(
        order=order.key, number=order.version, kind=kind, at=order.modified_at, by=order.modified_by,
        status=order.status, previous=previous, message=None if note else order.message,
        note_id=note.id if note else None, note=note.text if note else None,
        customer_order_id=order.customer_order_id,
        actual_foc_date=order.actual_foc_date if not note and order.status == order.type.foc else None,
    )  # fmt: skip


def _note_text(text: str) -> str:
    if not text.strip():
        raise Invalid(Problem("1003", "Description is required", "Description"))
    if len(text) > NOTE_LIMIT:
        raise Invalid(Problem("1011", f"Description is too long. Max length {NOTE_LIMIT} characters", "Description"))
    return text
