"""JSON ⇄ domain, for what is read back whole. Absent means None, or empty; times are ISO 8601. No SQL here."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.cursor import CursorRef, Lease
from chalicelib.domain.delivery import Attempt, Delivery, Outcome
from chalicelib.domain.details import Details
from chalicelib.domain.document import Attachment, DocumentType, Filed, Filing, Form
from chalicelib.domain.entry import Changed, Entry, Kind, OrderKey
from chalicelib.domain.health import Health
from chalicelib.domain.order import Failure, Note, Order
from chalicelib.domain.plan import Plan, Step

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

encode = json.JSONEncoder(separators=(",", ":")).encode
"""ASCII only: text that is no Unicode (lone surrogates, from JSON's escapes) comes back as it was."""

decode = json.loads


def stamp(at: datetime) -> int:
    """A time as the columns have it: whole microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def time(stamped: int) -> datetime:
    """The time of a column."""
    return _EPOCH + timedelta(microseconds=stamped)


def of_order(order: Order) -> str:
    """The head: all but key, version and details."""
    return written(
        status=order.status, created_at=iso(order.created_at), created_by=order.created_by,
        modified_at=iso(order.modified_at), modified_by=order.modified_by, facts=order.facts or None,
        number_count=order.number_count or None, customer_order_id=order.customer_order_id, message=order.message,
        actual_foc_date=iso(order.actual_foc_date), completed_numbers=order.completed_numbers or None,
        failures=[(each.code, each.text, each.numbers) for each in order.failures] or None,
        ended_at=iso(order.ended_at), removed=order.removed or None, supplements=order.supplements or None,
        last_note=_of_last_note(order.last_note), plan=_of_plan(order.plan),
    )  # fmt: skip


def order(key: OrderKey, version: int, head: str, details: str = "[]") -> Order:
    """An order; in lists without details."""
    read = decode(head)
    return Order(
        key=key, version=version, status=read["status"], created_at=_at(read["created_at"]),
        created_by=read["created_by"], modified_at=_at(read["modified_at"]), modified_by=read["modified_by"],
        details=_details(decode(details)), facts=tuple((name, text) for name, text in read.get("facts", ())),
        number_count=read.get("number_count", 0), customer_order_id=read.get("customer_order_id"),
        message=read.get("message"), actual_foc_date=_time(read, "actual_foc_date"),
        completed_numbers=tuple(read.get("completed_numbers", ())),
        failures=tuple(Failure(code, text, tuple(numbers)) for code, text, numbers in read.get("failures", ())),
        ended_at=_time(read, "ended_at"), removed=read.get("removed", False), plan=_plan(read.get("plan")),
        supplements=read.get("supplements", 0), last_note=_last_note(read.get("last_note")),
    )  # fmt: skip


def of_entry(entry: Entry) -> str:
    """An entry: all but order and number."""
    return written(
        kind=entry.kind, at=iso(entry.at), by=entry.by, status=entry.status, previous=entry.previous,
        message=entry.message, note_id=entry.note_id, note=entry.note, by_mail=entry.by_mail or None,
        customer_order_id=entry.customer_order_id, completed_numbers=entry.completed_numbers or None,
        actual_foc_date=iso(entry.actual_foc_date),
        changes=[(each.field, each.before, each.after) for each in entry.changes] or None,
        filed=(entry.filed.file, entry.filed.type, entry.filed.filing) if entry.filed else None,
    )  # fmt: skip


def entry(key: OrderKey, number: int, body: str) -> Entry:
    """An entry of an order's journal."""
    read = decode(body)
    return Entry(
        order=key, number=number, kind=Kind(read["kind"]), at=_at(read["at"]), by=read["by"],
        status=read["status"], previous=read.get("previous"), message=read.get("message"),
        note_id=read.get("note_id"), note=read.get("note"), by_mail=read.get("by_mail", False),
        customer_order_id=read.get("customer_order_id"),
        completed_numbers=tuple(read.get("completed_numbers", ())),
        actual_foc_date=_time(read, "actual_foc_date"),
        changes=tuple(Changed(*each) for each in read.get("changes", ())), filed=_filed(read.get("filed")),
    )  # fmt: skip


def of_note(note: Note) -> str:
    """A note: all but its id."""
    return written(by=note.by, text=note.text, at=iso(note.at))


def note(note_id: str, body: str) -> Note:
    """A note."""
    read = decode(body)
    return Note(id=note_id, by=read["by"], text=read["text"], at=_at(read["at"]))


def of_document(document: Attachment) -> str:
    """What is known of a document: all but the name of its file."""
    return written(
        type=document.type, form=document.form, size=document.size, blob=document.blob, by=document.by,
        at=iso(document.at), name=document.name,
    )  # fmt: skip


def document(file: str, body: str) -> Attachment:
    """A document."""
    read = decode(body)
    return Attachment(
        file=file, type=DocumentType(read["type"]), form=Form(read["form"]), size=read["size"], blob=read["blob"],
        by=read["by"], at=_at(read["at"]), name=read.get("name"),
    )  # fmt: skip


def of_health(health: Health) -> str:
    """A health: all but its revision. A spotless one is empty."""
    probe = health.probe
    return written(
        failures=health.failures or None, failing_since=iso(health.failing_since),
        failing_order=health.failing_order, several_orders=health.several_orders or None,
        open_until=iso(health.open_until), probe=(probe.token, iso(probe.until)) if probe else None,
        disabled=health.disabled or None,
    )  # fmt: skip


def health(revision: int, body: str) -> Health:
    """A health."""
    if body == "{}":
        return Health(revision=revision)
    read = decode(body)
    probe = read.get("probe")
    return Health(
        revision=revision, failures=read.get("failures", 0), failing_since=_time(read, "failing_since"),
        failing_order=read.get("failing_order"), several_orders=read.get("several_orders", False),
        open_until=_time(read, "open_until"), probe=Lease(probe[0], _at(probe[1])) if probe else None,
        disabled=read.get("disabled", False),
    )  # fmt: skip


def of_attempts(delivery: Delivery, letter: tuple[str, str] | None) -> str:
    """Reason and attempts of a delivery, and its letter's message id and content type."""
    return written(
        reason=delivery.reason,
        letter=letter,
        attempts=[
            {
                "at": iso(each.at), "outcome": each.outcome, "ms": each.milliseconds, "reason": each.reason,
                "status": each.status, "retry_after": each.retry_after,
            }
            for each in delivery.attempts
        ],
    )  # fmt: skip


def attempts(body: str) -> tuple[str, tuple[Attempt, ...], tuple[str, str] | None]:
    """What `of_attempts` wrote."""
    read = decode(body)
    made = tuple(
        Attempt(
            at=_at(each["at"]), outcome=Outcome(each["outcome"]), milliseconds=each["ms"], reason=each["reason"],
            status=each["status"], retry_after=each["retry_after"],
        )
        for each in read["attempts"]
    )  # fmt: skip
    return read["reason"], made, read.get("letter")


def of_details(details: Details) -> str:
    """Pairs as arrays of two."""
    return encode(details)


def details(body: str) -> Details:
    """What the client sent, from `of_details`."""
    return _details(decode(body))


def ref_columns(ref: CursorRef) -> tuple[str, str, str, str]:
    """A cursor's key, in the order of its table's columns."""
    return (ref.order.account, ref.subscription_id, ref.order.type, ref.order.id)


def columns(key: OrderKey) -> tuple[str, str, str]:
    """An order's key, in the order of the tables' columns."""
    return (key.account, key.type, key.id)


def _details(pairs: Iterable[tuple[str, Any]]) -> Details:
    return tuple((name, text if isinstance(text, str) else _details(text)) for name, text in pairs)


def _of_last_note(note: Note | None) -> tuple[str, ...] | None:
    return (note.id, note.by, note.text, note.at.isoformat()) if note else None


def _last_note(read: Sequence[str] | None) -> Note | None:
    return Note(id=read[0], by=read[1], text=read[2], at=_at(read[3])) if read else None


def _of_plan(plan: Plan | None) -> tuple[list[tuple[str, float]], str | None] | None:
    return ([(step.state, step.seconds) for step in plan.steps], iso(plan.due)) if plan else None


def _plan(read: tuple[list[tuple[str, float]], str | None] | None) -> Plan | None:
    if read is None:
        return None
    steps, due = read
    return Plan(tuple(Step(state, seconds) for state, seconds in steps), _at(due) if due else None)


def _filed(read: Sequence[str] | None) -> Filed | None:
    return Filed(read[0], DocumentType(read[1]), Filing(read[2])) if read else None


def written(**fields: object) -> str:
    """JSON of the fields that are there."""
    return encode({name: value for name, value in fields.items() if value is not None})


def iso(at: datetime | None) -> str | None:
    """A time as JSON has it."""
    return None if at is None else at.isoformat()


_at = datetime.fromisoformat


def _time(read: Mapping[str, str], name: str) -> datetime | None:
    return _at(read[name]) if name in read else None
