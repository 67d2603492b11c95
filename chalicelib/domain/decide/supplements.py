"""What a client may ask of an order that is placed: to change it, or to end it before its time."""

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain import details as read
from chalicelib.domain.commands import Cancel, MoveOrder, Supplement
from chalicelib.domain.decide.entries import entry
from chalicelib.domain.decide.merging import differences, found, merged, omitted
from chalicelib.domain.decide.steps import automatic, entered, facts
from chalicelib.domain.details import Details
from chalicelib.domain.entry import Kind
from chalicelib.domain.errors import Barred, Invalid, NoPart, Problem, StepRefused
from chalicelib.domain.order import Change, Order, numbers
from chalicelib.domain.order_types.supplements import Barrier

_CANCELS = ("REQUESTED_CANCEL", "CANCELLED")
"""States that a client asks for to end the order; whatever else is sent with that word changes nothing."""


def supplement(order: Order, command: Supplement, *, at: datetime) -> Change:
    """The order as its client wants it by now. Raises Invalid, Barred or StepRefused.

    Where the supplement leads to another state, one entry says both; else one entry of the details alone, or none
    where they are the same. Of an idle table, what changes nothing and asks for nothing leads nowhere.
    """
    table = order.type.supplements
    _untied(order, command)
    if command.part_of:
        _tied(order, command.part_of)
    sent, wanted = _asked(order, command.details)
    if wanted in _CANCELS:
        return _led(order, order, wanted, command.by, at)
    if order.status not in table.takes:
        raise _barred(table.barred.get(order.status), order.status)
    status = command.leads or wanted or table.takes[order.status]
    if status not in (order.status, *order.type.allowed(order.status)):
        raise StepRefused(order.status, status, order.type.allowed(order.status))
    changed = _with(order, command, sent if command.inner else _permitted(order, sent))
    if table.idle and not (command.inner or wanted) and not differences(order.details, changed.details):
        return Change(order.version, order)
    if not (command.inner or order.draft):
        changed = replace(changed, supplements=order.supplements + 1)
    return _led(order, changed, status, command.by, at)


def cancel(order: Order, command: Cancel, *, at: datetime) -> Change:
    """The order on its way to its end, or removed where it is a draft. Raises Invalid or Barred."""
    table = order.type.supplements
    if order.type.drafts and order.draft:
        _untied(order, None)
    if order.status not in table.cancels:
        raise _barred(table.uncancelled.get(order.status) or table.barred.get(order.status), order.status)
    status = table.cancels[order.status]
    if status == order.status:
        return Change(order.version, order)
    ended = entered(order, MoveOrder(order=order.key, status=status, by=command.by), at)
    if order.status in table.removes:
        removed = replace(ended, removed=True)
        return Change(order.version, removed, (entry(removed, Kind.REMOVED, previous=order.status),))
    return automatic(Change(order.version, ended, (entry(ended, Kind.STATUS, previous=order.status),)))


def _untied(order: Order, command: Supplement | None) -> None:
    """Raises Barred where the draft is part of another order, or has parts that a new whole would not fit."""
    tied = order.type.supplements.tied
    if tied is None or order.status not in order.type.supplements.removes or (command and command.inner):
        return
    element, barrier = tied
    whole = command is None or command.whole or not order.type.supplements.apart
    if whole and read.first(order.details, element) is not None:
        raise Barred(Problem(barrier.code, barrier.text))


def _tied(order: Order, wholes: tuple[str | None, ...]) -> None:
    """Raises NoPart for what is no draft, or no part of one of these."""
    noun = order.type.noun.capitalize()
    if not order.draft:
        raise NoPart(Problem("1005", f"{noun} {order.key.id} is no draft"))
    tied = order.type.supplements.tied
    if tied and read.first(order.details, tied[0]) not in wholes:
        raise NoPart(Problem("1009", f"{noun} {order.key.id} is part of another order"))


def _asked(order: Order, sent: Details) -> tuple[Details, str | None]:
    """What was sent without the words that ask for a state, and the state they ask for.

    A word that names the state the order is in, or that means nothing in it, asks for nothing: clients send back
    what they have read. Of a draft it is refused, unless a draft may be in it: nobody but its client could have led
    it there.
    """
    kind, table = order.type, order.type.supplements
    wanted: str | None = None
    for element, words in table.asks.items():
        word = (read.first(sent, element) or "").upper()
        wanted = wanted or words.get(word, {}).get(order.status)
        if order.status in table.removes and wanted is None and word in kind.states - set(table.removes):
            raise StepRefused(order.status, word, kind.allowed(order.status))
    return omitted(sent, tuple(table.asks)), wanted


def _permitted(order: Order, sent: Details) -> Details:
    """What was sent without what means nothing. Raises Invalid for what may not be sent, or not now."""
    table = order.type.supplements
    for path, barrier in table.refused.items():
        said = read.first(sent, path)
        if said is not None and not _is_foc_date(order, said):
            raise Invalid(Problem(barrier.code, barrier.text, path))
    back = [
        path for path, text in table.shown.items()
        if read.first(sent, path) == text and read.first(order.details, path) is None
    ]  # fmt: skip
    kept = omitted(sent, (*table.read_only, *table.refused, *back, *_unsaid(order, sent)))
    if table.only:
        kept = tuple(pair for pair in kept if pair[0].lower() in {name.lower() for name in table.only})
    return kept


def _unsaid(order: Order, sent: Details) -> list[str]:
    """Elements of what an order keeps that were sent blank: one of the public SDKs sends an empty list of numbers."""
    if order.draft:
        return []
    return [path.partition("/")[0] for path in order.type.supplements.kept if read.first(sent, path) is None]


def _is_foc_date(order: Order, said: str) -> bool:
    """Whether this is the order's own FOC date, to the millisecond that is shown."""
    try:
        date = datetime.fromisoformat(said)
    except ValueError:
        return False
    known = order.actual_foc_date
    return known is not None and date.tzinfo is not None and abs(date - known) < timedelta(milliseconds=1)


def _with(order: Order, command: Supplement, sent: Details) -> Order:
    """The order with its new details. Raises Invalid for a change of what is fixed."""
    table = order.type.supplements
    ours = () if command.inner else tuple(name.lower() for name in table.read_only)
    base = omitted(order.details, tuple(name for name in command.removed if name.lower() not in ours))
    if command.whole:
        apart = {name.lower() for name in table.apart}
        base = tuple(pair for pair in base if pair[0].lower() in apart)
    details = merged(base, sent, table.renewed)
    fixed = table.fixed.get(order.status, {})
    for path, barrier in fixed.items():
        if found(details, path) != found(order.details, path):
            raise Invalid(Problem(barrier.code, barrier.text, path))
    return replace(
        order, details=details, facts=facts(order.type, details), number_count=len(numbers(order.type, details)),
        customer_order_id=read.first(details, "CustomerOrderId"),
    )  # fmt: skip


def _led(order: Order, changed: Order, status: str, by: str, at: datetime) -> Change:
    """The change that leads the order, with its new details, to a state: perhaps the one it is in."""
    rewrites = changed.details != order.details
    changes = differences(order.details, changed.details)
    if status == order.status:
        if not rewrites:
            return Change(order.version, order)
        after = replace(changed, version=order.version + 1, modified_at=max(at, order.modified_at), modified_by=by)
        kind = Kind.DETAILS
    else:
        after = entered(changed, MoveOrder(order=order.key, status=_way(changed, status), by=by), at)
        kind = Kind.STATUS
    written = replace(entry(after, kind, previous=order.status), changes=changes)
    change = Change(order.version, after, (written,), rewrites=rewrites)
    return automatic(change) if kind is Kind.STATUS else change


def _way(order: Order, status: str) -> str:
    """The state that the table names, or the one that it leads to with this order's numbers. Raises Invalid."""
    kind = order.type
    if not order.completed_numbers:
        status = kind.supplements.without_completed.get(status, status)
    if order.toll_free and order.status in kind.drafts[:1]:
        status = kind.toll_free.get(status, status)
    if need := kind.supplements.needs.get(status):
        path, barrier = need
        if read.first(order.details, path) is None:
            raise Invalid(Problem(barrier.code, barrier.text, path.partition("/")[0]))
    step = kind.automatic.get(status)
    if step is not None and not order.number_count:
        code, _, text = step.unworkable_message.partition(": ")
        raise Invalid(Problem(code, text))
    return status


def _barred(barrier: Barrier | None, status: str) -> Invalid | Barred:
    if barrier is None:
        barrier = Barrier("1005", f"An order in state {status} cannot be changed or cancelled by its client.")
    problem = Problem(barrier.code, barrier.text)
    return Barred(problem) if barrier.conflict else Invalid(problem)
