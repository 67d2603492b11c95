"""Steps through an order's states: its placing, the desk's moves, and what follows by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from chalicelib.domain import details as read
from chalicelib.domain.commands import CreateOrder, HandIn, MoveOrder
from chalicelib.domain.decide.entries import entry
from chalicelib.domain.decide.merging import omitted
from chalicelib.domain.details import Details
from chalicelib.domain.entry import SYSTEM, Changed, Kind, OrderKey
from chalicelib.domain.errors import StepRefused, VersionMismatch
from chalicelib.domain.order import Change, Failure, Order, is_toll_free, numbers
from chalicelib.domain.order_types import OrderType, order_type

MESSAGE_LIMIT = 1000
"""Characters of a message, given or made of failures."""


def create(command: CreateOrder, *, order_id: str, at: datetime) -> Change:
    """A new order in the first state of its type, followed by the automatic steps from there."""
    kind = order_type(command.type)
    details = _unbound(kind, command.details)
    named = numbers(kind, details)
    status = kind.drafts[0] if command.draft and kind.drafts else kind.initial
    if any(is_toll_free(number) for number in named):
        status = kind.toll_free.get(status, status)
    order = Order(
        key=OrderKey(command.account, kind.resource, order_id), version=1, status=status,
        created_at=at, created_by=command.by, modified_at=at, modified_by=command.by,
        details=details, number_count=len(named),
        facts=facts(kind, details),
        customer_order_id=read.first(details, "CustomerOrderId"),
        message=kind.message(status, len(named)),
    )  # fmt: skip
    return automatic(Change(0, order, (entry(order, Kind.CREATED, previous=None),), rewrites=True))


def move(order: Order, command: MoveOrder, *, at: datetime) -> Change:
    """The order in the state asked for. Raises StepRefused or VersionMismatch."""
    if command.if_version not in (None, order.version):
        raise VersionMismatch(command.if_version or 0, order.version)
    kind = order.type
    if command.status not in kind.allowed(order.status):
        raise StepRefused(order.status, command.status, kind.allowed(order.status))
    moved = entered(order, command, at)
    if _same(order, moved):
        return Change(order.version, order)
    told = command.completed_numbers or (order.numbers if kind.tells_numbers(command.status) else ())
    step = replace(entry(moved, Kind.STATUS, previous=order.status), completed_numbers=told)
    return automatic(Change(order.version, moved, (step,)))


def hand_in(order: Order, command: HandIn, *, at: datetime) -> Change:
    """The next step of an order that waits for its documents; nothing for any other."""
    step = order.type.automatic.get(order.status)
    if step is None:
        return Change(order.version, order)
    moved = entered(order, MoveOrder(order=order.key, status=step.then, by=command.by), at)
    changes = (Changed("LoaDate", "", moved.modified_at.isoformat(timespec="milliseconds")),)
    handed = replace(entry(moved, Kind.STATUS, previous=order.status), changes=changes)
    return automatic(Change(order.version, moved, (handed,)))


def entered(order: Order, command: MoveOrder, at: datetime) -> Order:
    """The order in its new state; time never goes back within a journal."""
    at = max(at, order.modified_at)
    kind = order.type
    done = command.completed_numbers or (order.numbers if command.status == kind.complete else order.completed_numbers)
    return replace(
        order, version=order.version + 1, status=command.status, modified_at=at, modified_by=command.by,
        message=command.message or said(command.failures)
        or kind.message(command.status, len(done) or order.number_count),
        actual_foc_date=command.actual_foc_date or order.actual_foc_date, completed_numbers=done,
        failures=command.failures, ended_at=at if kind.is_final(command.status) else None,
    )  # fmt: skip


def said(failures: tuple[Failure, ...]) -> str | None:
    """What is wrong, as the history of the compatible API says it ("7999: …"); None where nothing is."""
    text = "; ".join(f"{failure.code}: {failure.text}" for failure in failures)
    return text[:MESSAGE_LIMIT] or None


def automatic(change: Change) -> Change:
    """Append the steps that follow by themselves from where the change has led."""
    order = change.order
    step = order.type.automatic.get(order.status)
    if step is None or change.entries[-1].previous in step.unless_from or (step.unless_toll_free and order.toll_free):
        return change
    status = step.then if order.number_count else step.unworkable
    message = None if order.number_count else step.unworkable_message
    followed = entered(order, MoveOrder(order=order.key, status=status, by=SYSTEM, message=message), order.modified_at)
    following = entry(followed, Kind.STATUS, previous=order.status)
    return automatic(replace(change, order=followed, entries=(*change.entries, following)))


def facts(kind: OrderType, sent: Details) -> tuple[tuple[str, str], ...]:
    """The few things sent that the head of an order repeats, for lists and mails."""
    return tuple(_facts(kind, sent))


def _facts(kind: OrderType, sent: Details) -> Iterator[tuple[str, str]]:
    for path in kind.facts:
        if (text := read.first(sent, path)) is not None:
            yield path.rpartition("/")[2], text


def _unbound(kind: OrderType, sent: Details) -> Details:
    """What was sent without what would tie the order to another: that has a place of its own."""
    tied = kind.supplements.tied
    return omitted(sent, (tied[0].partition("/")[0],)) if tied else sent


def _same(before: Order, after: Order) -> bool:
    """Whether a step into the state it is in would change nothing that anybody could see."""
    as_before = replace(after, version=before.version, modified_at=before.modified_at, modified_by=before.modified_by)
    return as_before == before
