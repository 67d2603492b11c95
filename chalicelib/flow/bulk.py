"""A bulk port-in and its children, which are port-ins that name it.

Each step is a command of its own through the same door, and may be repeated: whatever was done already stays.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.commands import MoveOrder, Supplement
from chalicelib.domain.details import every
from chalicelib.domain.entry import SYSTEM, OrderKey
from chalicelib.domain.errors import Invalid, NoPart, OrderBusy, OrderNotFound, Problem, StepRefused, VersionMismatch
from chalicelib.domain.order import Order

if TYPE_CHECKING:
    from chalicelib.flow.accept import Accept

PARENT = "BulkPortinOrderId"
"""The element by which a child names its bulk port-in."""

UNDER_WAY = ("IN_PROGRESS", "NEEDS_ATTENTION")
"""The states that follow from those of the children."""

TRIES = 8
"""Moves of a bulk port-in in one go, while its children move on."""


def children(accept: "Accept", bulk: Order) -> Sequence[Order]:
    """The port-ins of a bulk port-in that are still there."""
    found = (_found(accept, OrderKey(bulk.key.account, "portins", child)) for child in _ids(bulk))
    return [order for order in found if order is not None]


def gather(accept: "Accept", key: OrderKey, ids: Collection[str], by: str) -> Order:
    """Let these drafts be the port-ins of the bulk port-in, and no others.

    The children first, then the bulk port-in: where this breaks off, the same request does the rest. Raises
    OrderNotFound, Invalid for what cannot be a child, Barred.
    """
    bulk = accept.ledger.order(key)
    accept.check(Supplement(order=key, details=(), by=by, removed=("PortinList",), inner=True))
    for child in ids:
        _must(accept.check, _tie(bulk, child, by))
    for child in _ids(bulk):
        if child not in ids:
            _change(accept, _untie(bulk, child, by))
    for child in ids:
        _must(accept.supplement, _tie(bulk, child, by))
    listed = (("PortinList", tuple(("PortinOrderId", child) for child in ids)),) if ids else ()
    removed = () if ids else ("PortinList",)
    return accept.supplement(Supplement(order=key, details=listed, by=by, removed=removed, inner=True))


def submit(accept: "Accept", key: OrderKey, by: str) -> None:
    """Submit the children that are drafts still. Raises Invalid for the first that cannot be."""
    words = (("ProcessingStatus", "SUBMITTED"),)
    for child in _ids(accept.ledger.order(key)):
        order = OrderKey(key.account, "portins", child)
        _change(accept, Supplement(order=order, details=words, by=by, inner=True, part_of=(key.id,)))


def follow(accept: "Accept", key: OrderKey) -> None:
    """Lead the bulk port-in that this order is, or is part of, to the state that its children have brought about.

    To be called when an entry of the order was written; may be repeated. All children are read only where the bulk is
    under way and in another state than this one child would bring about: the others have entries of their own.
    Raises OrderBusy.
    """
    child = _found(accept, key) if key.type == "portins" else None
    parent = child.fact(PARENT) if child and not child.draft else None
    if parent is not None:
        key = OrderKey(key.account, "bulkPortins", parent)
    elif key.type != "bulkPortins":
        return
    bulk = _found(accept, key)
    if bulk is None or (child and brought_about([child.status]) == bulk.status):
        return
    _led(accept, bulk)


def _led(accept: "Accept", bulk: Order) -> None:
    """Move the bulk port-in until it is where its children are, which may move on meanwhile."""
    for _ in range(TRIES):
        status = brought_about([child.status for child in children(accept, bulk)]) if bulk.status in UNDER_WAY else None
        if status in (None, bulk.status):
            return
        with suppress(StepRefused, VersionMismatch):  # somebody else has led it further: look again
            accept.move(MoveOrder(order=bulk.key, status=status or "", by=SYSTEM, if_version=bulk.version))
        bulk = accept.ledger.order(bulk.key)
    raise OrderBusy


def brought_about(states: Collection[str]) -> str | None:
    """The state of a bulk port-in whose children are in these states; None without children."""
    if not states:
        return None
    ends = set(states)
    if ends <= {"COMPLETE", "CANCELLED"}:
        return {frozenset({"COMPLETE"}): "COMPLETED", frozenset({"CANCELLED"}): "CANCELLED"}.get(
            frozenset(ends), "PARTIAL"
        )
    return "NEEDS_ATTENTION" if "EXCEPTION" in ends else "IN_PROGRESS"


def _ids(bulk: Order) -> tuple[str, ...]:
    return tuple(every(bulk.details, "PortinList/PortinOrderId"))


def _found(accept: "Accept", key: OrderKey) -> Order | None:
    try:
        return accept.ledger.order(key)
    except OrderNotFound:
        return None


def _tie(bulk: Order, child: str, by: str) -> Supplement:
    key = OrderKey(bulk.key.account, "portins", child)
    details = ((PARENT, bulk.key.id),)
    return Supplement(order=key, details=details, by=by, inner=True, part_of=(None, bulk.key.id))


def _untie(bulk: Order, child: str, by: str) -> Supplement:
    key = OrderKey(bulk.key.account, "portins", child)
    return Supplement(order=key, details=(), by=by, removed=(PARENT,), inner=True, part_of=(bulk.key.id,))


def _must(act: Callable[[Supplement], object], command: Supplement) -> None:
    """Raises Invalid, with the element that names the child."""
    try:
        act(command)
    except OrderNotFound:
        raise Invalid(Problem("1016", f"There is no port-in {command.order.id}", "PortinOrderId")) from None
    except NoPart as error:
        raise Invalid(*(replace(problem, field="PortinOrderId") for problem in error.problems)) from None


def _change(accept: "Accept", command: Supplement) -> None:
    """Change a child, unless it is gone, submitted or part of another bulk port-in by then."""
    with suppress(OrderNotFound, NoPart):
        accept.supplement(command)
