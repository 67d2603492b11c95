"""What is wished to be heard of → the routes by which entries find the subscription."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.commands import Subscribe as Wish
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Invalid, OrderNotFound, Problem
from chalicelib.domain.event import events_of
from chalicelib.domain.filters import Definition
from chalicelib.domain.order_types import ORDER_TYPES, find_order_type, order_type
from chalicelib.domain.subscription import EVENTS, MOST_ROUTES, Route
from chalicelib.flow.ports import Ledger, Version

MOST_CHANGED = 96
"""Routes and conditions of a change, which finds a subscription and perhaps another claim there."""


def versions(wish: Wish, ledger: Ledger) -> tuple[Version, ...]:
    """The versions of the single orders it is for: held in the write, so that it covers all that comes after.

    Raises OrderNotFound; Invalid for more orders than can be looked for.
    """
    types, order_ids = _types(wish), _order_ids(wish)
    if len(types) * len(order_ids) > MOST_ROUTES:
        text = (
            f"{len(order_ids)} orders of {len(types)} order types are more than can be looked for: name the orders' "
            f"types; types times orders may be {MOST_ROUTES}"
        )
        raise Invalid(Problem("14501", text, "OrderId"))
    return tuple(_version(wish.account, types, order_id, ledger) for order_id in order_ids)


def routes(wish: Wish, at: Sequence[Version], now: datetime, ledger: Ledger) -> tuple[Route, ...]:
    """From these versions of single orders on; or from now on, all of each type.

    Events are all in one journal that never ends, so they are heard from its last number on, or each new subscriber
    would be led past every old one. That number is not held in the write: it is read before it, so whatever begins
    after the acknowledgement has a higher one, and no entry of that journal ends a subscription.
    """
    if _order_ids(wish):
        return tuple(
            Route(type=held.order.type, order_id=held.order.id, since=now, after=held.number) for held in at
        )  # fmt: skip
    return tuple(
        Route(type=each, since=now, after=_last_event(wish.account, ledger) if each == EVENTS else 0)
        for each in _types(wish)
    )


def checked(before: Sequence[Route], after: Sequence[Route], at: Sequence[Version]) -> tuple[Version, ...]:
    """The versions that must be held: those of orders that it was not for yet.

    Raises Invalid for more than fits into one transaction: a route is one write, the order it begins at one condition.
    """
    old = {(route.type, route.order_id) for route in before}
    new = {(route.type, route.order_id) for route in after}
    held = tuple(version for version in at if (version.order.type, version.order.id) not in old)
    if len(old ^ new) + len(held) > (MOST_CHANGED if before else MOST_ROUTES):
        text = (
            f"A subscription is for up to {MOST_ROUTES // 2} orders; a change of it may take in as many, and leave "
            f"{MOST_CHANGED - MOST_ROUTES}: leave more in a change of its own"
        )
        raise Invalid(Problem("14501", text, "OrderId"))
    return held


def _types(wish: Wish) -> tuple[str, ...]:
    """The resources of what is wished. Raises Invalid for a type that nobody knows."""
    if wish.filters is None:
        return (EVENTS if wish.event_type is not None else _resource(wish.order_type or ""),)
    if wish.filters.definition is Definition.ACCOUNT_EVENT:
        return (EVENTS,)
    named = wish.filters.order_types or tuple(kind.token for kind in ORDER_TYPES)
    return tuple(dict.fromkeys(map(_resource, named)))


def _order_ids(wish: Wish) -> tuple[str, ...]:
    if wish.filters is not None:
        return tuple(dict.fromkeys(wish.filters.order_ids))
    return (wish.order_id,) if wish.order_id is not None else ()


def _resource(name: str) -> str:
    kind = find_order_type(name)
    if kind is None:
        raise Invalid(Problem("14500", "Incorrect order type", "OrderType"))
    return kind.resource


def _last_event(account: str, ledger: Ledger) -> int:
    """The number of the account's last event; 0 where there was none yet."""
    try:
        return ledger.order(events_of(account)).version
    except OrderNotFound:
        return 0


def _version(account: str, types: Sequence[str], order_id: str, ledger: Ledger) -> Version:
    for resource in types:
        key = OrderKey(account, resource, order_id)
        try:
            return Version(key, ledger.order(key).version)
        except OrderNotFound:
            continue
    raise OrderNotFound(", ".join(order_type(each).token for each in types), order_id)
