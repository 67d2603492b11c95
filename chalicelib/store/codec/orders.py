"""Orders, details, entries and notes ⇄ the attributes of their items."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from chalicelib.domain.details import Details
from chalicelib.domain.entry import Changed, Entry, Kind
from chalicelib.domain.handle import Handle, Handled
from chalicelib.domain.order import Failure, Note, Order
from chalicelib.domain.plan import Plan, Step
from chalicelib.store import keys
from chalicelib.store.codec.documents import filed, of_filed
from chalicelib.store.codec.text import body, of_body, of_time, of_time_or_none, time, time_or_none, written

PIECE = 350_000
"""Bytes of one piece of details: an item may have 400 KB."""


def of_order(order: Order) -> dict[str, Any]:
    """The head of an order, without its details and what the ledger adds for its indexes."""
    return {
        "version": order.version,
        "step_at": time_or_none(order.plan.due) if order.plan else None,
        **_places(order),
        **body(written(
            status=order.status, created_at=time(order.created_at), created_by=order.created_by,
            modified_at=time(order.modified_at), modified_by=order.modified_by, facts=order.facts,
            number_count=order.number_count or None, customer_order_id=order.customer_order_id,
            message=order.message, actual_foc_date=time_or_none(order.actual_foc_date),
            completed_numbers=order.completed_numbers, failures=of_failures(order.failures),
            ended_at=time_or_none(order.ended_at), removed=order.removed,
            plan=of_plan(order.plan), supplements=order.supplements or None,
            last_note=_of_last_note(order.last_note),
        )),
    }  # fmt: skip


def _places(order: Order) -> dict[str, str | None]:
    """Where it stands in the indexes; one that was removed stands in none."""
    account, kind, customer = order.key.account, order.key.type, order.customer_order_id
    places: dict[str, str | None] = {"listed_at": keys.listed_at(time(order.created_at), order.key.id)}
    if order.removed:
        return {**places, "listing": None, "standing": None, "lookup": None}
    handled = Handled(Handle.CUSTOMER, customer) if customer else None
    return {
        **places,
        "listing": keys.listing(account, kind, drafts=order.draft),
        "standing": keys.standing(account, kind, order.status),
        "lookup": keys.lookup(account, kind, handled) if handled else None,
    }


def order(head: Mapping[str, Any], pieces: Iterable[Mapping[str, Any]] = ()) -> Order:
    """The order of a head and the pieces of its details, in their order; in lists without."""
    read = of_body(head)
    return Order(
        key=keys.order_of(head["pk"]), version=int(head["version"]), status=read["status"],
        created_at=of_time(read["created_at"]), created_by=read["created_by"],
        modified_at=of_time(read["modified_at"]), modified_by=read["modified_by"],
        details=_details(json.loads("".join(piece["body"] for piece in pieces) or "[]")),
        facts=tuple((name, text) for name, text in read.get("facts", ())),
        number_count=read.get("number_count", 0), customer_order_id=read.get("customer_order_id"),
        message=read.get("message"), actual_foc_date=of_time_or_none(read.get("actual_foc_date")),
        completed_numbers=tuple(read.get("completed_numbers", ())),
        failures=failures(read.get("failures", ())), ended_at=of_time_or_none(read.get("ended_at")),
        removed=read.get("removed", False), supplements=read.get("supplements", 0),
        last_note=_last_note(read.get("last_note")), plan=plan(read.get("plan"), of_time_or_none(head.get("step_at"))),
    )  # fmt: skip


def of_failures(found: Iterable[Failure]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Failures as arrays of three."""
    return tuple((each.code, each.text, each.numbers) for each in found)


def failures(read: Iterable[Any]) -> tuple[Failure, ...]:
    """The failures of `of_failures`."""
    return tuple(Failure(code, text, tuple(numbers)) for code, text, numbers in read)


def of_plan(plan: Plan | None) -> tuple[tuple[str, float], ...]:
    """The steps of a plan, as arrays of two; when the first is due is written apart."""
    return tuple((step.state, step.seconds) for step in plan.steps) if plan else ()


def plan(steps: Iterable[tuple[str, float]] | None, due: datetime | None) -> Plan | None:
    """The plan of `of_plan`."""
    return Plan(tuple(Step(state, seconds) for state, seconds in steps), due) if steps else None


def of_details(details: Details) -> Iterator[str]:
    """What the client sent as JSON text (ASCII), in pieces."""
    text = json.dumps(details, separators=(",", ":"))
    return (text[start : start + PIECE] for start in range(0, len(text), PIECE))


def of_entry(entry: Entry) -> dict[str, Any]:
    """An entry."""
    return body(written(
        kind=entry.kind, at=time(entry.at), by=entry.by, status=entry.status, previous=entry.previous,
        message=entry.message, note_id=entry.note_id, note=entry.note, by_mail=entry.by_mail,
        customer_order_id=entry.customer_order_id, completed_numbers=entry.completed_numbers,
        actual_foc_date=time_or_none(entry.actual_foc_date),
        changes=tuple((each.field, each.before, each.after) for each in entry.changes), filed=of_filed(entry.filed),
    ))  # fmt: skip


def entry(item: Mapping[str, Any]) -> Entry | None:
    """The entry of an item; None for another item."""
    number = keys.entry_number(item["sk"])
    if number is None:
        return None
    read = of_body(item)
    return Entry(
        order=keys.order_of(item["pk"]), number=number, kind=Kind(read["kind"]), at=of_time(read["at"]),
        by=read["by"], status=read["status"], previous=read.get("previous"), message=read.get("message"),
        note_id=read.get("note_id"), note=read.get("note"), by_mail=read.get("by_mail", False),
        customer_order_id=read.get("customer_order_id"),
        completed_numbers=tuple(read.get("completed_numbers", ())),
        actual_foc_date=of_time_or_none(read.get("actual_foc_date")),
        changes=tuple(Changed(*each) for each in read.get("changes", ())), filed=filed(read.get("filed")),
    )  # fmt: skip


def of_note(note: Note) -> dict[str, Any]:
    """A note's current text."""
    return body(written(by=note.by, text=note.text, at=time(note.at)))


def note(item: Mapping[str, Any]) -> Note:
    """The note of an item."""
    read = of_body(item)
    return Note(id=keys.note_id(item["sk"]), by=read["by"], text=read["text"], at=of_time(read["at"]))


def _of_last_note(note: Note | None) -> tuple[str, str, str, str] | None:
    return (note.id, note.by, note.text, time(note.at)) if note else None


def _last_note(read: tuple[str, str, str, str] | None) -> Note | None:
    return Note(id=read[0], by=read[1], text=read[2], at=of_time(read[3])) if read else None


def _details(pairs: Iterable[tuple[str, Any]]) -> Details:
    return tuple((name, text if isinstance(text, str) else _details(text)) for name, text in pairs)
